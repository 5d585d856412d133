/** A loaded model with its tokenizer: says which labels a text or its words have, and with which probability. */
import { join } from 'node:path';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { labelsOf, readJson } from './model-folder.ts';
import type { OnnxConfig } from './configuration.ts';
import { loadRuntime, loadTokenizers, type ImportModule, type Tokenizer } from './peers.ts';
import { probabilities } from './probabilities.ts';
import { joinEntities, type LabelledWord } from './entities.ts';
import { createModelRunner, type Frame, type ModelRunner } from './model-runner.ts';
import { wordsOf, type Word } from './words.ts';

export interface Classifier {
  /** @throws Error that does not hold the text */
  classify(text: string): Promise<readonly Sighting[]>;
}

/** @throws Error that says which package is missing or what is wrong with the model */
export async function createClassifier(
  configured: OnnxConfig,
  importModule: ImportModule,
): Promise<Classifier> {
  const { folder, model_file, task, threads, max_tokens } = configured;
  const [runtime, { Tokenizer }] = await Promise.all([
    loadRuntime(importModule),
    loadTokenizers(importModule),
  ]);
  const tokenizer = new Tokenizer(
    objectOf(readJson(folder, 'tokenizer.json')),
    objectOf(readJson(folder, 'tokenizer_config.json')),
  );
  const labels = labelsOf(folder);
  const runner = await createModelRunner(runtime, {
    path: join(folder, model_file),
    threads,
    maxTokens: max_tokens,
    frame: frameOf(tokenizer),
    labels: labels.length,
    task,
  });
  const model = { configured, tokenizer, labels, runner };
  return { classify: (text) => (task === 'text' ? classifyText(model, text) : classifyWords(model, text)) };
}

interface Model {
  readonly configured: OnnxConfig;
  readonly tokenizer: Tokenizer;
  readonly labels: readonly string[];
  readonly runner: ModelRunner;
}

/** The whole piece for each label whose probability reaches its threshold in any part that the model takes at once. */
async function classifyText(model: Model, text: string): Promise<readonly Sighting[]> {
  const { configured, tokenizer, labels, runner } = model;
  const { ids } = tokenizer.encode(text, { add_special_tokens: false });
  const highest = new Map<string, number>();
  for (let at = 0; at === 0 || at < ids.length; at += runner.capacity) {
    const [logits = []] = await runner.run(ids.slice(at, at + runner.capacity));
    for (const [index, probability] of probabilities(logits, configured.activation).entries()) {
      const label = labels[index] ?? '';
      highest.set(label, Math.max(highest.get(label) ?? 0, probability));
    }
  }
  const byKind = new Map<string, number>();
  for (const [label, { kind, threshold }] of Object.entries(configured.labels)) {
    const confidence = highest.get(label) ?? 0;
    if (confidence >= threshold) byKind.set(kind, Math.max(byKind.get(kind) ?? 0, confidence));
  }
  return [...byKind].map(([kind, confidence]) => ({ start: 0, end: text.length, kind, confidence }));
}

/** Each word has the label of its first token, as such models are trained. */
async function classifyWords(model: Model, text: string): Promise<readonly Sighting[]> {
  const { configured, tokenizer, labels, runner } = model;
  const labelled: LabelledWord[] = [];
  const words = wordsOf(text).map((word) => ({ ...word, ids: idsOf(tokenizer, word, runner.capacity) }));
  for (const part of partsOf(words, runner.capacity)) {
    const rows = await runner.run(part.flatMap(({ ids }) => ids));
    let first = 0;
    for (const { start, end, ids } of part) {
      const best = bestOf(ids.length === 0 ? [] : probabilities(rows[first] ?? [], configured.activation));
      labelled.push({ start, end, label: labels[best.index] ?? '', probability: best.probability });
      first += ids.length;
    }
  }
  return joinEntities(labelled, configured.labels);
}

type TokenizedWord = Word & { readonly ids: readonly number[] };

/** As many words as the model takes at once, and then the next. */
function partsOf(words: readonly TokenizedWord[], capacity: number): readonly (readonly TokenizedWord[])[] {
  const parts: TokenizedWord[][] = [];
  let room = 0;
  for (const word of words) {
    if (word.ids.length > room || parts.length === 0) {
      parts.push([]);
      room = capacity;
    }
    parts.at(-1)?.push(word);
    room -= word.ids.length;
  }
  return parts;
}

/** A word's tokens; with a space before it where there is one, since to many tokenizers that makes another token. */
function idsOf(tokenizer: Tokenizer, { text, isAfterSpace }: Word, most: number): readonly number[] {
  return tokenizer.encode(isAfterSpace ? ` ${text}` : text, { add_special_tokens: false }).ids.slice(0, most);
}

/** What the tokenizer puts around a text. */
function frameOf(tokenizer: Tokenizer): Frame {
  const whole = tokenizer.encode('a').ids;
  const inner = tokenizer.encode('a', { add_special_tokens: false }).ids;
  const begin = whole.findIndex((_, at) => inner.every((id, offset) => whole[at + offset] === id));
  if (begin < 0 || inner.length === 0) throw new Error('folder: the tokenizer cannot be understood');
  return { before: whole.slice(0, begin), after: whole.slice(begin + inner.length) };
}

function bestOf(values: readonly number[]): { readonly index: number; readonly probability: number } {
  let best = { index: -1, probability: 0 };
  for (const [index, probability] of values.entries())
    if (probability > best.probability) best = { index, probability };
  return best;
}

function objectOf(value: unknown): object {
  if (typeof value !== 'object' || value === null)
    throw new Error('folder: the tokenizer is not a JSON object');
  return value;
}
