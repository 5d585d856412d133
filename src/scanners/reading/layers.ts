/** Reads a text layer by layer: what is decoded out of one layer is normalized, and read for what is encoded in it. */
import type { Span } from '../../domain/finding.ts';
import { CasedLayer } from './cased-layer.ts';
import { decode, unreadIn } from './decode.ts';
import { hintsOf } from './hints.ts';
import { MAX_DEPTH } from './limits.ts';
import { normalize } from './normalize.ts';
import type { OffsetMap, TracedText } from './offset-map.ts';
import type { LayerEncoding, Reading, Signal } from './layer.ts';

/** A reading whose layers can be asked for more than a scanner needs. */
export interface LayeredReading extends Reading {
  readonly plain: CasedLayer;
  readonly decoded: readonly CasedLayer[];
}

/** Nothing is known to be encoded before `clear`, a cut, which spares looking there. */
export function readLayers(text: string, clear = 0): LayeredReading {
  const decoded: CasedLayer[] = [];
  const signals: Signal[] = [];
  const plain = readLayer(text, 'plain', AS_IT_IS, null, null, { decoded, signals }, clear);
  return { plain, decoded, signals };
}

const AS_IT_IS: OffsetMap = {
  startOf: (start) => start,
  endOf: (_, end) => end,
  span: (start, end) => ({ start, end }),
};

/** What readers of nested layers add to. */
interface Harvest {
  readonly decoded: CasedLayer[];
  readonly signals: Signal[];
}

/**
 * A layer, and through `harvest` those decoded out of it. `raw` leads from `text` to the raw text; `parts` tells which of
 * `text` was copied from the parent, and so has been read there.
 */
function readLayer(
  text: string,
  encoding: LayerEncoding,
  raw: OffsetMap,
  parent: CasedLayer | null,
  parts: TracedText | null,
  harvest: Harvest,
  clear = 0,
): CasedLayer {
  const { decoded, signals } = harvest;
  const normalized = normalize(text);
  const layer = new CasedLayer(normalized, encoding, parent, raw, parts);
  if (parent) decoded.push(layer);
  for (const { kind, start, end } of normalized.signals)
    if (!parts?.isCopied(start, end)) signals.push({ kind, ...layer.rawSpanOfSource(start, end) });
  if (encoding === 'rot13' || encoding === 'reversed') return layer;
  if (layer.depth === MAX_DEPTH) {
    for (const { kind, start, end } of unreadIn(layer, hintsOf(layer.cased)))
      signals.push({ kind, ...layer.rawSpan(start, end) });
    return layer;
  }
  for (const hidden of normalized.hidden) {
    if (parts?.isCopied(hidden.start, hidden.end)) continue;
    const place = layer.rawSpanOfSource(hidden.start, hidden.end);
    const map = { startOf: () => place.start, endOf: () => place.end, span: () => place };
    readLayer(hidden.text, 'escapes', map, layer, null, harvest);
  }
  const hints = hintsOf(layer.cased, layer.positionOf(clear));
  if (hints.flags === 0) return layer;
  for (const found of decode(layer, hints)) {
    for (const { kind, start, end } of found.signals) signals.push({ kind, ...layer.rawSpan(start, end) });
    readLayer(found.text, found.encoding, new Through(found.map, layer), layer, found.parts, harvest);
  }
  return layer;
}

/** From what was decoded out of a layer to the raw text. */
class Through implements OffsetMap {
  readonly #map: OffsetMap;
  readonly #layer: CasedLayer;

  constructor(map: OffsetMap, layer: CasedLayer) {
    this.#map = map;
    this.#layer = layer;
  }

  startOf(start: number, end: number): number {
    return this.#layer.rawStart(this.#map.startOf(start, end), this.#map.endOf(start, end));
  }

  endOf(start: number, end: number): number {
    return this.#layer.rawEnd(this.#map.startOf(start, end), this.#map.endOf(start, end));
  }

  span(start: number, end: number): Span {
    return this.#layer.rawSpan(this.#map.startOf(start, end), this.#map.endOf(start, end));
  }
}
