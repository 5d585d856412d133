/** What the shapes of a sentence add to its score. */
import type { Shape } from './rule.ts';

export const NO_SHAPES: readonly Shape[] = [];
/** Log-odds below which the words are so plainly no request that no shape would make one of them. */
const LEAST_SCORE = -2;

/** The shapes of a sentence that its words give this score. */
export function shapesIn(sentence: string, shapes: readonly Shape[], score: number): readonly Shape[] {
  if (shapes.length === 0 || score < LEAST_SCORE) return NO_SHAPES;
  return shapes.filter(({ pattern }) => pattern.test(sentence));
}

export function weightOf(shapes: readonly Shape[]): number {
  let sum = 0;
  for (const { weight } of shapes) sum += weight;
  return sum;
}
