/** Normalizes a text: compatibility forms, invisible characters, white space; with the way back to where it all stood. */
import { codePointIn } from '../../base/code-point.ts';
import {
  BIDI,
  BREAK,
  changed,
  CHANGED,
  classOf,
  CONFUSABLE,
  CONTROL,
  KEPT,
  MARK,
  SPACE,
  SURROGATE,
  TAG,
  VARIATION,
  ZERO_WIDTH,
} from './character-class.ts';
import { foldConfusables } from './fold-confusables.ts';
import { hiddenText, type Hidden } from './hidden-text.ts';
import { type OffsetMap, TracedText } from './offset-map.ts';
import type { Signal } from './layer.ts';

export interface Normalized {
  /** Normalized but for its case, which encodings need. As long as `text`. */
  readonly cased: string;
  readonly text: string;
  /** `cased` before look-alikes were folded. */
  readonly unfolded: string;
  /** Null where nothing moved. */
  readonly map: OffsetMap | null;
  readonly signals: readonly Signal[];
  readonly hidden: readonly Hidden[];
}

/** As far as it is looked ahead for a line break among white space, and how many invisible characters hide in a word. */
export const MAX_GAP = 64;
/** More marks on one letter are dropped: nobody writes so. */
const MAX_MARKS = 30;
const NEEDS_WORK = /[^\n -~]|[\n ][\n ]/;
/** Marks of no script of their own that melt into no letter: reading does without them. */
const LOOSE_MARKS = /[\p{M}&&\p{Script=Inherited}]/gv;

export function normalize(source: string): Normalized {
  if (!NEEDS_WORK.test(source))
    return {
      cased: source,
      text: source.toLowerCase(),
      unfolded: source,
      map: null,
      signals: [],
      hidden: [],
    };
  const pass = new Pass(source);
  pass.run();
  const { tracked, signals, hidden } = pass;
  const cased = pass.hasConfusables ? foldConfusables(tracked, signals) : tracked.text;
  signals.sort((a, b) => a.start - b.start);
  return { cased, text: lowerCase(cased), unfolded: tracked.text, map: tracked, signals, hidden };
}

/** Lower case of the same length. */
function lowerCase(cased: string): string {
  const lower = cased.toLowerCase();
  // Lower case of a capital sigma depends on what follows it.
  if (lower.length === cased.length) return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
  let text = '';
  for (const character of cased) {
    const one = character.toLowerCase();
    text += one.length === character.length ? one : character;
  }
  return text.replaceAll('ς', 'σ');
}

class Pass {
  readonly tracked = new TracedText();
  readonly signals: Signal[] = [];
  readonly hidden: Hidden[] = [];
  hasConfusables = false;
  readonly #source: string;
  /** What stands before here is in `tracked`. */
  #done = 0;
  #endsInSpace = false;

  constructor(source: string) {
    this.#source = source;
  }

  run(): void {
    const source = this.#source;
    let at = 0;
    while (at < source.length) {
      const unit = source.charCodeAt(at);
      // What most texts are made of.
      if (unit > 0x20 && unit < 0x7f) {
        this.#endsInSpace = false;
        at++;
        continue;
      }
      at = this.#step(at, unit);
    }
    this.#flush(source.length);
  }

  /** Gives where it goes on. */
  #step(at: number, unit: number): number {
    const kind = classOf(unit);
    switch (kind) {
      case SURROGATE:
        return this.#astral(at);
      case SPACE:
      case BREAK:
        return this.#space(at, unit, kind);
      case CONTROL:
        this.#flush(at);
        this.#done = at + 1;
        return at + 1;
      case ZERO_WIDTH:
      case BIDI:
      case VARIATION:
        return this.#invisible(at);
      case MARK:
        return this.#marked(this.#startOfPrevious(at), at);
      case CHANGED:
        return this.#piece(at, at + 1);
      case CONFUSABLE:
        this.hasConfusables = true;
        break;
      default:
    }
    this.#endsInSpace = false;
    return at + 1;
  }

  #astral(at: number): number {
    const point = codePointIn(this.#source, at) ?? 0;
    if (point < 0x10000) {
      this.#endsInSpace = false;
      return at + 1;
    }
    const kind = classOf(point);
    if (kind === TAG || kind === VARIATION) return this.#invisible(at);
    if (kind === MARK) return this.#marked(this.#startOfPrevious(at), at);
    if (kind === CHANGED) return this.#piece(at, at + 2);
    // Both units stand for the pair, so that no span splits it.
    this.#flush(at);
    this.#put(this.#source.slice(at, at + 2), at, at + 2);
    return at + 2;
  }

  #space(at: number, unit: number, kind: number): number {
    if (this.#endsInSpace) {
      this.#flush(at);
      this.#done = at + 1;
      return at + 1;
    }
    const isBreak = kind === BREAK || this.#breakFollows(at + 1);
    if (unit !== (isBreak ? 0x0a : 0x20)) {
      this.#flush(at);
      this.#put(isBreak ? '\n' : ' ', at, at + 1);
    }
    this.#endsInSpace = true;
    return at + 1;
  }

  #breakFollows(from: number): boolean {
    const stop = Math.min(this.#source.length, from + MAX_GAP);
    for (let at = from; at < stop; at++) {
      const kind = classOf(this.#source.charCodeAt(at));
      if (kind === BREAK) return true;
      if (kind !== SPACE) return false;
    }
    return false;
  }

  /** A run of what is not seen, whatever its sorts. */
  #invisible(start: number): number {
    this.#flush(start);
    let end = start;
    while (end < this.#source.length) {
      const length = invisibleLength(this.#source, end);
      if (length === 0) break;
      end += length;
    }
    hiddenText(this.#source, start, end, this.signals, this.hidden);
    // A gap so long is no trick within a word, and a text must be decided some time.
    if (end - start > MAX_GAP && !this.#endsInSpace) {
      const cut = start + MAX_GAP;
      const isInPair = isLow(this.#source.charCodeAt(cut));
      this.#put(' ', isInPair ? cut - 1 : cut, isInPair ? cut + 1 : cut + 1);
      this.#endsInSpace = true;
    }
    this.#done = end;
    return end;
  }

  /** The letter at `start`, read otherwise, with the marks that follow it. */
  #piece(start: number, end: number): number {
    this.#flush(start);
    return this.#marked(start, end);
  }

  /** A letter and its marks, which begin at `marks`. */
  #marked(start: number, marks: number): number {
    const source = this.#source;
    let end = marks;
    let kept = marks;
    for (let count = 0; end < source.length; count++) {
      const length = markLength(source, end);
      if (length === 0) break;
      end += length;
      if (count < MAX_MARKS) kept = end;
    }
    this.#flush(start);
    const letter = start < marks ? changed(codePointIn(source, start) ?? 0) : '';
    const text =
      kept === marks
        ? letter
        : (letter + source.slice(marks, kept)).normalize('NFC').replace(LOOSE_MARKS, '');
    this.hasConfusables ||= hasConfusable(text);
    this.#put(text, start, end);
    this.#done = end;
    return end;
  }

  /** Where the letter begins that a mark at `at` belongs to: `at` where there is none that has not been dealt with. */
  #startOfPrevious(at: number): number {
    if (at <= this.#done || this.#endsInSpace) return at;
    return at - 1;
  }

  #flush(to: number): void {
    this.tracked.copy(this.#source, this.#done, to);
    this.#done = Math.max(this.#done, to);
  }

  #put(text: string, start: number, end: number): void {
    this.tracked.put(text, start, end);
    this.#done = end;
    if (text !== '') this.#endsInSpace = text === ' ' || text === '\n';
  }
}

function hasConfusable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80 && classOf(unit) === CONFUSABLE) return true;
  }
  return false;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function pointClass(source: string, at: number): number {
  const unit = source.charCodeAt(at);
  if (unit < 0x80) return KEPT;
  const kind = classOf(unit);
  if (kind !== SURROGATE) return kind;
  const point = codePointIn(source, at) ?? 0;
  return point < 0x10000 ? KEPT : classOf(point);
}

function invisibleLength(source: string, at: number): number {
  const kind = pointClass(source, at);
  if (kind !== ZERO_WIDTH && kind !== BIDI && kind !== VARIATION && kind !== TAG) return 0;
  return source.charCodeAt(at) >= 0xd800 && source.charCodeAt(at) <= 0xdbff ? 2 : 1;
}

function markLength(source: string, at: number): number {
  if (pointClass(source, at) !== MARK) return 0;
  return source.charCodeAt(at) >= 0xd800 && source.charCodeAt(at) <= 0xdbff ? 2 : 1;
}
