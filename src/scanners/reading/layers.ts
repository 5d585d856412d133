/** Reads a text layer by layer: what is decoded out of one layer is normalized, and read for what is encoded in it. */
import type { Span } from '../../domain/finding.ts';
import { decode } from './decode.ts';
import { hintsOf } from './hints.ts';
import { MAX_DEPTH } from './limits.ts';
import { normalize, type Normalized } from './normalize.ts';
import type { OffsetMap, TracedText } from './offset-map.ts';
import type { Layer, LayerEncoding, Reading, Signal } from './reading.ts';

/** A reading whose layers can be asked for more than a scanner needs. */
export interface LayeredReading extends Reading {
  readonly plain: CasedLayer;
  readonly decoded: readonly CasedLayer[];
}

export function readLayers(text: string): LayeredReading {
  const decoded: CasedLayer[] = [];
  const signals: Signal[] = [];
  const plain = readLayer(text, 'plain', AS_IT_IS, null, null, { decoded, signals });
  return { plain, decoded, signals };
}

const AS_IT_IS: OffsetMap = { span: (start, end) => ({ start, end }) };

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
): CasedLayer {
  const { decoded, signals } = harvest;
  const normalized = normalize(text);
  const layer = new CasedLayer(normalized, encoding, parent, raw, parts);
  if (parent) decoded.push(layer);
  for (const { kind, start, end } of normalized.signals)
    if (!parts?.isCopied(start, end)) signals.push({ kind, ...layer.rawSpanOfSource(start, end) });
  if (layer.depth === MAX_DEPTH || encoding === 'rot13' || encoding === 'reversed') return layer;
  for (const hidden of normalized.hidden) {
    if (parts?.isCopied(hidden.start, hidden.end)) continue;
    const place = layer.rawSpanOfSource(hidden.start, hidden.end);
    readLayer(hidden.text, 'escapes', { span: () => place }, layer, null, harvest);
  }
  const hints = hintsOf(layer.cased);
  if (hints.flags === 0) return layer;
  for (const found of decode(layer, hints)) {
    for (const { kind, start, end } of found.signals) signals.push({ kind, ...layer.rawSpan(start, end) });
    readLayer(found.text, found.encoding, through(found.map, layer), layer, found.parts, harvest);
  }
  return layer;
}

/** From what was decoded out of a layer to the raw text. */
function through(map: OffsetMap, layer: CasedLayer): OffsetMap {
  return {
    span(start, end) {
      const span = map.span(start, end);
      return layer.rawSpan(span.start, span.end);
    },
  };
}

export class CasedLayer implements Layer {
  readonly text: string;
  readonly cased: string;
  readonly unfolded: string;
  readonly encoding: LayerEncoding;
  readonly depth: number;
  readonly parent: CasedLayer | null;
  readonly #normalizing: OffsetMap | null;
  /** From the layer before it was normalized to the raw text. */
  readonly #raw: OffsetMap;
  readonly #parts: TracedText | null;

  constructor(
    { text, cased, unfolded, map }: Normalized,
    encoding: LayerEncoding,
    parent: CasedLayer | null,
    raw: OffsetMap,
    parts: TracedText | null,
  ) {
    this.text = text;
    this.cased = cased;
    this.unfolded = unfolded;
    this.encoding = encoding;
    this.depth = parent ? parent.depth + 1 : 0;
    this.parent = parent;
    this.#normalizing = map;
    this.#raw = raw;
    this.#parts = parts;
  }

  rawSpan(start: number, end: number): Span {
    const source = this.#normalizing?.span(start, end);
    return source ? this.#raw.span(source.start, source.end) : this.#raw.span(start, end);
  }

  /** For positions in the layer before it was normalized. */
  rawSpanOfSource(start: number, end: number): Span {
    return this.#raw.span(start, end);
  }

  /** Whether more stood between the neighbors at and behind `at` than is left. */
  hasGap(at: number): boolean {
    if (!this.#normalizing) return false;
    return this.#normalizing.span(at, at + 1).end < this.#normalizing.span(at + 1, at + 2).start;
  }

  /** Whether text[start, end) was copied from the layer this one was decoded from, and so has been read there. */
  isCopied(start: number, end: number): boolean {
    if (!this.#parts) return false;
    const source = this.#normalizing?.span(start, end) ?? { start, end };
    return this.#parts.isCopied(source.start, source.end);
  }
}
