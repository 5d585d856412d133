/** Whatever leads a search, it finds what a look at every row finds: over lists that are longer than what is looked up first. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { followOnce } from '../../src/governance/activity/activity.ts';
import { isMatch } from '../../src/governance/activity/match.ts';
import type {
  ActivityRow,
  ActivitySource,
  ActivityStore,
  RowQuery,
  SortBy,
  Term,
} from '../../src/governance/activity/store.ts';
import { activityBackends, finding, interactionEntry, type ActivityPlace } from './activity-world.ts';

const ROWS = 13_000;
const AT = 1_800_300_000_000;
const PAGE = 50;

/** Every second row has one model, every other one provider that the model never has; some are refused, some slow, some dear. */
function entryAt(at: number) {
  const isRefused = at % 20 === 0;
  return interactionEntry({
    id: `req_${(AT + at * 10).toString(16).padStart(12, '0')}${String(at).padStart(20, '0')}`,
    // Requests end in another order than they begin.
    at: AT + at * 10 - (at % 7) * 15,
    application: `application-${at % 3}`,
    requestedModel: at % 2 === 0 ? 'even' : 'odd',
    configuredModel: at % 2 === 0 ? 'even' : 'odd',
    provider: at % 2 === 0 ? 'left' : 'right',
    providerModel: at % 4 === 0 ? 'fourth' : 'other',
    stream: at % 5 < 2,
    ...(isRefused ? { outcome: 'refused', action: 'block', refusal: 'content_policy_violation' } : {}),
    ...(at % 40 === 0 ? { findings: [finding('IBAN_CODE'), finding('PERSON')] } : {}),
    costMicros: (at * 7_919) % 10_007,
    timings: { total: (at * 31) % 4_001 },
  });
}

const some = (field: Term[0], ...values: readonly string[]): readonly Term[] =>
  values.map((value) => [field, value]);

const QUERIES: readonly Partial<RowQuery>[] = [
  {},
  { sets: [some('provider', 'left')] },
  { sets: [some('provider', 'left'), some('model', 'odd')] },
  { sets: [some('provider', 'left'), some('model', 'even')] },
  { sets: [some('provider', 'left', 'right'), some('model', 'odd')] },
  { sets: [some('provider', 'left'), some('model', 'fourth', 'even'), some('application', 'application-1')] },
  { sets: [some('application', 'application-1'), some('outcome', 'refused')] },
  { sets: [some('application', 'application-1', 'application-2'), some('outcome', 'refused', 'answered')] },
  { sets: [some('application', 'application-0'), some('finding', 'IBAN_CODE')] },
  { sets: [some('application', 'application-0'), some('finding', 'IBAN_CODE', 'PERSON')] },
  { sets: [some('application', 'application-0'), some('endpoint', 'openai/chat')] },
  { without: some('stream', 'true') },
  { without: some('stream', 'true'), sets: [some('provider', 'right')] },
  { sets: [some('stream', 'true'), some('provider', 'right')], words: ['application-2'] },
  { words: ['application'] },
  { words: [`req_${(AT + 60_000).toString(16).padStart(12, '0').slice(0, 9)}`] },
  { words: [`req_${(AT + 60_000).toString(16).padStart(12, '0').slice(0, 9)}`, 'left'] },
  { minTotalMs: 3_990 },
  { minTotalMs: 5_000 },
  { minTotalMs: 3_900, sets: [some('provider', 'right')] },
  { maxTotalMs: 10, minCostMicros: 9_000 },
  { minCostMicros: 10_000, sets: [some('outcome', 'refused')] },
  { fromMs: AT + 50_000, toMs: AT + 52_000 },
  { fromMs: AT + 50_000, toMs: AT + 60_000, minTotalMs: 2_000, sets: [some('model', 'odd')] },
  { fromMs: AT + 10_000, sets: [some('provider', 'left'), some('model', 'odd', 'other')] },
];

const valueOf = (row: ActivityRow, sort: SortBy) =>
  ({ at: row.atMs, cost: row.costMicros ?? 0, latency: row.totalMs })[sort];

for (const backend of activityBackends) {
  backend.describe(`long lists of the index in ${backend.name}`, () => {
    let place: ActivityPlace;
    let store: ActivityStore;
    let rows: readonly ActivityRow[];

    beforeAll(async () => {
      place = await backend.prepare();
      store = await place.index();
      const entries = Array.from({ length: ROWS }, (_, index) => ({
        index,
        entry: entryAt(index),
        hasContent: false,
        isErased: false,
      }));
      const source: ActivitySource = {
        read: async (from, limit) => {
          const page = entries.slice(from, from + limit);
          return { entries: page, end: from + page.length, isLast: page.length < limit };
        },
        newest: async () => ROWS,
        principalAt: async () => undefined,
      };
      const settings = { source, store, clock: systemClock, page: 4_000 };
      while (!(await followOnce(settings)).isCaughtUp);
      rows = await store.touched(0, ROWS);
    }, 120_000);
    afterAll(async () => {
      await store.close();
      await place.discard();
    });

    test.each(QUERIES.map((query) => [JSON.stringify(query), query] as const))('%s', async (_, given) => {
      const query: RowQuery = { sets: [], without: [], words: [], ...given };
      const fitting = rows.filter((row) => isMatch(row, query));
      expect(await store.count(query, ROWS)).toEqual({ count: fitting.length, isExact: true });
      for (const sort of ['at', 'cost', 'latency'] as const) {
        for (const sign of [1, -1]) {
          const expected = fitting
            .toSorted((a, b) => sign * (valueOf(a, sort) - valueOf(b, sort) || a.index - b.index))
            .map(({ index }) => index);
          const asked = { ...query, sort, descending: sign < 0, limit: PAGE };
          const first = await store.rows(asked);
          expect(first.map(({ index }) => index)).toEqual(expected.slice(0, PAGE));
          const last = first.at(-1);
          if (!last) continue;
          const after = { value: valueOf(last, sort), index: last.index };
          const second = await store.rows({ ...asked, after });
          expect(second.map(({ index }) => index)).toEqual(expected.slice(PAGE, 2 * PAGE));
        }
      }
    });

    test('a bound is told as a bound', async () => {
      const query = { sets: [some('provider', 'left'), some('model', 'even')], without: [], words: [] };
      expect(await store.count(query, 1_000)).toEqual({ count: 1_000, isExact: false });
    });
  });
}
