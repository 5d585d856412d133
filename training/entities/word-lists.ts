/** Words that tell of names, written for this project: groups of people, titles, words of firms and streets, and organizations. */

const words = (list: string): readonly string[] => list.trim().split(/\s*[,\n]\s*/);

/** Nationalities, peoples, religions and political groups, as adjectives and as nouns. */
export const GROUPS = words(`
Afghan, Afghans, Albanian, Albanians, Algerian, Algerians, American, Americans, Andorran, Angolan, Angolans, Argentine, Argentinian,
Argentinians, Armenian, Armenians, Australian, Australians, Aussie, Aussies, Austrian, Austrians, Azerbaijani, Azeri, Bahamian, Bahraini,
Bangladeshi, Bangladeshis, Barbadian, Basque, Basques, Bavarian, Belarusian, Belarusians, Belgian, Belgians, Belizean, Bengali, Bengalis,
Beninese, Berber, Bhutanese, Bolivian, Bolivians, Bosnian, Bosnians, Botswanan, Brazilian, Brazilians, Breton, Brit, Brits, British, Briton,
Britons, Bruneian, Bulgarian, Bulgarians, Burkinabe, Burmese, Burundian, Cambodian, Cambodians, Cameroonian, Canadian, Canadians, Catalan,
Catalans, Caucasian, Chadian, Chechen, Chechens, Cherokee, Chilean, Chileans, Chinese, Colombian, Colombians, Congolese, Cornish, Corsican,
Costa Rican, Croat, Croatian, Croatians, Croats, Cuban, Cubans, Cypriot, Cypriots, Czech, Czechs, Dane, Danes, Danish, Dominican,
Dominicans, Dutch, Ecuadorian, Ecuadorean, Egyptian, Egyptians, Emirati, Emiratis, English, Englishman, Englishwoman, Eritrean, Eritreans,
Estonian, Estonians, Ethiopian, Ethiopians, European, Europeans, Fijian, Filipina, Filipino, Filipinos, Finn, Finnish, Finns, Flemish, French,
Frenchman, Frenchwoman, Gabonese, Gambian, Georgian, Georgians, German, Germans, Ghanaian, Ghanaians, Greek, Greeks, Guatemalan, Guatemalans,
Guinean, Guyanese, Haitian, Haitians, Han Chinese, Hawaiian, Hispanic, Hispanics, Honduran, Hondurans, Hungarian, Hungarians, Icelander,
Icelandic, Indian, Indians, Indonesian, Indonesians, Iranian, Iranians, Iraqi, Iraqis, Irish, Irishman, Irishwoman, Israeli, Israelis,
Italian, Italians, Ivorian, Jamaican, Jamaicans, Japanese, Jordanian, Jordanians, Kazakh, Kazakhs, Kenyan, Kenyans, Korean, Koreans,
South Korean, North Korean, South African, South Africans, Saudi Arabian, Sri Lankan, New Zealander, New Zealanders, Puerto Rican, Puerto Ricans,
Kosovar, Kurd, Kurdish, Kurds, Kuwaiti, Kuwaitis, Kyrgyz, Lao, Laotian, Latina, Latino, Latinos, Latin American, Latvian, Latvians, Lebanese,
Liberian, Libyan, Libyans, Liechtensteiner, Lithuanian, Lithuanians, Luxembourgish, Macedonian, Macedonians, Malagasy, Malawian, Malay,
Malaysian, Malaysians, Maldivian, Malian, Maltese, Manx, Maori, Mauritanian, Mauritian, Mexican, Mexicans, Moldovan, Moldovans, Mongolian,
Mongolians, Montenegrin, Moroccan, Moroccans, Mozambican, Namibian, Native American, Native Americans, Navajo, Nepalese, Nepali, Nepalis,
Nicaraguan, Nigerian, Nigerians, Nigerien, Northern Irish, Norwegian, Norwegians, Omani, Pakistani, Pakistanis, Palestinian, Palestinians,
Panamanian, Papuan, Paraguayan, Persian, Persians, Peruvian, Peruvians, Pole, Poles, Polish, Polynesian, Portuguese, Punjabi, Qatari,
Quebecois, Rohingya, Roma, Romani, Romanian, Romanians, Russian, Russians, Rwandan, Rwandans, Salvadoran, Sami, Samoan, Scandinavian, Scot,
Scots, Scottish, Senegalese, Serb, Serbian, Serbians, Serbs, Sicilian, Sierra Leonean, Singaporean, Singaporeans, Sinhalese, Slav, Slavic,
Slovak, Slovaks, Slovakian, Slovene, Slovenian, Slovenians, Somali, Somalis, Spaniard, Spaniards, Spanish, Sudanese, Surinamese, Swede,
Swedes, Swedish, Swiss, Syrian, Syrians, Taiwanese, Tajik, Tamil, Tamils, Tanzanian, Tanzanians, Tatar, Thai, Thais, Tibetan, Tibetans,
Togolese, Tongan, Trinidadian, Tunisian, Tunisians, Turk, Turkish, Turkmen, Turks, Ugandan, Ugandans, Uighur, Uyghur, Uyghurs, Ukrainian,
Ukrainians, Uruguayan, Uzbek, Uzbeks, Venezuelan, Venezuelans, Vietnamese, Welsh, Welshman, Yemeni, Yemenis, Yoruba, Zambian, Zambians,
Zimbabwean, Zimbabweans, Zulu, African American, African Americans, Afro-Caribbean, Asian American, Asian Americans, Arab, Arabs, African,
Africans, Asian, Asians, Igbo, Hausa, Pashtun, Tutsi, Hutu, Inuit,
Christian, Christians, Catholic, Catholics, Roman Catholic, Protestant, Protestants, Orthodox, Greek Orthodox, Anglican, Anglicans, Baptist,
Baptists, Methodist, Methodists, Lutheran, Lutherans, Presbyterian, Presbyterians, Evangelical, Evangelicals, Pentecostal, Mormon, Mormons,
Quaker, Quakers, Amish, Mennonite, Calvinist, Adventist, Jehovah's Witness, Muslim, Muslims, Moslem, Sunni, Sunnis, Shia, Shiite, Shiites,
Sufi, Ismaili, Ahmadi, Alawite, Islamist, Islamists, Islamic, Jew, Jewish, Jews, Hasidic, Zionist, Hindu, Hindus, Sikh, Sikhs, Jain, Jains,
Buddhist, Buddhists, Taoist, Shinto, Zoroastrian, Bahai, Rastafarian, Pagan, Wiccan, Druze, Yazidi, Copt, Coptic, Maronite, Jesuit,
Republican, Republicans, Democrat, Democrats, Labour, Tory, Tories, Whig, Liberal Democrat, Liberal Democrats, Lib Dem, Lib Dems, Communist,
Communists, Socialist, Socialists, Marxist, Marxists, Maoist, Trotskyist, Leninist, Social Democrat, Social Democrats, Christian Democrat,
Christian Democrats, Peronist, Fascist, Nazi, Nazis, Neo-Nazi, Libertarian, Libertarians, Trumpist, Baathist, Likudnik, Gaullist, Kemalist,
Deutscher, Deutsche, Französin, Franzose, Spanierin, Türke, Türkin, Italienerin, Italiener, Russin, Polin, Engländer, Amerikaner, Österreicher,
Schweizer, Niederländer, Muslimin, Katholik, Protestantin, Française, Français, Allemande, Allemand, Espagnole, Espagnol, Italienne, Italien,
Anglais, Anglaise, Américaine, Américain, Musulmane, Musulman, Catholique`);

export const TITLES = words(`
mr, mrs, ms, miss, mx, dr, prof, professor, doctor, sir, madam, lord, lady, dame, rev, reverend, father, sister, brother, rabbi, imam, pastor,
bishop, cardinal, pope, king, queen, prince, princess, duke, president, senator, governor, mayor, minister, chancellor, congressman,
congresswoman, captain, colonel, general, major, lieutenant, sergeant, officer, detective, judge, justice, coach, hr, herr, frau, fräulein,
monsieur, madame, mademoiselle, mme, mlle, maître, señor, señora, señorita, sr, sra, srta, don, doña, signor, signora, signorina, sig, dott,
dottore, dottoressa, avv, ing, mevrouw, meneer, dhr, mevr, pan, pani, bay, bayan, bey, hanım, shri, smt, sheikh, haji, uncle, aunt, auntie,
grandpa, grandma, nurse, inspector, ambassador, secretary, capt, col, gen, lt, sgt, sen, gov, hon, senhor, senhora, dona, dom, fru, herra, rouva`);

export const FIRM_WORDS = words(`
inc, incorporated, corp, corporation, ltd, limited, llc, llp, plc, gmbh, ag, kg, se, sa, sas, sarl, srl, spa, bv, nv, oy, ab, as, aps, kft, pty,
pvt, co, company, group, holdings, holding, partners, associates, bank, trust, fund, capital, ventures, university, college, school, academy,
institute, universität, université, universidad, università, hochschule, hospital, clinic, klinik, krankenhaus, klinikum, hôpital, museum,
library, foundation, association, society, council, committee, commission, ministry, department, agency, authority, union, federation,
party, church, airlines, airways, motors, industries, technologies, technology, systems, solutions, software, labs, laboratories, studios,
entertainment, records, media, press, times, news, network, club, team, united, fc, sc, consulting, insurance, logistics, energy, pharma,
pharmaceuticals, foods, stores, supermarket, hotel, hotels, stiftung, verein, versicherung, sparkasse, stadtwerke, banque, banco, banca,
société, compagnie, empresa, grupo, gruppo, fundación, fondation, bureau, office, police, army, court, records, bakery, restaurant, cafe, gym`);

export const WAYS = words(`
street, st, road, rd, avenue, ave, lane, ln, drive, dr, boulevard, blvd, court, place, square, terrace, crescent, close, way, parkway, highway,
straße, strasse, str, weg, platz, allee, gasse, ring, ufer, rue, chemin, quai, impasse, calle, avenida, plaza, paseo, camino, via, viale, piazza,
corso, vicolo, laan, straat, plein, gracht, ulica, ul, aleja, plac, cadde, caddesi, sokak, rua, travessa, praça, gade, vej, gatan, vägen, katu,
river, lake, mount, mountain, bay, island, islands, beach, park, valley, county, province, district, airport, station, bridge, hill, hills, apt, suite, unit`);

export const PARTICLES = words(
  'van, von, de, der, den, del, della, di, da, dos, das, du, la, le, el, al, bin, ibn, ben, ter, ten, zu, y, san, abu, mac, zur, af, of, the, and, for, et, e, und, en',
);

export const CALENDAR = words(`
january, february, march, april, may, june, july, august, september, october, november, december, monday, tuesday, wednesday, thursday, friday,
saturday, sunday, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, mon, tue, wed, thu, fri, sat, sun, easter, christmas, ramadan,
januar, februar, märz, mai, juni, juli, oktober, dezember, montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, janvier, février,
mars, avril, juin, juillet, août, septembre, octobre, novembre, décembre, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, enero,
febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre, lunes, martes, miércoles, jueves, viernes`);

export const ORGANIZATIONS = words(`
Google, Microsoft, Apple, Amazon, Facebook, Meta, Netflix, Tesla, IBM, Intel, Nvidia, AMD, Oracle, SAP, Siemens, Bosch, Volkswagen, BMW,
Daimler, Mercedes-Benz, Audi, Porsche, Toyota, Honda, Nissan, Mazda, Hyundai, Kia, Samsung, LG, Sony, Panasonic, Nintendo, Canon, Hitachi, Toshiba,
Huawei, Xiaomi, Alibaba, Tencent, Baidu, ByteDance, Twitter, LinkedIn, Uber, Lyft, Airbnb, Spotify, PayPal, Stripe, Visa, Mastercard, American Express,
JPMorgan, JP Morgan, Goldman Sachs, Morgan Stanley, Bank of America, Wells Fargo, Citigroup, Citibank, HSBC, Barclays, Lloyds, Deutsche Bank, Commerzbank, UBS,
Credit Suisse, BNP Paribas, Santander, BBVA, ING, Rabobank, UniCredit, Walmart, Target, Costco, Starbucks, McDonald's, Burger King, KFC, Subway,
Pepsi, Coca-Cola, Nestle, Unilever, Procter & Gamble, Johnson & Johnson, Pfizer, Moderna, Novartis, Roche, Bayer, BASF, Merck, AstraZeneca, Sanofi,
Shell, BP, Exxon, ExxonMobil, Chevron, Total, Gazprom, Boeing, Airbus, Lufthansa, Ryanair, easyJet, Air France, KLM, British Airways, Emirates, Delta, United Airlines,
Verizon, AT&T, T-Mobile, Vodafone, Orange, Telefonica, Comcast, Disney, Warner Bros, Paramount, Pixar, HBO, CNN, BBC, NBC, CBS, ABC, MSNBC, Fox News, ESPN, MTV, Sky News, Al Jazeera,
Reuters, Bloomberg, Associated Press, New York Times, Washington Post, Guardian, Wall Street Journal, Financial Times, Forbes, Le Monde, Der Spiegel, El País,
Adobe, Salesforce, Cisco, Dell, HP, Hewlett-Packard, Lenovo, Qualcomm, Broadcom, Accenture, Deloitte, KPMG, PwC, Ernst & Young, McKinsey, Capgemini, Infosys, Wipro,
Tata, Reliance, Nike, Adidas, Puma, Zara, H&M, Ikea, Gucci, Prada, Chanel, Louis Vuitton, FedEx, UPS, DHL, NASA, FBI, CIA, NSA, NATO, UN, United Nations, WHO,
World Health Organization, UNESCO, UNICEF, IMF, World Bank, European Union, EU, European Commission, Red Cross, Amnesty International, Greenpeace, Harvard, Yale, Stanford, MIT, Princeton,
Oxford University, Harvard University, Stanford University, Columbia University, UCLA, NYU, Cambridge University, Manchester United, Manchester City, Real Madrid, Barcelona FC, Chelsea, Arsenal, Liverpool FC,
Tottenham, Juventus, Bayern Munich, Borussia Dortmund, Ajax, Lakers, Celtics, Yankees, Red Sox, Dodgers, Cowboys, Patriots, Packers, Steelers,
NFL, NBA, MLB, NHL, FIFA, UEFA, Supreme Court, Congress, Senate, White House, Pentagon, State Department, Labour Party, Democratic Party, Republican Party, Scotland Yard, Interpol, Europol, Wikipedia, YouTube, Instagram, WhatsApp, Snapchat, TikTok, Reddit, eBay, Etsy,
GitHub, Mozilla, OpenAI, Anthropic, DeepMind, Dropbox, Slack, Zoom, Atlassian, Shopify, Zalando, Deutsche Telekom, Deutsche Bahn, Allianz, Renault, Peugeot, Michelin, Carrefour, Philips, Heineken, Ericsson, Nokia, Volvo, Maersk, Lego, Fiat, Ferrari, Eni, Enel, Repsol, Iberia, Turkish Airlines, Aeroflot, Qantas, Petrobras, Embraer`);

/** Ordinary things that are written with a capital: what the model must leave alone. */
export const CAPITALIZED_THINGS = words(`
Python, JavaScript, TypeScript, Java, Kotlin, Rust, Ruby, Perl, Linux, Windows, Ubuntu, Debian, Android, macOS, Docker, Kubernetes, React, Angular, Vue, Django,
Flask, Node, PostgreSQL, MySQL, Redis, MongoDB, Kafka, Excel, Word, PowerPoint, Outlook, Photoshop, iPhone, iPad, Kindle, Xbox, PlayStation, Bluetooth, Wi-Fi,
Internet, Web, Markdown, LaTeX, HTML, CSS, JSON, XML, YAML, SQL, API, REST, HTTP, GPU, CPU, PDF, CSV, ISBN, PHP, SSH, SSL, TLS, OTP, OAuth, JWT, UUID, URI, URL, URLs, APIs, SDK, SDKs, SEO, ERP, CRM, GUI, UI, UX, AJAX, DNS, TCP, UDP, FTP, SMTP, IMAP, VPN, IBAN, SSN, PIN, VAT, GDPR, HIPAA, USB, HDMI, LED, RAM, SSD, ROM, GPS, QR, PNG, JPEG, SVG, MP3, MP4, ASCII, UTF, NLP, LLM, GPT, AI, ML, OCR, IoT, CI, CD, QA, MVP, SaaS, B2B, NGO, PhD, MBA, MD, BSc, GPA, SAT, DIY, RPG, NPC, CNN model, RNN, XSS, CSRF, CORS, ORM, CRUD, MVC, OOP, FIFO, LIFO, BFS, DFS, Go, Swift, Scala, Haskell, Julia language, Lua, Cobol, Fortran, Spring Boot, Next.js, Express, Laravel, Rails, Flutter, Tailwind, Bootstrap, Webpack, Vite, GraphQL, Elasticsearch, Cassandra, Hadoop, Spark, Airflow, Grafana, Prometheus, Nginx, Apache, Tomcat, Maven, Gradle, Ansible, Chrome, Firefox, Safari, Siri, Alexa, Copilot, Gemini, Claude, ChatGPT, Midjourney, Figma, Jira, Notion, Trello, Git, Bash, Terraform, Jenkins, Jupyter, Pandas, NumPy,
English Literature, Machine Learning, Artificial Intelligence, Data Science, Quality Assurance, Human Resources, Customer Success, Project Manager, Software Engineer, Product Owner,
Monday, Tuesday, Friday, January, March, May, August, October, Christmas, Easter, Summer, Winter, Terms of Service, Privacy Policy, Executive Summary, Introduction, Conclusion, Table of Contents,
Chapter One, Appendix, Step, Note, Warning, Example, Question, Answer, Task, Instructions, Overview, Background, Requirements, Dear Customer, Best Regards, Kind Regards, Sincerely, Yours Truly, Happy Birthday, Good Morning, Thank You,
Bayes, Fibonacci, Dijkstra, Turing, Gaussian, Newtonian, Boolean, Cartesian, Eulerian, Markov, Monte Carlo, Big Bang, World War, Renaissance, Middle Ages, Industrial Revolution, Cold War, DNA, COVID, Alzheimer's disease, Parkinson's disease,
Pythagorean theorem, Taylor series, Fourier transform, Nobel Prize, Olympic Games, World Cup, Super Bowl, Grammy, Oscar, Bitcoin, Ethereum, Scrum, Agile, Kanban, SWOT, KPI, ROI, CEO, CTO, CFO, HR, FAQ, ETA, ASAP, TODO, OK`);

/** Languages: what is spoken is no group of people. */
export const LANGUAGES = words(`
English, French, German, Spanish, Italian, Dutch, Portuguese, Polish, Turkish, Arabic, Hindi, Chinese, Mandarin, Cantonese, Japanese, Korean, Russian,
Ukrainian, Czech, Swedish, Danish, Norwegian, Finnish, Hungarian, Greek, Hebrew, Latin, Swahili, Vietnamese, Thai, Indonesian, Malay, Tagalog, Persian,
Farsi, Urdu, Bengali, Tamil, Welsh, Irish, Catalan, Basque, Romanian, Bulgarian, Serbian, Croatian, Icelandic, Esperanto, Old English, Ancient Greek`);

/** What instructions begin with; written with a capital, they look like names. */
export const VERBS = words(`
Classify, Identify, Verify, Specify, Simplify, Clarify, Justify, Modify, Notify, Quantify, Summarize, Describe, Explain, Compare, Contrast, Translate, Rewrite,
Generate, Create, Write, Compose, Draft, Suggest, Recommend, Recite, Paraphrase, Extract, Categorize, Evaluate, Assess, Analyze, Calculate, Compute, Estimate,
Convert, Construct, Design, Develop, Implement, Debug, Refactor, Optimize, Outline, Brainstorm, Propose, Provide, List, Name, Define, Discuss, Predict, Detect,
Determine, Decide, Choose, Select, Sort, Rank, Rearrange, Reorder, Replace, Remove, Insert, Append, Delete, Update, Edit, Proofread, Correct, Fix, Format,
Simulate, Pretend, Imagine, Assume, Suppose, Consider, Given, Answer, Respond, Reply, Ask, Tell, Show, Give, Find, Search, Look, Check, Test, Validate,
Ensure, Avoid, Remember, Forget, Ignore, Include, Exclude, Add, Make, Turn, Transform, Transcribe, Interpret, Infer, Deduce, Prove, Solve, Plan, Schedule,
Organize, Arrange, Prepare, Cook, Bake, Invent, Elaborate, Expand, Shorten, Condense, Highlight, Annotate, Tag, Label, Score, Rate, Review, Critique, Improve`);

/** Plants, animals, dishes, instruments and the like, which lists and headings write with a capital. */
export const SORTS = words(`
Steelpan, Krar, Citole, Igba, Berimbau, Zither, Oud, Sitar, Tabla, Djembe, Bongo, Cajon, Marimba, Xylophone, Glockenspiel, Ukulele, Banjo, Lute, Harp, Fiddle, Viola,
Bassoon, Oboe, Clarinet, Kazoo, Ocarina, Didgeridoo, Shamisen, Koto, Guzheng, Erhu, Pipa, Balalaika, Bouzouki, Maracas, Timpani, Castanets, Tambourine, Camel, Wolf, Orca,
Gorilla, Hamster, Leopard, Snow Leopard, Panther, Jaguar, Cheetah, Lynx, Otter, Beaver, Badger, Ferret, Marten, Gazelle, Impala, Oryx, Kudu, Ibex, Yak, Alpaca, Llama,
Tapir, Capybara, Armadillo, Pangolin, Lemur, Gibbon, Macaque, Marmoset, Iguana, Gecko, Chameleon, Python snake, Cobra, Viper, Mamba, Tortoise, Manatee, Dugong, Narwhal,
Dolphin, Porpoise, Walrus, Sturgeon, Halibut, Tilapia, Salmon, Trout, Catfish, Marlin, Barracuda, Piranha, Stingray, Octopus, Cuttlefish, Falcon, Osprey, Kestrel, Heron, Egret, Stork,
Robin, Wren, Finch, Starling, Magpie, Raven, Toucan, Macaw, Cockatoo, Labrador, Poodle, Beagle, Husky, Rottweiler, Dachshund, Siamese cat, Maine Coon, Iguanodon, Stegosaurus,
Triceratops, Velociraptor, Brachiosaurus, Mammoth, Dodo, Kale, Spinach, Tofu, Quinoa, Couscous, Lentils, Chickpeas, Arugula, Fennel, Leek, Shallot, Turnip, Parsnip, Celeriac, Okra,
Jicama, Daikon, Wasabi, Kimchi, Sriracha, Hummus, Tahini, Falafel, Gnocchi, Risotto, Ravioli, Lasagna, Penne, Fusilli, Linguine, Carbonara, Pesto, Burrata, Ricotta, Gouda, Brie,
Cheddar, Parmesan, Gruyere, Manchego, Pinot Gris, Merlot, Chardonnay, Riesling, Malbec, Porter, Stout, Lager, Pilsner, Saison, Mojito, Daiquiri, Margarita, Negroni, Espresso,
Cappuccino, Macchiato, Latte, Iceberg, Romaine, Basil, Oregano, Thyme, Saffron, Paprika, Turmeric, Cardamom, Cumin, Nutmeg, Jasmine, Rose, Lily, Daisy, Violet, Iris, Tulip, Orchid, Dahlia,
Peony, Lavender, Magnolia, Azalea, Hibiscus, Oak, Maple, Cedar, Sequoia, Baobab, Eucalyptus, Bamboo, Fern, Moss, Helium, Argon, Xenon, Krypton, Cobalt, Nickel, Zinc, Titanium, Tungsten,
Quartz, Granite, Marble, Basalt, Obsidian, Topaz, Opal, Ruby gem, Sapphire, Emerald, Jade, Amber, Velvet, Satin, Denim, Tweed, Linen, Tango, Salsa, Waltz, Foxtrot, Polka, Samba, Judo, Karate,
Aikido, Cricket, Rugby, Lacrosse, Polo, Golf, Chess, Backgammon, Scrabble, Poker, Mercury, Venus, Mars, Jupiter, Saturn, Neptune, Pluto, Sun, Moon, Hurricane, Tornado, Pangaea, Jurassic, Triassic, Gothic, Baroque,
Cubism, Impressionism, Surrealism, Haiku, Sonnet, Limerick, Acrostic, Aries, Taurus, Leo, Virgo, Libra, Scorpio, Read, Delete, Sharp, Stone, Drain, Heat, Stir, Else, Merchant, Deputy, President, Lord, Queen, Knight`);
