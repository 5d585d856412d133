/**
 * The words that stand in most sentences, in seven languages: one meaning a line, and its forms in English, German,
 * French, Spanish, Italian, Portuguese and Dutch. Written for this scanner; a `*` stands for any ending.
 */

/** In every other sentence: two texts have them in common by chance. */
export const COMMON_WORDS = `
the | der die das den dem des | le la les l | el la los las lo | il lo la i gli le l | o a os as | de het
a an | ein eine einen einem einer eines | un une | un una unos unas | un uno una | um uma uns umas | een
and | und | et | y e | e ed | e | en
or | oder | ou | o u | o od oppure | ou | of
of | von | de du des d | de del | di del della dei delle degli dell d | de do da dos das | van
to | zu zum zur | à a au aux | a al | a al alla ai alle agli all ad | a ao à aos às | aan naar te
in into | in im ins | dans en | en dentro | in nel nella nei nelle nello nell | em no na nos nas num numa dentro | in
on | auf am an | sur | sobre en | su sul sulla sui sulle | sobre em | op
for | für | pour | para por | per | para por | voor
with | mit | avec | con | con col | com | met
is | ist | est | es está | è | é está | is
are | sind seid bist | sont êtes es | son eres es están estás | sono sei siete | são és está estão | zijn bent
be | sein sei seien | être sois soyez | ser sé sea estar | essere sii sia | ser seja sê estar | zijn wees
you | du sie ihr dich dir ihnen euch | tu vous te toi t | tú usted te ti ustedes | tu lei voi ti te vi | você tu te ti vocês | jij u je jou
your yours | dein deine deinen deinem deiner ihre ihren ihrem ihrer | ton ta tes votre vos | tu tus su sus | tuo tua tuoi tue suo sua suoi sue vostro vostra | seu sua seus suas teu tua teus tuas | jouw uw je
it its | es sein seine | il elle ça cela | lo ello eso su | esso lo ciò suo | isso ele seu | het zijn
i | ich | je j moi | yo | io | eu | ik
me my | mich mir mein meine meinen meiner | me moi mon ma mes m | me mí mi mis | mi me mio mia miei mie | me mim meu minha meus minhas | mij mijn me
not t | nicht | ne pas n | no | non | não | niet
no none | kein keine keinen keinem nein | aucun aucune non pas | ningún ninguna ninguno no | no nessun nessuna nessuno | nenhum nenhuma não | geen nee
that which | dass welche welcher welches welchen | que qui qu lequel laquelle | que cual cuales | che quale quali | que qual quais | dat die welke
this | dies diese dieser dieses diesen diesem | ce cet cette ceci | este esta esto | questo questa | este esta isto | dit deze
these those | diese jene jenen | ces ceux celles | estos estas esos esas | questi queste quelli quelle | estes estas esses essas | deze die
as like | als wie | comme | como | come | como | als zoals
if | wenn falls ob | si s | si | se | se | als indien
by | von bei durch | par | por | da per dal dalla dai | por pelo pela | door
from | von aus | de depuis | de desde | da dal dalla dai dalle dall | de desde do da | van uit
at | bei an um | à chez | en a | a presso | em a | bij op aan
they | sie | ils elles | ellos ellas | essi loro esse | eles elas | zij ze
them | ihnen sie | les leur eux | les los las ellos | loro li le gli | os as lhes eles elas | hen hun ze
their | ihr ihre ihren ihrem ihrer | leur leurs | su sus | loro | seu sua seus suas deles | hun
he him his | er ihn ihm sein seine seinen | il lui son sa ses | él le su sus | lui egli suo sua suoi | ele dele seu sua | hij hem zijn
she her | sie ihr ihre | elle sa son | ella su | lei sua suo | ela dela sua | zij ze haar
we | wir | nous on | nosotros | noi | nós | wij we
our us | unser unsere unseren unserem unserer uns | notre nos nous | nuestro nuestra nuestros nuestras nos | nostro nostra nostri nostre ci noi | nosso nossa nossos nossas nos nós | ons onze
have has had | haben hat habe hast habt hatte | avoir a as ai ont avez avons | tener haber tiene tienes tengo ha has han hay | avere ha hai ho hanno abbiamo | ter tem tens tenho têm haver há | hebben heeft heb hebt
do does don did | tun tu tut tust mach* | faire fais fait faites | hacer haz haga hace haces hagas | fare fai fa fate faccia | fazer faz faça faze fazem | doen doe doet
will | werden wird wirst werde wollen | sera seras vas va vais | va vas será serás | sarà sarai | vai irá será | zal zult zullen
can | kann kannst können könnt | peux peut pouvez pouvoir peuvent | puede puedes poder pueden | può puoi potere possono | pode podes poder podem | kan kunt kunnen
but | aber sondern | mais | pero sino | ma | mas porém | maar
so thus | so also somit | alors donc ainsi | así entonces | così quindi | assim então | dus zo
all | alle alles allen aller | tout tous toute toutes | todo todos toda todas | tutto tutti tutta tutte | todo todos toda todas tudo | alle al alles
`;

/** What carries a sentence without being its subject. */
export const FREQUENT_WORDS = `
any | irgendein irgendeine irgendwelche jede jeder jegliche jeglichen | quelconque tout toute aucun | cualquier cualquiera alguna algún | qualsiasi qualunque alcun alcuna | qualquer quaisquer algum alguma | enig enige elk elke
must | muss musst müssen müsst | dois doit devez devoir doivent | debe debes deben deber | deve devi devono dovere | deve deves devem dever | moet moeten
should | soll sollte solltest sollten sollst sollen | devrais devrait devriez | debería deberías deberían | dovrebbe dovresti dovrebbero | deveria devias deverias devia | zou zouden moet hoort
never | nie niemals | jamais | nunca jamás | mai | nunca jamais | nooit
always | immer stets | toujours | siempre | sempre | sempre | altijd
only | nur lediglich | seulement uniquement seul | sólo solo solamente únicamente | solo soltanto solamente | só somente apenas | alleen slechts enkel
when | wann wenn als | quand lorsque | cuando | quando | quando | wanneer als toen
then | dann danach | puis alors ensuite | entonces luego después | poi allora | então depois | dan vervolgens
before | vor bevor vorher | avant | antes | prima | antes | voor voordat
after | nach nachdem danach | après | después tras | dopo | depois após | na nadat
about | über etwa um | sur environ propos | sobre acerca | su circa riguardo | sobre acerca | over ongeveer
who | wer der die wen wem | qui | quien quién quienes que | chi che | quem que | wie die
what | was | quoi que quel quelle ce | qué que cuál lo | cosa che quale quello | que quê qual o | wat
how | wie | comment | cómo como | come | como | hoe
where | wo wohin | où | donde dónde | dove | onde | waar
why | warum weshalb | pourquoi | por qué porqué | perché | porque porquê por | waarom
there | da dort es | là y il | allí ahí hay | là lì ci vi | lá ali há aí | daar er
here | hier | ici | aquí | qui qua | aqui | hier
other another | andere anderen anderer anderes anderem | autre autres | otro otra otros otras | altro altra altri altre | outro outra outros outras | ander andere anderen
each every | jede jeder jedes jeden jedem | chaque chacun tout tous | cada todo todos | ogni ciascun ciascuna ciascuno | cada todo toda | elk elke ieder iedere
more | mehr | plus | más | più | mais | meer
less | weniger | moins | menos | meno | menos | minder
most | meist meiste meisten | plupart plus | mayoría más | maggior maggioranza più | maioria mais | meest meeste
very | sehr | très | muy | molto | muito | zeer erg heel
also too | auch ebenfalls | aussi également | también | anche pure | também | ook
than | als | que | que | che di | que do | dan
out | aus heraus hinaus | hors dehors | fuera | fuori | fora | uit buiten
up | auf hinauf hoch | haut jusqu | arriba hasta | su | acima até cima | op omhoog
over above | über oben darüber | dessus au | encima arriba sobre | sopra oltre | acima sobre cima | boven over
under below | unter unten darunter | sous dessous | bajo debajo abajo | sotto | sob abaixo debaixo | onder beneden
between | zwischen | entre | entre | tra fra | entre | tussen
without | ohne | sans | sin | senza | sem | zonder
within | innerhalb binnen | dans intérieur | dentro | entro dentro | dentro | binnen
through | durch | travers par | través por | attraverso | através por | door via
during | während | pendant durant | durante | durante | durante | tijdens
until | bis | jusqu jusque | hasta | fino finché | até | tot totdat
while | während | tandis pendant | mientras | mentre | enquanto | terwijl
because | weil denn da | parce car | porque | perché poiché | porque pois | omdat want
against | gegen wider | contre | contra | contro | contra | tegen
first | zuerst erste ersten erster erstes | premier première abord | primero primera primer | primo prima | primeiro primeira | eerst eerste
last | letzte letzten letzter letztes | dernier dernière derniers | último última últimos | ultimo ultima ultimi | último última últimos | laatste
next | nächste nächsten nächster nächstes | prochain prochaine suivant suivante | próximo próxima siguiente | prossimo prossima seguente | próximo próxima seguinte | volgende
one | eins ein eine | un une | uno una un | uno una un | um uma | een één
two | zwei | deux | dos | due | dois duas | twee
three | drei | trois | tres | tre | três | drie
four | vier | quatre | cuatro | quattro | quatro | vier
five | fünf | cinq | cinco | cinque | cinco | vijf
six | sechs | six | seis | sei | seis | zes
seven | sieben | sept | siete | sette | sete | zeven
eight | acht | huit | ocho | otto | oito | acht
nine | neun | neuf | nueve | nove | nove | negen
ten | zehn | dix | diez | dieci | dez | tien
own | eigen eigene eigenen eigenes eigener | propre propres | propio propia propios propias | proprio propria propri proprie | próprio própria próprios próprias | eigen
same | gleich gleiche gleichen selbe selben | même mêmes | mismo misma mismos mismas | stesso stessa stessi stesse | mesmo mesma mesmos mesmas | zelfde hetzelfde dezelfde
such | solch solche solchen solcher solches | tel telle tels telles | tal tales | tale tali | tal tais | zulk zulke dergelijke
some | einige einigen manche etwas | quelques certains certaines quelque | algunos algunas algún alguna | alcuni alcune qualche | alguns algumas algum alguma | sommige enkele wat
many much | viele vielen viel | beaucoup nombreux plusieurs | muchos muchas mucho mucha | molti molte molto molta | muitos muitas muito muita | veel vele
few | wenige wenigen paar | peu quelques | pocos pocas poco | pochi poche poco | poucos poucas pouco | weinig paar
well | gut wohl | bien | bien | bene | bem | goed wel
just | gerade nur einfach | juste simplement | justo solo simplemente | solo appena semplicemente | apenas só simplesmente | net gewoon alleen
please | bitte | plaît veuillez svp | favor | favore prego | favor | alsjeblieft alstublieft
yes | ja | oui | sí | sì | sim | ja
may might | darf darfst dürfen mag könnte | peux peut pourrait pouvez | puede puedes podría | può puoi potrebbe | pode podes poderia | mag mogen kan
would | würde würdest würden | serait voudrait | haría sería querría | vorrebbe sarebbe | seria iria | zou zouden
let | lass lasse lassen lasst | laisse laissez laisser | deja deje dejar | lascia lasciare lasci | deixa deixe deixar | laat laten
both | beide beiden beides | deux | ambos ambas | entrambi entrambe | ambos ambas | beide
ever | jemals je | jamais | jamás alguna | mai | jamais | ooit
even | sogar selbst | même | incluso aun | persino anche | mesmo até | zelfs
again | wieder nochmals erneut | encore nouveau | otra nuevo | ancora nuovo | novamente novo outra | opnieuw weer
now | jetzt nun | maintenant | ahora | ora adesso | agora | nu
still | noch immer | encore toujours | todavía aún | ancora | ainda | nog
already | bereits schon | déjà | ya | già | já | al reeds
unless | sofern außer | moins sauf | menos salvo | meno salvo | menos salvo | tenzij
whatever | was immer | quoi quelque | cualquier sea | qualunque qualsiasi | qualquer seja | wat ook
whether | ob | si | si | se | se | of
toward towards | gegenüber zu | envers vers | hacia | verso | para | naar jegens
`;
