/** A text in which parts are replaced by what they stand for, cut to these parts and the text around them. */
import type { Span } from '../../domain/finding.ts';
import { CONTEXT, MAX_CONTEXT } from './limits.ts';
import { TracedText } from './offset-map.ts';
import type { LayerEncoding, Signal } from './layer.ts';

export interface Replacement {
  readonly encoding: LayerEncoding;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether what stands here depends on nothing around it. */
  readonly isEscape?: true;
}

export interface Replaced {
  /** Of the first part: what follows in a growing text must not change it. */
  readonly encoding: LayerEncoding;
  readonly tracked: TracedText;
  /** What was hidden: from the first to the last letter or digit that needed no encoding. */
  readonly signals: readonly Signal[];
}

/**
 * Parts whose surroundings meet share a text. `parts` stand in order, and none overlaps another. A span by itself stays as it is
 * to be read in the text with its surroundings; it MUST stand near a replacement before it, or near another such span.
 */
export function* replaced(source: string, parts: Iterable<Replacement | Span>): Generator<Replaced> {
  let open: Region | null = null;
  for (const part of parts) {
    if (open && part.start - open.done > 2 * CONTEXT) {
      yield open.close();
      open = null;
    }
    if ('text' in part) {
      open ??= new Region(source, part);
      open.add(part);
    } else open?.keep(part);
  }
  if (open) yield open.close();
}

class Region {
  readonly #source: string;
  readonly #tracked = new TracedText();
  readonly #encoding: LayerEncoding;
  readonly #signals = new Map<Signal['kind'], Signal>();
  /** What stands before here has been dealt with. */
  done: number;

  constructor(source: string, { start, encoding }: Replacement) {
    this.#source = source;
    this.#encoding = encoding;
    this.done = contextStart(source, start);
  }

  add({ start, end, text, encoding }: Replacement): void {
    this.#tracked.copy(this.#source, this.done, start);
    this.#tracked.put(text, start, end);
    if (encoding === 'spaced' || PLAIN.test(text)) {
      const kind = encoding === 'spaced' || encoding === 'leet' ? encoding : 'encoded';
      this.#signals.set(kind, { kind, start: this.#signals.get(kind)?.start ?? start, end });
    }
    this.done = end;
  }

  keep({ start, end }: Span): void {
    this.#tracked.copy(this.#source, this.done, start);
    this.#tracked.keep(this.#source, start, end);
    this.done = end;
  }

  close(): Replaced {
    this.#tracked.copy(this.#source, this.done, contextEnd(this.#source, this.done));
    return {
      encoding: this.#encoding,
      tracked: this.#tracked,
      signals: [...this.#signals.values()],
    };
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
