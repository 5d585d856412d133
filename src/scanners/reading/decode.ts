/** Everything that is encoded in one layer. */
import { decodeBase64 } from './base64.ts';
import { decodeReversed, decodeRot13 } from './disguises.ts';
import { escapeSequences } from './escapes.ts';
import { decodeHexPairs, decodeHexRuns } from './hexadecimal.ts';
import {
  HINT_ESCAPES,
  HINT_HEX,
  HINT_LEET,
  HINT_REVERSED,
  HINT_ROT13,
  HINT_SPACED,
  type Hints,
} from './hints.ts';
import type { CasedLayer } from './cased-layer.ts';
import { leetLetters } from './leet.ts';
import { CONTEXT } from './limits.ts';
import type { OffsetMap, TracedText } from './offset-map.ts';
import type { LayerEncoding, Signal } from './layer.ts';
import { replaced, type Replacement } from './replacements.ts';
import { spacedLetters } from './spaced.ts';

export interface Decoded {
  readonly encoding: LayerEncoding;
  readonly text: string;
  /** To the layer it was decoded from. */
  readonly map: OffsetMap;
  /** Where only parts of the text were decoded: which. */
  readonly parts: TracedText | null;
  /** In the layer it was decoded from. */
  readonly signals: readonly Signal[];
}

/** What was copied into the layer is passed over: it has been read where it came from. So no text is decoded twice. */
export function* decode(layer: CasedLayer, hints: Hints): Generator<Decoded> {
  const { cased } = layer;
  if (hints.runs.length > 0) {
    yield* wholes(layer, 'base64', decodeBase64(cased, hints.runs));
    yield* wholes(layer, 'hex', decodeHexRuns(cased, hints.runs));
  }
  if (hints.flags & HINT_HEX) yield* wholes(layer, 'hex', decodeHexPairs(cased));
  for (const { encoding, tracked, signals } of replaced(cased, replacements(layer, hints)))
    yield { encoding, text: tracked.text, map: tracked, parts: tracked, signals };
  yield* disguises(layer, hints);
}

function* wholes(
  layer: CasedLayer,
  encoding: LayerEncoding,
  found: Iterable<TracedText>,
): Generator<Decoded> {
  for (const map of found) {
    const { start, end } = map.span(0, map.length);
    if (layer.isCopied(start, end)) continue;
    yield { encoding, text: map.text, map, parts: null, signals: [{ kind: 'encoded', start, end }] };
  }
}

/** All in one layer, for a sentence may be hidden in several ways at once. In order; where two overlap, the first counts. */
function replacements(layer: CasedLayer, { flags, mixed }: Hints): Iterable<Replacement> {
  const { cased } = layer;
  const kinds: Iterable<Replacement>[] = [];
  if (flags & HINT_ESCAPES) kinds.push(escapeSequences(cased));
  if (flags & HINT_SPACED) kinds.push(spacedLetters(cased, (at) => layer.hasGap(at)));
  if (flags & HINT_LEET) kinds.push(leetLetters(cased, mixed));
  if (kinds.length <= 1) return kinds[0] ?? [];
  const all = kinds.flatMap((kind) => [...kind]).sort((a, b) => a.start - b.start);
  let done = 0;
  return all.filter(({ start, end }) => {
    if (start < done) return false;
    done = end;
    return true;
  });
}

function* disguises(layer: CasedLayer, { telltales }: Hints): Generator<Decoded> {
  if (telltales.length === 0) return;
  const { length } = layer.cased;
  const fresh = telltales.filter(
    ({ start, end }) => !layer.isCopied(Math.max(0, start - CONTEXT), Math.min(length, end + CONTEXT)),
  );
  const rot13 = fresh.filter(({ hint }) => hint === HINT_ROT13);
  for (const { text, map, veiled } of decodeRot13(layer.cased, rot13))
    yield { encoding: 'rot13', text, map, parts: null, signals: [{ kind: 'encoded', ...veiled }] };
  const reversed = fresh.filter(({ hint }) => hint === HINT_REVERSED);
  for (const { text, map, veiled } of decodeReversed(layer.cased, reversed))
    yield { encoding: 'reversed', text, map, parts: null, signals: [{ kind: 'encoded', ...veiled }] };
}
