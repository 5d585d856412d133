/** Everything that is encoded in one layer. */
import type { Span } from '../../domain/finding.ts';
import { decodeBase64 } from './base64.ts';
import { decodeReversed, decodeRot13 } from './disguises.ts';
import { escapeSequences } from './escapes.ts';
import { decodeHexPairs, decodeHexRuns } from './hexadecimal.ts';
import {
  HINT_ESCAPES,
  HINT_HEX,
  HINT_LEET,
  HINT_REVERSED,
  HINT_ROT13,
  HINT_SPACED,
  type Hints,
  type Telltale,
} from './hints.ts';
import type { DecodedRun } from './bytes.ts';
import type { CasedLayer } from './cased-layer.ts';
import { leetLetters } from './leet.ts';
import { CONTEXT, MAX_DEPTH } from './limits.ts';
import type { OffsetMap, TracedText } from './offset-map.ts';
import type { LayerEncoding, Signal } from './layer.ts';
import { replaced, type Replacement } from './replacements.ts';
import { spacedLetters } from './spaced.ts';

export interface Decoded {
  readonly encoding: LayerEncoding;
  readonly text: string;
  /** To the layer it was decoded from. */
  readonly map: OffsetMap;
  /** Where only parts of the text were decoded: which. */
  readonly parts: TracedText | null;
  /** In the layer it was decoded from. */
  readonly signals: readonly Signal[];
}

/** What was copied into the layer is passed over: it has been read where it came from. So no text is decoded twice. */
export function* decode(layer: CasedLayer, hints: Hints): Generator<Decoded> {
  const { cased } = layer;
  const isRead = (start: number, end: number): boolean => layer.isCopied(start, end);
  if (hints.runs.length > 0) {
    yield* wholes(layer, 'base64', decodeBase64(cased, hints.runs, isRead));
    yield* wholes(layer, 'hex', decodeHexRuns(cased, hints.runs, isRead));
  }
  if (hints.flags & HINT_HEX) yield* wholes(layer, 'hex', decodeHexPairs(cased));
  const parts = replacements(layer, hints);
  const { here, kept } = telltalesOf(layer, hints, parts);
  for (const { encoding, tracked, signals } of replaced(
    cased,
    kept.length === 0 ? parts : inOrder<Replacement | Span>(parts, kept),
  ))
    yield { encoding, text: tracked.text, map: tracked, parts: tracked, signals };
  yield* disguises(layer, here);
}

function* wholes(
  layer: CasedLayer,
  encoding: LayerEncoding,
  found: Iterable<DecodedRun>,
): Generator<Decoded> {
  for (const { tracked: map, isCut } of found) {
    const { start, end } = map.span(0, map.length);
    if (layer.isCopied(start, end)) continue;
    const signals: Signal[] = [{ kind: 'encoded', start, end }];
    if (isCut) signals.push({ kind: 'unread', start: end, end: end + 1 });
    yield { encoding, text: map.text, map, parts: null, signals };
  }
}

/** Where runs of bytes begin that say something, in a layer that is too deep to be read further. */
export function* unreadIn(layer: CasedLayer, { runs }: Hints): Generator<Signal> {
  if (runs.length === 0) return;
  const { cased } = layer;
  const isRead = (start: number, end: number): boolean => layer.isCopied(start, end);
  for (const found of [decodeBase64(cased, runs, isRead), decodeHexRuns(cased, runs, isRead)])
    for (const { tracked } of found) {
      const { start, end } = tracked.span(0, tracked.length);
      if (!layer.isCopied(start, end)) yield { kind: 'unread', start, end: start + 1 };
    }
}

/** All in one layer, for a sentence may be hidden in several ways at once. In order; where two overlap, the first counts. */
function replacements(layer: CasedLayer, { flags, mixed }: Hints): readonly Replacement[] {
  const { cased } = layer;
  const kinds: (readonly Replacement[])[] = [];
  if (flags & HINT_ESCAPES) kinds.push(escapeSequences(cased));
  if (flags & HINT_SPACED) kinds.push(spacedLetters(cased, (at) => layer.hasGap(at)));
  if (flags & HINT_LEET) kinds.push(leetLetters(cased, mixed));
  if (kinds.length <= 1) return kinds[0] ?? [];
  const all = kinds.reduce(inOrder);
  let done = 0;
  return all.filter(({ start, end }) => {
    if (start < done) return false;
    done = end;
    return true;
  });
}

/** Words in disguise that have not been read before: those that are read here, and those left to the layer decoded next. */
interface Telltales {
  readonly here: readonly Telltale[];
  readonly kept: readonly Telltale[];
}

const NO_TELLTALES: Telltales = { here: [], kept: [] };

/**
 * Behind an escape a word stands in the layer without it as it does here, and its surroundings read better there. Read at
 * every depth, a text with escapes in escapes all over would be read backwards three times. What is kept is told by what
 * stands before it, so that a text that still grows is read as the whole will be.
 */
function telltalesOf(layer: CasedLayer, { telltales }: Hints, parts: readonly Replacement[]): Telltales {
  if (telltales.length === 0) return NO_TELLTALES;
  const { cased, depth } = layer;
  const here: Telltale[] = [];
  const kept: Telltale[] = [];
  const isNextRead = depth + 1 < MAX_DEPTH;
  let next = 0;
  let lastEscape = -Infinity;
  let lastKept = -Infinity;
  for (const telltale of telltales) {
    const { start, end } = telltale;
    if (layer.isCopied(Math.max(0, start - CONTEXT), Math.min(cased.length, end + CONTEXT))) continue;
    for (let part = parts[next]; part && part.start < start; part = parts[++next])
      if (part.isEscape) lastEscape = part.end;
    const isBehind = start - lastEscape < CONTEXT || start - lastKept <= 2 * CONTEXT;
    if (isNextRead && isBehind && standsApart(cased, start, end)) {
      lastKept = end;
      kept.push(telltale);
    } else here.push(telltale);
  }
  return { here, kept };
}

function standsApart(text: string, start: number, end: number): boolean {
  return isSpace(text.charCodeAt(start - 1)) && (end === text.length || isSpace(text.charCodeAt(end)));
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a;
}

/** Two lists in order as one; where one of each begins at the same place, the first one's comes first. */
function inOrder<S extends Span>(first: readonly S[], second: readonly S[]): readonly S[] {
  if (first.length === 0) return second;
  const all: S[] = [];
  let next = 0;
  for (const one of first) {
    for (let other = second[next]; other && other.start < one.start; other = second[++next]) all.push(other);
    all.push(one);
  }
  for (let other = second[next]; other; other = second[++next]) all.push(other);
  return all;
}

function* disguises(layer: CasedLayer, fresh: readonly Telltale[]): Generator<Decoded> {
  if (fresh.length === 0) return;
  const rot13 = fresh.filter(({ hint }) => hint === HINT_ROT13);
  for (const { text, map, veiled } of decodeRot13(layer.cased, rot13))
    yield { encoding: 'rot13', text, map, parts: null, signals: [{ kind: 'encoded', ...veiled }] };
  const reversed = fresh.filter(({ hint }) => hint === HINT_REVERSED);
  for (const { text, map, veiled } of decodeReversed(layer.cased, reversed))
    yield { encoding: 'reversed', text, map, parts: null, signals: [{ kind: 'encoded', ...veiled }] };
}
