/** The words before a number that say what it is: "SSN", "Steuer-ID", "order number". */
import { CONTEXT_WORDS, WORDS_WITHIN_WORDS } from './context-words.ts';
import { headingOf } from './heading.ts';

/** Characters before a candidate in which a word is looked for. */
export const CONTEXT = 96;
/** Words that speak against a number only count right before it. */
const ADVERSE_CONTEXT = 28;

/** For each topic how many characters stand between its nearest word and the candidate. */
export type Context = ReadonlyMap<string, number>;

interface Phrase {
  readonly words: string;
  readonly topic: string;
}

/** By its last word. */
const PHRASES: ReadonlyMap<string, readonly Phrase[]> = phrasesOf(CONTEXT_WORDS);
const WORD = /[a-z]+/g;
const PLURAL = /s$/;
const BEYOND_ASCII = /[^\x00-\x7f]/; // eslint-disable-line no-control-regex
const OTHER_SCRIPTS = /[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/;

/** What the heading of its column says, where there is one; otherwise what stands before it. */
export function contextBefore(text: string, start: number): Context {
  const heading = headingOf(text, start);
  if (heading !== null) {
    const context = contextIn(folded(heading).slice(-CONTEXT));
    if (context.size > 0) return context;
  }
  return contextIn(folded(text.slice(Math.max(0, start - CONTEXT), start)));
}

function contextIn(near: string): Context {
  const context = new Map<string, number>();
  WORD.lastIndex = 0;
  for (let match = WORD.exec(near); match; match = WORD.exec(near)) {
    const phrases = PHRASES.get(match[0]) ?? PHRASES.get(match[0].replace(PLURAL, ''));
    if (!phrases) continue;
    for (const { words, topic } of phrases)
      if (isPhraseAt(near, words, match)) context.set(topic, near.length - WORD.lastIndex);
  }
  if (OTHER_SCRIPTS.test(near)) addWithinWords(near, context);
  return context;
}

/** What is said from the first of these words on; the distance is that of the topic's first word. */
export function topicsFrom(words: string): Context {
  const near = folded(words);
  const context = new Map<string, number>();
  WORD.lastIndex = 0;
  for (let match = WORD.exec(near); match; match = WORD.exec(near)) {
    const phrases = PHRASES.get(match[0]) ?? PHRASES.get(match[0].replace(PLURAL, ''));
    for (const { words: phrase, topic } of phrases ?? [])
      if (isPhraseAt(near, phrase, match) && !context.has(topic))
        context.set(topic, Math.max(0, WORD.lastIndex - phrase.length));
  }
  return context;
}

/** Of two, what stands nearer. */
export function nearest(one: Context, other: Context | null): Context {
  if (other === null || other.size === 0) return one;
  const context = new Map(one);
  for (const [topic, distance] of other)
    context.set(topic, Math.min(distance, context.get(topic) ?? Infinity));
  return context;
}

/** Whether the word before it says that a number is something else, and says it closer than `distance`. */
export function isAdverse(context: Context, distance: number): boolean {
  const adverse = context.get('ADVERSE');
  return adverse !== undefined && adverse < ADVERSE_CONTEXT && adverse < distance;
}

/** Whether a word stands nearer that says the number is one of another kind. */
export function isOutdone(context: Context, topic: string, distance: number): boolean {
  for (const [other, nearer] of context)
    if (nearer < distance && other !== topic && !ABOUT_OTHER_THINGS.has(other)) return true;
  return false;
}

/** Topics that say nothing of a number of several digits. */
const ABOUT_OTHER_THINGS: ReadonlySet<string> = new Set([
  'ADVERSE',
  'AGE',
  'DATE_OF_BIRTH',
  'OTHER_DATE',
  'RELEASE',
]);

/** `match` is the phrase's last word; the words before it are compared as they stand. */
function isPhraseAt(near: string, words: string, match: RegExpExecArray): boolean {
  const begin = words.lastIndexOf(' ') + 1;
  if (begin === 0) return true;
  const start = match.index - begin;
  return (
    start >= 0 &&
    near.slice(start, match.index).replace(/[-'’_.]/g, ' ') === words.slice(0, begin) &&
    !/[a-z]/.test(near.charAt(start - 1))
  );
}

function addWithinWords(near: string, context: Map<string, number>): void {
  for (const [topic, words] of Object.entries(WORDS_WITHIN_WORDS)) {
    for (const word of words) {
      const at = near.lastIndexOf(word);
      const distance = near.length - at - word.length;
      if (at >= 0 && distance < (context.get(topic) ?? Infinity)) context.set(topic, distance);
    }
  }
}

/** Letters that Unicode takes for letters of their own. */
const FOLDED: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', ł: 'l', đ: 'd', ı: 'i' };

/** Small letters without their accents. */
function folded(text: string): string {
  const small = text.toLowerCase();
  if (!BEYOND_ASCII.test(small)) return small;
  const bare = small
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
  return bare.replace(/[ßøæłđı]/g, (letter) => FOLDED[letter] ?? letter);
}

function phrasesOf(table: Readonly<Record<string, string>>): ReadonlyMap<string, readonly Phrase[]> {
  const phrases = new Map<string, Phrase[]>();
  for (const [topic, list] of Object.entries(table)) {
    for (const words of list.split(', ')) {
      // As people write them, and as names in code do: "tax id", "taxId".
      for (const written of new Set([words, words.replaceAll(' ', '')])) {
        const last = written.slice(written.lastIndexOf(' ') + 1);
        phrases.set(last, [...(phrases.get(last) ?? []), { words: written, topic }]);
      }
    }
  }
  return phrases;
}
