/** A stretch of time, as an address keeps it: the last so long, or from here to there. */
import type { SearchParams } from './search-params.ts';

export type TimeRange =
  | { readonly kind: 'last'; readonly span: Span }
  | { readonly kind: 'between'; readonly fromMs: number; readonly toMs: number };

const HOUR_MS = 3_600_000;
export const SPANS = {
  '1h': { title: 'Last hour', ms: HOUR_MS },
  '24h': { title: 'Last 24 hours', ms: 24 * HOUR_MS },
  '7d': { title: 'Last 7 days', ms: 7 * 24 * HOUR_MS },
  '30d': { title: 'Last 30 days', ms: 30 * 24 * HOUR_MS },
  '90d': { title: 'Last 90 days', ms: 90 * 24 * HOUR_MS },
} as const;

export type Span = keyof typeof SPANS;
export const SPAN_NAMES = Object.keys(SPANS) as Span[];

/** Reads `last`, or `from` and `to`. */
export function rangeIn(search: SearchParams, otherwise: Span = '24h'): TimeRange {
  const fromMs = Number(search['from'] ?? Number.NaN);
  const toMs = Number(search['to'] ?? Number.NaN);
  if (Number.isFinite(fromMs) && Number.isFinite(toMs) && fromMs < toMs)
    return { kind: 'between', fromMs, toMs };
  return { kind: 'last', span: SPAN_NAMES.find((name) => name === search['last']) ?? otherwise };
}

export function searchOf(range: TimeRange): SearchParams {
  return range.kind === 'last'
    ? { last: range.span, from: undefined, to: undefined }
    : { last: undefined, from: String(range.fromMs), to: String(range.toMs) };
}

/** The range in milliseconds. What is still running ends with the current minute, so that asking twice asks the same. */
export function boundsOf(range: TimeRange, nowMs: number = Date.now()): { fromMs: number; toMs: number } {
  if (range.kind === 'between') return { fromMs: range.fromMs, toMs: range.toMs };
  const toMs = Math.ceil(nowMs / 60_000) * 60_000;
  return { fromMs: toMs - SPANS[range.span].ms, toMs };
}
