/** Turns labeled texts into what the training works on: runs of candidates with their features and their right tags. */
import { featuresOf, MAX_FEATURES } from '../../src/scanners/pii/tagger/features.ts';
import type { Gazetteer } from '../../src/scanners/pii/tagger/gazetteer.ts';
import { createSentence, readSentence, type Sentence } from '../../src/scanners/pii/tagger/sentence.ts';
import { endOfSentence } from '../../src/scanners/pii/tagger/sentences.ts';
import { ENTITY_KINDS, NONE } from '../../src/scanners/pii/tagger/tags.ts';
import type { Random } from '../random.ts';
import type { EntityText } from './entity-text.ts';

export interface Run {
  /** For each token the hashes of its features. */
  readonly features: readonly Uint32Array[];
  readonly tags: Uint8Array;
}

/** Shares of words that are made unknown while training, so that the model learns to read what stands around them. */
export interface Dropout {
  readonly words: number;
  readonly flags: number;
}

export function prepare(
  texts: readonly EntityText[],
  gazetteer: Gazetteer,
  dropout: Dropout,
  random: Random,
): readonly Run[] {
  const runs: Run[] = [];
  const sentence = createSentence();
  for (const labeled of texts)
    for (let start = 0; start < labeled.text.length; ) {
      const end = endOfSentence(labeled.text, start) ?? labeled.text.length;
      if (readSentence(labeled.text, start, end, gazetteer, sentence)) {
        forget(sentence, dropout, random);
        addRuns(labeled, sentence, runs);
      }
      start = end;
    }
  return runs;
}

function forget({ tokens, flags, phrases, candidates }: Sentence, dropout: Dropout, random: Random): void {
  for (let i = 0; i < tokens.count; i++) {
    if (candidates[i] === 0) continue;
    if (random.next() < dropout.words) tokens.hashes[i] = 0;
    if (random.next() >= dropout.flags) continue;
    flags[i] = 0;
    phrases[i] = 0;
  }
}

function addRuns(labeled: EntityText, sentence: Sentence, runs: Run[]): void {
  const { tokens, candidates } = sentence;
  const tags = tagsOf(labeled, sentence);
  const features = new Uint32Array(MAX_FEATURES);
  for (let at = 0; at < tokens.count; at++) {
    if (candidates[at] === 0) continue;
    const start = at;
    const rows: Uint32Array[] = [];
    for (; at < tokens.count && candidates[at] === 1; at++)
      rows.push(features.slice(0, featuresOf(labeled.text, sentence, at, features)));
    runs.push({ features: rows, tags: begun(tags.slice(start, at)) });
  }
}

function tagsOf({ entities }: EntityText, { tokens }: Sentence): Uint8Array {
  const tags = new Uint8Array(tokens.count).fill(NONE);
  for (const { start, end, kind } of entities) {
    let isFirst = true;
    for (let i = 0; i < tokens.count; i++) {
      if ((tokens.starts[i] ?? 0) < start || (tokens.starts[i] ?? 0) >= end) continue;
      tags[i] = ENTITY_KINDS.indexOf(kind) * 2 + (isFirst ? 0 : 1);
      isFirst = false;
    }
  }
  return tags;
}

/** What goes on in this run but began before it begins here. */
function begun(tags: Uint8Array): Uint8Array {
  const first = tags[0] ?? NONE;
  if (first !== NONE && first % 2 === 1) tags[0] = first - 1;
  return tags;
}
