/** A short text of every language that is told by its letters, and sentences to measure with: all written for this. */

export interface LanguageSample {
  /** Everyday words, as many of the frequent ones as fit. */
  readonly text: string;
  /** Never learned from. */
  readonly heldOut: readonly string[];
}

export const LANGUAGE_SAMPLES: Readonly<Record<string, LanguageSample>> = {
  en: {
    text: 'This is a letter to all of you who have been waiting for an answer. We would like to know what you think about the new house, and whether there is enough time to see it before the end of the week. If they can not come, then some of us will have to go there and speak with the people who live next to the river. It was the first time that she had been in this city, but her brother had told her how to find the way. Which of these would you want? Please write an email with your name, date and question, so that our team could help.',
    heldOut: [
      'The train leaves the station every morning at half past seven, and it is usually full.',
      'Could you please explain how the machine works and where I should put the key?',
      'My grandmother baked bread on Saturdays, which made the whole street smell wonderful.',
    ],
  },
  de: {
    text: 'Das ist ein Brief an alle, die auf eine Antwort gewartet haben. Wir möchten wissen, was ihr über das neue Haus denkt und ob es noch genug Zeit gibt, es vor dem Ende der Woche zu sehen. Wenn sie nicht kommen können, müssen einige von uns dorthin gehen und mit den Leuten sprechen, die neben dem Fluss wohnen. Es war das erste Mal, dass sie in dieser Stadt war, aber ihr Bruder hatte ihr gesagt, wie man den Weg findet. Welche davon willst du haben? Bitte schreiben Sie uns Ihren Namen und Ihre Frage, damit wir auch weiter helfen können.',
    heldOut: [
      'Der Zug fährt jeden Morgen um halb acht vom Bahnhof ab und ist meistens voll besetzt.',
      'Könnten Sie mir bitte erklären, wie die Maschine funktioniert und wohin der Schlüssel gehört?',
      'Meine Großmutter backte samstags Brot, und die ganze Straße roch danach.',
    ],
  },
  fr: {
    text: "C'est une lettre pour tous ceux qui ont attendu une réponse. Nous voudrions savoir ce que vous pensez de la nouvelle maison et s'il y a assez de temps pour la voir avant la fin de la semaine. S'ils ne peuvent pas venir, certains d'entre nous devront y aller et parler avec les gens qui vivent près de la rivière. C'était la première fois qu'elle était dans cette ville, mais son frère lui avait dit comment trouver le chemin. Lequel voulez-vous avoir ? Veuillez écrire votre nom et votre question, pour que nous puissions aussi vous aider avec cela.",
    heldOut: [
      'Le train quitte la gare chaque matin à sept heures et demie, et il est souvent plein.',
      'Pourriez-vous expliquer comment fonctionne cette machine et où je dois mettre la clé ?',
      'Ma grand-mère faisait du pain le samedi, et toute la rue sentait bon.',
    ],
  },
  es: {
    text: 'Esta es una carta para todos los que han estado esperando una respuesta. Queremos saber qué piensan sobre la nueva casa y si hay tiempo suficiente para verla antes del fin de la semana. Si ellos no pueden venir, algunos de nosotros tendremos que ir allí y hablar con la gente que vive junto al río. Era la primera vez que ella estaba en esta ciudad, pero su hermano le había dicho cómo encontrar el camino. ¿Cuál de estos quieres tener? Por favor, escriba su nombre y su pregunta, para que también podamos ayudarle con eso.',
    heldOut: [
      'El tren sale de la estación cada mañana a las siete y media, y suele ir lleno.',
      '¿Podría explicarme cómo funciona la máquina y dónde debo poner la llave?',
      'Mi abuela hacía pan los sábados y toda la calle olía muy bien.',
    ],
  },
  it: {
    text: "Questa è una lettera per tutti quelli che hanno aspettato una risposta. Vorremmo sapere che cosa pensate della nuova casa e se c'è abbastanza tempo per vederla prima della fine della settimana. Se non possono venire, alcuni di noi dovranno andare lì e parlare con la gente che vive vicino al fiume. Era la prima volta che lei si trovava in questa città, ma suo fratello le aveva detto come trovare la strada. Quale di questi vuoi avere? Per favore scrivete il vostro nome e la domanda, così che anche noi possiamo aiutarvi con questo.",
    heldOut: [
      'Il treno parte dalla stazione ogni mattina alle sette e mezza, ed è quasi sempre pieno.',
      'Potrebbe spiegarmi come funziona la macchina e dove devo mettere la chiave?',
      'Mia nonna faceva il pane il sabato e tutta la via profumava.',
    ],
  },
  pt: {
    text: 'Esta é uma carta para todos os que têm esperado por uma resposta. Gostaríamos de saber o que vocês pensam sobre a nova casa e se há tempo suficiente para vê-la antes do fim da semana. Se eles não puderem vir, alguns de nós teremos que ir lá e falar com as pessoas que vivem junto ao rio. Era a primeira vez que ela estava nesta cidade, mas o seu irmão tinha dito como encontrar o caminho. Qual destes você quer ter? Por favor, escreva o seu nome e a sua pergunta, para que também possamos ajudar com isso.',
    heldOut: [
      'O comboio sai da estação todas as manhãs às sete e meia, e costuma ir cheio.',
      'Poderia explicar-me como funciona a máquina e onde devo colocar a chave?',
      'A minha avó fazia pão aos sábados e a rua inteira cheirava muito bem.',
    ],
  },
  nl: {
    text: 'Dit is een brief aan iedereen die op een antwoord heeft gewacht. Wij willen graag weten wat jullie van het nieuwe huis vinden en of er nog genoeg tijd is om het voor het einde van de week te zien. Als zij niet kunnen komen, moeten sommigen van ons daar naartoe gaan en met de mensen spreken die naast de rivier wonen. Het was de eerste keer dat zij in deze stad was, maar haar broer had haar gezegd hoe je de weg vindt. Welke van deze wil je hebben? Schrijf alstublieft uw naam en uw vraag, zodat wij ook daarmee kunnen helpen.',
    heldOut: [
      'De trein vertrekt elke ochtend om half acht van het station en zit meestal vol.',
      'Kunt u mij uitleggen hoe de machine werkt en waar ik de sleutel moet leggen?',
      'Mijn oma bakte op zaterdag brood en de hele straat rook heerlijk.',
    ],
  },
  sv: {
    text: 'Det här är ett brev till alla som har väntat på ett svar. Vi vill gärna veta vad ni tycker om det nya huset och om det finns tillräckligt med tid för att se det före slutet av veckan. Om de inte kan komma måste några av oss gå dit och tala med människorna som bor bredvid floden. Det var första gången som hon var i den här staden, men hennes bror hade sagt till henne hur man hittar vägen. Vilken av dessa vill du ha? Var snäll och skriv ditt namn och din fråga, så att vi också kan hjälpa till med det.',
    heldOut: [
      'Tåget lämnar stationen varje morgon klockan halv åtta och är oftast fullt.',
      'Kan du förklara hur maskinen fungerar och var jag ska lägga nyckeln?',
      'Min mormor bakade bröd på lördagar och hela gatan doftade gott.',
    ],
  },
  da: {
    text: 'Dette er et brev til alle, der har ventet på et svar. Vi vil gerne vide, hvad I synes om det nye hus, og om der er tid nok til at se det før slutningen af ugen. Hvis de ikke kan komme, er nogle af os nødt til at gå derhen og tale med de mennesker, som bor ved siden af floden. Det var første gang, hun var i denne by, men hendes bror havde sagt til hende, hvordan man finder vejen. Hvilken af dem vil du have? Skriv venligst dit navn og dit spørgsmål, så vi også kan hjælpe med det.',
    heldOut: [
      'Toget kører fra stationen hver morgen klokken halv otte, og det er som regel fyldt.',
      'Kunne du forklare, hvordan maskinen virker, og hvor jeg skal lægge nøglen?',
      'Min bedstemor bagte brød om lørdagen, og hele gaden duftede dejligt.',
    ],
  },
  no: {
    text: 'Dette er et brev til alle som har ventet på et svar. Vi vil gjerne vite hva dere synes om det nye huset, og om det er nok tid til å se det før slutten av uken. Hvis de ikke kan komme, må noen av oss gå dit og snakke med menneskene som bor ved siden av elven. Det var første gang hun var i denne byen, men broren hennes hadde sagt til henne hvordan man finner veien. Hvilken av disse vil du ha? Vennligst skriv navnet ditt og spørsmålet ditt, slik at vi også kan hjelpe med det.',
    heldOut: [
      'Toget går fra stasjonen hver morgen klokken halv åtte, og det er vanligvis fullt.',
      'Kan du forklare meg hvordan maskinen virker og hvor jeg skal legge nøkkelen?',
      'Bestemoren min bakte brød på lørdager, og hele gaten luktet godt.',
    ],
  },
  fi: {
    text: 'Tämä on kirje kaikille, jotka ovat odottaneet vastausta. Haluaisimme tietää, mitä te ajattelette uudesta talosta ja onko vielä tarpeeksi aikaa nähdä se ennen viikon loppua. Jos he eivät voi tulla, joidenkin meistä täytyy mennä sinne ja puhua ihmisten kanssa, jotka asuvat joen vieressä. Se oli ensimmäinen kerta, kun hän oli tässä kaupungissa, mutta hänen veljensä oli kertonut, miten tie löytyy. Minkä näistä sinä haluat? Ole hyvä ja kirjoita nimesi ja kysymyksesi, niin että me voimme myös auttaa sen kanssa.',
    heldOut: [
      'Juna lähtee asemalta joka aamu puoli kahdeksalta, ja se on yleensä täynnä.',
      'Voisitteko selittää, kuinka kone toimii ja minne minun pitäisi panna avain?',
      'Isoäitini leipoi leipää lauantaisin, ja koko katu tuoksui hyvältä.',
    ],
  },
  pl: {
    text: 'To jest list do wszystkich, którzy czekali na odpowiedź. Chcielibyśmy wiedzieć, co myślicie o nowym domu i czy jest jeszcze dość czasu, żeby go zobaczyć przed końcem tygodnia. Jeśli oni nie mogą przyjść, niektórzy z nas będą musieli tam pójść i porozmawiać z ludźmi, którzy mieszkają obok rzeki. To był pierwszy raz, kiedy była w tym mieście, ale jej brat powiedział jej, jak znaleźć drogę. Który z nich chcesz mieć? Proszę napisać swoje imię i pytanie, abyśmy także mogli w tym pomóc.',
    heldOut: [
      'Pociąg odjeżdża ze stacji każdego ranka o wpół do ósmej i zwykle jest pełny.',
      'Czy mógłby pan wyjaśnić, jak działa ta maszyna i gdzie mam położyć klucz?',
      'Moja babcia piekła chleb w soboty i cała ulica pięknie pachniała.',
    ],
  },
  cs: {
    text: 'Toto je dopis všem, kteří čekali na odpověď. Chtěli bychom vědět, co si myslíte o novém domě a zda je ještě dost času, abychom ho viděli před koncem týdne. Pokud nemohou přijít, někteří z nás tam budou muset jít a mluvit s lidmi, kteří bydlí vedle řeky. Bylo to poprvé, co byla v tomto městě, ale její bratr jí řekl, jak najít cestu. Který z nich chceš mít? Prosím napište své jméno a svou otázku, abychom vám s tím také mohli pomoci, protože když je to možné, uděláme všechno.',
    heldOut: [
      'Vlak odjíždí z nádraží každé ráno v půl osmé a obvykle je plný.',
      'Mohl byste mi vysvětlit, jak ten stroj funguje a kam mám dát klíč?',
      'Moje babička pekla v sobotu chleba a celá ulice krásně voněla.',
    ],
  },
  sk: {
    text: 'Toto je list všetkým, ktorí čakali na odpoveď. Chceli by sme vedieť, čo si myslíte o novom dome a či je ešte dosť času, aby sme ho videli pred koncom týždňa. Ak nemôžu prísť, niektorí z nás tam budú musieť ísť a hovoriť s ľuďmi, ktorí bývajú vedľa rieky. Bolo to prvýkrát, čo bola v tomto meste, ale jej brat jej povedal, ako nájsť cestu. Ktorý z nich chceš mať? Prosím napíšte svoje meno a svoju otázku, aby sme vám s tým tiež mohli pomôcť, pretože keď je to možné, urobíme všetko.',
    heldOut: [
      'Vlak odchádza zo stanice každé ráno o pol ôsmej a zvyčajne je plný.',
      'Mohli by ste mi vysvetliť, ako ten stroj funguje a kam mám dať kľúč?',
      'Moja stará mama piekla v sobotu chlieb a celá ulica krásne voňala.',
    ],
  },
  hu: {
    text: 'Ez egy levél mindenkinek, aki válaszra várt. Szeretnénk tudni, mit gondoltok az új házról, és hogy van-e még elég idő megnézni a hét vége előtt. Ha nem tudnak eljönni, akkor közülünk néhányan oda kell menjenek, és beszélniük kell azokkal az emberekkel, akik a folyó mellett laknak. Ez volt az első alkalom, hogy ebben a városban járt, de a testvére megmondta neki, hogyan találja meg az utat. Melyiket szeretnéd ezek közül? Kérjük, írja meg a nevét és a kérdését, hogy mi is segíthessünk ebben.',
    heldOut: [
      'A vonat minden reggel fél nyolckor indul az állomásról, és általában tele van.',
      'Meg tudná magyarázni, hogyan működik a gép, és hová tegyem a kulcsot?',
      'A nagymamám szombatonként kenyeret sütött, és az egész utca jó illatú volt.',
    ],
  },
  ro: {
    text: 'Aceasta este o scrisoare pentru toți cei care au așteptat un răspuns. Am vrea să știm ce credeți despre casa cea nouă și dacă mai este destul timp să o vedem înainte de sfârșitul săptămânii. Dacă ei nu pot veni, unii dintre noi vor trebui să meargă acolo și să vorbească cu oamenii care locuiesc lângă râu. Era prima dată când ea se afla în acest oraș, dar fratele ei îi spusese cum să găsească drumul. Pe care dintre acestea îl vrei? Vă rugăm să scrieți numele și întrebarea, ca să putem și noi ajuta.',
    heldOut: [
      'Trenul pleacă din gară în fiecare dimineață la șapte și jumătate și este de obicei plin.',
      'Ați putea să-mi explicați cum funcționează mașina și unde trebuie să pun cheia?',
      'Bunica mea făcea pâine sâmbăta și toată strada mirosea frumos.',
    ],
  },
  tr: {
    text: 'Bu, bir cevap bekleyen herkese yazılmış bir mektuptur. Yeni ev hakkında ne düşündüğünüzü ve hafta sonundan önce onu görmek için yeterince zaman olup olmadığını bilmek istiyoruz. Eğer onlar gelemezse, bazılarımız oraya gitmek ve nehrin yanında yaşayan insanlarla konuşmak zorunda kalacak. Bu şehre ilk kez geliyordu, ama kardeşi ona yolu nasıl bulacağını söylemişti. Bunlardan hangisini istiyorsun? Lütfen adınızı ve sorunuzu yazın, böylece biz de size bu konuda yardım edebiliriz.',
    heldOut: [
      'Tren her sabah yedi buçukta istasyondan kalkar ve genellikle doludur.',
      'Makinenin nasıl çalıştığını ve anahtarı nereye koymam gerektiğini açıklar mısınız?',
      'Büyükannem cumartesi günleri ekmek yapardı ve bütün sokak güzel kokardı.',
    ],
  },
  id: {
    text: 'Ini adalah surat untuk semua orang yang telah menunggu jawaban. Kami ingin tahu apa yang kalian pikirkan tentang rumah baru itu dan apakah masih ada cukup waktu untuk melihatnya sebelum akhir minggu. Jika mereka tidak bisa datang, beberapa dari kami harus pergi ke sana dan berbicara dengan orang-orang yang tinggal di sebelah sungai. Itu adalah pertama kalinya dia berada di kota ini, tetapi saudaranya sudah mengatakan bagaimana menemukan jalan. Yang mana dari ini yang kamu mau? Silakan tulis nama dan pertanyaan Anda, supaya kami juga dapat membantu dengan hal itu.',
    heldOut: [
      'Kereta berangkat dari stasiun setiap pagi pukul setengah delapan dan biasanya penuh.',
      'Bisakah Anda menjelaskan bagaimana mesin ini bekerja dan di mana saya harus menaruh kunci?',
      'Nenek saya membuat roti pada hari Sabtu dan seluruh jalan berbau harum.',
    ],
  },
  vi: {
    text: 'Đây là một bức thư gửi cho tất cả những người đã chờ đợi câu trả lời. Chúng tôi muốn biết các bạn nghĩ gì về ngôi nhà mới và liệu có đủ thời gian để xem nó trước cuối tuần hay không. Nếu họ không thể đến, một số người trong chúng tôi sẽ phải đi đến đó và nói chuyện với những người sống bên cạnh con sông. Đó là lần đầu tiên cô ấy ở trong thành phố này, nhưng anh trai của cô đã nói làm thế nào để tìm đường. Bạn muốn cái nào trong số này? Xin vui lòng viết tên và câu hỏi của bạn, để chúng tôi cũng có thể giúp được.',
    heldOut: [
      'Tàu rời nhà ga mỗi buổi sáng lúc bảy giờ rưỡi và thường rất đông người.',
      'Bạn có thể giải thích máy này hoạt động như thế nào và tôi phải để chìa khóa ở đâu?',
      'Bà tôi làm bánh mì vào thứ bảy và cả con đường đều thơm.',
    ],
  },
  hr: {
    text: 'Ovo je pismo svima koji su čekali odgovor. Željeli bismo znati što mislite o novoj kući i ima li još dovoljno vremena da je vidimo prije kraja tjedna. Ako oni ne mogu doći, neki od nas morat će otići tamo i razgovarati s ljudima koji žive pokraj rijeke. To je bilo prvi put da je bila u ovom gradu, ali njezin joj je brat rekao kako pronaći put. Koji od ovih želiš imati? Molimo napišite svoje ime i svoje pitanje, kako bismo vam i mi mogli pomoći s tim, jer kada je to moguće, sve ćemo učiniti.',
    heldOut: [
      'Vlak polazi s kolodvora svakog jutra u pola osam i obično je pun.',
      'Možete li mi objasniti kako stroj radi i gdje trebam staviti ključ?',
      'Moja baka je subotom pekla kruh i cijela je ulica lijepo mirisala.',
    ],
  },
  sl: {
    text: 'To je pismo vsem, ki so čakali na odgovor. Radi bi vedeli, kaj mislite o novi hiši in ali je še dovolj časa, da jo vidimo pred koncem tedna. Če oni ne morejo priti, bodo morali nekateri od nas iti tja in govoriti z ljudmi, ki živijo ob reki. To je bilo prvič, da je bila v tem mestu, vendar ji je brat povedal, kako najti pot. Katerega od teh želiš imeti? Prosimo, napišite svoje ime in vprašanje, da vam bomo lahko tudi mi pri tem pomagali, ker bomo naredili vse, kar je mogoče.',
    heldOut: [
      'Vlak odpelje s postaje vsako jutro ob pol osmih in je navadno poln.',
      'Ali mi lahko razložite, kako stroj deluje in kam naj dam ključ?',
      'Moja babica je ob sobotah pekla kruh in vsa ulica je lepo dišala.',
    ],
  },
  et: {
    text: 'See on kiri kõigile, kes on vastust oodanud. Me tahaksime teada, mida te uuest majast arvate ja kas on veel piisavalt aega, et seda enne nädala lõppu näha. Kui nad ei saa tulla, peavad mõned meist sinna minema ja rääkima inimestega, kes elavad jõe ääres. See oli esimene kord, kui ta selles linnas oli, kuid tema vend oli talle öelnud, kuidas teed leida. Millist neist sa tahad? Palun kirjutage oma nimi ja küsimus, et ka meie saaksime teid sellega aidata.',
    heldOut: [
      'Rong väljub jaamast igal hommikul kell pool kaheksa ja on tavaliselt täis.',
      'Kas te võiksite selgitada, kuidas masin töötab ja kuhu ma pean võtme panema?',
      'Minu vanaema küpsetas laupäeviti leiba ja terve tänav lõhnas hästi.',
    ],
  },
  lv: {
    text: 'Šī ir vēstule visiem, kas ir gaidījuši atbildi. Mēs vēlētos zināt, ko jūs domājat par jauno māju un vai vēl ir pietiekami daudz laika, lai to redzētu pirms nedēļas beigām. Ja viņi nevar atnākt, dažiem no mums būs jāiet uz turieni un jārunā ar cilvēkiem, kuri dzīvo blakus upei. Tā bija pirmā reize, kad viņa bija šajā pilsētā, bet viņas brālis bija teicis, kā atrast ceļu. Kuru no šiem tu gribi? Lūdzu, uzrakstiet savu vārdu un jautājumu, lai arī mēs varētu ar to palīdzēt.',
    heldOut: [
      'Vilciens atiet no stacijas katru rītu pusastoņos un parasti ir pilns.',
      'Vai jūs varētu paskaidrot, kā mašīna darbojas un kur man jāliek atslēga?',
      'Mana vecmāmiņa sestdienās cepa maizi, un visa iela labi smaržoja.',
    ],
  },
  lt: {
    text: 'Tai laiškas visiems, kurie laukė atsakymo. Norėtume žinoti, ką jūs manote apie naują namą ir ar dar yra pakankamai laiko jį pamatyti iki savaitės pabaigos. Jeigu jie negali ateiti, kai kurie iš mūsų turės ten nueiti ir pasikalbėti su žmonėmis, kurie gyvena šalia upės. Tai buvo pirmas kartas, kai ji buvo šiame mieste, bet jos brolis jai pasakė, kaip rasti kelią. Kurį iš jų tu nori turėti? Prašome parašyti savo vardą ir klausimą, kad ir mes galėtume jums su tuo padėti.',
    heldOut: [
      'Traukinys iš stoties išvyksta kiekvieną rytą pusę aštuonių ir paprastai būna pilnas.',
      'Ar galėtumėte paaiškinti, kaip veikia mašina ir kur turėčiau padėti raktą?',
      'Mano močiutė šeštadieniais kepdavo duoną, ir visa gatvė gražiai kvepėjo.',
    ],
  },
  ca: {
    text: "Aquesta és una carta per a tots els que han estat esperant una resposta. Voldríem saber què penseu de la casa nova i si hi ha prou temps per veure-la abans de la fi de la setmana. Si ells no poden venir, alguns de nosaltres haurem d'anar-hi i parlar amb la gent que viu al costat del riu. Era la primera vegada que ella era en aquesta ciutat, però el seu germà li havia dit com trobar el camí. Quin d'aquests vols tenir? Si us plau, escriviu el vostre nom i la vostra pregunta, perquè també us puguem ajudar amb això.",
    heldOut: [
      "El tren surt de l'estació cada matí a dos quarts de vuit i sol anar ple.",
      'Em podria explicar com funciona la màquina i on he de posar la clau?',
      'La meva àvia feia pa els dissabtes i tot el carrer feia molt bona olor.',
    ],
  },
  sw: {
    text: 'Hii ni barua kwa watu wote ambao wamekuwa wakisubiri jibu. Tungependa kujua mnafikiri nini kuhusu nyumba mpya na kama kuna muda wa kutosha kuiona kabla ya mwisho wa wiki. Kama hawawezi kuja, baadhi yetu tutalazimika kwenda huko na kuzungumza na watu wanaoishi karibu na mto. Ilikuwa mara ya kwanza kwake kuwa katika mji huu, lakini kaka yake alikuwa amemwambia jinsi ya kupata njia. Unataka ipi kati ya hizi? Tafadhali andika jina lako na swali lako, ili sisi pia tuweze kukusaidia kwa jambo hilo.',
    heldOut: [
      'Treni huondoka kituoni kila asubuhi saa moja na nusu na kwa kawaida hujaa.',
      'Je, unaweza kueleza jinsi mashine hii inavyofanya kazi na niweke wapi ufunguo?',
      'Bibi yangu alioka mkate siku za Jumamosi na mtaa mzima ulinukia vizuri.',
    ],
  },
  tl: {
    text: 'Ito ay isang liham para sa lahat ng mga naghihintay ng sagot. Gusto naming malaman kung ano ang iniisip ninyo tungkol sa bagong bahay at kung may sapat pang oras upang makita ito bago matapos ang linggo. Kung hindi sila makakapunta, ang ilan sa amin ay kailangang pumunta doon at makipag-usap sa mga taong nakatira sa tabi ng ilog. Iyon ang unang pagkakataon na siya ay nasa lungsod na ito, ngunit sinabi sa kanya ng kanyang kapatid kung paano hanapin ang daan. Alin sa mga ito ang gusto mo? Pakisulat ang iyong pangalan at tanong, para makatulong din kami.',
    heldOut: [
      'Umaalis ang tren sa istasyon tuwing umaga nang alas siyete y medya at karaniwan itong puno.',
      'Maaari mo bang ipaliwanag kung paano gumagana ang makina at saan ko dapat ilagay ang susi?',
      'Ang lola ko ay nagluluto ng tinapay tuwing Sabado at mabango ang buong kalye.',
    ],
  },
  af: {
    text: "Hierdie is 'n brief aan almal wat vir 'n antwoord gewag het. Ons wil graag weet wat julle van die nuwe huis dink en of daar genoeg tyd is om dit voor die einde van die week te sien. As hulle nie kan kom nie, sal sommige van ons daarheen moet gaan en met die mense praat wat langs die rivier woon. Dit was die eerste keer dat sy in hierdie stad was, maar haar broer het vir haar gesê hoe om die pad te vind. Watter van hierdie wil jy hê? Skryf asseblief jou naam en jou vraag, sodat ons ook daarmee kan help.",
    heldOut: [
      'Die trein vertrek elke oggend om halfagt van die stasie af en is gewoonlik vol.',
      'Kan jy asseblief verduidelik hoe die masjien werk en waar ek die sleutel moet sit?',
      'My ouma het Saterdae brood gebak en die hele straat het lekker geruik.',
    ],
  },
  is: {
    text: 'Þetta er bréf til allra sem hafa beðið eftir svari. Við viljum gjarnan vita hvað ykkur finnst um nýja húsið og hvort það sé nægur tími til að sjá það fyrir lok vikunnar. Ef þau geta ekki komið verða sumir okkar að fara þangað og tala við fólkið sem býr við hliðina á ánni. Það var í fyrsta skipti sem hún var í þessari borg, en bróðir hennar hafði sagt henni hvernig ætti að finna leiðina. Hvert af þessum vilt þú fá? Vinsamlegast skrifaðu nafn þitt og spurningu, svo að við getum líka hjálpað með það.',
    heldOut: [
      'Lestin fer frá stöðinni á hverjum morgni klukkan hálf átta og er yfirleitt full.',
      'Gætir þú útskýrt hvernig vélin virkar og hvar ég á að setja lykilinn?',
      'Amma mín bakaði brauð á laugardögum og öll gatan ilmaði vel.',
    ],
  },
  sq: {
    text: 'Kjo është një letër për të gjithë ata që kanë pritur një përgjigje. Ne do të donim të dinim se çfarë mendoni për shtëpinë e re dhe nëse ka ende kohë të mjaftueshme për ta parë para fundit të javës. Nëse ata nuk mund të vijnë, disa prej nesh do të duhet të shkojnë atje dhe të flasin me njerëzit që jetojnë pranë lumit. Ishte hera e parë që ajo ndodhej në këtë qytet, por vëllai i saj i kishte thënë si ta gjente rrugën. Cilën prej këtyre dëshiron? Ju lutemi shkruani emrin dhe pyetjen tuaj, që edhe ne të mund të ndihmojmë.',
    heldOut: [
      'Treni niset nga stacioni çdo mëngjes në shtatë e gjysmë dhe zakonisht është plot.',
      'A mund të më shpjegoni si funksionon makina dhe ku duhet ta vendos çelësin?',
      'Gjyshja ime bënte bukë të shtunave dhe e gjithë rruga mbante erë të mirë.',
    ],
  },
  eu: {
    text: 'Hau erantzun baten zain egon diren guztientzako gutuna da. Jakin nahi genuke zer pentsatzen duzuen etxe berriari buruz eta ea astea amaitu baino lehen ikusteko behar adina denbora dagoen. Haiek ezin badute etorri, gutako batzuek hara joan beharko dugu eta ibaiaren ondoan bizi diren jendeekin hitz egin. Lehenengo aldia zen hiri honetan zegoela, baina bere anaiak esan zion nola aurkitu bidea. Hauetatik zein nahi duzu? Mesedez, idatzi zure izena eta zure galdera, guk ere horrekin lagundu ahal izateko.',
    heldOut: [
      'Trena goizero zazpi eta erdietan ateratzen da geltokitik eta beteta egoten da.',
      'Azalduko al didazu nola funtzionatzen duen makinak eta non jarri behar dudan giltza?',
      'Nire amonak larunbatetan ogia egiten zuen eta kale osoak usain ona zuen.',
    ],
  },
  cy: {
    text: "Dyma lythyr at bawb sydd wedi bod yn aros am ateb. Hoffem wybod beth yr ydych chi'n ei feddwl am y tŷ newydd ac a oes digon o amser i'w weld cyn diwedd yr wythnos. Os na allant ddod, bydd yn rhaid i rai ohonom fynd yno a siarad â'r bobl sy'n byw wrth ymyl yr afon. Dyna oedd y tro cyntaf iddi fod yn y ddinas hon, ond roedd ei brawd wedi dweud wrthi sut i ddod o hyd i'r ffordd. Pa un o'r rhain wyt ti eisiau? Ysgrifennwch eich enw a'ch cwestiwn, er mwyn i ni hefyd allu helpu gyda hynny.",
    heldOut: [
      "Mae'r trên yn gadael yr orsaf bob bore am hanner awr wedi saith ac mae fel arfer yn llawn.",
      "A allech chi egluro sut mae'r peiriant yn gweithio a ble y dylwn roi'r allwedd?",
      "Roedd fy mam-gu yn pobi bara ar ddydd Sadwrn ac roedd y stryd gyfan yn arogli'n hyfryd.",
    ],
  },
  ru: {
    text: 'Это письмо всем, кто ждал ответа. Мы хотели бы знать, что вы думаете о новом доме и достаточно ли времени, чтобы увидеть его до конца недели. Если они не могут прийти, некоторым из нас придётся пойти туда и поговорить с людьми, которые живут рядом с рекой. Это был первый раз, когда она была в этом городе, но её брат сказал ей, как найти дорогу. Какой из них ты хочешь? Пожалуйста, напишите своё имя и вопрос, чтобы мы тоже могли помочь вам с этим.',
    heldOut: [
      'Поезд отправляется со станции каждое утро в половине восьмого и обычно полон.',
      'Не могли бы вы объяснить, как работает машина и куда мне положить ключ?',
      'Моя бабушка по субботам пекла хлеб, и вся улица хорошо пахла.',
    ],
  },
  uk: {
    text: 'Це лист усім, хто чекав на відповідь. Ми хотіли б знати, що ви думаєте про новий будинок і чи є ще достатньо часу, щоб побачити його до кінця тижня. Якщо вони не можуть прийти, деяким із нас доведеться піти туди й поговорити з людьми, які живуть поруч із річкою. Це було вперше, коли вона була в цьому місті, але її брат сказав їй, як знайти дорогу. Який із них ти хочеш? Будь ласка, напишіть своє ім’я та запитання, щоб ми теж могли вам із цим допомогти.',
    heldOut: [
      'Потяг відходить зі станції щоранку о пів на восьму і зазвичай повний.',
      'Чи могли б ви пояснити, як працює машина і куди мені покласти ключ?',
      'Моя бабуся щосуботи пекла хліб, і вся вулиця гарно пахла.',
    ],
  },
  bg: {
    text: 'Това е писмо до всички, които са чакали отговор. Бихме искали да знаем какво мислите за новата къща и дали има достатъчно време да я видим преди края на седмицата. Ако те не могат да дойдат, някои от нас ще трябва да отидат там и да говорят с хората, които живеят до реката. Това беше първият път, когато тя беше в този град, но брат ѝ беше казал как да намери пътя. Кое от тези искаш? Моля, напишете името си и въпроса, за да можем и ние да помогнем с това.',
    heldOut: [
      'Влакът тръгва от гарата всяка сутрин в седем и половина и обикновено е пълен.',
      'Бихте ли обяснили как работи машината и къде трябва да сложа ключа?',
      'Баба ми печеше хляб в събота и цялата улица ухаеше хубаво.',
    ],
  },
  sr: {
    text: 'Ово је писмо свима који су чекали одговор. Желели бисмо да знамо шта мислите о новој кући и да ли има довољно времена да је видимо пре краја недеље. Ако они не могу да дођу, неки од нас ће морати да оду тамо и разговарају са људима који живе поред реке. То је било први пут да је она била у овом граду, али њен брат јој је рекао како да нађе пут. Који од ових желиш да имаш? Молимо вас да напишете своје име и питање, како бисмо и ми могли да вам помогнемо.',
    heldOut: [
      'Воз полази са станице сваког јутра у пола осам и обично је пун.',
      'Можете ли да ми објасните како машина ради и где треба да ставим кључ?',
      'Моја бака је суботом пекла хлеб и цела улица је лепо мирисала.',
    ],
  },
  be: {
    text: 'Гэта ліст усім, хто чакаў адказу. Мы хацелі б ведаць, што вы думаеце пра новы дом і ці ёсць яшчэ дастаткова часу, каб убачыць яго да канца тыдня. Калі яны не могуць прыйсці, некаторым з нас давядзецца пайсці туды і пагаварыць з людзьмі, якія жывуць каля ракі. Гэта быў першы раз, калі яна была ў гэтым горадзе, але яе брат сказаў ёй, як знайсці дарогу. Які з іх ты хочаш? Калі ласка, напішыце сваё імя і пытанне, каб мы таксама маглі вам з гэтым дапамагчы.',
    heldOut: [
      'Цягнік адпраўляецца са станцыі кожную раніцу а палове восьмай і звычайна поўны.',
      'Ці не маглі б вы растлумачыць, як працуе машына і куды мне пакласці ключ?',
      'Мая бабуля па суботах пякла хлеб, і ўся вуліца добра пахла.',
    ],
  },
  ar: {
    text: 'هذه رسالة إلى جميع الذين كانوا ينتظرون الجواب. نود أن نعرف ما رأيكم في البيت الجديد وهل هناك وقت كاف لرؤيته قبل نهاية الأسبوع. إذا لم يتمكنوا من المجيء فسيكون على بعضنا أن يذهب إلى هناك ويتحدث مع الناس الذين يعيشون بجانب النهر. كانت هذه المرة الأولى التي تكون فيها في هذه المدينة، لكن أخاها قال لها كيف تجد الطريق. أي من هذه تريد؟ من فضلك اكتب اسمك وسؤالك حتى نتمكن من مساعدتك في ذلك.',
    heldOut: [
      'يغادر القطار المحطة كل صباح في الساعة السابعة والنصف ويكون عادة ممتلئا.',
      'هل يمكنك أن تشرح كيف تعمل الآلة وأين يجب أن أضع المفتاح؟',
      'كانت جدتي تخبز الخبز يوم السبت وكانت رائحة الشارع كله جميلة.',
    ],
  },
  fa: {
    text: 'این نامه‌ای است برای همه کسانی که منتظر پاسخ بوده‌اند. می‌خواهیم بدانیم که شما درباره خانه جدید چه فکر می‌کنید و آیا هنوز وقت کافی هست که آن را پیش از پایان هفته ببینیم. اگر آنها نمی‌توانند بیایند، بعضی از ما باید به آنجا برویم و با مردمی که کنار رودخانه زندگی می‌کنند صحبت کنیم. این اولین بار بود که او در این شهر بود، اما برادرش به او گفته بود چگونه راه را پیدا کند. کدام یک از اینها را می‌خواهی؟ لطفا نام و پرسش خود را بنویسید تا ما هم بتوانیم کمک کنیم.',
    heldOut: [
      'قطار هر روز صبح ساعت هفت و نیم از ایستگاه حرکت می‌کند و معمولا پر است.',
      'آیا می‌توانید توضیح دهید که دستگاه چگونه کار می‌کند و کلید را کجا بگذارم؟',
      'مادربزرگم شنبه‌ها نان می‌پخت و تمام خیابان بوی خوبی می‌داد.',
    ],
  },
  ur: {
    text: 'یہ ان سب لوگوں کے نام ایک خط ہے جو جواب کا انتظار کر رہے تھے۔ ہم جاننا چاہتے ہیں کہ آپ نئے گھر کے بارے میں کیا سوچتے ہیں اور کیا ہفتے کے آخر سے پہلے اسے دیکھنے کے لیے کافی وقت ہے۔ اگر وہ نہیں آ سکتے تو ہم میں سے کچھ لوگوں کو وہاں جانا ہوگا اور ان لوگوں سے بات کرنی ہوگی جو دریا کے پاس رہتے ہیں۔ یہ پہلی بار تھا کہ وہ اس شہر میں تھی، لیکن اس کے بھائی نے اسے بتایا تھا کہ راستہ کیسے ملے گا۔ آپ ان میں سے کون سا چاہتے ہیں؟ براہ کرم اپنا نام اور سوال لکھیں تاکہ ہم بھی مدد کر سکیں۔',
    heldOut: [
      'ٹرین ہر صبح ساڑھے سات بجے اسٹیشن سے روانہ ہوتی ہے اور عام طور پر بھری ہوتی ہے۔',
      'کیا آپ بتا سکتے ہیں کہ یہ مشین کیسے کام کرتی ہے اور مجھے چابی کہاں رکھنی چاہیے؟',
      'میری دادی ہفتے کے دن روٹی پکاتی تھیں اور پوری گلی میں اچھی خوشبو ہوتی تھی۔',
    ],
  },
};
