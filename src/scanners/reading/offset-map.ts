/** Where the characters of a text stood in the text it was made from. */
import type { Span } from '../../domain/finding.ts';

export interface OffsetMap {
  /** Where text[start, end) stood; an empty stretch gives an empty span. */
  span(start: number, end: number): Span;
}

/** A text that is put together from pieces of another, each with its place. */
export class TracedText implements OffsetMap {
  #text = '';
  #length = 0;
  /** Three numbers for each piece: where it begins in the text, where it stood, and how long it was there. */
  readonly #pieces: number[] = [];
  #isLinear = false;
  #linearEnd = -1;

  get text(): string {
    return this.#text;
  }

  get length(): number {
    return this.#length;
  }

  /** source[start, end) as it is. */
  copy(source: string, start: number, end: number): void {
    if (end <= start) return;
    if (!this.#isLinear || this.#linearEnd !== start) this.#pieces.push(this.#length, start, LINEAR);
    this.#isLinear = true;
    this.#linearEnd = end;
    this.#text += source.slice(start, end);
    this.#length += end - start;
  }

  /** A text that stands for all of the source's [start, end). */
  put(text: string, start: number, end: number): void {
    if (text === '') return;
    this.#pieces.push(this.#length, start, end - start);
    this.#isLinear = false;
    this.#text += text;
    this.#length += text.length;
  }

  span(start: number, end: number): Span {
    if (this.#length === 0) return { start: 0, end: 0 };
    const first = this.#at(Math.min(start, this.#length - 1));
    if (end <= start) {
      const point = start >= this.#length ? first.end : first.start;
      return { start: point, end: point };
    }
    return { start: first.start, end: this.#at(Math.min(end, this.#length) - 1).end };
  }

  /** Whether text[start, end) is one stretch of the source as it is. */
  isCopied(start: number, end: number): boolean {
    const piece = this.#pieceAt(start);
    const next = this.#pieces[piece * 3 + 3] ?? this.#length;
    return this.#pieces[piece * 3 + 2] === LINEAR && end <= next;
  }

  /** Where one character stood. */
  #at(offset: number): Span {
    const piece = this.#pieceAt(offset);
    const begin = this.#pieces[piece * 3] ?? 0;
    const start = this.#pieces[piece * 3 + 1] ?? 0;
    const length = this.#pieces[piece * 3 + 2] ?? 0;
    if (length !== LINEAR) return { start, end: start + length };
    return { start: start + offset - begin, end: start + offset - begin + 1 };
  }

  #pieceAt(offset: number): number {
    let low = 0;
    let high = this.#pieces.length / 3 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pieces[middle * 3] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const LINEAR = -1;

/** A text that is a stretch of another, unit by unit. */
export function shifted(by: number): OffsetMap {
  return { span: (start, end) => ({ start: start + by, end: Math.max(start, end) + by }) };
}

/** A text that is the stretch [start, end) of another, read from its end. */
export function mirrored(start: number, end: number): OffsetMap {
  return {
    span: (from, to) => ({ start: start + (end - start) - Math.max(from, to), end: end - from }),
  };
}
