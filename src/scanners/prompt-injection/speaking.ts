/** Goes through a text sentence by sentence and tells which of them speak, in the text as it stands or in what it encodes. */
import type { Span } from '../../domain/finding.ts';
import { NGRAM_REACH } from '../linear/ngrams.ts';
import { CUT_MARGIN, cutBefore, readingOf, undecidedRunFrom, type Layer } from '../reading/reading.ts';
import { WINDOWS, type Window } from './calibration.ts';
import { evidenceOf, lookedAt, type Earlier, type Evidence, type Looked, type Standard } from './evidence.ts';
import { MAX_MATCH } from './rule.ts';
import { endOfSentence } from './sentences.ts';

/** One sentence that speaks, in offsets into the text as it was given. */
export interface Speaking {
  readonly start: number;
  readonly end: number;
  readonly evidence: readonly Found[];
}

export interface Found {
  readonly evidence: Evidence;
  readonly layer: Layer;
}

export interface Passage {
  readonly speaking: readonly Speaking[];
  /** Where the first sentence begins that more text could still change; the text's end where `isWhole`. */
  readonly decided: number;
  /** What is to be known of the text when it goes on from there. */
  readonly known: Known;
}

/** What was learned of a text up to the place that is decided. */
export interface Known {
  /** Where a text may begin that tells from there on what this one and all before it tell. */
  readonly needed: number;
  /** For such a text: before this place nothing is encoded that reaches to what follows. */
  readonly clear: number;
  /** For such a text. */
  readonly earlier: Earlier | null;
}

export const NOTHING: Known = { needed: 0, clear: 0, earlier: null };

/** A layer that is ready to be looked at. */
interface Open {
  readonly layer: Layer;
  readonly looked: Looked;
  /** Where it stands in the text as it was given. */
  readonly span: Span;
  /** Where a place of the text as it was given stands in the layer. */
  readonly at: (raw: number) => number;
}

/** Looks at `text` from `from` on; where it is not whole, as far as more text could change nothing. */
export function speakingIn(
  text: string,
  from: number,
  isWhole: boolean,
  standard: Standard,
  { clear, earlier }: Omit<Known, 'needed'> = NOTHING,
): Passage {
  const ends = endsOfSentences(text, from, isWhole, clear);
  const last = ends.at(-1);
  if (last === undefined) return { speaking: [], decided: from, known: NOTHING };
  const { plain, decoded, signals } = readingOf(text, clear);
  const passage = { start: from, end: last };
  const whole = opened(plain, passage, standard, earlier);
  const hidden = decoded
    .filter((layer) => layer.text !== '' && spanOf(layer).end > from)
    .map((layer) => opened(layer, passage, standard));
  const near = nearEach(hidden);
  const unreadIn = firstIn(signals.flatMap(({ kind, start: at }) => (kind === 'unread' ? [at] : [])));
  const speaking: Speaking[] = [];
  let start = from;
  for (const end of ends) {
    const evidence = spoken(whole, start, end, standard);
    for (const layer of near(start, end)) evidence.push(...hiddenIn(layer, start, end, standard));
    const place = unreadIn(start, end);
    if (place !== undefined) evidence.push(unreadFrom(whole, place));
    if (evidence.length > 0) speaking.push({ ...trimmed(text, start, end), evidence });
    start = end;
  }
  return { speaking, decided: last, known: knownOf(text, last, standard, whole, hidden) };
}

/** Gives the layers that stand in each of many stretches, which MUST be asked for from left to right. */
function nearEach(layers: readonly Open[]): (start: number, end: number) => readonly Open[] {
  if (layers.length === 0) return () => layers;
  const inOrder = layers.toSorted((a, b) => a.span.start - b.span.start);
  let next = 0;
  let near: Open[] = [];
  return (start, end) => {
    near = near.filter(({ span }) => span.end > start);
    for (let layer = inOrder[next]; layer && layer.span.start < end; layer = inOrder[++next])
      if (layer.span.end > start) near.push(layer);
    return near;
  };
}

/** Gives the first of some places in each of many stretches, which MUST be asked for from left to right. */
function firstIn(places: number[]): (start: number, end: number) => number | undefined {
  places.sort((a, b) => a - b);
  let next = 0;
  return (start, end) => {
    while ((places[next] ?? Infinity) < start) next++;
    const place = places[next];
    return place !== undefined && place < end ? place : undefined;
  };
}

/** Ready to be looked at between two places of the text as it was given. */
function opened(
  layer: Layer,
  { start, end }: Span,
  standard: Standard,
  earlier: Earlier | null = null,
): Open {
  const { text } = layer;
  const at = positionsIn(layer);
  const part =
    layer.encoding === 'reversed'
      ? { start: 0, end: text.length, firstWindow: 0, earlier }
      : { start: at(start), end: at(end), firstWindow: at(Math.max(0, start - widestOf(standard))), earlier };
  return { layer, looked: lookedAt(standard, text, part), span: spanOf(layer), at };
}

function spanOf(layer: Layer): Span {
  return layer.rawSpan(0, layer.text.length);
}

/** Characters of the widest window that this channel judges. */
function widestOf({ thresholds }: Standard): number {
  const windows = Object.keys(thresholds) as Window[];
  return Math.max(0, ...windows.map((window) => WINDOWS[window]));
}

/**
 * Needed is nothing before a place where nothing is under way, as far before `decided` as windows, rules and n-grams reach;
 * all of the text while something is encoded that reaches up to `decided`, for that may yet be decoded with what follows.
 */
function knownOf(
  text: string,
  decided: number,
  standard: Standard,
  { at, looked }: Open,
  hidden: readonly Open[],
): Known {
  const end = at(decided);
  const all = { needed: 0, clear: 0, earlier: { looked, end, shift: 0 } };
  if (hidden.some(({ span }) => span.end >= decided)) return all;
  const widest = widestOf(standard);
  const cut = cutBefore(text, decided - Math.max(widest, MAX_MATCH) - NGRAM_REACH - CUT_MARGIN);
  if (cut <= 0) return all;
  // The text as it reads may be shorter than as it was given.
  const begin = at(cut);
  const isEnough = end - begin >= MAX_MATCH + NGRAM_REACH && at(decided - widest) - begin >= NGRAM_REACH;
  if (!isEnough) return all;
  const clear = Math.max(cut, cutBefore(text, decided - CUT_MARGIN));
  return { needed: cut, clear: clear - cut, earlier: { looked, end, shift: begin } };
}

/** What speaks in the part of a layer that stands between two places of the text as it was given. */
function spoken({ layer, looked, at }: Open, start: number, end: number, standard: Standard): Found[] {
  const begins = at(start);
  const to = at(end);
  if (begins >= to) return [];
  const starts = {
    sentence: begins,
    paragraph: at(Math.max(0, end - WINDOWS.paragraph)),
    page: at(Math.max(0, end - WINDOWS.page)),
  };
  return evidenceOf(looked, begins, to, standard, starts).map((evidence) => ({ evidence, layer }));
}

/** As sure as it has to be: nobody knows what is said there. */
const UNREAD_CONFIDENCE = 0.5;

function unreadFrom({ layer, at }: Open, place: number): Found {
  const start = at(place);
  const evidence: Evidence = {
    source: 'limit',
    kind: 'UNREAD_ENCODING',
    confidence: UNREAD_CONFIDENCE,
    start,
    end: start + 1,
  };
  return { evidence, layer };
}

function hiddenIn(open: Open, start: number, end: number, standard: Standard): readonly Found[] {
  const found =
    open.layer.encoding === 'reversed' ? backwards(open, end, standard) : spoken(open, start, end, standard);
  return found.map((each) => ({ ...each, evidence: { ...each.evidence, kind: 'HIDDEN_INSTRUCTION' } }));
}

/** What is read from its end speaks where it ends. */
function backwards({ layer, looked, span }: Open, end: number, standard: Standard): readonly Found[] {
  if (span.end > end) return [];
  const to = layer.text.length;
  const starts = {
    sentence: 0,
    paragraph: Math.max(0, to - WINDOWS.paragraph),
    page: Math.max(0, to - WINDOWS.page),
  };
  return evidenceOf(looked, 0, to, standard, starts).map((evidence) => ({ evidence, layer }));
}

/** Where text that may still grow is decided. */
export function decidedIn(text: string, from: number, clear: number): number {
  return endsOfSentences(text, from, false, clear).at(-1) ?? from;
}

/** Ends of the sentences that are decided. */
export function endsOfSentences(text: string, from: number, isWhole: boolean, clear = 0): readonly number[] {
  const ends: number[] = [];
  for (let end = endOfSentence(text, from); end !== null; end = endOfSentence(text, end)) ends.push(end);
  if (isWhole) {
    if ((ends.at(-1) ?? from) < text.length) ends.push(text.length);
    return ends;
  }
  if (ends.length === 0) return ends;
  const undecided = undecidedRunFrom(text, from, 'all', 0, clear);
  return ends.filter((end) => end <= undecided);
}

/**
 * Where places of the text as it was given stand in a layer that keeps its order. They are mostly as far apart as in the
 * text, so the last one's distance is tried before it is searched for.
 */
function positionsIn(layer: Layer): (raw: number) => number {
  const { length } = layer.text;
  const startOf = (position: number): number => layer.rawStart(position, position + 1);
  let shift = 0;
  return (raw) => {
    const guess = raw - shift;
    if (guess > 0 && guess < length && startOf(guess) >= raw && startOf(guess - 1) < raw) return guess;
    // The first guess is mostly near, so the search widens from there.
    let low = Math.min(Math.max(0, guess), length);
    let high = low;
    for (let step = 8; low > 0 && startOf(low - 1) >= raw; step *= 4) {
      high = low - 1;
      low = Math.max(0, low - step);
    }
    for (let step = 8; high < length && startOf(high) < raw; step *= 4) {
      low = high + 1;
      high = Math.min(length, high + step);
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (startOf(middle) < raw) low = middle + 1;
      else high = middle;
    }
    shift = raw - low;
    return low;
  };
}

function trimmed(text: string, start: number, end: number): Span {
  let first = start;
  let last = end;
  while (first < last && isSpace(text.charCodeAt(first))) first++;
  while (last > first && isSpace(text.charCodeAt(last - 1))) last--;
  return first === last ? { start, end } : { start: first, end: last };
}

function isSpace(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || code === 0x3000;
}
