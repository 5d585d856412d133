/** Reads text that was put through rot13 or written backwards, around the words that give it away. */
import type { Span } from '../../domain/finding.ts';
import { rot13, type Telltale } from './hints.ts';
import { backwards } from './units.ts';
import { mirrored, type OffsetMap, shifted } from './offset-map.ts';
import { contextEnd, contextStart } from './replacements.ts';

interface Disguised {
  readonly text: string;
  readonly map: OffsetMap;
  readonly veiled: Span;
}

export function* decodeRot13(source: string, telltales: readonly Telltale[]): Generator<Disguised> {
  for (const { start, end, veiled } of regions(source, telltales))
    yield { text: rot13(source.slice(start, end)), map: shifted(start), veiled };
}

export function* decodeReversed(source: string, telltales: readonly Telltale[]): Generator<Disguised> {
  for (const { start, end, veiled } of regions(source, telltales))
    yield {
      text: backwards(source.slice(start, end)),
      map: mirrored(end),
      veiled,
    };
}

interface Region extends Span {
  /** From the first telltale word to the last. */
  readonly veiled: Span;
}

/** What stands near a telltale word, near ones together. */
function* regions(source: string, telltales: readonly Telltale[]): Generator<Region> {
  for (let index = 0; index < telltales.length; ) {
    const { start: first } = telltales[index] ?? NOWHERE;
    let last = NOWHERE;
    let end = first;
    for (
      let next = telltales[index];
      next && contextStart(source, next.start) <= end;
      next = telltales[index]
    ) {
      last = next;
      end = contextEnd(source, next.end);
      index++;
    }
    yield { start: contextStart(source, first), end, veiled: { start: first, end: last.end } };
  }
}

const NOWHERE: Span = { start: 0, end: 0 };
