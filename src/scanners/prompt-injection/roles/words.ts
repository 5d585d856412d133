/** What a sentence's words are by themselves, hashed: what the lexicon does not know is told apart too, in any language. */
import type { Token } from './tokens.ts';

/** Thai, Japanese, Chinese and Korean: pairs of letters stand for words, which have no spaces between them or many endings. */
const WITHOUT_SPACES = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** A number for each word; one for each sort of what is made of more than letters, such as an address or an amount. */
export function wordsOf(tokens: readonly Token[]): readonly number[] {
  const words: number[] = [];
  for (const { text, sort } of tokens) {
    if (sort !== 'word') words.push(hashOf(sort, 0, sort.length) ^ 1);
    else if (WITHOUT_SPACES.test(text)) addPairs(words, text);
    else words.push(hashOf(text, 0, text.length));
  }
  return words;
}

function addPairs(words: number[], text: string): void {
  for (let at = 0; at < Math.max(1, text.length - 1); at++) words.push(hashOf(text, at, at + 2));
}

/** FNV-1a. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end && at < text.length; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
