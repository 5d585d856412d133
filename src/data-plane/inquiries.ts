/** What the record says of what guardrails' scanners asked others for the sake of one request. */
import type { Direction } from '../domain/document.ts';
import type { RecordedInquiry } from '../domain/record.ts';

/** What an inquiry came to. */
export type InquiryEnd = Omit<
  RecordedInquiry,
  'guardrail' | 'direction' | 'count' | 'durationMs' | 'longestMs'
>;

/** Lines that one entry lists; what is more is summed in one, so that no entry grows too long to be written. */
const MAX_LINES = 50;
const OTHERS = '(others)';

interface Open {
  readonly guardrail: string;
  readonly direction: Direction;
  readonly startedMs: number;
}

/** Sums alike inquiries, so that a long text makes no long entry. */
export class Inquiries {
  #sums: Map<string, RecordedInquiry> | undefined;
  #open: Set<Open> | undefined;

  /** MUST be ended once with what came of it. */
  begin(guardrail: string, direction: Direction): (end: InquiryEnd) => void {
    const open: Open = { guardrail, direction, startedMs: performance.now() };
    const all = (this.#open ??= new Set());
    all.add(open);
    return (end) => {
      all.delete(open);
      this.add(guardrail, direction, end, performance.now() - open.startedMs);
    };
  }

  add(guardrail: string, direction: Direction, end: InquiryEnd, tookMs: number): void {
    addTo((this.#sums ??= new Map<string, RecordedInquiry>()), { guardrail, direction, ...end }, tookMs);
  }

  /** Undefined where nothing was asked. */
  recorded(): readonly RecordedInquiry[] | undefined {
    if (!this.#sums && !this.#open) return undefined;
    const sums = new Map(this.#sums);
    for (const { guardrail, direction, startedMs } of this.#open ?? [])
      addTo(sums, { guardrail, direction, result: 'unfinished' }, performance.now() - startedMs);
    return [...sums.values()];
  }
}

function addTo(
  sums: Map<string, RecordedInquiry>,
  of: Omit<RecordedInquiry, 'count' | 'durationMs' | 'longestMs'>,
  tookMs: number,
): void {
  const { configuredModel, provider, providerModel, ...facts } = of;
  const { guardrail, direction, result } = facts;
  const key = JSON.stringify([guardrail, direction, configuredModel, provider, providerModel, result]);
  const before = sums.get(key);
  if (!before && sums.size >= MAX_LINES && guardrail !== OTHERS) {
    addTo(sums, { ...facts, guardrail: OTHERS, result: OTHERS }, tookMs);
    return;
  }
  const durationMs = Math.round(tookMs * 100) / 100;
  sums.set(key, {
    ...of,
    count: (before?.count ?? 0) + 1,
    durationMs: Math.round(((before?.durationMs ?? 0) + durationMs) * 100) / 100,
    longestMs: Math.max(before?.longestMs ?? 0, durationMs),
    ...sum('attempts', of, before),
    ...sum('inputTokens', of, before),
    ...sum('outputTokens', of, before),
    ...sum('costMicros', of, before),
  });
}

type Summed = 'attempts' | 'inputTokens' | 'outputTokens' | 'costMicros';

function sum(name: Summed, one: Pick<RecordedInquiry, Summed>, other: RecordedInquiry | undefined) {
  const total = (one[name] ?? 0) + (other?.[name] ?? 0);
  return one[name] === undefined && other?.[name] === undefined ? {} : { [name]: total };
}
