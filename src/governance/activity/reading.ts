/** What can be asked of the index: by one thread of another, so that every question and answer is plain data. */
import type { Clock } from '../../base/clock.ts';
import { isMatch } from './match.ts';
import { overviewOf, type OverviewAsk, type OverviewFigures } from './overview.ts';
import { spendSeriesOf, type SpendSeries } from './spend-series.ts';
import type {
  ActivityRow,
  ActivitySource,
  ActivityStore,
  AdministrationQuery,
  AdministrationRow,
  Facet,
  RowPageQuery,
  RowPlace,
  RowQuery,
  SortBy,
  Term,
  Total,
} from './store.ts';

export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly next: RowPlace | null;
  /** Null where it was not asked for. */
  readonly total: Total | null;
}

export interface Tail {
  /** From where to ask next. */
  readonly position: number;
  /** For each filter that was given: the newest that fit, oldest first, and how many more there were. */
  readonly matches: readonly { readonly rows: readonly ActivityRow[]; readonly leftOut: number }[];
}

export interface IndexStatus {
  readonly behindEntries: number;
  readonly lagMs: number;
  readonly isRebuilding: boolean;
}

export interface ActivityIndex {
  list(ask: { readonly query: RowPageQuery; readonly isCounted: boolean }): Promise<Listed<ActivityRow>>;
  /** `from` undefined: nothing yet, and where the index ends. */
  tail(ask: {
    readonly from: number | undefined;
    readonly filters: readonly RowQuery[];
    readonly limit: number;
  }): Promise<Tail>;
  /** Names and how often they occur; of some applications, as far as those are counted. */
  facets(ask: { readonly applications: readonly string[] | null }): Promise<readonly Facet[]>;
  overview(ask: OverviewAsk): Promise<OverviewFigures & SpendSeries>;
  administration(ask: {
    readonly query: AdministrationQuery;
    readonly isCounted: boolean;
  }): Promise<Listed<AdministrationRow>>;
  status(): Promise<IndexStatus>;
}

export interface ReadingSettings {
  readonly store: ActivityStore;
  readonly source: ActivitySource;
  readonly clock: Clock;
}

const COUNTED_UP_TO = 10_000;
const MAX_FACETS = 2_000;
const MAX_TAIL = 5_000;
const FACET_DAYS = 30;
const DAY_MS = 24 * 3_600_000;
const FACET_FIELDS = [
  'application',
  'model',
  'provider',
  'outcome',
  'action',
  'refusal',
  'guardrail',
  'finding',
  'scanner',
  'policy',
  'event',
  'endpoint',
] as const;

export function createActivityIndex({ store, source, clock }: ReadingSettings): ActivityIndex {
  return {
    async list({ query: asked, isCounted }) {
      const query = { ...asked, sets: await withKeysBefore(store, asked.sets) };
      const rows = await store.rows({ ...query, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        rows: shown,
        next: rows.length > query.limit && last ? placeOf(last, query.sort) : null,
        total: isCounted ? await store.count(query, COUNTED_UP_TO) : null,
      };
    },
    async tail({ from, filters, limit }) {
      const { position } = await store.state();
      if (from === undefined || from > position) return { position, matches: [] };
      const first = Math.max(from, position - MAX_TAIL);
      const rows = first === position ? [] : await store.touched(first, position);
      const matches = await Promise.all(
        filters.map(async (filter) => {
          const query = { ...filter, sets: await withKeysBefore(store, filter.sets) };
          const fitting = rows.filter((row) => isMatch(row, query));
          return {
            rows: fitting.slice(-limit),
            leftOut: Math.max(0, fitting.length - limit) + (first - from),
          };
        }),
      );
      return { position, matches };
    },
    async facets({ applications }) {
      if (applications === null) return store.facets(MAX_FACETS);
      const today = Math.floor(clock.now() / DAY_MS) * DAY_MS;
      const rows = await store.counts({
        level: 'day',
        applications,
        dimensions: FACET_FIELDS,
        fromMs: today - FACET_DAYS * DAY_MS,
        toMs: today + DAY_MS,
      });
      return rows.flatMap(({ dimension, name, numbers: [count = 0] }) => {
        const field = FACET_FIELDS.find((each) => each === dimension);
        return field ? [{ field, value: name, count }] : [];
      });
    },
    async overview(ask) {
      const figures = await overviewOf(store, ask);
      return { ...figures, ...(await spendSeriesOf(store, ask.applications, figures)) };
    },
    async administration({ query, isCounted }) {
      const rows = await store.administration({ ...query, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        rows: shown,
        next: rows.length > query.limit && last ? { value: last.atMs, index: last.index } : null,
        total: isCounted ? await store.countAdministration(query, COUNTED_UP_TO) : null,
      };
    },
    async status() {
      const { position, caughtUpMs, rebuildUntil } = await store.state();
      const newest = await source.newest();
      const behindEntries = Math.max(0, newest - position);
      return {
        behindEntries,
        lagMs: behindEntries === 0 ? 0 : Math.max(0, Math.round(clock.now() - caughtUpMs)),
        isRebuilding: position < rebuildUntil,
      };
    },
  };
}

/** Keys of a person that were renewed hold rows as well. */
async function withKeysBefore(store: ActivityStore, sets: RowQuery['sets']): Promise<RowQuery['sets']> {
  if (!sets.some((set) => set.some(([field]) => field === 'principal'))) return sets;
  return Promise.all(
    sets.map(async (set) => {
      const before = await Promise.all(
        set.map(([field, value]) => (field === 'principal' ? store.keysBefore(value) : Promise.resolve([]))),
      );
      return [...set, ...before.flat().map((key): Term => ['principal', key])];
    }),
  );
}

function placeOf({ index, atMs, totalMs, costMicros = 0 }: ActivityRow, sort: SortBy): RowPlace {
  return { index, value: { at: atMs, latency: totalMs, cost: costMicros }[sort] };
}
