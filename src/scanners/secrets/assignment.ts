/** Finds where something that is called like a secret is given a value, in the syntaxes in which that is written. */
import { createLiteralSearch } from './literal-search.ts';
import { NAMED_SERVICES } from './named-services.ts';

/** Characters before a value that say what it is. */
export const ASSIGNMENT_REACH = 240;
const MAX_BEFORE_WORD = 48;
const MAX_AFTER_WORD = 32;
/** Between the end of a name and its value. */
const MAX_OPERATOR = 72;
/** Before the name, on its line: `export `, `-e `, `  - `. */
const MAX_INDENT = 24;

/** How a value is given to a name. */
export type Syntax = 'equals' | 'colon' | 'comma' | 'call' | 'element' | 'pair' | 'flag' | 'word';

export interface Assignment {
  readonly name: string;
  readonly nameStart: number;
  readonly syntax: Syntax;
  /** Where the value starts. */
  readonly start: number;
  /** What quotes it, `\"` for example; empty where nothing does. */
  readonly quote: string;
}

const QUOTE = '\\\\{0,3}["\'`]';
const CLOSED = `(?:${QUOTE})?\\]?`;
/** A string's prefix in Python, C#, C++ or Objective-C, YAML's tag, and the quote itself. */
const OPENED = `(?:(?:!!(?:str|binary) |[frbuLN@])?(?=${QUOTE})|)("""|'''|${QUOTE})?`;

/** Each is tried where a name ends; all of them give a value's start and its quote. */
const SYNTAXES: readonly (readonly [Syntax, RegExp])[] = [
  [
    'equals',
    syntax(
      `${CLOSED}(?:[ \\t]?:[ \\t]?[A-Za-z<>[\\]?]{2,16}|[ \\t][Ss]tr(?:ing)?)?[ \\t]{0,24}(?:[:?+|]{0,2}={1,3}>?|<-)[ \\t]{0,8}${OPENED}`,
    ),
  ],
  ['colon', syntax(`${CLOSED}[ \\t]{0,24}:[ \\t]{0,12}${OPENED}`)],
  ['comma', syntax(`["'][ \\t]{0,4},[ \\t]{0,24}[frbuLN@]?(\\\\{0,3}["'])`)],
  ['call', syntax(`\\([ \\t]{0,2}[frbuLN@]?(${QUOTE})`)],
  ['element', syntax(`(?:${QUOTE})?(?:[ \\t][^<>\\r\\n]{0,40})?>(?:<!\\[CDATA\\[)?()`)],
  [
    'pair',
    syntax(
      `(?:${QUOTE})?[ \\t]{0,4}(?:,|\\{|/?>|</(?:key|name|string|Name)>)?\\s{0,24}(?:<|${QUOTE})?(?:[Vv]alue|VALUE|default|string)(?:${QUOTE})?[ \\t]{0,8}[:=>][ \\t]{0,4}${OPENED}`,
    ),
  ],
  ['word', syntax(`[ \\t]{1,8}${OPENED}`)],
];
/** Every other syntax has one of these between name and value: prose, which is full of names, seldom does. */
const OPERATOR = /[=:<>("'`]/;
const WITHOUT_OPERATOR = SYNTAXES.filter(([how]) => how === 'word');

/** What a scheme is called in front of a credential in a header. */
const SCHEME =
  /(?:Basic|Bearer|Token|Api-?Token|Api-?Key|Digest|Negotiate|SSWS|GenieKey|Splunk|OAuth|sso-key)[ \t]{1,4}|key=/iy;

function syntax(source: string): RegExp {
  return new RegExp(source, 'y');
}

/** What is in a name that may be a secret's. */
const WORDS: readonly string[] = [
  ...new Set([
    ...'pass pwd passw psw psk secret token key auth cred salt nonce jwt bearer signature requirepass masterauth senha clave kennwort contrase heslo haslo parola wachtwoord bindpw rootpw sig= pw= pw: mdp'.split(
      ' ',
    ),
    ...NAMED_SERVICES.flatMap(({ words }) => words),
  ]),
];
const SEARCH = createLiteralSearch(WORDS, { ignoreCase: true });
/** From a word's beginning to the value, at most. */
const MAX_FROM_WORD = Math.max(...WORDS.map(({ length }) => length)) + MAX_AFTER_WORD + MAX_OPERATOR;

/** Every assignment whose value starts in text[from, until), by the word that it was found by. */
export function findAssignments(text: string, from: number, until: number): readonly Assignment[] {
  const found: Assignment[] = [];
  SEARCH.some(text, Math.max(0, from - MAX_FROM_WORD), until, (at, [word = '']) =>
    addAssignments(text, at, at + word.replace(/[=:]$/, '').length, from, until, found),
  );
  return found;
}

function addAssignments(
  text: string,
  wordStart: number,
  wordEnd: number,
  from: number,
  until: number,
  found: Assignment[],
): void {
  const end = endOfName(text, wordEnd);
  if (end < 0 || !mayGoOn(text.charCodeAt(end))) return;
  const nameStart = startOfName(text, wordStart);
  const hasOperator = OPERATOR.test(text.slice(end, end + MAX_OPERATOR));
  for (const [how, pattern] of hasOperator ? SYNTAXES : WITHOUT_OPERATOR) {
    pattern.lastIndex = end;
    const match = pattern.exec(text);
    if (!match) continue;
    const start = behindScheme(text, pattern.lastIndex);
    if (start - end > MAX_OPERATOR || start < from || start >= until || !isVisible(text.charCodeAt(start)))
      continue;
    const form = how === 'word' && text.charAt(nameStart) === '-' ? 'flag' : how;
    if (form === 'element' && !/[<:"']/.test(text.charAt(nameStart - 1))) continue;
    const twin = found.at(-1);
    if (twin?.start === start && twin.nameStart === nameStart) continue;
    found.push({ name: text.slice(nameStart, end), nameStart, syntax: form, start, quote: match[1] ?? '' });
  }
}

function behindScheme(text: string, start: number): number {
  SCHEME.lastIndex = start;
  return SCHEME.test(text) ? SCHEME.lastIndex : start;
}

/** -1 where it is longer than names are. */
function endOfName(text: string, wordEnd: number): number {
  let end = wordEnd;
  while (end - wordEnd < MAX_AFTER_WORD && isInName(text.charCodeAt(end))) end++;
  return isInName(text.charCodeAt(end)) ? -1 : end;
}

function startOfName(text: string, wordStart: number): number {
  let start = wordStart;
  while (start > 0 && wordStart - start < MAX_BEFORE_WORD && isInName(text.charCodeAt(start - 1))) start--;
  return start;
}

/** What stands on the line before a name, as far as it is looked at. */
export function lineBefore(text: string, nameStart: number): string {
  const near = text.slice(Math.max(0, nameStart - MAX_INDENT), nameStart);
  const feed = Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r'));
  if (feed >= 0) return near.slice(feed + 1);
  return nameStart > MAX_INDENT ? `…${near}` : near;
}

/** Letters, digits and _ - . $ */
function isInName(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x24
  );
}

/** What a name is followed by where it is given a value: space, tab, line end, quote, bracket or operator. */
function mayGoOn(code: number): boolean {
  return (
    code <= 0x3e ||
    code === 0x5b ||
    code === 0x5c ||
    code === 0x5d ||
    code === 0x60 ||
    code === 0x7b ||
    code === 0x7c
  );
}

function isVisible(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}
