/** Counts characters and measures the gibberish model: `node training/gibberish/train-gibberish.ts DATA_FOLDER`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { BENIGN_FILES } from '../benign-files.ts';
import { isHeldOut } from '../held-out.ts';
import { passages } from '../../src/base/passages.ts';
import { areaUnderCurve, shareOf } from '../../src/base/statistics.ts';
import {
  languageModel,
  LETTERS,
  letterOf,
  PAIR_BITS,
  pairHash,
  STEPS_A_BIT,
  WORD_BITS,
  wordHash,
} from '../../src/scanners/gibberish/language-model.ts';
import { PASSAGE } from '../../src/scanners/gibberish/gibberish.ts';
import { strangePairs, strangeWords } from '../../src/scanners/gibberish/stretch.ts';
import { wordsOf } from '../../src/scanners/gibberish/words.ts';
import { createRandom } from '../random.ts';
import { readRows } from '../read-rows.ts';
import { keyboardMash, tokenSalad } from './generate-gibberish.ts';

/** The share of benign texts that each of the two kinds may flag. */
const RATES = { words: 0.001, pairs: 0.002 };
const SMOOTHING = 3;

const folder = process.argv[2];
if (folder === undefined) throw new Error('node training/gibberish/train-gibberish.ts DATA_FOLDER');
train(folder);

function train(dataFolder: string): void {
  const texts = BENIGN_FILES.flatMap((name) => readRows(dataFolder, name).map(({ text }) => text));
  const learned = texts.filter((text) => !isHeldOut(text));
  const heldOut = texts.filter((text) => isHeldOut(text));
  const bytes = Buffer.concat([letterTable(learned), ...wordSets(learned)]);
  const model = languageModel(bytes);
  const words = (text: string) => worst(text, (passage) => strangeWords(model, passage).excess);
  const pairs = (text: string) => worst(text, (passage) => strangePairs(model, passage).excess);
  const random = createRandom(20261126);
  const facts = {
    words: measured(heldOut.map(words), keyboardMash(random, 1_000).map(words), RATES.words),
    pairs: measured(heldOut.map(pairs), tokenSalad(random, heldOut, 1_000).map(pairs), RATES.pairs),
    heldOut: heldOut.length,
    trainedOn: learned.length,
  };
  const out = new URL('../../models/gibberish/', import.meta.url);
  mkdirSync(out, { recursive: true });
  writeFileSync(new URL('weights.bin', out), bytes);
  writeFileSync(new URL('model.json', out), `${JSON.stringify(facts, null, 1)}\n`);
}

function worst(text: string, excessOf: (passage: string) => number): number {
  return Math.max(
    0,
    ...[...passages(text, 0, PASSAGE)].map(({ start, end }) => excessOf(text.slice(start, end))),
  );
}

function measured(benign: readonly number[], strange: readonly number[], rate: number): object {
  const sorted = benign.toSorted((a, b) => b - a);
  const threshold = Math.ceil(((sorted[Math.floor(rate * sorted.length)] ?? 0) + 0.01) * 2) / 2;
  const share = (scores: readonly number[]) =>
    shareOf(scores.filter((score) => score >= threshold).length, scores.length);
  return {
    threshold,
    flaggedBenign: share(benign),
    found: share(strange),
    area: areaUnderCurve(strange, benign),
  };
}

/** Of each letter after the three before it. */
function letterTable(texts: readonly string[]): Uint8Array {
  const counts = new Float64Array(LETTERS ** 4);
  for (const text of texts) {
    let context = 0;
    for (let at = 0; at <= text.length; at++) {
      const letter = at < text.length ? letterOf(text.charCodeAt(at)) : 0;
      if (letter === 0 && context % LETTERS === 0) continue;
      const gram = context * LETTERS + letter;
      counts[gram] = (counts[gram] ?? 0) + 1;
      context = letter === 0 ? 0 : gram % LETTERS ** 3;
    }
  }
  return bitsOf(counts, LETTERS, 4);
}

/** Words that are seen twice or more, and pairs of them that are seen at all. */
function wordSets(texts: readonly string[]): readonly Uint8Array[] {
  const sentences = texts.flatMap((text) => text.split('\n').map(wordsOf));
  const counts = new Map<number, number>();
  for (const word of sentences.flat()) {
    const hash = wordHash(word.text);
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  const words = new Uint8Array(WORD_BITS / 8);
  for (const [hash, count] of counts) if (count > 1) set(words, hash & (WORD_BITS - 1));
  const pairs = new Uint8Array(PAIR_BITS / 8);
  for (const sentence of sentences)
    for (const [index, word] of sentence.entries()) {
      const before = sentence[index - 1];
      if (before && word.gap === 'space')
        set(pairs, pairHash(wordHash(before.text), wordHash(word.text)) & (PAIR_BITS - 1));
    }
  return [words, pairs];
}

function set(bits: Uint8Array, index: number): void {
  bits[index >>> 3] = (bits[index >>> 3] ?? 0) | (1 << (index & 7));
}

/** Each context's counts are mixed with those of the context that is shorter by one, down to none at all. */
function bitsOf(counts: Float64Array, symbols: number, order: number): Uint8Array {
  let shares = new Float64Array(symbols).fill(1 / symbols);
  for (let length = 1; length <= order; length++) {
    const sums = folded(counts, symbols ** length);
    const next = new Float64Array(symbols ** length);
    for (let context = 0; context < symbols ** (length - 1); context++) {
      const base = context * symbols;
      const all = sums.subarray(base, base + symbols).reduce((total, count) => total + count, 0);
      for (let symbol = 0; symbol < symbols; symbol++) {
        const shorter = shares[(base + symbol) % shares.length] ?? 0;
        next[base + symbol] = ((sums[base + symbol] ?? 0) + SMOOTHING * shorter) / (all + SMOOTHING);
      }
    }
    shares = next;
  }
  return Uint8Array.from(shares, (share) => Math.min(255, Math.round(-Math.log2(share) * STEPS_A_BIT)));
}

/** The counts of the last characters of the n-grams alone. */
function folded(counts: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let gram = 0; gram < counts.length; gram++) {
    const short = gram % size;
    sums[short] = (sums[short] ?? 0) + (counts[gram] ?? 0);
  }
  return sums;
}
