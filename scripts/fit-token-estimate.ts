/**
 * Fits the weights of src/domain/token-estimate.ts to the o200k encoding, prints them, and says how far off they are on
 * texts that were not fitted to:
 *
 *   node scripts/fit-token-estimate.ts FOLDER     JSON lines with a `text` each; names of regions in many languages,
 *                                                 as ICU has them, and this project's own files are added
 */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { CHARACTER_KINDS, countPairs } from '../src/domain/token-estimate.ts';

const TEXTS_OF_EACH_FILE = 300;
const LONGEST = 6_000;
const SWEEPS = 400;
/** Where texts say little about a pair, it stays near what a character outside of words costs. */
const PRIOR = 0.4;
const PRIOR_STRENGTH = 0.002;
/** No character is free. */
const LEAST = 0.02;
const LANGUAGES =
  'ar bg bn cs da de el en es fa fi fr he hi hu id it ja ko lt ms nl no pl pt ro ru sk sv sw ta th tr uk ur vi zh'.split(
    ' ',
  );

interface Sample {
  readonly text: string;
  readonly tokens: number;
}

function linesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => {
      const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n');
      const step = Math.max(1, Math.floor(lines.length / TEXTS_OF_EACH_FILE));
      return lines.filter((_, index) => index % step === 0);
    })
    .map((line): unknown => (JSON.parse(line) as { text?: unknown }).text)
    .filter((text) => typeof text === 'string')
    .filter(({ length }) => length > 0 && length < LONGEST);
}

function regionsIn(language: string): string[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const codes = Array.from({ length: 26 * 26 }, (_, index) =>
    String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26)),
  );
  const known = codes.map((code) => names.of(code) ?? code).filter((name) => !/^[A-Z]{2}$/.test(name));
  return [known.slice(0, 60), known.slice(60, 120), known.slice(120)].map((part) => part.join(', '));
}

function ownFiles(): string[] {
  const files = globSync(['src/**/*.ts', 'docs/**/*.md', '*.md', 'packs/**/*.json']);
  return files.map((file) => readFileSync(file, 'utf8').slice(0, 2_000));
}

/** Least squares of the relative error under positive weights, by coordinate descent. */
function fit(samples: readonly Sample[]): number[] {
  const size = CHARACTER_KINDS * CHARACTER_KINDS;
  const products = Array.from({ length: size }, () => new Float64Array(size));
  const targets = new Float64Array(size).fill(PRIOR * PRIOR_STRENGTH);
  for (const { text, tokens } of samples) {
    const pairs = countPairs(text);
    const importance = 1 / Math.max(tokens, 20) ** 1.5;
    for (let row = 0; row < size; row++) {
      const count = (pairs[row] ?? 0) * importance;
      if (count === 0) continue;
      targets[row] = (targets[row] ?? 0) + count * tokens;
      const products_ = products[row];
      for (let column = 0; products_ && column < size; column++)
        products_[column] = (products_[column] ?? 0) + count * (pairs[column] ?? 0);
    }
  }
  const weights = Array.from({ length: size }, () => PRIOR);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let row = 0; row < size; row++) {
      let rest = targets[row] ?? 0;
      for (let column = 0; column < size; column++)
        if (column !== row) rest -= (products[row]?.[column] ?? 0) * (weights[column] ?? 0);
      weights[row] = Math.max(LEAST, rest / ((products[row]?.[row] ?? 0) + PRIOR_STRENGTH));
    }
  }
  return weights;
}

function printErrors(samples: readonly Sample[], weights: readonly number[]): void {
  for (const [from, to] of [
    [0, 100],
    [100, 500],
    [500, LONGEST],
  ] as const) {
    const ratios = samples
      .filter(({ text }) => text.length >= from && text.length < to)
      .map(({ text, tokens }) => {
        const estimate = countPairs(text).reduce((sum, count, pair) => sum + count * (weights[pair] ?? 0), 0);
        return estimate / tokens;
      })
      .toSorted((a, b) => a - b);
    const at = (share: number) => ratios[Math.floor(share * (ratios.length - 1))]?.toFixed(2);
    console.log(
      `${from} to ${to} characters, ${ratios.length} texts: estimate against count ${at(0.01)} (1 %), ${at(0.05)} (5 %), ${at(0.5)} (half), ${at(0.95)} (95 %), ${at(0.99)} (99 %)`,
    );
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder of JSON lines?');
const texts = [...linesOf(folder), ...LANGUAGES.flatMap(regionsIn), ...ownFiles()];
const samples = texts.map((text) => ({ text, tokens: countTokens(text, { disallowedSpecial: new Set() }) }));
const isHeldOut = (_: unknown, index: number) => index % 4 === 0;
const weights = fit(samples.filter((sample, index) => !isHeldOut(sample, index)));
for (let row = 0; row < CHARACTER_KINDS; row++)
  console.log(
    `  [${weights
      .slice(row * CHARACTER_KINDS, (row + 1) * CHARACTER_KINDS)
      .map((weight) => weight.toFixed(2))
      .join(', ')}],`,
  );
printErrors(samples.filter(isHeldOut), weights);
