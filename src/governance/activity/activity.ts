/**
 * What went through the gateway, to be searched, opened, exported, watched and counted: an index over the record, which can be
 * thrown away and made again. Where it cannot be read, that is said: nothing of the traffic depends on it.
 */
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import { sleep } from '../../base/sleep.ts';
import { reachesApplication, type Reach } from '../../domain/administrator.ts';
import { asRefusal, Refusal } from '../../domain/refusal.ts';
import { administered, type AdministrationAsk } from './administered.ts';
import { cursorOf, placeIn, rowQueryOf, sortOf, type InteractionFilter, type KeysOf } from './asked.ts';
import { detailOf, isInteraction } from './detail.ts';
import { overviewAskOf, shownOverview, type OverviewWish, type ProviderState } from './overview-wish.ts';
import type { ActivityIndex } from './reading.ts';
import { openedAt, type OpenRecord } from './record.ts';
import { openedIndexOf, shownRow, type ShownRow } from './shown-row.ts';
import type { RowPlace, RowQuery } from './store.ts';
import { createWatching } from './watching.ts';

export { followOnce } from './follow.ts';
export { startFollower } from './follower.ts';
export { createActivityIndex, type ActivityIndex } from './reading.ts';
export type { InteractionFilter } from './asked.ts';
export type { OverviewWish } from './overview-wish.ts';
export type { ShownRow } from './shown-row.ts';

export interface ActivitySettings {
  /** In a thread of its own. */
  readonly index: ActivityIndex;
  readonly record: OpenRecord;
  readonly keysOf: KeysOf;
  /** Circuits of providers, as this process knows them. */
  readonly providers: () => readonly ProviderState[];
  /** Why the index does not get on, as far as this process follows. */
  readonly failure: () => string | undefined;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}

export interface ListAsk {
  readonly filter: InteractionFilter;
  readonly reach: Reach;
  readonly sort: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const TIMEOUT_MS = 5_000;
const MAX_WATCHERS = 200;
const OVERVIEW_EVERY_MS = 2_000;
/** An overview is asked for by several at once. */
const OVERVIEW_KEPT_MS = 1_500;
const MAX_EXPORTED = 100_000;
const EXPORT_PAGE = 100;
/** Of the time, so much is left to the traffic. */
const EXPORT_REST = 8;
const MAX_ENTRIES_OF_ONE = 10;

export type Activity = ReturnType<typeof createActivity>;

export function createActivity(settings: ActivitySettings) {
  const { record, keysOf, clock, timeoutMs = TIMEOUT_MS } = settings;
  const index = guarded(settings.index, timeoutMs);
  const opened = (indexes: readonly number[]) => openedAt(record, indexes);
  const watching = createWatching({ index, beside: record.beside });
  const kept = new Map<string, { readonly atMs: number; readonly answer: ReturnType<typeof newOverview> }>();

  async function page(query: RowQuery, ask: Omit<ListAsk, 'filter' | 'reach' | 'cursor'>, after?: RowPlace) {
    const isCounted = after === undefined;
    const asked = { ...query, ...sortOf(ask.sort), limit: ask.limit, ...(after && { after }) };
    const listed = await index.list({ query: asked, isCounted });
    const known = await record.beside(listed.rows.map(openedIndexOf));
    const items = listed.rows.map((row) => shownRow(row, known.get(openedIndexOf(row))));
    return { items, next: listed.next, total: listed.total };
  }

  async function newOverview(wish: OverviewWish) {
    const ask = overviewAskOf(wish, clock.now());
    const [figures, status] = await Promise.all([index.overview(ask), index.status()]);
    const keys = figures.anomalies.flatMap(({ principal }) => principal ?? []);
    const names = await namesOf(index, keys, record);
    return shownOverview(figures, names, {
      atMs: Math.round(clock.now()),
      index: { ...status, failure: settings.failure() ?? null },
      providers: settings.providers(),
    });
  }

  function overview(wish: OverviewWish): ReturnType<typeof newOverview> {
    const { reach, ...rest } = wish;
    const applications = reach.kind === 'some' ? [...reach.applications].toSorted() : reach.kind;
    const key = JSON.stringify([rest, applications]);
    const known = kept.get(key);
    if (known && clock.now() - known.atMs < OVERVIEW_KEPT_MS) return known.answer;
    for (const [each, { atMs }] of kept) if (clock.now() - atMs > OVERVIEW_KEPT_MS) kept.delete(each);
    const answer = translated(() => newOverview(wish));
    kept.set(key, { atMs: clock.now(), answer });
    // What fails is asked for again.
    answer.catch(() => kept.delete(key));
    return answer;
  }

  return {
    list: (ask: ListAsk) =>
      translated(async () => {
        const after = ask.cursor === undefined ? undefined : placeOf(ask.cursor);
        const { items, next, total } = await page(
          await rowQueryOf(ask.filter, ask.reach, keysOf),
          ask,
          after,
        );
        return { items, next: next && cursorOf(next), total };
      }),
    async get(id: string, reach: Reach) {
      const { entries } = await record.read({ id, limit: MAX_ENTRIES_OF_ONE });
      const [first, ...others] = entries.filter(isInteraction);
      if (!first || !reachesApplication(reach, first.entry.application)) throw new Refusal('not_found');
      return detailOf([first, ...others], record.origin);
    },
    /** The first page is there before anything is answered. `isMore`: there are more than are exported. */
    export: (filter: InteractionFilter, reach: Reach, signal: AbortSignal) =>
      translated(async () => {
        const query = await rowQueryOf(filter, reach, keysOf);
        const ask = { sort: '-at', limit: EXPORT_PAGE };
        const first = await page(query, ask);
        return pages(first, (after) => page(query, ask, after), signal);
      }),
    watch: (filter: InteractionFilter, reach: Reach, signal: AbortSignal) =>
      translated(async () => {
        if (watching.watchers >= MAX_WATCHERS) throw new Refusal('overloaded');
        return watching.watch(await rowQueryOf(filter, reach, keysOf), signal);
      }),
    facets: (reach: Reach) =>
      translated(() =>
        index.facets({ applications: reach.kind === 'everything' ? null : applicationsOf(reach) }),
      ),
    overview,
    async *watchOverview(wish: OverviewWish, signal: AbortSignal) {
      while (!signal.aborted) {
        yield await overview(wish);
        await sleep(OVERVIEW_EVERY_MS, signal);
      }
    },
    administration: (ask: AdministrationAsk) => translated(() => administered(index, opened, ask, placeOf)),
  };
}

interface ExportedPage {
  readonly items: readonly ShownRow[];
  readonly next: RowPlace | null;
}

async function* pages(
  first: ExportedPage,
  following: (after: RowPlace) => Promise<ExportedPage>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly items: readonly ShownRow[]; readonly isMore: boolean }> {
  let current = first;
  for (let count = first.items.length; ; count += current.items.length) {
    const isFull = count >= MAX_EXPORTED;
    yield { items: current.items, isMore: isFull && current.next !== null };
    if (current.next === null || isFull || signal.aborted) return;
    const startedMs = performance.now();
    current = await following(current.next);
    await sleep((performance.now() - startedMs) * EXPORT_REST, signal);
  }
}

function placeOf(cursor: string): RowPlace {
  const place = placeIn(cursor);
  if (!place) throw new Refusal('invalid_request', 'the cursor is none that a page has given');
  return place;
}

function applicationsOf(reach: Reach): readonly string[] {
  return reach.kind === 'some' ? [...reach.applications] : [];
}

/** The names of persons by their keys, where a row of theirs can be opened. */
async function namesOf(
  index: ActivityIndex,
  keys: readonly string[],
  record: OpenRecord,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const key of new Set(keys)) {
    const query = { sets: [[['principal', key] as const]], without: [], words: [], limit: 1 };
    const { rows } = await index.list({
      query: { ...query, sort: 'at', descending: true },
      isCounted: false,
    });
    const [row] = rows;
    const beside = row && (await record.beside([openedIndexOf(row)])).get(openedIndexOf(row));
    if (beside?.principal) names.set(key, `${beside.principal.kind}:${beside.principal.id}`);
  }
  return names;
}

/** Whatever the index does, whoever asks is told within the deadline that it cannot be read. */
function guarded(index: ActivityIndex, timeoutMs: number): ActivityIndex {
  const ask = <Answer>(answer: () => Promise<Answer>): Promise<Answer> =>
    translated(() => withDeadline(answer(), timeoutMs, 'the index of the record'));
  return {
    list: (query) => ask(() => index.list(query)),
    tail: (query) => ask(() => index.tail(query)),
    facets: (query) => ask(() => index.facets(query)),
    overview: (query) => ask(() => index.overview(query)),
    administration: (query) => ask(() => index.administration(query)),
    status: () => ask(() => index.status()),
  };
}

async function translated<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal.code !== 'internal') throw refusal;
    throw new Refusal('index_unavailable', undefined, { cause: error });
  }
}
