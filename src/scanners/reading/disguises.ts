/** Reads text that was put through rot13 or written backwards, around the words that give it away. */
import { rot13, type Telltale } from './hints.ts';
import { mirrored, type OffsetMap, shifted } from './offset-map.ts';
import { contextEnd, contextStart } from './replacements.ts';

interface Disguised {
  readonly text: string;
  readonly map: OffsetMap;
}

export function* decodeRot13(source: string, telltales: Iterable<Telltale>): Generator<Disguised> {
  for (const [start, end] of regions(source, telltales))
    yield { text: rot13(source.slice(start, end)), map: shifted(start) };
}

export function* decodeReversed(source: string, telltales: Iterable<Telltale>): Generator<Disguised> {
  for (const [start, end] of regions(source, telltales))
    yield { text: Array.from(source.slice(start, end)).reverse().join(''), map: mirrored(start, end) };
}

/** What stands near a telltale word, near ones together. */
function* regions(source: string, telltales: Iterable<Telltale>): Generator<readonly [number, number]> {
  let start = -1;
  let end = -1;
  for (const telltale of telltales) {
    if (start >= 0 && contextStart(source, telltale.start) > end) {
      yield [start, end];
      start = -1;
    }
    if (start < 0) start = contextStart(source, telltale.start);
    end = contextEnd(source, telltale.end);
  }
  if (start >= 0) yield [start, end];
}
