/** What the shapes of a sentence add to its score. */
import type { Shape } from './rule.ts';

export const NO_SHAPES: readonly Shape[] = [];
/** Log-odds below which the words are so plainly no request that no shape would make one of them. */
const LEAST_SCORE = -2.6;
/** What is said of an act stands near its verb. */
const NEAR = 90;
/** The acts, and where what is said of them is looked for. */
const PLACES: Readonly<Record<string, Shape['place']>> = {
  act: 'behind the act',
  'everyday-act': 'behind the act',
  'foreign-act': 'behind the foreign act',
};

/** The shapes of a sentence that its words give this score. */
export function shapesIn(sentence: string, shapes: readonly Shape[], score: number): readonly Shape[] {
  if (shapes.length === 0 || score < LEAST_SCORE) return NO_SHAPES;
  const found: Shape[] = [];
  const texts: Partial<Record<Shape['place'], string>> = { sentence };
  for (const shape of shapes) {
    const { id, pattern, place } = shape;
    const text = texts[place];
    const match = text === undefined ? null : pattern.exec(text);
    if (!match) continue;
    found.push(shape);
    const behind = PLACES[id];
    if (behind !== undefined) texts[behind] ??= clauseAt(sentence, match.index + match[0].length);
  }
  return found;
}

/** The name of a field or of who speaks, before what is written there. */
const NAME = /^[^\p{L}\n]{0,8}[\p{L}\p{N}_.-]{1,24}(?: [\p{L}\p{N}_-]{1,20})?["']? ?[:=] ?["']?/u;
/** Less than this behind it is no sentence. */
const MIN_VALUE = 16;

/** Where in a sentence the words of its writer begin. */
export function valueIn(sentence: string): number {
  const length = NAME.exec(sentence)?.[0].length ?? 0;
  return sentence.length - length < MIN_VALUE ? 0 : length;
}

/** A full stop may stand in an address or a number. */
function clauseAt(sentence: string, start: number): string {
  return /^[^!?;\n]*/.exec(sentence.slice(start, start + NEAR))?.[0] ?? '';
}

export function weightOf(shapes: readonly Shape[]): number {
  let sum = 0;
  for (const { weight } of shapes) sum += weight;
  return sum;
}
