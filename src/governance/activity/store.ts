/**
 * The ports behind the activity room: the record as it is followed, and the index that is made of it. The index can be thrown
 * away and made again at any time, so nothing is in it that is not in the record.
 */
import type { Direction } from '../../domain/document.ts';
import type { Action } from '../../domain/guardrail.ts';
import type { AuditEntry, Outcome } from '../../domain/record.ts';

/** Grows with every change of what rows hold: an index of an older form is made again. */
export const INDEX_FORM = 2;

/** What rows are found by, beside time, latency and cost. */
export const FIELDS = [
  'application',
  'model',
  'provider',
  'outcome',
  'action',
  'refusal',
  'guardrail',
  'refused_by',
  'rewritten_by',
  'finding',
  'scanner',
  'policy',
  'event',
  'endpoint',
  /** `true` alone. */
  'stream',
  /** `true` alone. */
  'demo',
  /** Ids of subjects' keys: random, and gone with the key. */
  'principal',
] as const;
export type Field = (typeof FIELDS)[number];
export type Term = readonly [field: Field, value: string];

export interface FindingCount {
  readonly guardrail: string;
  readonly scanner: string;
  readonly kind: string;
  readonly direction: Direction;
  readonly count: number;
}

/** What the index keeps of one interaction. No name of a person, and nothing that was said. */
export interface ActivityRow {
  /** Of its first entry. */
  readonly index: number;
  /** Of the entry that told how its stream ended. */
  readonly endIndex?: number;
  readonly id: string;
  readonly atMs: number;
  readonly application?: string;
  readonly requestedModel?: string;
  readonly configuredModel?: string;
  readonly provider?: string;
  readonly providerModel?: string;
  readonly outcome: Outcome;
  readonly action: Action;
  readonly refusal?: string;
  readonly refusedBy?: string;
  readonly rewrittenBy: readonly string[];
  /** That found something, acted or failed. */
  readonly guardrails: readonly string[];
  readonly policies: readonly string[];
  readonly endpoint: string;
  readonly stream: boolean;
  readonly status?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly costMicros?: number;
  readonly totalMs: number;
  readonly timings: Readonly<Record<string, number>>;
  readonly findings: readonly FindingCount[];
  readonly moreFindings: number;
  readonly events: Readonly<Record<string, number>>;
  readonly attempts: readonly (readonly [provider: string, result: string, durationMs: number])[];
  readonly hasContent: boolean;
  readonly isErased: boolean;
  readonly isDemo: boolean;
  /** Id of the principal's key. */
  readonly principal?: string;
}

export interface AdministrationRow {
  readonly index: number;
  readonly id: string;
  readonly atMs: number;
  readonly action: string;
  readonly subject: string;
}

/** What is counted in buckets: rows by each of their terms, latencies by bin, calls to providers, all together. */
export type Dimension = Field | 'all' | 'latency' | 'attempt' | 'attempt_failure' | 'configured_model';

export const COUNTED = [
  'total',
  'refused',
  'rewritten',
  'failed',
  'inputTokens',
  'outputTokens',
  'costMicros',
  'durationMs',
] as const;
/** In the order of `COUNTED`; what is left out at the end is nothing. */
export type Numbers = readonly number[];

/**
 * What an overview shows: counted with all numbers, and named by the configuration, so that a bucket holds few. Of the rest,
 * which clients may name as they please, the total alone is counted.
 */
export const SUMMED: ReadonlySet<Dimension> = new Set<Dimension>([
  'all',
  'latency',
  'attempt',
  'attempt_failure',
  'configured_model',
  'application',
  'outcome',
  'refusal',
  'refused_by',
  'rewritten_by',
  'finding',
]);

export type Level = 'minute' | 'hour' | 'day';
export const LEVEL_MS: Readonly<Record<Level, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** What is to be added; counts of minutes are kept for `MINUTES_KEPT_MS`. */
export interface CountDelta {
  readonly level: Level;
  readonly bucketMs: number;
  /** Null: all applications, those without one included. */
  readonly application: string | null;
  readonly dimension: Dimension;
  readonly name: string;
  /** Of what is not `SUMMED` the total alone. */
  readonly numbers: Numbers;
}

export const MINUTES_KEPT_MS = 3 * 24 * 3_600_000;

export interface RowChange {
  readonly before?: ActivityRow;
  readonly after?: ActivityRow;
  readonly removedTerms: readonly Term[];
  readonly addedTerms: readonly Term[];
}

export interface IndexChange {
  readonly rows: readonly RowChange[];
  readonly counts: readonly CountDelta[];
  readonly administration: readonly AdministrationRow[];
  /** Indexes of entries, both inclusive, of which no administrative act is to stay. */
  readonly removedAdministration: readonly (readonly [number, number])[];
}

export interface IndexState {
  /** Entries before it are in the index. */
  readonly position: number;
  /** Until the index has come so far again, it is incomplete. */
  readonly rebuildUntil: number;
  /** When it last had everything that was in the record then. */
  readonly caughtUpMs: number;
  /** Keys that were to be renewed, and are not known to be yet. */
  readonly renewing: readonly string[];
}

/** One transaction of the follower. */
export interface IndexWriting {
  readonly state: IndexState;
  rowsById(ids: readonly string[]): Promise<readonly ActivityRow[]>;
  rowsBetween(first: number, last: number, limit: number): Promise<readonly ActivityRow[]>;
  rowsOf(principal: string, limit: number): Promise<readonly ActivityRow[]>;
  apply(change: IndexChange): Promise<void>;
  save(state: IndexState): Promise<void>;
  /** What was under the one key is found under the other as well. */
  renewed(from: string, to: string): Promise<void>;
}

/** A key of one row in the order of a list. */
export interface RowPlace {
  readonly value: number;
  readonly index: number;
}

export type SortBy = 'at' | 'cost' | 'latency';

/** Each set holds alternatives; a row fits where it has one of each, and none of `without`. */
export interface RowQuery {
  readonly sets: readonly (readonly Term[])[];
  readonly without: readonly Term[];
  /** Parts of names, in lower case, that each have to be in some term of the row, or beginnings of its id. */
  readonly words: readonly string[];
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly minTotalMs?: number;
  readonly maxTotalMs?: number;
  readonly minCostMicros?: number;
}

export interface RowPageQuery extends RowQuery {
  readonly sort: SortBy;
  readonly descending: boolean;
  readonly after?: RowPlace;
  readonly limit: number;
}

export interface Total {
  readonly count: number;
  readonly isExact: boolean;
}

export interface CountQuery {
  readonly level: Level;
  /** Null: all. */
  readonly applications: readonly string[] | null;
  readonly dimensions: readonly Dimension[];
  /** Of these names alone. */
  readonly names?: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Buckets of this width, beginning at `fromMs`; absent: all in one. */
  readonly widthMs?: number;
}

export interface CountRow {
  /** Where `widthMs` is given. */
  readonly startMs: number;
  readonly dimension: Dimension;
  readonly name: string;
  readonly numbers: Numbers;
}

export interface AdministrationQuery {
  readonly actions?: readonly string[];
  readonly subject?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly after?: RowPlace;
  readonly limit: number;
}

export interface Facet {
  readonly field: Field;
  readonly value: string;
  readonly count: number;
}

export interface ActivityStore {
  /**
   * Runs the work in one transaction, of which all is kept or nothing. One at a time, whoever else asks, in whatever process:
   * undefined where somebody is at it.
   */
  advance<T>(work: (writing: IndexWriting) => Promise<T>): Promise<T | undefined>;
  /** Throws everything away: whoever follows next begins at the record's beginning. */
  reset(rebuildUntil: number): Promise<void>;
  state(): Promise<IndexState>;
  rows(query: RowPageQuery): Promise<readonly ActivityRow[]>;
  /** Exactly, up to `bound`. */
  count(query: RowQuery, bound: number): Promise<Total>;
  /** Rows that an entry `from` ≤ index < `to` made or ended. */
  touched(from: number, to: number): Promise<readonly ActivityRow[]>;
  counts(query: CountQuery): Promise<readonly CountRow[]>;
  facets(limit: number): Promise<readonly Facet[]>;
  /** The keys that hold the rows of one whose key is now this. */
  keysBefore(key: string): Promise<readonly string[]>;
  administration(query: AdministrationQuery): Promise<readonly AdministrationRow[]>;
  countAdministration(query: AdministrationQuery, bound: number): Promise<Total>;
  close(): Promise<void>;
}

/** An entry of the record as the index takes it: who it was stays sealed. */
export interface SpooledEntry {
  readonly index: number;
  readonly entry: AuditEntry;
  /** Id of the key that seals who it was; absent where that is gone. */
  readonly principal?: string;
  readonly hasContent: boolean;
  readonly isErased: boolean;
}

export interface SpooledPage {
  readonly entries: readonly SpooledEntry[];
  /** Where the next read begins, beyond what retention has removed. */
  readonly end: number;
  /** There was nothing after it. */
  readonly isLast: boolean;
}

export interface ActivitySource {
  /** From this index on, in their order. */
  read(from: number, limit: number): Promise<SpooledPage>;
  /** How many leaves there are. */
  newest(): Promise<number>;
  /** Under which key the entry's identity is now. */
  principalAt(index: number): Promise<string | undefined>;
}
