/** Cuts a sentence into words, signs and what is made of more than letters: addresses, paths, numbers. */

export interface Token {
  readonly text: string;
  readonly sort: 'word' | TokenShape;
}

/** What is told by its form. */
export const TOKEN_SHAPES = [
  'mail',
  'address',
  'path',
  'amount',
  'number',
  'id',
  'handle',
  'break',
  'comma',
  'colon',
  'question',
  'cry',
  'quote',
  'tag',
  'bracket',
] as const;
export type TokenShape = (typeof TOKEN_SHAPES)[number];

/** In the order in which they are tried at a place. */
const FORMS: Readonly<Record<TokenShape | 'word', string>> = {
  mail: '[\\w.+-]{1,40}@[\\w-]{1,40}(?:\\.[\\w-]{1,20}){1,4}',
  address:
    'https?:\\/\\/[^\\s"\'<>)]{1,120}|www\\.[^\\s"\'<>)]{1,80}|(?:[\\w-]{1,30}\\.){1,4}(?:com|net|org|io|dev|app|example|me|co|info|xyz|site|shop|test)\\b(?:\\/[^\\s"\'<>)]{0,80})?|\\d{1,3}(?:\\.\\d{1,3}){3}\\b(?:[:/][^\\s"\'<>)]{0,60})?|\\+\\d[\\d ()-]{5,20}|[a-z]{2}\\d{2}(?: ?\\d{4}){2,6}',
  path: '(?:~|\\.{1,2})?\\/[\\w.-]{1,40}(?:\\/[\\w.*-]{1,40}){1,8}|[a-z]:\\\\[\\w.\\\\-]{1,80}|[\\w-]{1,40}\\.(?:env|ya?ml|json|csv|pdf|zip|sh|py|js|ts|txt|key|pem|docx?|xlsx?|sql)\\b',
  handle: '@[\\w.-]{2,30}|#[\\w-]{2,30}|[a-z]{2,20}_\\d{1,8}',
  amount:
    '[$€£¥₹] ?\\d[\\d.,]{0,14}|\\d[\\d.,]{0,14} ?(?:%|(?:dollars?|bucks|euros?|eur|usd|gbp|pounds?|chf|btc|eth|cents?|robux|coins|rupees)\\b)',
  id: '[a-z]{1,6}[-_]?\\d[\\w-]{0,20}|\\d[\\d-]{0,10}[a-z][\\w-]{0,12}',
  number: '\\d[\\d.,:/-]{0,20}',
  word: "\\p{L}[\\p{L}\\p{M}]{0,29}(?:['’-][\\p{L}]{1,20}){0,3}(?:\\.[a-z]\\.)?",
  tag: '<\\/?[\\w|_-]{1,24}[^<>\\n]{0,40}>|<\\||\\|>',
  break: '[.…;\\n]{1,3}',
  comma: ',',
  colon: ':|=>?|->|—|–|>>|»',
  question: '\\?',
  cry: '!{1,6}',
  quote: '["“”\'`´‘’*_~]{1,3}',
  bracket: '[\\[\\](){}<>|#/=-]{1,6}',
};

const SORTS = Object.keys(FORMS) as (keyof typeof FORMS)[];
const TOKEN = new RegExp(SORTS.map((sort) => `(?<${sort}>${FORMS[sort]})`).join('|'), 'uy');

/** More say nothing new: a sentence is short. */
const MOST_TOKENS = 90;

export function tokensOf(sentence: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sentence.length && tokens.length < MOST_TOKENS; ) {
    const code = sentence.charCodeAt(at);
    if (code === 0x20) {
      at++;
      continue;
    }
    const end = endOfPlainWord(sentence, at);
    const token = end > at ? { text: sentence.slice(at, end), sort: 'word' as const } : formAt(sentence, at);
    if (token) tokens.push(token);
    at += token?.text.length ?? 1;
  }
  return tokens;
}

const LONGEST_WORD = 30;

/** Most words are small letters before a space or a sign: nothing else may begin there, and no pattern need be tried. */
function endOfPlainWord(sentence: string, start: number): number {
  let at = start;
  while (isSmall(sentence.charCodeAt(at))) at++;
  if (at === start || at - start > LONGEST_WORD) return start;
  const next = sentence.charAt(at);
  if (next === '' || ENDS_A_WORD.has(next)) return at;
  return next === '.' && (at + 1 >= sentence.length || sentence.charAt(at + 1) === ' ') ? at : start;
}

const ENDS_A_WORD: ReadonlySet<string> = new Set(' ,;!?)"\n');

function isSmall(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** What begins at a place; null where nothing does. */
function formAt(sentence: string, at: number): Token | null {
  TOKEN.lastIndex = at;
  const match = TOKEN.exec(sentence);
  if (!match) return null;
  // One group matched: the others of its forms are undefined.
  for (let index = 0; index < SORTS.length; index++)
    if (match[index + 1] !== undefined) return { text: match[0], sort: SORTS[index] ?? 'word' };
  return null;
}
