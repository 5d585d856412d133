/** A text in which parts are replaced by what they stand for, cut to these parts and the text around them. */
import { CONTEXT } from './limits.ts';
import { TracedText } from './offset-map.ts';

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Parts whose surroundings meet share a text. `replacements` stand in order, and none overlaps another. */
export function* replaced<R extends Replacement>(
  source: string,
  replacements: Iterable<R>,
): Generator<{ readonly first: R; readonly tracked: TracedText }> {
  let tracked: TracedText | null = null;
  let first: R | null = null;
  let done = 0;
  for (const part of replacements) {
    if (tracked && first && part.start - done > 2 * CONTEXT) {
      tracked.copy(source, done, contextEnd(source, done));
      yield { first, tracked };
      tracked = null;
    }
    if (!tracked) {
      tracked = new TracedText();
      first = part;
      done = contextStart(source, part.start);
    }
    tracked.copy(source, done, part.start);
    tracked.put(part.text, part.start, part.end);
    done = part.end;
  }
  if (!tracked || !first) return;
  tracked.copy(source, done, contextEnd(source, done));
  yield { first, tracked };
}

export function contextStart(source: string, start: number): number {
  return aligned(source, Math.max(0, start - CONTEXT));
}

export function contextEnd(source: string, end: number): number {
  return aligned(source, Math.min(source.length, end + CONTEXT));
}

/** Never between the halves of a surrogate pair. */
function aligned(source: string, at: number): number {
  const unit = source.charCodeAt(at);
  const before = source.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? at + 1 : at;
}
