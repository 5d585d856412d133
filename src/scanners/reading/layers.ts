/** Reads a text layer by layer: what is decoded out of one layer is normalized, and read for what is encoded in it. */
import type { Span } from '../../domain/finding.ts';
import { decodeBase64 } from './base64.ts';
import { decodeReversed, decodeRot13 } from './disguises.ts';
import { decodeEscapes } from './escapes.ts';
import { decodeHexPairs, decodeHexRuns } from './hexadecimal.ts';
import {
  HINT_RUNS,
  HINT_ESCAPES,
  HINT_HEX,
  HINT_LEET,
  HINT_REVERSED,
  HINT_ROT13,
  HINT_SPACED,
  hintsOf,
  type Hints,
} from './hints.ts';
import { decodeLeet } from './leet.ts';
import { MAX_DEPTH, MAX_NESTED_LAYERS, MAX_NESTED_LENGTH } from './limits.ts';
import { normalize, type Normalized } from './normalize.ts';
import type { OffsetMap, TracedText } from './offset-map.ts';
import type { Layer, LayerEncoding, Reading, Signal } from './reading.ts';
import type { Replaced } from './replacements.ts';
import { decodeSpaced } from './spaced.ts';

/** A reading whose layers can be asked for more than a scanner needs. */
export interface LayeredReading extends Reading {
  readonly plain: CasedLayer;
  readonly decoded: readonly CasedLayer[];
}

interface Decoded {
  readonly encoding: LayerEncoding;
  readonly text: string;
  /** To the text it was decoded from. */
  readonly map: OffsetMap;
  /** What of that text hides something; null where it is in an encoding for a good reason. */
  readonly veiled: Span | null;
}

/** What may still be decoded out of one decoded layer. */
interface Budget {
  layers: number;
  length: number;
}

export function readLayers(text: string): LayeredReading {
  const decoded: CasedLayer[] = [];
  const signals: Signal[] = [];
  const plain = readLayer(text, 'plain', AS_IT_IS, null, { decoded, signals, budget: null });
  return { plain, decoded, signals };
}

const AS_IT_IS: OffsetMap = { span: (start, end) => ({ start, end }) };

/** A layer, and through `decoded` those decoded out of it. `raw` leads from `text` to the raw text. */
function readLayer(
  text: string,
  encoding: LayerEncoding,
  raw: OffsetMap,
  parent: CasedLayer | null,
  { decoded, signals, budget }: Harvest,
): CasedLayer {
  const normalized = normalize(text);
  const layer = new CasedLayer(normalized, encoding, parent, raw);
  if (parent) decoded.push(layer);
  for (const signal of normalized.signals)
    signals.push({ kind: signal.kind, ...layer.rawSpanOfSource(signal) });
  if (layer.depth === MAX_DEPTH || encoding === 'rot13' || encoding === 'reversed') return layer;
  for (const hidden of normalized.hidden) {
    const place = layer.rawSpanOfSource(hidden);
    descend(hidden.text, 'escapes', { span: () => place });
  }
  const hints = hintsOf(layer.cased);
  if (hints.flags === 0) return layer;
  for (const { text: inner, encoding: by, map, veiled } of decode(layer, hints)) {
    if (veiled) signals.push({ kind: signalKind(by), ...layer.rawSpan(veiled.start, veiled.end) });
    descend(inner, by, through(map, layer));
  }
  return layer;

  function descend(inner: string, by: LayerEncoding, place: OffsetMap): void {
    const left = budget ?? { layers: MAX_NESTED_LAYERS, length: MAX_NESTED_LENGTH };
    if (budget) {
      if (budget.layers === 0 || budget.length < inner.length) return;
      budget.layers--;
      budget.length -= inner.length;
    }
    readLayer(inner, by, place, layer, { decoded, signals, budget: left });
  }
}

/** What readers of nested layers add to. */
interface Harvest {
  readonly decoded: CasedLayer[];
  readonly signals: Signal[];
  /** Null in the plain layer: what is decoded out of it is bounded by its own length. */
  readonly budget: Budget | null;
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

  constructor(
    { text, cased, unfolded, map }: Normalized,
    encoding: LayerEncoding,
    parent: CasedLayer | null,
    raw: OffsetMap,
  ) {
    this.text = text;
    this.cased = cased;
    this.unfolded = unfolded;
    this.encoding = encoding;
    this.depth = parent ? parent.depth + 1 : 0;
    this.parent = parent;
    this.#normalizing = map;
    this.#raw = raw;
  }

  rawSpan(start: number, end: number): Span {
    const source = this.#normalizing?.span(start, end);
    return source ? this.#raw.span(source.start, source.end) : this.#raw.span(start, end);
  }

  /** For positions in the layer before it was normalized. */
  rawSpanOfSource({ start, end }: Span): Span {
    return this.#raw.span(start, end);
  }

  /** Whether more stood between the neighbors at and behind `at` than is left. */
  hasGap(at: number): boolean {
    if (!this.#normalizing) return false;
    return this.#normalizing.span(at, at + 1).end < this.#normalizing.span(at + 1, at + 2).start;
  }

  /** Whether it, or a layer it was decoded from, was in this encoding. */
  isWithin(encoding: LayerEncoding): boolean {
    return this.encoding === encoding || (this.parent?.isWithin(encoding) ?? false);
  }
}

function* decode(layer: CasedLayer, { flags, telltales, runs, mixed }: Hints): Generator<Decoded> {
  const { cased } = layer;
  if (flags & HINT_RUNS) {
    yield* wholes('base64', decodeBase64(cased, runs));
    yield* wholes('hex', decodeHexRuns(cased, runs));
  }
  if (flags & HINT_HEX) yield* wholes('hex', decodeHexPairs(cased));
  if (flags & HINT_ESCAPES) yield* parts(decodeEscapes(cased));
  if (flags & HINT_SPACED && !layer.isWithin('spaced'))
    yield* parts(decodeSpaced(cased, (at) => layer.hasGap(at)));
  if (flags & HINT_LEET && !layer.isWithin('leet')) yield* parts(decodeLeet(cased, mixed));
  if (flags & HINT_ROT13) {
    const told = telltales.filter(({ hint }) => hint === HINT_ROT13);
    for (const found of decodeRot13(cased, told)) yield { encoding: 'rot13', ...found };
  }
  if (flags & HINT_REVERSED) {
    const told = telltales.filter(({ hint }) => hint === HINT_REVERSED);
    for (const found of decodeReversed(cased, told)) yield { encoding: 'reversed', ...found };
  }
}

function* wholes(encoding: LayerEncoding, found: Iterable<TracedText>): Generator<Decoded> {
  for (const map of found) yield { encoding, text: map.text, map, veiled: map.span(0, map.length) };
}

function* parts(found: Iterable<Replaced>): Generator<Decoded> {
  for (const { encoding, tracked, veiled } of found)
    yield { encoding, text: tracked.text, map: tracked, veiled };
}

function signalKind(encoding: LayerEncoding): Signal['kind'] {
  return encoding === 'spaced' || encoding === 'leet' ? encoding : 'encoded';
}
