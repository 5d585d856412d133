/** What the models see of a passage: its reading in small letters, and the classes of its words. */
import type { PassageSizes } from '../../base/passages.ts';
import { withWordClasses } from './word-classes.ts';

/** A sentence that ends sooner takes the next one along: measured best among 60, 140 and 200. */
export const PASSAGE: PassageSizes = { enough: 140, most: 320 };

/** A passage as training and scanning give it to the models. */
export function harmFeatures(passage: string): string {
  return withWordClasses(passage.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim());
}
