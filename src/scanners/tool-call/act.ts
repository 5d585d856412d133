/** Finds where a text tells somebody to act: orders, not reports of what was done. */
import type { Span } from '../../domain/finding.ts';
import { ACT_STEMS, ACT_WORDS, type Act, ALSO_SENDS, DONE_WORDS, LAST_WORDS } from './act-words.ts';

export interface ActWord extends Span {
  readonly act: Act;
  /** Whether it stands as an order does; otherwise it may be one only where all around it is an order. */
  readonly isOrder: boolean;
}

const ACTS = Object.keys(ACT_WORDS) as readonly Act[];

/** How a word gives an order; one that gives it anywhere needs nothing around it. */
type Position = 'first' | 'last' | 'done';
type Meaning = readonly [Position, Act];

/** Latin words, in small letters: what each tells to do, and where it has to stand. */
const WORDS = wordsOf();
const WORD = /[a-zß-öø-žșț]+(?:-[a-z]{4,5}\b)?/gi;
const OTHER_SCRIPTS = /[\u0370-\u1fff\u3040-\uffdc]/;
const STEMS = new RegExp(ACTS.map((act) => `(?<${act}>${ACT_STEMS[act].join('|')})`).join('|'), 'giu');

/** Characters before a word in which what leads to it is looked for. */
const LEAD = 48;
const BEGINNING = /(?:^|[.!?;:,()[\]{}<>*#|"'`“„«—–-]|\n|\\n|\d[.)])[\s"'“„«*_#>-]{0,4}$/;
const LEAD_IN = new RegExp(
  `(?<!\\p{L})(?:${[
    'please|kindly|pls|now|then|and|also|or|but|just|must|should|shall|first|next|finally|instead|immediately|always',
    'simply|directly|additionally|afterwards|you|lets?|agent|assistant',
    '(?:needs?|have|has|wants? you|like you|asked|required|told|instructed|remember|sure|forget|order|supposed|you are|need you|are|task is) to',
    'bitte|und|dann|jetzt|sofort|zuerst|danach|anschließend|außerdem|musst|sollst|sie',
    'veuillez|et|puis|maintenant|ensuite|d.abord|devez|dois|il faut|plaît|immédiatement|de',
    'favor|y|ahora|luego|debes|debe|primero|inmediatamente|también|después',
    'e|poi|ora|adesso|prima|devi|deve|favore|subito|inoltre|então|agora|depois|em seguida|também',
    'en|dan|nu|alstublieft|moet|eerst|direct|daarna|proszę|teraz|natychmiast|następnie|oraz|i|musisz|należy',
    'och|og|ja|nå|silakan|tolong|segera|kemudian|lalu|harap|sekarang|mohon',
  ].join('|')})[\\s"',:“„«*_]{1,3}$`,
  'iu',
);
/** What an act is said to be for, without a comma behind it. */
const PURPOSE =
  /(?:^|[.!?:"]\s{0,2})(?:to|for|in order to)\s[^.!?]{2,44}(?<!\s(?:we|they|you|i|he|she|it|who|to|not|can|will|may|the|a|an))\s$/i;
const NOT = /(?:never|not|n.t|nicht|nie|jamais|nunca|mai|não|nooit|nigdy|no)\s$/i;
/** How programs ask each other. */
const METHOD = 'POST';
const OBLIGED =
  /(?:must|should|shall|(?:have|has|needs?|is|are|ought) to)(?: (?:also|now|first|always|immediately))? be\s$/i;
/** A label, a name or a joint makes another word of it: `Email:`, `reply-to`, `share_id`. */
const OTHERWISE_USED = /^(?:[\p{N}_@/]|\s{0,2}[:=]|-\p{L}|\.\p{L})/u;
const SENTENCE_END = /^\s{0,2}(?:[.!"'\\\n]|$)/;

/** In the order in which they stand, those of other scripts last. */
export function actWordsIn(text: string): readonly ActWord[] {
  const found: ActWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const meant = WORDS.get(match[0].toLowerCase());
    if (!meant || match[0] === METHOD) continue;
    const start = match.index;
    const end = start + match[0].length;
    const before = text.slice(Math.max(0, start - LEAD), start);
    const after = text.slice(end, end + 4);
    const order = meant.find(([position]) => isOrder(position, before, after));
    const [, act] = order ?? meant[0];
    found.push({ start, end, act, isOrder: order !== undefined });
  }
  if (!OTHER_SCRIPTS.test(text)) return found;
  for (const { index, 0: stem, groups = {} } of text.matchAll(STEMS)) {
    const act = ACTS.find((each) => groups[each] !== undefined);
    if (act) found.push({ start: index, end: index + stem.length, act, isOrder: true });
  }
  return found;
}

/** Every act that a person may ask for with a text, in whatever form of the verb but what was done already. */
export function actsIn(text: string): ReadonlySet<Act> {
  const acts = new Set<Act>(ALSO_SENDS.test(text) ? ['send'] : []);
  for (const [written] of text.matchAll(WORD)) {
    for (const form of formsOf(written.toLowerCase()))
      for (const [position, act] of WORDS.get(form) ?? []) if (position !== 'done') acts.add(act);
  }
  for (const { groups = {} } of text.matchAll(STEMS))
    for (const act of ACTS) if (groups[act] !== undefined) acts.add(act);
  return acts;
}

/** As it is written, and without the endings of verbs. */
function formsOf(word: string): readonly string[] {
  return [word, word.replace(/(?:ing|s|en|t)$/, ''), word.replace(/ing$/, 'e')];
}

function isOrder(position: Position, before: string, after: string): boolean {
  if (position === 'done') return OBLIGED.test(before);
  if (position === 'last') return SENTENCE_END.test(after);
  if (OTHERWISE_USED.test(after) || NOT.test(before)) return false;
  return BEGINNING.test(before) || LEAD_IN.test(before) || PURPOSE.test(before);
}

function wordsOf(): ReadonlyMap<string, readonly [Meaning, ...Meaning[]]> {
  const words = new Map<string, [Meaning, ...Meaning[]]>();
  const lists = [
    ['first', ACT_WORDS],
    ['last', LAST_WORDS],
    ['done', DONE_WORDS],
  ] as const;
  for (const [position, table] of lists)
    for (const act of ACTS)
      for (const word of table[act].split('|')) {
        const known = words.get(word);
        if (known) known.push([position, act]);
        else words.set(word, [[position, act]]);
      }
  return words;
}
