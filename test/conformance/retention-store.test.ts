/** What the retention room does over every RetentionStore. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { createPurge } from '../../src/governance/retention/retention.ts';
import {
  ACT,
  interaction,
  openRooms,
  record,
  type Rooms,
} from '../../src/governance/subjects/testdata/recorded.ts';
import { parseDuration, type Durations } from '../../src/domain/retention.ts';
import { checkLog } from '../../src/modules/audit/audit.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { parseVerifierKey } from '../../src/tlog/keys.ts';
import { policyOfKeys } from '../../src/tlog/policy.ts';
import { parseProof, verifyProof } from '../../src/tlog/proof.ts';
import { backends, type Place } from './backends.ts';

const DAY = 86_400_000;
const NOW = 400 * DAY;
const matter = 'case 4711';

for (const backend of backends) {
  backend.describe(`retention in ${backend.name}`, () => {
    let place: Place;
    let stores: Stores;
    let rooms: Rooms;
    beforeEach(async () => {
      place = await backend.prepare();
      stores = await place.open();
      rooms = await openRooms(stores, NOW);
    });
    afterEach(async () => {
      await stores.close();
      await place.discard();
    });

    const purge = (durations: Durations, store = stores.retention, nowMs = NOW) =>
      createPurge({
        store,
        read: rooms.audit.read,
        append: rooms.audit.append,
        keysOf: rooms.keyring.find,
        holds: rooms.holds.list,
        durations: async () => durations,
        clock: { now: () => nowMs },
      });
    const run = (durations: Durations, isDry = false) => purge(durations).run('gateway:one', isDry);
    const days = (count: number) => parseDuration(`${count} days`);
    const entriesOf = async () => (await rooms.audit.read({ limit: 2_000 })).entries;
    const contentOf = (...indexes: number[]) =>
      Promise.all(indexes.map((index) => rooms.audit.content(index)));

    test('what was said goes with what stood for what, and who it was stays', async () => {
      await record(rooms);
      await rooms.audit.append(interaction('req_new', { at: NOW - 5 * DAY, content: '{"request":"new"}' }));
      const dry = await run({ content: days(10) }, true);
      expect(dry).toEqual([{ class: 'content', cutOffMs: NOW - 10 * DAY + 1, entries: 4, ranges: [[0, 3]] }]);
      expect(await contentOf(0, 1, 2, 3)).not.toContain(undefined);
      expect(await run({ content: days(10) })).toEqual(dry);
      expect(await contentOf(0, 1, 2, 3, 5)).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        '{"request":"new"}',
      ]);
      expect(await rooms.audit.pseudonyms(1)).toEqual([]);
      expect(await rooms.subjects.show('bob@example.com')).toMatchObject({ entries: 2, withContent: 0 });
      const entries = await entriesOf();
      expect(entries[0]?.entry).toMatchObject({ principal: { id: 'ada' } });
      expect(entries[6]?.entry).toMatchObject({
        action: 'retention.purge',
        actor: 'gateway:one',
        subject: 'content',
        after: '4 in 0-3',
      });
      // Nothing is left, so nothing is said.
      expect(await run({ content: days(10) })).toEqual([]);
      expect(await entriesOf()).toHaveLength(7);
    });

    test('who it was goes, and what was said stays', async () => {
      await record(rooms);
      expect(await run({ identities: days(10) })).toMatchObject([{ class: 'identities', entries: 5 }]);
      const [first] = await entriesOf();
      expect(first?.entry).not.toHaveProperty('principal');
      expect(await contentOf(0)).toEqual(['{"request":"hello from ada"}']);
      expect(await rooms.subjects.show('person:ada')).toMatchObject({ entries: 0 });
      expect(await run({ identities: days(10) })).toEqual([]);
      await rooms.audit.append(interaction('req_6', { at: NOW }));
      expect(await rooms.subjects.show('person:ada')).toMatchObject({ entries: 1 });
    });

    test.each([
      ['on somebody', { subjects: ['person:ada'] }, [3]],
      ['on somebody who was mentioned', { subjects: ['EMAIL_ADDRESS:bob@example.com'] }, [0, 3]],
      ['on a time', { toMs: 1_500 }, [3]],
      ['on an application', { application: 'desk' }, []],
      ['on another application', { application: 'shop' }, [0, 1, 2, 3]],
    ] as const)('a legal hold %s keeps what it covers', async (_, what, gone) => {
      await record(rooms);
      const hold = await rooms.holds.add({ ...what, matter }, ACT);
      await run({ content: days(10) });
      const left = await contentOf(0, 1, 2, 3);
      expect(left.flatMap((content, index) => (content === undefined ? [index] : []))).toEqual(gone);
      await rooms.holds.release(hold.id, ACT);
      await run({ content: days(10) });
      expect(await contentOf(0, 1, 2, 3)).toEqual([undefined, undefined, undefined, undefined]);
    });

    test('a legal hold that is placed while a purge runs counts from then on', async () => {
      await record(rooms);
      let isFirst = true;
      const removeContent: Stores['retention']['removeContent'] = async (...args) => {
        if (isFirst) await rooms.holds.add({ subjects: ['person:ada'], matter }, ACT);
        isFirst = false;
        return stores.retention.removeContent(...args);
      };
      const purged = await purge({ content: days(10) }, { ...stores.retention, removeContent }).run(
        'me',
        false,
      );
      expect(purged).toMatchObject([{ entries: 1, ranges: [[3, 3]] }]);
      expect((await contentOf(0, 1, 2, 3)).map((content) => content === undefined)).toEqual([
        false,
        false,
        false,
        true,
      ]);
    });

    const preserve = (id: string, isKept: boolean) =>
      rooms.audit.append({
        kind: 'administration',
        id,
        at: 2_000,
        actor: 'service:desk',
        action: 'scan.preserve',
        subject: id,
        after: String(isKept),
      });

    test('a scan that is to be preserved keeps all of it, until somebody says otherwise', async () => {
      await record(rooms);
      await preserve('req_1', true);
      await preserve('req_2', true);
      await preserve('req_2', false);
      const gone = async () => (await contentOf(0, 1, 2, 3)).map((content) => content === undefined);
      expect(await run({ content: days(10), identities: days(10) })).toMatchObject([
        { class: 'content', entries: 3, ranges: [[1, 3]] },
        { class: 'identities', entries: 4, ranges: [[1, 4]] },
      ]);
      expect(await gone()).toEqual([false, true, true, true]);
      expect(await rooms.subjects.show('person:ada')).toMatchObject({ entries: 1, withContent: 1 });
      await preserve('req_1', false);
      await run({ content: days(10), identities: days(10) });
      expect(await gone()).toEqual([true, true, true, true]);
    });

    async function fill(count: number, at: (index: number) => number): Promise<void> {
      // So that entries stand in the order in which they are appended.
      for (const each of ['person:ada', 'person:eve']) await rooms.keyring.of(each);
      await Promise.all(
        Array.from({ length: count }, (_, index) =>
          rooms.audit.append(
            interaction(`req_${index}`, {
              at: at(index),
              principal: { kind: 'person', id: index === 300 ? 'eve' : 'ada' },
              application: index === 600 ? 'shop' : 'desk',
              ...(index % 100 === 0 ? { content: `{"request":${index}}` } : {}),
            }),
          ),
        ),
      );
      await rooms.log.publish();
    }
    const forTenDays = { interactions: days(10), administration: days(10) };

    test('whole bundles go with all beside them, and every proof of what is left verifies', async () => {
      await fill(800, (index) => (index < 700 ? 1_000 : NOW));
      expect(await run(forTenDays)).toMatchObject([{ class: 'entries', entries: 512, ranges: [[0, 511]] }]);
      const entries = await entriesOf();
      expect(entries.map(({ index }) => index)).toEqual(Array.from({ length: 289 }, (_, at) => 512 + at));
      expect(entries.at(-1)?.entry).toMatchObject({ subject: 'entries', after: '512 in 0-511' });
      expect(await rooms.subjects.show('person:eve')).toMatchObject({ entries: 0 });
      expect(await stores.log.leaves(511, 513)).toEqual([undefined, expect.anything()]);
      await rooms.log.publish();
      expect(await rooms.log.prove(0)).toBeUndefined();
      const policy = policyOfKeys([parseVerifierKey(rooms.log.verifierKey)], [], 0);
      for (const index of [512, 767, 800]) {
        const bundle = (await rooms.log.prove(index))!;
        expect(verifyProof(bundle, leafHash(parseProof(bundle).extra!), policy).index).toBe(index);
      }
      expect(await run(forTenDays)).toEqual([]);
    });

    test('a bundle with one entry whose time has not passed, or that is held, stays whole', async () => {
      await fill(800, (index) => (index === 5 ? NOW - 9 * DAY : 1_000));
      await rooms.holds.add({ subjects: ['person:eve'], matter }, ACT);
      const shop = await rooms.holds.add({ application: 'shop', matter }, ACT);
      expect(await run(forTenDays)).toEqual([]);
      expect(await run({ interactions: days(1) })).toEqual([]);
      await rooms.holds.release(shop.id, ACT);
      expect(await run(forTenDays)).toMatchObject([{ ranges: [[512, 767]] }]);
    });

    test('a bundle stays whole for a scan in it that is to be preserved, and for the wish', async () => {
      await fill(520, () => 1_000);
      await preserve('req_5', true);
      for (let rest = 521; rest < 768; rest++) await rooms.audit.append(interaction(`req_${rest}`));
      await rooms.log.publish();
      expect(await run(forTenDays)).toMatchObject([{ ranges: [[256, 511]] }]);
      expect(await run(forTenDays)).toEqual([]);
      await preserve('req_5', false);
      expect(await run(forTenDays)).toMatchObject([
        {
          entries: 512,
          ranges: [
            [0, 255],
            [512, 767],
          ],
        },
      ]);
    });

    describe('an entry that says why others are gone, and goes itself,', () => {
      const at = (atMs: number, durations: Durations) =>
        purge(durations, stores.retention, atMs).run('gateway:one', false);
      /** Until there are so many entries. */
      const fillUp = async (size: number) => {
        const { index = -1 } = (await entriesOf()).at(-1) ?? {};
        for (let next = index + 1; next < size; next++)
          await rooms.audit.append(interaction(`more_${next}`, { at: NOW, principal: ADA }));
        await rooms.log.publish();
      };
      const ADA = { kind: 'person', id: 'ada' } as const;
      const faults = async () => {
        await rooms.log.publish();
        const { checks } = await checkLog(
          {
            store: stores.log,
            entries: stores.audit,
            keyring: rooms.keyring,
            origin: rooms.log.origin,
            logKeys: [parseVerifierKey(rooms.log.verifierKey)],
          },
          { from: 0, isDeep: true, onProgress: () => undefined },
        );
        return checks.flatMap(({ failures }) => failures.map(({ code, index }) => `${code} ${index ?? ''}`));
      };

      test('has it said again by the purge that takes it', async () => {
        await fill(256, () => 1_000);
        expect(await at(NOW, forTenDays)).toMatchObject([{ ranges: [[0, 255]] }]);
        await fillUp(512);
        expect(await at(NOW + 30 * DAY, forTenDays)).toMatchObject([{ entries: 256, ranges: [[256, 511]] }]);
        expect((await entriesOf()).at(-1)?.entry).toMatchObject({
          subject: 'entries',
          after: '512 in 0-511',
        });
        expect(await faults()).toEqual([]);
        for (let round = 2; round < 4; round++) {
          await fillUp((round + 1) * 256);
          await at(NOW + 30 * round * DAY, forTenDays);
        }
        expect((await entriesOf()).at(-1)?.entry).toMatchObject({ after: '1024 in 0-1023' });
        expect(await faults()).toEqual([]);
      });

      test('has it said again of what lay beside entries that are held', async () => {
        await fill(256, () => 1_000);
        await at(NOW, { content: days(10), identities: days(10) });
        await fillUp(512);
        await rooms.holds.add({ toMs: 2_000, matter }, ACT);
        expect(await at(NOW + 30 * DAY, forTenDays)).toMatchObject([{ ranges: [[256, 511]] }]);
        const said = (await entriesOf()).flatMap(({ entry }) =>
          entry.kind === 'administration' && entry.action === 'retention.purge' ? [entry] : [],
        );
        expect(said.map(({ subject, after }) => [subject, after])).toEqual([
          ['content', '3 in 0-0,100-100,200-200'],
          ['identities', '256 in 0-255'],
          ['entries', '256 in 256-511'],
        ]);
        expect(await faults()).toEqual([]);
      });

      test('stays where it is of an erasure, and what it erased from is held', async () => {
        await fill(256, () => 1_000);
        await rooms.subjects.erase('person:ada', 'art17-1-b', ACT);
        await fillUp(512);
        const hold = await rooms.holds.add({ toMs: 2_000, matter }, ACT);
        expect(await at(NOW + 30 * DAY, forTenDays)).toEqual([]);
        expect(await faults()).toEqual([]);
        await rooms.holds.release(hold.id, ACT);
        expect(await at(NOW + 30 * DAY, forTenDays)).toMatchObject([{ ranges: [[0, 511]] }]);
        expect(await faults()).toEqual([]);
      });
    });

    test('one process purges each day', async () => {
      await record(rooms);
      expect(await purge({ content: days(10) }).runDaily('gateway:one', DAY)).toHaveLength(1);
      await rooms.audit.append(interaction('req_6', { content: '{}' }));
      expect(await purge({ content: days(10) }).runDaily('gateway:two', DAY)).toEqual([]);
      expect(await stores.retention.claim(NOW + DAY, NOW)).toBe(true);
      expect(await stores.retention.claim(NOW + DAY, NOW)).toBe(false);
    });
  });
}
