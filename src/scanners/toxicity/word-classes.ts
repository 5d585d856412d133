/**
 * Classes of words that make the difference between a subject and an attack only together: `you` and an insult, a group
 * and contempt, `myself` and a way to die. The model sees their sequence beside the words themselves.
 */

/** Two letters each; capitals, as the text itself is in small letters. Words are in their base form. */
const WORD_CLASSES = {
  YY: 'you your yours yourself yourselves youre u ur ya yall thou',
  II: 'i me my mine im ive id ill we our us',
  MM: 'myself ourselves',
  TT: 'they them their those these theyre he him his she her',
  GG: `women woman men girls females jew jews jewish muslim muslims islam islamic christian christians catholic
    catholics blacks black whites white asian asians mexican mexicans immigrant immigrants migrant migrants refugee
    refugees gay gays lesbian lesbians trans transgender homosexual homosexuals bisexual arab arabs african africans
    indian indians chinese pakistani pakistanis roma romani hindu hindus sikh sikhs buddhist disabled autistic latino
    latinos hispanic hispanics foreigner foreigners natives aboriginal elderly feminist feminists atheist atheists
    russian russians polish irish jamaican nigerian somali turks turkish kurds albanians vietnamese koreans japanese
    race races ethnicity minority minorities outsiders queer lgbt lgbtq`,
  SS: `nigger nigga niggers faggot fag fags dyke tranny trannies kike kikes spic spics chink chinks gook gooks wetback
    wetbacks raghead ragheads towelhead paki pakis coon coons retard retards retarded shemale sandnigger beaner
    beaners zipperhead gypsy gypsies whore slut cunt`,
  DD: `vermin parasite parasites parasitic subhuman subhumans animal animals filth filthy scum trash disease plague
    cockroach cockroaches rat rats savages savage inferior degenerate degenerates cancer infestation pest pests apes
    monkeys dirty unclean mongrel mongrels barbaric barbarian leech leeches swine rodents impure backward
    uncivilized garbage abomination abominations perverts lesser`,
  XX: `exterminate extermination eradicate deport expel lynch gas enslave purge cleanse cleansing genocide wipe sterilize
    segregate outlaw holocaust gassed invade invading replaced invaders hate hates hatred despise loathe supremacy
    supremacist superior`,
  NN: `idiot idiots stupid moron morons loser losers pathetic worthless ugly dumb fat disgusting freak clown coward liar
    imbecile failure useless brainless ignorant dimwit dunce hideous repulsive creep weirdo nobody joke waste
    pig cow dog hag crybaby incompetent spineless gutless jerk scumbag lowlife dumbass asshole bitch bastard prick
    dickhead twat wanker bimbo embarrassment insignificant unlovable cringe hated laughingstock slob lardass dumbo
    airhead halfwit nitwit cretin buffoon dork fool`,
  KK: `kill murder stab shoot beat strangle burn slaughter behead bomb hurt punch rape torture choke attack smash
    destroy crush gut skin hang drown poison shot stabbed beaten killed murdered killing execute assassinate massacre
    maim butcher slit slash break bash suffocate hunt bleed dismember mutilate decapitate impale kidnap ambush die
    dead bury finish harm hit kick slap`,
  WW: `knife gun bullet blood throat skull rifle machete axe hammer acid grenade explosive pistol shotgun blade corpse
    bones teeth face neck bat kneecaps intestines guts brains head legs house home family car door`,
  FF: `suicide suicidal overdose noose razor wrists selfharm selfinjury pills starve cutting bleach bridge overdosing
    anorexia bulimia thinspo proana purging cuts veins`,
  PP: `sex sexual sexually nude nudes naked breasts breast tits boobs penis cock dick vagina pussy clitoris orgasm erotic
    erotica porn pornographic pornography horny moan thrust aroused arousal lick suck cum cumming ejaculate masturbate
    masturbation intercourse blowjob handjob nipples nipple genitals seduce seductive seduction undress undressed
    stripper striptease fetish bdsm kinky fondle grope grinding climax lust lustful threesome orgy anal oral explicit
    nsfw smut steamy erection foreplay panties lingerie thong thighs crotch groin wetness deepthroat
    spank submissive dominatrix incest bra unzipped unbuttoned undressing caressed caress bedroom sexy
    butt ass`,
  VV: `child children kid kids minor minors teen teenager teenage underage schoolgirl schoolboy preteen toddler
    student daughter son niece nephew stepdaughter stepsister`,
  HH: `therapist doctor hotline support help helpline education educational article research study police court film
    history treatment symptoms policy awareness prevention essay nurse clinic medical patient patients counselor
    counseling survivors survivor recovery professional law museum memorial documentary journalist reported
    report statistics victims victim charity documentary teacher lesson curriculum health clinical diagnosis`,
  RR: `not never dont wrong condemn against stop unacceptable shouldnt cant isnt arent nobody without racism sexism
    discrimination prejudice stereotype stereotypes myth false debunk equality rights respect dignity apologize
    harmful offensive`,
  CC: `process server thread job script linux container command python program function game code database character
    boss level player monster enemy dragon zombie chess battery engine recipe garden plant weeds bug bugs file disk
    port query daemon signal node pod branch`,
  QQ: 'fuck fucking fucked fucker motherfucker shit shitty bullshit damn goddamn crap piss hell bloody arse bollocks',
  LL: `kill end take hurt cut starve harm life living alive existence exist pain hopeless hopelessness goodbye
    anymore disappear burden empty numb`,
} satisfies Readonly<Record<string, string>>;

const SUFFIXES = ['s', 'es', 'ed', 'ing', 'er', 'ers', 'ly'];
/** More of them say nothing new. */
const MOST = 60;
/** Longer words have no class. */
const LONGEST = 24;
const CLASSES_OF = classesByWord();

/** The text, which is in small letters, and on a line of its own the classes of its words in their order. */
export function withWordClasses(text: string): string {
  let classes = '';
  let left = MOST;
  let start = 0;
  for (let at = 0; at <= text.length && left > 0; at++) {
    if (isLetter(text.charCodeAt(at))) continue;
    if (at > start && at - start <= LONGEST) {
      const found = CLASSES_OF.get(text.slice(start, at));
      if (found !== undefined) {
        classes += `${found} `;
        left--;
      }
    }
    start = at + 1;
  }
  return classes === '' ? text : `${text}\n${classes}`;
}

/** An apostrophe is part of its word: `don't`. NaN, behind the end, is no letter. */
function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || code === 0x27;
}

/** Words as they stand in the table, without an apostrophe or with one, and with the endings that leave the stem alone. */
function classesByWord(): ReadonlyMap<string, string> {
  const listed = new Map<string, string>();
  for (const [name, words] of Object.entries(WORD_CLASSES))
    for (const word of words.split(/\s+/)) {
      const before = listed.get(word);
      if (before?.includes(name) !== true)
        listed.set(word, before === undefined ? name : `${before} ${name}`);
    }
  const all = new Map(listed);
  for (const [word, classes] of listed)
    for (const form of formsOf(word)) if (!all.has(form)) all.set(form, classes);
  return all;
}

function formsOf(word: string): readonly string[] {
  const endings = SUFFIXES.map((suffix) => word + suffix);
  const withoutE = word.endsWith('e') ? [`${word.slice(0, -1)}ing`, `${word}d`, `${word}r`] : [];
  const doubled = word + word.slice(-1);
  return [...endings, ...withoutE, `${doubled}ing`, `${doubled}ed`, `${word}'s`, ...contractions(word)];
}

/** `dont` is written `don't`, `youre` `you're`. */
function contractions(word: string): readonly string[] {
  const found = /^(\w+n)(t)$|^(you|they)(re)$|^(i)(m|ve|d|ll)$/.exec(word);
  if (!found) return [];
  const [stem = '', ending = ''] = found.slice(1).filter((part) => part !== undefined);
  return [`${stem}'${ending}`];
}
