/** What instructions speak of, in the languages and the form of the common words. */
export const WORDS = `
answer* respon* repl* | antwort* beantwort* erwider* | répon* | respond* respuest* contest* | rispond* rispost* | respond* respost* | antwoord* beantwoord*
question* | frage fragen | question* | pregunt* | domand* | pergunt* quest* | vraag vragen
ask* | frag fragt fragen bitte bitten fragst | demand* | pregunt* pide pedir pida | chied* chiest* domand* | perguntar perguntam pergunta pede pedir peça | vraag vraagt vragen
tell* told | sag sage sagen sagt erzähl* | dis dit dire dites racont* | di diga decir cuent* | dì dica dire racconta* dici | diz diga dizer conta* | vertel* zeg zegt zeggen
say said says | sag sage sagen sagt | dis dit dire dites disent | di dice decir diga dicen | di dice dire dici dicono | diz dizer diga dizem | zeg zegt zeggen
speak* talk* | sprich sprech* red* | parl* | habl* | parl* | fal* | spreek* praat* spreken praten
user users | benutzer* nutzer* anwender* | utilisat* | usuari* | utent* | usuári* utilizador* | gebruiker*
use uses used using | benutz* verwend* nutz* | utilis* emploi* | usa use usar usas utiliz* uso | usa usi usare utilizz* uso | usa use usar utiliz* uso | gebruik gebruikt gebruiken
assistant* | assistent* | assistant* | asistent* | assistent* | assistent* | assistent*
help* assist | hilf helf* hilfe hilft | aide aider aidez aides | ayud* | aiut* | ajud* | help helpt helpen hulp
customer* client* | kund* | client* | client* | client* | client* | klant*
guest* visitor* | gast gäste gästen gastes besucher* | hôte* invité* visiteur* | huésped* invitad* visitant* | ospit* visitator* | hóspede* convidad* visitant* | gast gasten bezoeker*
person people someone | person personen leute leuten jemand* mensch* | personne* gens quelqu | persona* gente alguien | person* gente qualcuno | pessoa* gente alguém | persoon personen mensen iemand
name names named | name namen namens heißt heisst | nom noms nommé | nombre* llama | nome nomi chiama | nome* chama | naam namen genaamd heet
company firm business* | firma firmen unternehm* gesellschaft | entreprise* société* | empresa* compañía* | azienda* aziend* impresa società | empresa* companhia* | bedrijf bedrijven onderneming*
information info | information* auskunft auskünfte | information* renseignement* | informaci* | informazion* | informaç* | informatie
data | daten | donnée* | dato* | dati | dado* | gegevens data
secret* confidential* | geheim* vertraulich* | secret* confidentiel* | secret* confidencial* | segret* riservat* confidenzial* | secret* segred* confidenci* | geheim* vertrouwelijk*
instruct* | anweisung* anleitung* instruktion* | instruct* consigne* | instrucci* | istruzion* | instruç* | instructie* aanwijzing*
rule* | regel* | règle* | regla* | regol* | regra* | regel*
reveal* disclos* | verrat* enthüll* preisgeb* offenbar* | révél* divulgu* dévoil* | revel* divulg* | rivel* svel* divulg* | revel* divulg* | onthul* verklap* prijsgeven
share* | teil teile teilen teilt | partag* | compart* | condivi* | compartilh* partilh* | deel deelt delen
mention* | erwähn* | mention* | mencion* | menzion* | mencion* | vermeld* noem*
refus* decline* reject* | verweiger* ablehn* lehn* weiger* | refus* rejet* déclin* | rechaz* rehus* niega niegue | rifiut* | recus* rejeit* | weiger* afwijz*
offer* | biet* anbiet* angebot* | offr* propos* | ofrec* ofert* | offr* offert* | ofere* ofert* | bied* aanbied* aanbod
explain* describ* | erklär* beschreib* erläuter* | expliqu* décri* | explic* describ* | spieg* descriv* | explic* explique* descrev* | leg uitleg* verklaar* beschrijf*
write* writing written | schreib* schrift* | écri* | escrib* escrit* | scriv* scritt* | escrev* escrit* | schrijf* schrijv* geschreven
read* | les* lies liest | lis lire lisez lu | lee leer lea | legg* leggi | lê ler leia lei* | lees leest lezen
translat* | übersetz* | tradui* traduct* | traduc* traduz* | tradu* | traduz* traduç* | vertaal* vertal*
language* | sprache* | langue* langage* | idioma* lengua* | lingua lingue linguaggio | língua* idioma* linguage* | taal talen
word words | wort worte wörter worten wörtern | mot mots | palabra* | parola parole | palavra* | woord woorden
text* | text* | texte* | texto* | testo testi | texto* | tekst*
sentence* | satz sätze sätzen | phrase* | frase* oraci* | fras* | frase* | zin zinnen
list* | liste* | liste* | lista* | lista liste elenc* | lista* | lijst*
example* | beispiel* | exemple* | ejemplo* | esempi* | exemplo* | voorbeeld*
short brief* concise* | kurz* knapp* | court* bref brève brièv* concis* | breve* cort* concis* | brev* cort* concis* | breve* curt* concis* | kort* beknopt*
long* | lang* | long* | larg* | lung* | long* | lang lange langer
clear* | klar* deutlich* | clair* | clar* | chiar* | clar* | duidelijk* helder*
simple* easy | einfach* leicht* | simple* facile* | simple* fácil* sencill* | semplic* facil* | simples fácil* | eenvoudig* simpel*
polite* courteous* | höflich* | poli polie polis | cortés educad* amable* | cortes* gentil* educat* | educad* cortês gentil* | beleefd*
friend* kind* | freundlich* nett* | amical* aimable* gentil* | amistos* amable* | amichevol* gentil* cordial* | amigáv* amistos* gentil* amável | vriendelijk* aardig*
professional* | professionell* fachlich* | professionnel* | profesional* | professional* | profissiona* | professione*
tone* | ton tonfall | ton | tono | tono | tom | toon
helpful* useful* | hilfreich* nützlich* | utile* serviable* | útil* servicial* | util* disponibil* | útil úteis prestativ* | behulpzaam nuttig*
correct* right* | richtig* korrekt* recht* | correct* juste | correct* | corrett* giust* | corret* cert* | juist* correct* goed
wrong* error* mistake* | falsch* fehler* | faux fausse erreur* | error* equivoc* incorrect* | errat* sbagliat* error* | errad* erro erros | fout* verkeerd*
true truth* | wahr* | vrai* vérité | verdad* | ver* | verdad* | waar waarheid
code codes | code codes kode | code* | código* | codice codici | código* | code codes
number* | nummer* zahl* anzahl | nombre numéro* chiffre* | número* | numer* | número* | nummer* getal* aantal
price* cost* | preis* kosten kostet | prix coût* coûte* | precio* cost* cuesta | prezz* cost* | preço* cust* | prijs prijzen kosten kost
money | geld | argent | dinero | denaro soldi | dinheiro | geld
pay* | zahl* bezahl* | paie* pay* | paga* pago* | paga* | paga* | betaal* betal*
order* | bestell* auftrag* | command* | pedido* encarg* | ordin* | pedido* encomend* | bestel*
buy* purchas* | kauf* | achet* achat* | compra* | compra* acquist* | compra* | koop* kopen aankoop*
sell* sale* | verkauf* | vend* vente* | vend* venta* | vend* | vend* | verkoop* verkopen
product* | produkt* ware* | produit* | producto* | prodott* | produto* | product* producten
service* | dienst* service* | service* | servicio* | serviz* | serviço* | dienst* service
discount* | rabatt* | remise* rabais réduction* | descuento* | scont* | desconto* | korting*
refund* | erstatt* rückerstatt* | rembours* | reembols* | rimbors* | reembols* | terugbetal* terugbetaling*
account* | konto* konten | compte* | cuenta* | cont* | conta* | rekening* account*
password* | passwort* kennwort* passwört* | mot passe | contraseña* | password | senha* palavra | wachtwoord*
email* mail* | mail* email* | courriel* mail* email* | correo* email* | mail* email* posta | email* correio | mail* email*
address* | adress* anschrift* | adresse* | direcci* | indirizz* | endereço* morada* | adres*
phone* telephone* | telefon* | téléphon* | teléfono* | telefon* | telefon* | telefoon*
call* | ruf* anruf* nenn* | appel* | llam* | chiam* | cham* lig* | bel belt bellen roep* noem*
day days daily | tag tage tagen täglich* | jour jours journée* quotidien* | día días diari* | giorno giorni | dia dias diári* | dag dagen dagelijks*
hour hours | stunde* uhr | heure* | hora* | ora ore orari* | hora* | uur uren
time times | zeit zeiten mal | temps fois heure | tiempo* vez veces hora | tempo tempi volta volte | tempo* vez vezes hora | tijd tijden keer
week* | woche* | semaine* | semana* | settiman* | semana* | week weken
month* | monat* | mois | mes meses | mes* | mês meses | maand*
year* | jahr* | an ans année* | año* | ann* | ano* | jaar jaren
today | heute | aujourd | hoy | oggi | hoje | vandaag
morning | morgen morgens | matin* | mañana | mattin* | manhã* | ochtend* morgen
evening night* | abend* nacht* nächte | soir* nuit* | noche* tarde | sera sere notte notti | noite* | avond* nacht*
open* | öffn* offen* geöffnet | ouvr* ouvert* | abr* abiert* | apr* apert* | abr* abert* | open* geopend
close* closed | schließ* geschlossen* | ferm* | cerr* cierr* | chiud* chius* | fech* | sluit* gesloten
start* begin* | beginn* anfang* start* | commenc* début* | empiez* comienz* comenz* empez* inici* | inizi* cominci* | começ* inici* | begin* start*
end* finish* | end* beend* schluss | fin* termin* | fin* termin* | fin* termin* | fim termin* acab* | einde eindig* stop*
house* home* | haus* heim* | maison* | casa* hogar* | casa case | casa* | huis* thuis
room* | zimmer* raum räume* | chambre* pièce* salle* | habitaci* sala* cuarto* | stanz* camer* sal* | quarto* sala* | kamer*
place* | ort orte platz* stelle | lieu* endroit* place* | lugar* sitio* | luog* post* | lugar* local | plaats* plek*
world* | welt* | monde* | mundo* | mond* | mundo* | wereld*
city town* | stadt* städte* | ville* | ciudad* | città | cidade* | stad steden
country* | land* länder* | pays | país* | paes* | país* | land landen
man men | mann männer* | homme* | hombre* | uom* | homem homens | man mannen
woman women | frau* | femme* | mujer* | donn* | mulher* | vrouw*
child* | kind kinder kindern kindes | enfant* | niñ* | bambin* | criança* | kind kinderen
story* | geschichte* | histoire* | historia* cuento* | stori* | história* conto* | verhaal verhalen
book* | buch* bücher* | livre* | libro* | libr* | livro* | boek*
page* | seite* | page* | página* | pagin* | página* | pagina* bladzijde*
document* | dokument* | document* | documento* | document* | documento* | document*
file* | datei* akte* | fichier* dossier* | archivo* fichero* | file* archivi* | arquivo* ficheiro* | bestand*
message* | nachricht* botschaft* | message* | mensaje* | messagg* | mensage* | bericht*
conversation* chat* | gespräch* unterhalt* chat* | conversation* discussion* | conversaci* | conversazion* | convers* | gesprek* conversatie*
topic* subject* | thema themen* | sujet* thème* | tema* | argoment* tem* | assunto* tema* tópico* | onderwerp*
problem* issue* | problem* | problème* | problema* | problem* | problema* | probleem problemen
request* | anfrage* bitte* anforder* | demande* requête* | solicitud* petici* | richiest* | pedido* solicitaç* | verzoek* aanvraag*
need* | brauch* benötig* | besoin* | necesit* | bisogn* necessit* | precis* necessit* | nodig hebben behoef*
want* wish* | will willst wollen wünsch* möchte* | veut veux voulez souhait* vouloir | quier* dese* querer | vuo* voglio desider* volere | quer* desej* | wil wilt willen wens*
know* | weiß wissen weißt kenn* | sais sait savez savoir conna* | sabe* conoc* | sa sai sapere conosc* | sabe* conhec* | weet weten ken kent kennen
think* | denk* glaub* | pens* réfléch* | piens* pensar | pens* | pens* | denk*
understand* | versteh* verstand* | compr* | entiend* entend* comprend* | cap* compr* | entend* compreend* | begrijp* verstaan
believ* | glaub* | croi* | cree* creer | cred* | acredit* | geloof* geloven
follow* | folg* befolg* | suiv* suis | sig* segui* | segu* | segu* sig* | volg*
give* | gib gebe geben gibt gebt | donn* | da dar dé den | dà dai dare dia | dá dar dê | geef* geeft geven
take* | nimm nehm* nimmt | prend* pren* | tom* | prend* | tom* peg* | neem* neemt nemen
make* | mach* erstell* | fais faire fait faites | haz hacer haga | fai fare fa crea* | faz fazer faça | maak* maken
create* | erstell* erschaff* erzeug* | crée* créer créez | crea* | crea* | cria* | maak creëer* maken
provide* supply | bereitstell* liefer* gib stell* | fourni* | proporcion* brind* | forn* | fornec* forneç* | verschaf* lever* bied*
keep* | halt* behalt* bewahr* | gard* conserv* | mant* guard* conserv* | mant* tien* conserv* | mant* guard* | houd* bewaar* behoud*
show* | zeig* | montr* | muestr* mostr* | mostr* | mostr* | toon* laat
find* | find* | trouv* | encuentr* encontr* | trov* | encontr* | vind*
look* | schau* seh* | regard* | mir* | guard* | olh* | kijk*
see* | seh* sieh* | voi* voir | ve ver vea | ved* | vê ver veja | zie ziet zien
get* receiv* | bekomm* erhalt* | obten* reçoi* recev* | obten* recib* consig* | ott* ricev* | obt* receb* | krijg* ontvang*
go goes | geh* | va aller vas allez | ve va ir vaya | va vai andare | vai ir vá | ga gaat gaan
come* | komm* | vien* ven* | ven viene venir venga | vien* ven* | vem vir venha | kom* komt komen
work* | arbeit* | travail* | trabaj* | lavor* | trabalh* | werk*
try* | versuch* | essa* | intent* trat* | prov* tent* | tent* | probeer*
check* verif* | prüf* überprüf* | vérifi* | verific* compr* | verific* controll* | verific* | controleer* controler*
add* | füg* hinzu* | ajout* | añad* agreg* | aggiung* | adicion* acrescent* | voeg* toevoeg*
remove* delete* | entfern* lösch* | supprim* enlev* | elimin* borr* quit* | rimuov* elimin* cancell* | remov* elimin* apag* | verwijder*
change* | änder* verändere* wechs* | chang* modifi* | cambi* | cambi* | mud* alter* | verander* wijzig*
stop* | stopp* halt* hör* | arrêt* | par* deten* | ferm* smett* | par* | stop*
avoid* | vermeid* meid* | évit* | evit* | evit* | evit* | vermijd*
include* contain* | enthalt* enthält einschließ* | inclu* contien* conten* | inclu* contien* conten* | inclu* conten* conti* | inclu* cont* | bevat* omvat*
allow* permit* | erlaub* gestatt* | perme* autoris* | permit* | perme* consent* | permit* | toestaa* sta
forbid* prohibit* | verbiet* verboten* untersag* | interdi* | prohib* | proib* viet* | proib* | verbied* verboden
play* act | spiel* | jou* | jueg* jug* | gioc* recit* | jog* brinc* | speel* spelen
role* | rolle* | rôle* | papel rol | ruol* | papel | rol
expert* | experte* fachmann* | expert* | expert* | espert* | especialista* perit* | expert* deskundig*
teacher* | lehrer* | professeur* enseignant* | profesor* maestr* | insegnant* maestr* | professor* | leraar leraren docent*
doctor* | arzt ärzt* doktor* | médecin* docteur* | médic* doctor* | medic* dottor* | médic* doutor* | arts* dokter*
law* legal* | gesetz* recht* rechtlich* | loi* juridique* légal* | ley* legal* | legg* legal* | lei leis legal* | wet wetten wettelijk* juridisch*
advice advise* | rat rate* ratschl* | conseil* | consej* | consigl* | conselh* | advies* adviseer*
opinion* | meinung* | opinion* avis | opini* | opinion* | opini* | mening*
food* | essen nahrung* speise* | nourriture aliment* | comida* aliment* | cib* | comida* aliment* | eten voedsel
water* | wasser* | eau* | agua* | acqua* | água* | water*
good* | gut* | bon bonne bons bonnes | buen* | buon* | bom boa bons boas | goed*
bad* | schlecht* | mauvais* | mal mala malo | cattiv* mal* | mau má maus ruim | slecht*
great* big large* | groß* | grand* gros* | gran* | grand* | grand* | groot grote
small* little | klein* | petit* | pequeñ* | piccol* | pequen* | klein*
new* | neu* | nouve* neuf* | nuev* | nuov* | nov* | nieuw*
old* | alt* | vieux vieille* ancien* | viej* antigu* | vecchi* antic* | velh* antig* | oud oude ouder
important* | wichtig* | important* | importante* | important* | importante* | belangrijk*
different* | verschieden* unterschied* anders | différent* | diferent* distint* | divers* different* | diferent* | verschillend* anders
special* specific* | besonder* speziell* spezifisch* | spécial* spécifique* | especial* específic* | special* specific* | especia* específic* | speciaal speciale specifiek*
possible* | möglich* | possible* | posible* | possibil* | possíve* | mogelijk*
personal* private* | persönlich* privat* | personnel* privé* | personal* privad* | personal* privat* | pessoa* privad* particular* | persoonlijk* privé
internal* | intern* | interne* | intern* | intern* | intern* | intern*
public* | öffentlich* | publi* | públic* | pubblic* | públic* | openbaar openbare publiek*
safe* secur* | sicher* | sûr* sécur* | segur* | sicur* | segur* | veilig*
dangerous* harm* | gefährlich* schädlich* schad* | dangereu* nuisible* | peligros* dañin* daño | pericolos* dannos* | perigos* prejudic* dano* | gevaarlijk* schadelijk*
system* | system* | système* | sistema* | sistem* | sistema* | systeem systemen
model* | modell* | modèle* | modelo* | modell* | modelo* | model*
step* | schritt* | étape* pas | paso* | pass* fas* | passo* etapa* | stap stappen
way* manner | weise weg wege art | manière* façon* | manera* forma* modo* | modo modi maniera | maneira* forma* modo* | wijze manier*
thing* | ding* sache* | chose* | cosa* | cosa cose | coisa* | ding* zaak zaken
part* | teil teile teilen teils | partie* | parte* | part* | parte* | deel delen
point* | punkt* | point* | punto* | punt* | ponto* | punt*
case* | fall fälle* | cas | caso* | cas* | caso* | geval gevallen
reason* | grund gründe* | raison* | raz* motivo* | ragion* motiv* | raz* motivo* | reden*
result* | ergebnis* resultat* | résultat* | resultado* | risultat* | resultado* | resultaat resultaten
life live* | leben* lebt | vie* vi* | vida* viv* | vit* viv* | vida* viv* | leven* leeft
team* | team* mannschaft* | équipe* | equipo* | squadr* team | equip* time | team* ploeg*
support* | unterstütz* support* | soutien* support* assistance | soporte* apoy* | support* assistenz* | suporte* apoi* | ondersteun* steun*
human* | mensch* menschlich* | humain* | human* | uman* | human* | mens* menselijk*
bank* | bank banken | banque* | banco* | banc* | banco* | bank banken
shop* store* | laden läden geschäft* | boutique* magasin* | tienda* | negozi* | loja* | winkel*
hotel* | hotel* | hôtel* | hotel* | hotel* albergh* | hotel hotéis | hotel*
restaurant* | restaurant* | restaurant* | restaurante* | ristorant* | restaurante* | restaurant*
travel* trip* | reis* | voyage* | viaj* | viagg* | viag* viaj* | reis*
game* | spiel* | jeu* | jueg* | gioc* | jog* | spel spellen
manager* boss | leiter* chef* | directeur* responsable* gérant* | gerente* jef* | direttor* responsabil* | gerente* chefe* | manager* baas
employee* staff | mitarbeiter* angestellt* personal | employé* personnel | emplead* personal | dipendent* impiegat* | funcionári* empregad* | medewerker* personeel
format* | format* | format* | format* | format* | format* | formaat
table* | tabelle* tisch* | tableau* table* | tabla* mesa* | tabell* tavol* | tabela* mesa* | tabel* tafel*
title* | titel* | titre* | título* | titol* | título* | titel*
limit* | grenze* begrenz* | limit* | límite* limit* | limit* | limit* | grens beperk*
card* | karte* | carte* | tarjeta* | cart* | cart* | kaart*
date* | datum daten | date* | fecha* | dat* | data* | datum
`;
