/** Reads a text layer by layer: what is decoded out of one layer is normalized, and read for what is encoded in it. */
import type { Span } from '../../domain/finding.ts';
import { decodeBase64 } from './base64.ts';
import { decodeReversed, decodeRot13 } from './disguises.ts';
import { decodeEscapes } from './escapes.ts';
import { decodeHexadecimal } from './hexadecimal.ts';
import {
  HINT_BASE64,
  HINT_ESCAPES,
  HINT_HEX,
  HINT_LEET,
  HINT_REVERSED,
  HINT_ROT13,
  HINT_SPACED,
  hintsOf,
} from './hints.ts';
import { decodeLeet } from './leet.ts';
import { MAX_DEPTH, MAX_NESTED_LAYERS, MAX_NESTED_LENGTH } from './limits.ts';
import { normalize } from './normalize.ts';
import { shifted, type OffsetMap } from './offset-map.ts';
import type { Layer, LayerEncoding, Reading, Signal } from './reading.ts';
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
}

/** What may still be decoded out of one decoded layer. */
interface Budget {
  layers: number;
  length: number;
}

export function readLayers(text: string): LayeredReading {
  const decoded: CasedLayer[] = [];
  const signals: Signal[] = [];
  const plain = readLayer({ encoding: 'plain', text, map: shifted(0) }, null, decoded, signals, null);
  return { plain, decoded, signals };
}

/** A layer, and through `decoded` those decoded out of it. */
function readLayer(
  { encoding, text, map }: Decoded,
  parent: CasedLayer | null,
  decoded: CasedLayer[],
  signals: Signal[],
  budget: Budget | null,
): CasedLayer {
  const normalized = normalize(text);
  const layer = new CasedLayer(normalized.text, normalized.cased, encoding, parent, map, normalized.map);
  if (parent) decoded.push(layer);
  for (const { kind, start, end } of normalized.signals)
    signals.push({ kind, ...layer.rawSpanOfSource(start, end) });
  if (layer.depth === MAX_DEPTH || encoding === 'rot13' || encoding === 'reversed') return layer;
  for (const hidden of normalized.hidden) {
    const place: OffsetMap = { span: () => ({ start: hidden.start, end: hidden.end }) };
    nest({ encoding: 'escapes', text: hidden.text, map: place });
  }
  for (const found of decode(layer)) {
    nest(found);
  }
  return layer;

  function nest(found: Decoded): void {
    const left = budget ?? { layers: MAX_NESTED_LAYERS, length: MAX_NESTED_LENGTH };
    if (budget) {
      if (budget.layers === 0 || budget.length < found.text.length) return;
      budget.layers--;
      budget.length -= found.text.length;
    }
    readLayer(found, layer, decoded, signals, left);
  }
}

export class CasedLayer implements Layer {
  readonly text: string;
  readonly cased: string;
  readonly encoding: LayerEncoding;
  readonly depth: number;
  readonly parent: CasedLayer | null;
  /** From the layer before it was normalized to the one it was decoded from. */
  readonly #decoding: OffsetMap;
  readonly #normalizing: OffsetMap | null;

  constructor(
    text: string,
    cased: string,
    encoding: LayerEncoding,
    parent: CasedLayer | null,
    decoding: OffsetMap,
    normalizing: OffsetMap | null,
  ) {
    this.text = text;
    this.cased = cased;
    this.encoding = encoding;
    this.depth = parent ? parent.depth + 1 : 0;
    this.parent = parent;
    this.#decoding = decoding;
    this.#normalizing = normalizing;
  }

  /** Where it ends in the layer it was decoded from. */
  get endInParent(): number {
    const length = this.#normalizing?.span(0, this.text.length).end ?? this.text.length;
    return this.#decoding.span(0, length).end;
  }

  rawSpan(start: number, end: number): Span {
    const span = this.#normalizing?.span(start, end) ?? { start, end };
    return this.rawSpanOfSource(span.start, span.end);
  }

  /** For positions in the layer before it was normalized. */
  rawSpanOfSource(start: number, end: number): Span {
    const { start: from, end: to } = this.#decoding.span(start, end);
    return this.parent ? this.parent.rawSpan(from, to) : { start: from, end: to };
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

function* decode(layer: CasedLayer): Generator<Decoded> {
  const { cased } = layer;
  const { flags, telltales } = hintsOf(cased);
  if (flags === 0) return;
  if (flags & HINT_BASE64) {
    for (const map of decodeBase64(cased)) yield { encoding: 'base64', text: map.text, map };
  }
  if (flags & HINT_HEX) {
    for (const map of decodeHexadecimal(cased)) yield { encoding: 'hex', text: map.text, map };
  }
  if (flags & HINT_ESCAPES) {
    for (const { encoding, tracked } of decodeEscapes(cased))
      yield { encoding, text: tracked.text, map: tracked };
  }
  if (flags & HINT_SPACED && !layer.isWithin('spaced')) {
    for (const map of decodeSpaced(cased, (at) => layer.hasGap(at)))
      yield { encoding: 'spaced', text: map.text, map };
  }
  if (flags & HINT_LEET && !layer.isWithin('leet')) {
    for (const map of decodeLeet(cased)) yield { encoding: 'leet', text: map.text, map };
  }
  if (flags & HINT_ROT13) {
    for (const found of decodeRot13(
      cased,
      telltales.filter(({ hint }) => hint === HINT_ROT13),
    ))
      yield { encoding: 'rot13', ...found };
  }
  if (flags & HINT_REVERSED) {
    for (const found of decodeReversed(
      cased,
      telltales.filter(({ hint }) => hint === HINT_REVERSED),
    ))
      yield { encoding: 'reversed', ...found };
  }
}
