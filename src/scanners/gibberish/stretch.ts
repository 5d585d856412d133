/** The strangest stretch of a passage: letters that make no words, or words that nobody puts side by side. */
import { letterOf, wordHash, type LanguageModel } from './language-model.ts';
import { wordsOf, type Word } from './words.ts';

/** In offsets into the passage; `excess` is 0 where nothing is strange. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly excess: number;
}

/** Bits a letter that are no surprise: most of another language has fewer, keyboard mash has more. */
const USUAL_BITS = 5.75;
/** Words that say something about a language; shorter ones are names of anything. */
const SHORTEST_WORD = 4;
const LONGEST_WORD = 40;
/** What a pair, a joint and what is neither add; chosen so that prose sinks and glued tokens rise. */
const NEW_PAIR = 0.6;
const KNOWN_PAIR = -1.5;
const JOINT = 2;
const CAPITAL = 1;
const CODE = -3;
/** With a word that is not known: a name, another language, or what two tokens have grown together into. */
const UNKNOWN_PAIR = -0.25;
const UNKNOWN_JOINT = 1.5;

const TOKEN = /\S+/g;
/** A letter of no English word, such as `é`, or of another script: of such a text this model can tell nothing. */
const OTHER_LETTER = /[^\P{L}A-Za-z]/u;
/** Words without capitals within, digits or joints: what has those is a name, a path or code. */
const PLAIN_WORD = /^["'([*]{0,3}([A-Za-z]?[a-z]+)["')\].,:;!?*…]{0,4}$/;
/** A line of code, of a table, of a list or of markup, by how it begins or ends. */
const STRUCTURED_LINE =
  /^\s*(?:[|#>$<{}[\]()/\\%@;*=~`+.?:&-]|\d+[.)]|(?:import|export|const|let|var|return|def|class|function|public|private|if|for|while|from|SELECT|INSERT)\b)|[;{}(,:=>|\\`[]\s*$/;

const NOTHING: Stretch = { start: 0, end: 0, excess: 0 };

/** Words as no language makes them: `asdkj qwoei zxmn`. In bits. */
export function strangeWords(model: LanguageModel, passage: string): Stretch {
  if (OTHER_LETTER.test(passage)) return NOTHING;
  const sum = new Accumulation();
  for (const { 0: token, index } of passage.matchAll(TOKEN)) {
    const word = PLAIN_WORD.exec(token)?.[1];
    if (word === undefined || word.length < SHORTEST_WORD || word.length > LONGEST_WORD) continue;
    const at = index + token.indexOf(word);
    const excess = wordBits(model, word) - USUAL_BITS * (word.length + 1);
    sum.add(at, at + word.length, isCapital(word) ? Math.min(0, excess) : excess);
  }
  return sum.best;
}

/** Words that are known, in an order that is not, glued as nobody writes: `oppositeley.]( Me giving**ONE`. */
export function strangePairs(model: LanguageModel, passage: string): Stretch {
  if (OTHER_LETTER.test(passage)) return NOTHING;
  const sum = new Accumulation();
  let lineStart = 0;
  for (const line of passage.split('\n')) {
    if (STRUCTURED_LINE.test(line)) sum.restart();
    else addPairs(model, wordsOf(line), lineStart, sum);
    lineStart += line.length + 1;
  }
  return sum.best;
}

/** A name may be of any language. */
function isCapital(word: string): boolean {
  return word.charCodeAt(0) < 0x61;
}

function addPairs(model: LanguageModel, words: readonly Word[], offset: number, sum: Accumulation): void {
  let before = 0;
  let wasKnown = false;
  for (const { text, start, end, gap } of words) {
    const hash = wordHash(text);
    const isKnown = model.hasWord(hash);
    const value = gapValue(gap, isKnown && wasKnown, () => model.hasPair(before, hash));
    sum.add(offset + start, offset + end, value);
    before = hash;
    wasKnown = isKnown;
  }
}

function gapValue(gap: Word['gap'], areKnown: boolean, isPair: () => boolean): number {
  if (gap === 'pause') return 0;
  if (gap === 'code') return CODE;
  if (gap === 'capital') return areKnown ? CAPITAL : 0;
  if (gap === 'joint') return areKnown ? JOINT : UNKNOWN_JOINT;
  if (!areKnown) return UNKNOWN_PAIR;
  return isPair() ? KNOWN_PAIR : NEW_PAIR;
}

function wordBits(model: LanguageModel, word: string): number {
  let bits = 0;
  let first = 0;
  let second = 0;
  let third = 0;
  for (let at = 0; at <= word.length; at++) {
    const letter = at < word.length ? letterOf(word.charCodeAt(at)) : 0;
    bits += model.letterBits(first, second, third, letter);
    first = second;
    second = third;
    third = letter;
  }
  return bits;
}

/** The run of neighbors with the largest sum, in one pass (Kadane). */
class Accumulation {
  best: Stretch = NOTHING;
  #start = 0;
  #sum = 0;

  add(start: number, end: number, excess: number): void {
    if (this.#sum <= 0) {
      this.#start = start;
      this.#sum = 0;
    }
    this.#sum += excess;
    if (this.#sum > this.best.excess) this.best = { start: this.#start, end, excess: this.#sum };
  }

  restart(): void {
    this.#sum = 0;
  }
}
