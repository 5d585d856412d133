/** What the models see of a passage: its reading in small letters with the classes of its words, and what was hidden in it. */
import type { PassageSizes } from '../../base/passages.ts';
import { readLayers } from '../reading/layers.ts';
import { withWordClasses } from './word-classes.ts';

/** A sentence that ends sooner takes the next one along: measured better than 60 in most slices. */
export const PASSAGE: PassageSizes = { enough: 140, most: 320 };

/**
 * The passage as it reads, and each layer that was spelled or encoded otherwise. Not by way of `readingOf`, which remembers
 * the last text for the scanners that look at it whole.
 */
function layersOf(passage: string): readonly string[] {
  const { plain, decoded } = readLayers(passage);
  return [plain, ...decoded].map(({ text }) => withWordClasses(text));
}

/** The passage as it reads: what training sees. */
export function harmFeatures(passage: string): string {
  return withWordClasses(readLayers(passage).plain.text);
}

export interface ScoredLayer {
  readonly features: string;
  readonly score: number;
}

/** The layer that scores highest. */
export function worstLayer(passage: string, scoreOf: (features: string) => number): ScoredLayer {
  let worst: ScoredLayer = { features: '', score: -Infinity };
  for (const features of layersOf(passage)) {
    const score = scoreOf(features);
    if (score > worst.score) worst = { features, score };
  }
  return worst;
}
