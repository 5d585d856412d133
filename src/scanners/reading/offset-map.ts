/** Where the characters of a text stood in the text it was made from. */
import type { Span } from '../../domain/finding.ts';

export interface OffsetMap {
  /** Where text[start, end) stood; an empty stretch gives an empty span. */
  span(start: number, end: number): Span;
  /** The same, one number at a time: places are asked for by the thousand. */
  startOf(start: number, end: number): number;
  endOf(start: number, end: number): number;
}

/** A text that is put together from pieces of another, each with its place. */
export class TracedText implements OffsetMap {
  #text = '';
  #length = 0;
  /** Three numbers for each piece: where it begins in the text, where it stood, and how long it was there. */
  readonly #pieces: number[] = [];
  #isLinear = false;
  #linearEnd = -1;
  #lastPiece = 0;

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

  /** source[start, end) as it is, and not taken for copied. */
  keep(source: string, start: number, end: number): void {
    this.#pieces.push(this.#length, start, KEPT);
    this.#isLinear = false;
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
    return { start: this.startOf(start, end), end: this.endOf(start, end) };
  }

  startOf(start: number, end: number): number {
    if (this.#length === 0) return 0;
    if (start >= this.#length)
      return end <= start ? this.#endAt(this.#length - 1) : this.#startAt(this.#length - 1);
    return this.#startAt(start);
  }

  endOf(start: number, end: number): number {
    if (this.#length === 0) return 0;
    return end <= start ? this.startOf(start, end) : this.#endAt(Math.min(end, this.#length) - 1);
  }

  /** Whether text[start, end) is one stretch of the source as it is, and was copied. */
  isCopied(start: number, end: number): boolean {
    const piece = this.#pieceAt(start);
    const next = this.#pieces[piece * 3 + 3] ?? this.#length;
    return this.#pieces[piece * 3 + 2] === LINEAR && end <= next;
  }

  /** Where one character stood. */
  #startAt(offset: number): number {
    const piece = 3 * this.#pieceAt(offset);
    const start = this.#pieces[piece + 1] ?? 0;
    return isStretch(this.#pieces[piece + 2]) ? start + offset - (this.#pieces[piece] ?? 0) : start;
  }

  #endAt(offset: number): number {
    const piece = 3 * this.#pieceAt(offset);
    const start = this.#pieces[piece + 1] ?? 0;
    const length = this.#pieces[piece + 2] ?? 0;
    return isStretch(length) ? start + offset - (this.#pieces[piece] ?? 0) + 1 : start + length;
  }

  /** Places are mostly asked for near the last one, so the search widens from there. */
  #pieceAt(offset: number): number {
    const pieces = this.#pieces;
    const last = pieces.length / 3 - 1;
    let low = this.#lastPiece;
    let high = low;
    if ((pieces[low * 3] ?? 0) <= offset) {
      for (let step = 1; high < last && (pieces[(high + 1) * 3] ?? 0) <= offset; step *= 4) {
        low = high + 1;
        high = Math.min(last, high + step);
      }
    } else {
      for (let step = 1; low > 0 && (pieces[low * 3] ?? 0) > offset; step *= 4) {
        high = low - 1;
        low = Math.max(0, low - step);
      }
    }
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle * 3] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#lastPiece = low;
    return low;
  }
}

/** Instead of a length: stands there unit by unit. */
const LINEAR = -1;
const KEPT = -2;

function isStretch(length = 0): boolean {
  return length < 0;
}

/** A text that is a stretch of another, unit by unit. */
export function shifted(by: number): OffsetMap {
  return new Shifted(by);
}

class Shifted implements OffsetMap {
  readonly #by: number;

  constructor(by: number) {
    this.#by = by;
  }

  startOf(start: number): number {
    return start + this.#by;
  }

  endOf(start: number, end: number): number {
    return Math.max(start, end) + this.#by;
  }

  span(start: number, end: number): Span {
    return { start: this.startOf(start), end: this.endOf(start, end) };
  }
}

/** A text that is a stretch of another up to `end`, read from there. */
export function mirrored(end: number): OffsetMap {
  return new Mirrored(end);
}

class Mirrored implements OffsetMap {
  readonly #end: number;

  constructor(end: number) {
    this.#end = end;
  }

  startOf(start: number, end: number): number {
    return this.#end - Math.max(start, end);
  }

  endOf(start: number): number {
    return this.#end - start;
  }

  span(start: number, end: number): Span {
    return { start: this.startOf(start, end), end: this.endOf(start) };
  }
}
