/** All ways of tagging a run of tokens, weighed together: the best one, and how probable each part is. */
import { MAX_SENTENCE } from './sentences.ts';
import { mayFollow, NONE, TAGS } from './tags.ts';

/** A linear chain of tags; a run stands between tokens that are no entity. Columns hold TAGS values for each token. */
export interface Lattice {
  length: number;
  /** Log-scores. */
  readonly scores: Float64Array;
  /** Their exponentials. */
  readonly weights: Float64Array;
  /** Sums over all ways up to a token, and from it on; scaled, so that each token's forward sums add up to 1. */
  readonly forward: Float64Array;
  readonly backward: Float64Array;
  /** By how much each token was scaled. */
  readonly scales: Float64Array;
  /** The score of the best way up to a token, and the tag before it on this way. */
  readonly best: Float64Array;
  readonly origins: Uint8Array;
  /** The best way. */
  readonly tags: Uint8Array;
}

const COLUMN = MAX_SENTENCE * TAGS;

/** Tags that may stand before each tag. */
const BEFORE: readonly (readonly number[])[] = Array.from({ length: TAGS }, (_, tag) =>
  Array.from({ length: TAGS }, (_unused, before) => before).filter((before) => mayFollow(before, tag)),
);

export function createLattice(): Lattice {
  return {
    length: 0,
    scores: new Float64Array(COLUMN),
    weights: new Float64Array(COLUMN),
    forward: new Float64Array(COLUMN),
    backward: new Float64Array(COLUMN),
    scales: new Float64Array(MAX_SENTENCE),
    best: new Float64Array(COLUMN),
    origins: new Uint8Array(COLUMN),
    tags: new Uint8Array(MAX_SENTENCE),
  };
}

/** Factors of one tag behind another, TAGS × TAGS, 0 where it may not follow. */
export function factorsOf(transitions: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: TAGS * TAGS }, (_, at) =>
    mayFollow(Math.floor(at / TAGS), at % TAGS) ? Math.exp(transitions[at] ?? 0) : 0,
  );
}

/** Fills in the sums, from `scores` and `length`. */
export function weigh(lattice: Lattice, factors: Float64Array): void {
  const { length, scores, weights, forward, scales } = lattice;
  for (let at = 0; at < length * TAGS; at++) weights[at] = Math.exp(scores[at] ?? 0);
  for (let i = 0; i < length; i++) {
    const at = i * TAGS;
    let sum = 0;
    for (let tag = 0; tag < TAGS; tag++) {
      let into = 0;
      if (i === 0) into = factors[NONE * TAGS + tag] ?? 0;
      else
        for (const before of BEFORE[tag] ?? [])
          into += (forward[at - TAGS + before] ?? 0) * (factors[before * TAGS + tag] ?? 0);
      const value = into * (weights[at + tag] ?? 0);
      forward[at + tag] = value;
      sum += value;
    }
    scales[i] = sum;
    for (let tag = 0; tag < TAGS; tag++) forward[at + tag] = (forward[at + tag] ?? 0) / sum;
  }
  weighBackward(lattice, factors);
}

function weighBackward({ length, weights, backward, scales }: Lattice, factors: Float64Array): void {
  for (let tag = 0; tag < TAGS; tag++) backward[(length - 1) * TAGS + tag] = factors[tag * TAGS + NONE] ?? 0;
  for (let i = length - 2; i >= 0; i--) {
    const at = i * TAGS;
    const scale = scales[i + 1] ?? 1;
    for (let tag = 0; tag < TAGS; tag++) backward[at + tag] = 0;
    for (let to = 0; to < TAGS; to++) {
      const out = ((weights[at + TAGS + to] ?? 0) * (backward[at + TAGS + to] ?? 0)) / scale;
      for (const tag of BEFORE[to] ?? [])
        backward[at + tag] = (backward[at + tag] ?? 0) + (factors[tag * TAGS + to] ?? 0) * out;
    }
  }
}

/** The sum of all ways, in the measure in which `forward` and `backward` are scaled. */
export function totalOf({ length, forward, backward }: Lattice): number {
  let total = 0;
  for (let at = (length - 1) * TAGS; at < length * TAGS; at++)
    total += (forward[at] ?? 0) * (backward[at] ?? 0);
  return total;
}

/** How probable it is that exactly the tokens [start, end) are one entity that begins with the tag `begin`. */
export function spanProbability(
  lattice: Lattice,
  factors: Float64Array,
  start: number,
  end: number,
  begin: number,
): number {
  const { forward, backward, weights, scales, length } = lattice;
  const inside = begin + 1;
  let way = forward[start * TAGS + begin] ?? 0;
  let tag = begin;
  for (let i = start + 1; i < end; i++) {
    way *= ((factors[tag * TAGS + inside] ?? 0) * (weights[i * TAGS + inside] ?? 0)) / (scales[i] ?? 1);
    tag = inside;
  }
  let out = backward[(end - 1) * TAGS + tag] ?? 0;
  if (end < length)
    out -=
      ((factors[tag * TAGS + inside] ?? 0) *
        (weights[end * TAGS + inside] ?? 0) *
        (backward[end * TAGS + inside] ?? 0)) /
      (scales[end] ?? 1);
  return Math.max(0, Math.min(1, (way * out) / totalOf(lattice)));
}

/**
 * Fills in `tags`, the best way (Viterbi) where every token that is no entity costs `penalty`; gives whether there is an
 * entity on it.
 */
export function findBest(lattice: Lattice, transitions: readonly number[], penalty: number): boolean {
  const { scores, length, best, origins } = lattice;
  for (let i = 0; i < length; i++) {
    const at = i * TAGS;
    for (let tag = 0; tag < TAGS; tag++) {
      let top = i === 0 && mayFollow(NONE, tag) ? (transitions[NONE * TAGS + tag] ?? 0) : -Infinity;
      let origin = NONE;
      if (i > 0)
        for (const before of BEFORE[tag] ?? []) {
          const value = (best[at - TAGS + before] ?? 0) + (transitions[before * TAGS + tag] ?? 0);
          if (value <= top) continue;
          top = value;
          origin = before;
        }
      origins[at + tag] = origin;
      best[at + tag] = top + (scores[at + tag] ?? 0) - (tag === NONE ? penalty : 0);
    }
  }
  return traceBack(lattice, transitions);
}

function traceBack({ length, best, origins, tags }: Lattice, transitions: readonly number[]): boolean {
  let tag = NONE;
  let top = -Infinity;
  for (let last = 0; last < TAGS; last++) {
    const value = (best[(length - 1) * TAGS + last] ?? 0) + (transitions[last * TAGS + NONE] ?? 0);
    if (value <= top) continue;
    top = value;
    tag = last;
  }
  let isAny = false;
  for (let i = length - 1; i >= 0; i--) {
    tags[i] = tag;
    isAny ||= tag !== NONE;
    tag = origins[i * TAGS + tag] ?? NONE;
  }
  return isAny;
}
