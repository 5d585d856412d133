/** What the templates' slots stand for: words and phrases, `|` between them, that may hold slots themselves. */
export const SLOTS: Readonly<Record<string, string>> = {
  group: `women|men|Jews|Jewish people|Muslims|Christians|Catholics|black people|white people|Asians|Mexicans|immigrants|
    migrants|refugees|gay people|gays|lesbians|trans people|transgender women|homosexuals|Arabs|Africans|Indians|
    Chinese people|Pakistanis|Roma|gypsies|Hindus|Sikhs|disabled people|autistic people|Latinos|foreigners|
    indigenous people|old people|feminists|atheists|Russians|Poles|the Irish|Nigerians|Somalis|Turks|Kurds|
    asylum seekers|queer people|bisexuals|Koreans|Native Americans|wheelchair users|deaf people|poor people`,
  oneOfGroup: `Jew|Muslim|Christian|black man|black woman|white man|Asian woman|Mexican|immigrant|refugee|gay man|lesbian|
    trans woman|Arab|African|Indian|Hindu|Sikh|disabled person|autistic child|foreigner|woman|old man|Pole|Turk`,
  slur: `faggot|dyke|tranny|kike|spic|chink|gook|wetback|raghead|towelhead|paki|retard|nigger`,
  vermin: `vermin|parasites|subhuman|animals|filth|scum|a disease|a plague|cockroaches|rats|savages|inferior|degenerates|
    a cancer on this country|an infestation|pests|apes|garbage|an abomination|less than human|leeches|a stain on
    society|thieves by nature|born criminals|mentally inferior|genetically inferior|too stupid to be educated|
    unfit to live among us|all terrorists|all criminals|all rapists|all liars|dirty`,
  expel: `deported|wiped out|exterminated|sterilized|locked up|banned from this country|driven out|segregated|gassed|
    put in camps|put back in chains|shot at the border|stripped of the vote|kept out of our schools|eradicated|
    purged from society|treated like the animals they are|put in their place`,
  insult: `idiot|moron|loser|pathetic loser|worthless piece of trash|ugly pig|stupid cow|disgusting freak|clown|coward|liar|
    imbecile|failure|waste of space|waste of oxygen|brainless fool|fat slob|lowlife|dumbass|bitch|bastard|prick|
    asshole|spineless worm|crybaby|creep|halfwit|joke|piece of shit|dimwit|sad excuse for a human being|whore|slut`,
  badTrait: `stupid|ugly|fat|pathetic|worthless|disgusting|useless|dumb|hideous|incompetent|repulsive|brainless|unlovable|
    annoying|embarrassing|dense|ridiculous|laughable|gross`,
  person: `my neighbor|my sister|my brother|my boss|my coworker|a friend|my ex|the teacher|my roommate|the man next door|
    my cousin|the manager|a classmate|her husband|his wife|the mayor|the landlord|my uncle`,
  name: `Anna|Marcus|Priya|Tom|Elena|David|Fatima|Jorge|Mei|Sam|Olga|Liam|Nadia|Kenji|Rosa|Peter|Aisha|Ben|Clara|Igor`,
  kill: `kill|murder|shoot|stab|strangle|burn|beat|slaughter|bury|destroy|gut|poison|choke|hunt down|run over|execute|
    cut the throat of|break every bone of|bash the skull of|put a bullet in`,
  hurtYou: `kill you|beat you to death|put a bullet in your head|slit your throat|break your legs|burn your house down|
    smash your face in|stab you in your sleep|make you bleed|cut you open|hunt you down|shoot you and your family|
    strangle you with my own hands|put you in the ground|run you over|end you|make sure you never walk again|
    throw acid in your face|break every bone in your body|blow up your car|put you in a coffin`,
  place: `the school|the office|the mosque|the church|the synagogue|the airport|the mall|the town hall|the train station|
    the party headquarters|your house|the courthouse|the clinic|the stadium|the club|the market`,
  ownDeath: `kill myself|end my life|take my own life|end it all|hang myself|jump off the bridge|overdose on my pills|
    slit my wrists|shoot myself|not wake up anymore|be dead|disappear forever|swallow every pill in the house|
    step in front of a train|drink bleach`,
  selfHarm: `cut myself|cut my arms|burn my skin|hurt myself|starve myself|punch the wall until my hands bleed|
    scratch my arms until they bleed|make myself throw up|carve my thigh`,
  sexAct: `have sex|make love|have oral sex|have rough sex|masturbate|have a threesome|undress each other|touch each other
    intimately|pleasure each other|sleep together`,
  sexNoun: `erotic story|sex scene|pornographic story|smut fanfiction|erotic roleplay|explicit sexual fantasy|porn script|
    steamy bedroom scene|BDSM scene|sexting conversation|nude description|sexual fantasy|explicit love scene|
    seduction scene|masturbation fantasy|fetish story`,
  sexBody: `naked body|bare breasts|nipples|thighs|ass|erection|cock|penis|pussy|clit|genitals|bare chest|crotch`,
  sexVerb: `moaned|gasped with pleasure|came hard|reached orgasm|climaxed|trembled with lust|begged for more|
    arched her back with pleasure|groaned with desire`,
  profane: `fucking|damn|goddamn|bloody|freaking|shitty`,
  time: `tonight|tomorrow|on Monday|this week|one day|very soon|next time|before the year is over|after work|at midnight`,
  ask: `Write|Please write|Can you write|Compose|Give me|I need|Create|Generate|Help me write|Draft`,
  form: `a speech|a poem|a song|an essay|a tweet|a blog post|a flyer|an article|a story|a joke|a dialogue|a letter|
    a comment|a manifesto|a chant|a post for my forum`,
  work: `the report|the garden|the invoice|a cake|the presentation|the bicycle|the kitchen|my homework|the contract|
    a birthday card|the schedule|a pull request|the budget|the old piano|the tomato plants|a wedding speech`,
  weather: `rainy|sunny|cold|windy|warm|gray|bright|foggy|quiet|long`,
  killTech: `process|server|thread|background job|daemon|container|child process|zombie process|query|session|task|
    hanging script|terminal|connection`,
  game: `the boss|the dragon|zombies|the final enemy|goblins|monsters|the guards|other players|the skeleton king|aliens`,
  illness: `breast cancer|cervical cancer|chlamydia|erectile dysfunction|prostate problems|HIV|endometriosis|a urinary
    infection|menopause|vaginal dryness|testicular pain|infertility|herpes|HPV`,
};
