/** What guardrails' scanners ask others for the sake of one request: how they may ask, and what the record says of it. */
import type { Application } from '../domain/application.ts';
import type { Direction } from '../domain/document.ts';
import type { Authentication } from '../domain/principal.ts';
import type { RecordedInquiry } from '../domain/record.ts';
import type { RequestContext } from '../modules/policy/policy.ts';
import type { Inquirer, Inquiry } from '../modules/scanning/scanner.ts';
import { askModel } from './ask-model.ts';
import type { House, Snapshot } from './house.ts';

/** The record of the request for whose sake something is asked. */
interface Recorded {
  readonly id: string;
  readonly inquiries: Inquiries;
}

/** A class, so that a request in which nobody asks anything pays for no closures. */
export class RequestInquirer implements Inquirer {
  readonly house: House;
  readonly snapshot: Snapshot;
  readonly requestId: string;
  readonly authentication: Authentication;
  readonly application: Application;
  readonly #inquiries: Inquiries;
  readonly #context: RequestContext;
  #labels: ReadonlySet<string> | undefined;

  constructor(
    house: House,
    snapshot: Snapshot,
    { id, inquiries }: Recorded,
    authentication: Authentication,
    application: Application,
    context: RequestContext,
  ) {
    this.house = house;
    this.snapshot = snapshot;
    this.requestId = id;
    this.authentication = authentication;
    this.application = application;
    this.#inquiries = inquiries;
    this.#context = context;
  }

  /** What the request was found to hold; an answer's scanners ask with it. */
  labelled(labels: ReadonlySet<string>): void {
    this.#labels = labels;
  }

  contextWith(labels: ReadonlySet<string>): RequestContext {
    return { ...this.#context, labels: this.#labels ? this.#labels.union(labels) : labels };
  }

  inquiry(guardrail: string, direction: Direction, labels: () => ReadonlySet<string>): Inquiry {
    const inquiries = this.#inquiries;
    return {
      application: this.application.id,
      ask: (question, signal) =>
        askModel(
          this,
          guardrail,
          question,
          this.contextWith(labels()),
          signal,
          inquiries.begin(guardrail, direction),
        ),
      took: (result, durationMs) => inquiries.add(guardrail, direction, { result }, durationMs),
    };
  }
}

/** What an inquiry came to. */
export type InquiryEnd = Omit<
  RecordedInquiry,
  'guardrail' | 'direction' | 'count' | 'durationMs' | 'longestMs'
>;

interface Open {
  readonly guardrail: string;
  readonly direction: Direction;
  readonly startedMs: number;
}

/** What the record says of them. Sums alike inquiries, so that a long text makes no long entry. */
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
    addTo((this.#sums ??= new Map()), { guardrail, direction, ...end }, tookMs);
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
  const { guardrail, direction, configuredModel, provider, providerModel, result } = of;
  const key = JSON.stringify([guardrail, direction, configuredModel, provider, providerModel, result]);
  const before = sums.get(key);
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
