/** A text in which parts are replaced by what they stand for, cut to these parts and the text around them. */
import type { Span } from '../../domain/finding.ts';
import { CONTEXT, MAX_CONTEXT } from './limits.ts';
import { TracedText } from './offset-map.ts';
import type { LayerEncoding } from './reading.ts';

export interface Replacement {
  readonly encoding: LayerEncoding;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Replaced {
  /** The one that most was replaced in. */
  readonly encoding: LayerEncoding;
  readonly tracked: TracedText;
  /** From the first to the last part that needed no encoding, and so was hidden: a plain letter or digit. */
  readonly veiled: Span | null;
}

/** Parts whose surroundings meet share a text. `replacements` stand in order, and none overlaps another. */
export function* replaced(source: string, replacements: Iterable<Replacement>): Generator<Replaced> {
  let open: Region | null = null;
  for (const part of replacements) {
    if (open && part.start - open.done > 2 * CONTEXT) {
      yield open.close();
      open = null;
    }
    open ??= new Region(source, part.start);
    open.add(part);
  }
  if (open) yield open.close();
}

class Region {
  readonly #source: string;
  readonly #tracked = new TracedText();
  readonly #counts = new Map<LayerEncoding, number>();
  #veiled: Span | null = null;
  /** What stands before here has been dealt with. */
  done: number;

  constructor(source: string, start: number) {
    this.#source = source;
    this.done = contextStart(source, start);
  }

  add({ start, end, text, encoding }: Replacement): void {
    this.#tracked.copy(this.#source, this.done, start);
    this.#tracked.put(text, start, end);
    this.#counts.set(encoding, (this.#counts.get(encoding) ?? 0) + 1);
    if (encoding === 'spaced' || PLAIN.test(text))
      this.#veiled = { start: this.#veiled?.start ?? start, end };
    this.done = end;
  }

  close(): Replaced {
    this.#tracked.copy(this.#source, this.done, contextEnd(this.#source, this.done));
    const [first = 'escapes'] = [...this.#counts].sort(([, a], [, b]) => b - a)[0] ?? [];
    return { encoding: first, tracked: this.#tracked, veiled: this.#veiled };
  }
}

const PLAIN = /[A-Za-z0-9]/;

/** Where the surroundings of something at `start` begin: before a word, unless it is very long. */
export function contextStart(source: string, start: number): number {
  let at = Math.max(0, start - CONTEXT);
  const stop = Math.max(0, start - MAX_CONTEXT);
  while (at > stop && isVisible(source, at - 1) && isVisible(source, at)) at--;
  return isBetweenHalves(source, at) ? at + 1 : at;
}

/** Where the surroundings of something that ends at `end` end. */
export function contextEnd(source: string, end: number): number {
  let at = Math.min(source.length, end + CONTEXT);
  const stop = Math.min(source.length, end + MAX_CONTEXT);
  while (at < stop && isVisible(source, at - 1) && isVisible(source, at)) at++;
  return isBetweenHalves(source, at) ? at - 1 : at;
}

function isVisible(source: string, at: number): boolean {
  const unit = source.charCodeAt(at);
  return unit !== 0x20 && unit !== 0x0a;
}

function isBetweenHalves(source: string, at: number): boolean {
  const unit = source.charCodeAt(at);
  const before = source.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
}
