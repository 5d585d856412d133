/** The index of the record holds what the record holds, in every database in the same way. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InteractionEntry } from '../../src/domain/record.ts';
import type { InteractionFilter } from '../../src/governance/activity/activity.ts';
import { followOnce } from '../../src/governance/activity/activity.ts';
import { FIELDS } from '../../src/governance/activity/store.ts';
import { systemClock } from '../../src/base/clock.ts';
import {
  activityBackends,
  administrationEntry,
  endOf,
  EVERYTHING,
  finding,
  interactionEntry,
  openActivityWorld,
  reachOf,
  type ActivityPlace,
  type ActivityWorld,
} from './activity-world.ts';

const HOSTILE = [
  "'; drop table activity_rows; --",
  '" or 1=1 --',
  '%',
  '_',
  '!%',
  '?',
  '$1',
  'a,b',
  '\u0000nul',
  '\ud800 half',
  '\u202Eevil\u202C',
  '=cmd|calc',
  '{"$ne":null}',
  'x'.repeat(5_000),
];

for (const backend of activityBackends) {
  backend.describe(`the index of the record in ${backend.name}`, () => {
    let place: ActivityPlace;
    let world: ActivityWorld;
    beforeEach(async () => {
      place = await backend.prepare();
      world = await openActivityWorld(place);
    });
    afterEach(async () => {
      await world.close();
      await place.discard();
    });

    const list = (filter: InteractionFilter = {}, more: object = {}) =>
      world.activity.list({ filter, reach: EVERYTHING, sort: '-at', limit: 50, ...more });
    const ids = async (filter: InteractionFilter, more: object = {}) =>
      (await list(filter, more)).items.map(({ id }) => id);
    const record = async (...entries: readonly Parameters<typeof world.audit.append>[0][]) => {
      for (const entry of entries) await world.audit.append(entry);
      await world.follow();
    };

    test('shows an interaction with whose it was, and keeps no name of a person itself', async () => {
      const entry = interactionEntry({ findings: [finding('EMAIL_ADDRESS'), finding('EMAIL_ADDRESS')] });
      await record(entry);
      const { items, total } = await list();
      expect(total).toEqual({ count: 1, isExact: true });
      expect(items).toMatchObject([
        {
          id: entry.id,
          index: 0,
          principal: { kind: 'person', id: 'ada' },
          findings: [{ kind: 'EMAIL_ADDRESS', count: 2 }],
          totalMs: 15,
          isErased: false,
        },
      ]);
      const kept =
        JSON.stringify(await world.store.touched(0, 10)) + JSON.stringify(await world.store.facets(99));
      expect(kept).not.toMatch(/"ada"|:ada\b/);
      expect(kept).not.toContain('key_1');
    });

    test('makes one row of a beginning and its end, in one page or in two', async () => {
      const [together, apart] = [1, 2].map(() =>
        interactionEntry({ outcome: 'released', stream: true, timings: { total: 10 } }),
      ) as [InteractionEntry, InteractionEntry];
      await record(together, endOf(together, { usage: { ...together.usage!, outputTokens: 99 } }));
      await record(apart);
      expect(await ids({ outcome: ['released'] })).toEqual([apart.id]);
      await record(endOf(apart, { outcome: 'client_closed' }));
      expect(await ids({ outcome: ['released'] })).toEqual([]);
      expect(await ids({ outcome: ['client_closed'], stream: 'true' })).toEqual([apart.id]);
      const { items } = await list({ outcome: ['answered'] });
      expect(items).toMatchObject([{ id: together.id, index: 0, outputTokens: 99, totalMs: 80 }]);
      expect((await list()).total?.count).toBe(2);
    });

    describe('finds by every filter', () => {
      const at = 1_800_100_000_000;
      const entries = {
        plain: interactionEntry({ at }),
        refused: interactionEntry({
          at: at + 1_000,
          application: 'help-desk',
          outcome: 'refused',
          action: 'block',
          refusal: 'content_policy_violation',
          refusedBy: 'injection',
          principal: { kind: 'service', id: 'nightly' },
          findings: [finding('direct', 'injection')],
          timings: { total: 3 },
          status: 400,
        }),
        rewritten: interactionEntry({
          at: at + 2_000,
          requestedModel: 'claude-5',
          configuredModel: 'claude-5',
          provider: 'anthropic',
          providerModel: 'claude-5-20260801',
          action: 'redact',
          policies: ['contractors'],
          guardrails: [{ id: 'pii', version: '1', action: 'redact', findings: 1, direction: 'request' }],
          findings: [finding('IBAN_CODE')],
          events: { stand_in_invented: 1 },
          costMicros: 90_000,
          timings: { total: 9_000 },
          endpoint: 'anthropic/messages',
          stream: true,
        }),
      };
      const cases: readonly [InteractionFilter, readonly (keyof typeof entries)[]][] = [
        [{}, ['rewritten', 'refused', 'plain']],
        [{ application: ['help-desk'] }, ['refused']],
        [{ application: ['help-desk', 'desk'] }, ['rewritten', 'refused', 'plain']],
        [{ application: ['nobody'] }, []],
        [{ principal: 'ada' }, ['rewritten', 'plain']],
        [{ principal: 'person:ada' }, ['rewritten', 'plain']],
        [{ principal: 'nightly' }, ['refused']],
        [{ principal: 'service:nightly' }, ['refused']],
        [{ principal: 'person:nightly' }, []],
        [{ principal: 'ad' }, []],
        [{ model: ['claude-5'] }, ['rewritten']],
        [{ model: ['claude-5-20260801'] }, ['rewritten']],
        [{ provider: ['anthropic'] }, ['rewritten']],
        [{ outcome: ['refused', 'failed'] }, ['refused']],
        [{ action: ['redact', 'mask'] }, ['rewritten']],
        [{ refusal: ['content_policy_violation'] }, ['refused']],
        [{ guardrail: ['pii'] }, ['rewritten']],
        [{ guardrail: ['injection'] }, ['refused']],
        [{ refusedBy: ['injection'] }, ['refused']],
        [{ rewrittenBy: ['pii'] }, ['rewritten']],
        [{ finding: ['IBAN_CODE'] }, ['rewritten']],
        [{ scanner: ['pii'] }, ['rewritten', 'refused']],
        [{ policy: ['contractors'] }, ['rewritten']],
        [{ event: ['stand_in_invented'] }, ['rewritten']],
        [{ endpoint: ['anthropic/messages'] }, ['rewritten']],
        [{ stream: 'true' }, ['rewritten']],
        [{ stream: 'false' }, ['refused', 'plain']],
        [{ demo: 'true' }, []],
        [{ demo: 'false' }, ['rewritten', 'refused', 'plain']],
        [{ fromMs: at + 1_000 }, ['rewritten', 'refused']],
        [{ toMs: at + 1_000 }, ['plain']],
        [{ fromMs: at + 1, toMs: at + 1_001, application: ['help-desk'] }, ['refused']],
        [{ minTotalMs: 9_000 }, ['rewritten']],
        [{ maxTotalMs: 10 }, ['refused']],
        [{ minCostMicros: 90_000 }, ['rewritten']],
        [{ minTotalMs: 10, outcome: ['answered'] }, ['rewritten', 'plain']],
        [{ text: 'IBAN' }, ['rewritten']],
        [{ text: 'help inject' }, ['refused']],
        [{ text: 'desk claude' }, ['rewritten']],
        [{ text: 'nothing-of-the-kind' }, []],
        [{ text: 'ada' }, []],
        [
          { outcome: ['answered'], action: ['redact'], provider: ['anthropic'], principal: 'ada' },
          ['rewritten'],
        ],
        [{ outcome: ['answered'], action: ['block'] }, []],
      ];

      test('as the table says, with the total', async () => {
        await record(entries.plain, entries.refused, entries.rewritten);
        for (const [filter, expected] of cases) {
          const { items, total } = await list(filter);
          expect(
            items.map(({ id }) => id),
            JSON.stringify(filter),
          ).toEqual(expected.map((name) => entries[name].id));
          expect(total, JSON.stringify(filter)).toEqual({ count: expected.length, isExact: true });
        }
        const { id } = entries.refused;
        expect(await ids({ text: id.slice(0, 36) })).toEqual([id]);
        expect(await ids({ text: id.slice(0, 20) })).toHaveLength(3);
      });

      test('and what is watched is what is listed', async () => {
        await record(entries.plain, entries.refused, entries.rewritten);
        const { isMatch } = await import('../../src/governance/activity/match.ts');
        const { rowQueryOf } = await import('../../src/governance/activity/asked.ts');
        const rows = await world.store.touched(0, 100);
        for (const [filter, expected] of cases) {
          const query = await rowQueryOf(filter, EVERYTHING, world.keyring.find);
          const matching = rows.filter((row) => isMatch(row, query)).map(({ id }) => id);
          expect(matching.toReversed(), JSON.stringify(filter)).toEqual(
            expected.map((name) => entries[name].id),
          );
        }
      });
    });

    test('lists page by page in every order, each row once', async () => {
      const entries = Array.from({ length: 23 }, (_, at) =>
        interactionEntry({
          at: 1_800_200_000_000 + (at % 5),
          costMicros: (at * 7) % 4,
          timings: { total: (at * 3) % 5 },
          outcome: at % 3 === 0 ? 'refused' : at % 3 === 1 ? 'failed' : 'answered',
        }),
      );
      await record(...entries);
      for (const filter of [{}, { outcome: ['refused', 'failed'] }, { outcome: ['answered'] }]) {
        for (const sort of ['-at', 'at', '-cost', '-latency', 'latency']) {
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await list(filter, { sort, limit: 4, ...(cursor && { cursor }) });
            seen.push(...page.items.map(({ id }) => id));
            cursor = page.next ?? undefined;
          } while (cursor !== undefined);
          const whole = await list(filter, { sort, limit: 100 });
          expect(seen, sort).toEqual(whole.items.map(({ id }) => id));
          expect(new Set(seen).size).toBe(whole.total?.count);
        }
      }
      expect((await list({}, { sort: '-cost', limit: 1 })).items[0]?.costMicros).toBe(3);
      expect((await list({}, { sort: 'latency', limit: 1 })).items[0]?.totalMs).toBe(0);
    });

    test('shows whoever may see some applications no other', async () => {
      await record(interactionEntry(), interactionEntry({ application: 'secret-project' }));
      const narrow = { reach: reachOf('desk') };
      expect((await list({}, narrow)).items.map(({ application }) => application)).toEqual(['desk']);
      expect((await list({}, narrow)).total?.count).toBe(1);
      expect((await list({ application: ['secret-project'] }, narrow)).items).toEqual([]);
      expect((await list({}, { reach: reachOf() })).items).toEqual([]);
      expect(JSON.stringify(await world.activity.facets(reachOf('desk')))).not.toContain('secret-project');
      const { items } = await list({ application: ['secret-project'] });
      await expect(world.activity.get(items[0]!.id, reachOf('desk'))).rejects.toMatchObject({
        code: 'not_found',
      });
      const overview = await world.activity.overview({ window: '30d', reach: reachOf('desk') });
      expect(JSON.stringify(overview)).not.toContain('secret-project');
    });

    test('takes hostile names as names', async () => {
      for (const name of HOSTILE)
        await world.audit.append(
          interactionEntry({
            requestedModel: name,
            policies: [name],
            findings: [finding(name)],
            principal: { kind: 'person', id: name },
            events: { [name]: 1 },
          }),
        );
      await world.follow();
      expect((await list()).total?.count).toBe(HOSTILE.length);
      for (const name of HOSTILE) {
        const fields = { model: [name], policy: [name], finding: [name], event: [name] };
        for (const [field, value] of Object.entries(fields))
          expect((await ids({ [field]: value })).length, `${field} ${name.slice(0, 20)}`).toBe(1);
        if (name.length < 200 && !/\s/u.test(name)) expect(await ids({ text: name })).not.toHaveLength(0);
        expect(await ids({ application: [name] })).toEqual([]);
      }
      expect(await ids({ text: '%' })).toHaveLength(2);
    });

    test('forgets whoever is erased, and keeps what they did', async () => {
      const [hers, his] = [
        interactionEntry(),
        interactionEntry({ principal: { kind: 'person', id: 'bob' } }),
      ];
      await record(hers, his, interactionEntry({ outcome: 'released', stream: true }));
      const before = JSON.stringify(await world.store.touched(0, 100));
      const [key] = await world.keyring.find('person:ada');
      expect(before).toContain(key!.id);
      await world.subjects.erase('person:ada', 'art17-1-b', { actor: 'root@host', reason: 'she asked' });
      await world.follow();
      expect(await ids({ principal: 'ada' })).toEqual([]);
      expect(await ids({ principal: 'bob' })).toEqual([his.id]);
      const kept = JSON.stringify([
        await world.store.touched(0, 100),
        await world.store.counts({
          level: 'hour',
          applications: null,
          dimensions: FIELDS,
          fromMs: 0,
          toMs: 9_000_000_000_000,
        }),
      ]);
      expect(kept).not.toContain(key!.id);
      const { items } = await list();
      expect(items.map(({ isErased, principal }) => [isErased, principal?.id])).toEqual([
        [true, undefined],
        [false, 'bob'],
        [true, undefined],
      ]);
    });

    test('takes away what retention took, and the counts of it', async () => {
      const entries = Array.from({ length: 6 }, () => interactionEntry());
      await record(...entries);
      const purge = (subject: string, range: string) =>
        record(administrationEntry({ action: 'retention.purge', subject, after: `2 in ${range}` }));
      await purge('identities', '0-1');
      expect((await list()).items.filter(({ isErased }) => isErased)).toHaveLength(0);
      expect(await ids({ principal: 'ada' })).toHaveLength(4);
      await purge('entries', '2-3,5-5');
      expect(await ids({})).toEqual([entries[4]!.id, entries[1]!.id, entries[0]!.id]);
      expect((await list()).total?.count).toBe(3);
      const counts = await world.store.counts({
        level: 'hour',
        applications: ['desk'],
        dimensions: ['all'],
        fromMs: 0,
        toMs: 9_000_000_000_000,
      });
      expect(counts.map(({ numbers }) => numbers[0])).toEqual([3]);
    });

    test('finds a person under a key that was renewed', async () => {
      await record(interactionEntry());
      const [old] = await world.keyring.find('person:ada');
      await world.audit.append(administrationEntry({ action: 'subject.renew_keys', subject: old!.id }));
      await world.follow();
      const { renewKeys } = await import('../../src/modules/audit/audit.ts');
      await renewKeys(
        { keyring: world.keyring, store: world.stores.wrappedKeys, settled: () => Promise.resolve() },
        'person:ada',
      );
      await record(interactionEntry());
      const [now] = await world.keyring.find('person:ada');
      expect(now!.id).not.toBe(old!.id);
      expect(await ids({ principal: 'ada' })).toHaveLength(2);
      await world.subjects.erase('person:ada', 'art17-1-b', { actor: 'root@host', reason: 'she asked' });
      await world.follow();
      expect(JSON.stringify(await world.store.touched(0, 100))).not.toContain(old!.id);
    });

    test('is the same when it is made again from the beginning', async () => {
      const stream = interactionEntry({ outcome: 'released', stream: true });
      await record(interactionEntry(), stream, administrationEntry());
      await record(endOf(stream), interactionEntry({ principal: { kind: 'agent', id: 'bot' } }));
      await world.subjects.erase('agent:bot', 'art17-1-a', { actor: 'root@host', reason: 'it asked' });
      await record(interactionEntry());
      const whole = async () => ({
        rows: await world.store.touched(0, 1_000),
        counts: await world.store.counts({
          level: 'hour',
          applications: null,
          dimensions: [...FIELDS, 'all', 'latency', 'attempt', 'configured_model'],
          fromMs: 0,
          toMs: 9_000_000_000_000,
        }),
        administration: (await world.activity.administration({ limit: 50 })).items,
      });
      const followed = await whole();
      await world.store.reset(await world.source.newest());
      expect((await world.index.status()).isRebuilding).toBe(true);
      await world.follow();
      expect((await world.index.status()).isRebuilding).toBe(false);
      const again = await whole();
      expect(again.rows).toEqual(followed.rows);
      expect(again.administration).toEqual(followed.administration);
      const sorted = (rows: typeof followed.counts) => rows.map((row) => JSON.stringify(row)).toSorted();
      expect(sorted(again.counts)).toEqual(sorted(followed.counts));
    });

    test('loses and doubles nothing, however often a page is cut off', async () => {
      const entries = Array.from({ length: 40 }, (_, at) =>
        interactionEntry(at % 4 === 0 ? { outcome: 'released', stream: true } : {}),
      );
      for (const entry of entries) {
        await world.audit.append(entry);
        if (entry.outcome === 'released') await world.audit.append(endOf(entry));
      }
      let calls = 0;
      const failing = {
        ...world.store,
        advance: <T>(work: Parameters<typeof world.store.advance<T>>[0]) =>
          world.store.advance<T>(async (writing) => {
            const result = await work({
              ...writing,
              apply: async (change) => {
                await writing.apply(change);
                if (++calls % 2 === 1) throw new Error('cut off');
              },
            });
            if (++calls % 5 === 0) throw new Error('cut off at the end');
            return result;
          }),
      };
      const settings = { source: world.source, store: failing, clock: systemClock, page: 6 };
      for (let tries = 0; tries < 200; tries++) {
        const step = await followOnce(settings).catch(() => undefined);
        if (step?.isCaughtUp === true) break;
      }
      const { items, total } = await list({}, { limit: 100 });
      expect(total).toEqual({ count: 40, isExact: true });
      expect(items.map(({ id }) => id)).toEqual(entries.map(({ id }) => id).toReversed());
      expect(items.every(({ outcome }) => outcome === 'answered')).toBe(true);
    });

    test('is followed by one at a time', async () => {
      for (let at = 0; at < 30; at++) await world.audit.append(interactionEntry());
      const other = await openOther();
      const steps = await Promise.all(
        [world.store, other, world.store, other].map((store) =>
          followOnce({ source: world.source, store, clock: systemClock, page: 30 }).catch(() => undefined),
        ),
      );
      expect(steps.some((step) => step?.taken === 30)).toBe(true);
      await world.follow();
      expect((await list({}, { limit: 100 })).total?.count).toBe(30);
      await other.close();
    });
    const openOther = () => place.index();

    test('outlives the process', async () => {
      await record(interactionEntry());
      await world.close();
      world = await openActivityWorld(place);
      expect((await list()).total?.count).toBe(1);
      await record(interactionEntry());
      expect((await list()).total?.count).toBe(2);
    });

    test('lists what administrators did, by what and by whom', async () => {
      await record(
        administrationEntry({ reason: 'new team', after: '2' }),
        administrationEntry({ action: 'secret.set', actor: 'eve@host', subject: 'openai' }),
        interactionEntry(),
      );
      const acts = async (ask: object) => (await world.activity.administration({ limit: 50, ...ask })).items;
      expect(await acts({})).toMatchObject([
        { action: 'secret.set', actor: 'eve@host', subject: 'openai', reason: null },
        { action: 'key.create', actor: 'root@host', reason: 'new team', after: '2' },
      ]);
      expect(await acts({ action: ['secret.set'] })).toHaveLength(1);
      expect(await acts({ actor: 'root@host' })).toHaveLength(1);
      expect(await acts({ subject: 'openai' })).toHaveLength(1);
      expect(await acts({ subject: "openai' or 1=1 --" })).toHaveLength(0);
      expect((await world.activity.administration({ limit: 1 })).next).not.toBeNull();
    });
  });
}
