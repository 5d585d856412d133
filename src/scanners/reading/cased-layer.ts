/** A layer that remembers its case, which encodings need, and what of it was copied. */
import type { Span } from '../../domain/finding.ts';
import type { Layer, LayerEncoding } from './layer.ts';
import type { Normalized } from './normalize.ts';
import type { OffsetMap, TracedText } from './offset-map.ts';

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
    return { start: this.rawStart(start, end), end: this.rawEnd(start, end) };
  }

  rawStart(start: number, end: number): number {
    const source = this.#normalizing;
    return source
      ? this.#raw.startOf(source.startOf(start, end), source.endOf(start, end))
      : this.#raw.startOf(start, end);
  }

  rawEnd(start: number, end: number): number {
    const source = this.#normalizing;
    return source
      ? this.#raw.endOf(source.startOf(start, end), source.endOf(start, end))
      : this.#raw.endOf(start, end);
  }

  /** For positions in the layer before it was normalized. */
  rawSpanOfSource(start: number, end: number): Span {
    return this.#raw.span(start, end);
  }

  /** The first position that stood at `source` or behind it, in the layer before it was normalized. */
  positionOf(source: number): number {
    if (!this.#normalizing || source === 0) return source;
    let low = 0;
    let high = this.cased.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#normalizing.startOf(middle, middle + 1) < source) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether more stood between the neighbors at and behind `at` than is left. */
  hasGap(at: number): boolean {
    if (!this.#normalizing) return false;
    return this.#normalizing.endOf(at, at + 1) < this.#normalizing.startOf(at + 1, at + 2);
  }

  /** Whether text[start, end) was copied from the layer this one was decoded from, and so has been read there. */
  isCopied(start: number, end: number): boolean {
    if (!this.#parts) return false;
    const source = this.#normalizing?.span(start, end) ?? { start, end };
    return this.#parts.isCopied(source.start, source.end);
  }
}
