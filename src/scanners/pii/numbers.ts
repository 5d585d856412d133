/** Numbers of the tables: read once, looked up by how they are written, checked, and weighed by the words before and behind them. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { CONTEXT, contextBefore, isAdverse, isOutdone, nearest, type Context } from './context.ts';
import type { NumberKind } from './number-kind.ts';
import { MAX_RUN, writtenAt } from './number-run.ts';
import { OTHER_NUMBERS } from './numbers-elsewhere.ts';
import { EUROPEAN_NUMBERS } from './numbers-europe.ts';
import { US_NUMBERS } from './numbers-us.ts';
import { VAT_NUMBERS } from './numbers-vat.ts';
import { BEHIND, contextBehind } from './words-behind.ts';

/** In the order in which they win where two are equally sure: the more specific first. */
export const TABLE: readonly NumberKind[] = [
  ...VAT_NUMBERS,
  ...EUROPEAN_NUMBERS,
  ...OTHER_NUMBERS,
  ...US_NUMBERS,
];

const START = /(?<![A-Za-z0-9_])(?:[A-Za-z]{1,6}|[A-Z]{1,4}[ \u00a0-][A-Z]?)?\d/g;
/** A price, a signed or longer number, a part of a name. */
const BEFORE = /[$€£¥₹@+&]$|[A-Za-z0-9_][./+\u2010-\u2013-]$/;
const AFTER_DIGIT_AND_SPACE = /\d[ \u00a0\u2009\u202f]$/;
const BARE = /^\d+$/;
/** What bare digits lose where the nearest word is another kind's. */
const OUTDONE = 0.25;
/** Where nothing can be checked, the word must stand close. */
const CLOSE = 36;

/** The numbers of the kinds that are asked for; null where none is. */
export function numbers(asked: ReadonlySet<string>): Finder | null {
  const bySignature = new Map<string, NumberKind[]>();
  for (const row of TABLE) {
    if (!asked.has(row.kind)) continue;
    for (const signature of Object.keys(row.written))
      bySignature.set(signature, [...(bySignature.get(signature) ?? []), row]);
  }
  if (bySignature.size === 0) return null;
  return {
    decision: MAX_RUN + 2 + BEHIND,
    find(text, from, until) {
      const found: Sighting[] = [];
      START.lastIndex = from;
      for (let match = START.exec(text); match && match.index < until; match = START.exec(text)) {
        const sighting = numberAt(text, match.index, bySignature);
        if (sighting) found.push(sighting);
        START.lastIndex = match.index + 1;
      }
      return found;
    },
  };
}

function numberAt(
  text: string,
  start: number,
  bySignature: ReadonlyMap<string, readonly NumberKind[]>,
): Sighting | null {
  const before = text.slice(Math.max(0, start - 2), start);
  if (BEFORE.test(before)) return null;
  const isInRun = AFTER_DIGIT_AND_SPACE.test(before);
  let best: Sighting | null = null;
  let context: Context | null = null;
  for (const { compact, signature, end } of writtenAt(text, start)) {
    const rows = bySignature.get(signature);
    let behind: Context | null | undefined;
    if (!rows || (isInRun && signature.includes(' '))) continue;
    for (const row of rows) {
      if (!row.form.test(compact) || (row.check && !row.check(compact))) continue;
      context ??= contextBefore(text, start);
      behind = behind === undefined ? contextBehind(text, end) : behind;
      const confidence = confidenceOf(
        row,
        row.written[signature] ?? 0,
        BARE.test(text.slice(start, end)),
        nearest(context, behind),
      );
      if (confidence > (best?.confidence ?? 0)) best = { start, end, kind: row.kind, confidence };
    }
  }
  return best;
}

/** A word of its kind makes it sure, the nearer the surer; a word against it makes bare digits nobody's. */
function confidenceOf(row: NumberKind, alone: number, isBare: boolean, context: Context): number {
  const distance = context.get(row.kind);
  const within = row.check || alone > 0 ? CONTEXT : CLOSE;
  if (distance !== undefined && distance <= within && !isAdverse(context, distance)) {
    const sure =
      (row.check || alone >= 0.5 ? 0.95 : 0.85) -
      (0.2 * distance) / CONTEXT -
      (isBare && isOutdone(context, row.kind, distance) ? OUTDONE : 0);
    return Math.max(alone, Math.round(sure * 100) / 100);
  }
  return (isBare || alone < 0.5) && isAdverse(context, Infinity) ? Math.min(alone, 0.1) : alone;
}
