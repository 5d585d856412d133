/** What the subjects room does over every SubjectStore and HoldStore: it is one suite, since the room is what they are for. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { verifyCoverage } from '../../src/governance/subjects/subjects.ts';
import {
  ACT,
  interaction,
  openRooms,
  record,
  type Kept,
  type Rooms,
} from '../../src/governance/subjects/testdata/recorded.ts';
import { renewKeys } from '../../src/modules/audit/audit.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { parseVerifierKey } from '../../src/tlog/keys.ts';
import { policyOfKeys } from '../../src/tlog/policy.ts';
import { parseProof, verifyProof } from '../../src/tlog/proof.ts';
import { backends, type Place } from './backends.ts';

const BASIS = 'art17-1-b';

for (const backend of backends) {
  backend.describe(`the rights of subjects in ${backend.name}`, () => {
    let place: Place;
    let stores: Stores;
    let rooms: Rooms;
    beforeEach(async () => {
      place = await backend.prepare();
      stores = await place.open();
      rooms = await openRooms(stores);
      await record(rooms);
    });
    afterEach(async () => {
      await stores.close();
      await place.discard();
    });

    const entriesOf = async () => (await rooms.audit.read({ limit: 100 })).entries;
    const contents = () => Promise.all([0, 1, 2, 3].map((index) => rooms.audit.content(index)));

    test('it is shown how much there is about somebody, however her identifier is written', async () => {
      expect(await rooms.subjects.show('person:ada')).toEqual({
        identifiers: ['person:ada'],
        isRestricted: false,
        holds: [],
        entries: 3,
        withContent: 3,
        firstAtMs: 1_000,
        lastAtMs: 1_000,
      });
      for (const given of ['BOB@Example.com', 'EMAIL_ADDRESS:bob@example.com'])
        expect(await rooms.subjects.show(given)).toMatchObject({
          identifiers: ['EMAIL_ADDRESS:bob@example.com'],
          entries: 2,
        });
      expect(await rooms.subjects.show('+49 (30) 123-4567')).toMatchObject({ entries: 1 });
      expect(await rooms.subjects.show('desk/user:42')).toMatchObject({ entries: 1, firstAtMs: 2_000 });
      expect(await rooms.subjects.show('nobody@example.com')).toEqual({
        identifiers: [],
        isRestricted: false,
        holds: [],
        entries: 0,
        withContent: 0,
      });
    });

    test('what lies beside the log is counted, and less once somebody is erased', async () => {
      const before = await rooms.subjects.sealed();
      expect(before.content).toBe((await entriesOf()).filter(({ hasContent }) => hasContent).length);
      expect(before.vaultTexts).toBeGreaterThanOrEqual(before.vaults);
      await rooms.subjects.erase('person:ada', BASIS, ACT);
      expect((await rooms.subjects.sealed()).content).toBeLessThan(before.content);
    });

    test('erasing takes who it was and what was said, leaves others theirs, and every proof still verifies', async () => {
      const erased = await rooms.subjects.erase('person:ada', BASIS, ACT);
      expect(erased).toEqual({ entries: 3, entry: 5 });
      const entries = await entriesOf();
      expect(
        entries
          .slice(0, 3)
          .map(({ entry, erasedBy, hasContent }) => [
            entry.kind === 'interaction' ? entry.principal : 0,
            erasedBy,
            hasContent,
          ]),
      ).toEqual([
        [undefined, 5, false],
        [undefined, 5, false],
        [undefined, 5, false],
      ]);
      expect(entries[4]?.entry).toMatchObject({ principal: { kind: 'person', id: 'eve' } });
      expect(await contents()).toEqual([undefined, undefined, undefined, '{"request":"a user of the desk"}']);
      expect((await rooms.subjects.show('person:ada')).entries).toBe(0);
      // What is about Bob is still about Bob.
      expect((await rooms.subjects.show('bob@example.com')).entries).toBe(2);
      expect(await rooms.audit.pseudonyms(1)).toHaveLength(2);

      await rooms.log.publish();
      const policy = policyOfKeys([parseVerifierKey(rooms.log.verifierKey)], [], 0);
      for (let index = 0; index < 6; index++) {
        const bundle = (await rooms.log.prove(index))!;
        expect(verifyProof(bundle, leafHash(parseProof(bundle).extra!), policy).index).toBe(index);
      }
    });

    test("erasing one who was mentioned takes her link and what held her in the clear, and the others' stay", async () => {
      await rooms.subjects.erase('bob@example.com', BASIS, ACT);
      expect(await rooms.audit.pseudonyms(1)).toEqual([
        {
          identifier: 'PHONE_NUMBER:+49301234567',
          standIn: '<PHONE_NUMBER_bbbbbbbbbb>',
          value: '+49 30 1234567',
        },
      ]);
      const [first, second, third] = await contents();
      expect(first).toContain('ada');
      expect(second).toContain('<EMAIL_ADDRESS_aaaaaaaaaa>');
      expect(third).toBeUndefined();
      const entries = await entriesOf();
      expect(entries.map(({ erasedBy }) => erasedBy)).toEqual([
        undefined,
        undefined,
        5,
        undefined,
        undefined,
        undefined,
      ]);
      expect(entries[2]?.entry).toMatchObject({ principal: { id: 'ada' } });
    });

    test('an entry says who erased and why, names nobody, and an auditor sees which leaves it covers', async () => {
      await rooms.subjects.erase('person:ada', BASIS, ACT);
      const { entry } = (await entriesOf())[5]!;
      if (entry.kind !== 'administration' || !entry.erasure) throw new Error('no erasure is on record');
      expect(entry).toMatchObject({ action: 'subject.erase', actor: ACT.actor, reason: ACT.reason });
      expect(entry.erasure).toMatchObject({ basis: BASIS, count: 3, keys: [expect.stringMatching(/^sub_/)] });
      const [leaf] = await stores.log.leaves(5, 6);
      expect(Buffer.from(leaf!).toString()).not.toMatch(/"ada"|:ada\b/);
      for (const index of [0, 1, 2]) {
        const [coverage] = await rooms.subjects.coverage(index);
        expect(coverage).toMatchObject({ leaf: index, entry: 5 });
        verifyCoverage(coverage!, entry.erasure);
        expect(() => verifyCoverage({ ...coverage!, leaf: 4 }, entry.erasure!)).toThrow();
        expect(() => verifyCoverage(coverage!, { ...entry.erasure!, root: coverage!.salt })).toThrow();
      }
      expect(await rooms.subjects.coverage(3)).toEqual([]);
    });

    test('two who share a leaf are erased one after the other, and both entries cover it', async () => {
      await rooms.subjects.erase('person:ada', BASIS, ACT);
      await rooms.subjects.erase('bob@example.com', BASIS, ACT);
      const covering = await rooms.subjects.coverage(2);
      expect(covering.map(({ entry }) => entry)).toEqual([5, 6]);
      const entries = await entriesOf();
      for (const coverage of covering) {
        const { entry } = entries[coverage.entry]!;
        if (entry.kind === 'administration') verifyCoverage(coverage, entry.erasure!);
      }
    });

    test('erasing a principal takes her name from the sums of usage, and the totals stay', async () => {
      const row = (principal: string, requests: number) => ({
        hourMs: 0,
        principal,
        application: 'desk',
        model: 'm',
        provider: 'p',
        providerModel: 'm',
        requests,
        refused: 0,
        inputTokens: 1,
        outputTokens: 2,
        cachedInputTokens: 0,
        costMicros: 5,
      });
      const usage = async () =>
        (await stores.usage.read({ fromMs: 0, toMs: 10 }))
          .map(({ principal, requests }) => `${principal} ${requests}`)
          .toSorted((a, b) => a.localeCompare(b));
      await stores.usage.add([row('person:ada', 3), row('person:eve', 1)], 'batch 1');
      await rooms.subjects.erase('person:ada', BASIS, ACT);
      expect(await usage()).toEqual(['erased 3', 'person:eve 1']);
      // What a gateway had summed up by then, and wrote after it: the erasure is repeated.
      await stores.usage.add([row('person:ada', 2)], 'batch 2');
      expect(await rooms.subjects.erase('person:ada', BASIS, ACT)).toBeUndefined();
      expect(await usage()).toEqual(['erased 5', 'person:eve 1']);
    });

    test('an entry names the key of who it was, by which an erasure names her too', async () => {
      const [first] = await entriesOf();
      expect(first?.subjectKey).toBe((await rooms.keyring.find('person:ada'))[0]?.id);
      await rooms.subjects.erase('person:ada', BASIS, ACT);
      const entries = await entriesOf();
      expect(entries[0]).not.toHaveProperty('subjectKey');
      expect(entries[5]?.entry).toMatchObject({ erasure: { keys: [first?.subjectKey] } });
    });

    test('erasing again does nothing, and what she does afterwards is hers anew', async () => {
      await rooms.subjects.erase('person:ada', BASIS, ACT);
      expect(await rooms.subjects.erase('person:ada', BASIS, ACT)).toBeUndefined();
      expect(await rooms.audit.read({ limit: 100 })).toMatchObject({ entries: { length: 6 } });
      await rooms.audit.append(interaction('req_6'));
      expect(await rooms.subjects.show('person:ada')).toMatchObject({ entries: 1 });
    });

    describe('cut off', () => {
      /** Fails once, before or after the step is done. */
      const failing = <Args extends unknown[], Result>(
        work: (...args: Args) => Promise<Result>,
        isDone: boolean,
      ) => {
        let isFirst = true;
        return async (...args: Args): Promise<Result> => {
          if (!isFirst) return work(...args);
          isFirst = false;
          if (isDone) await work(...args);
          throw new Error('the machine died');
        };
      };

      type Fault = (stores: Stores, isDone: boolean) => Kept;
      const faults: Readonly<Record<string, Fault>> = {
        'keeping the erasure': (all, isDone) => ({
          ...all,
          subjects: { ...all.subjects, begin: failing(all.subjects.begin, isDone) },
        }),
        'its entry': (all, isDone) => ({
          ...all,
          audit: { ...all.audit, append: failing(all.audit.append, isDone) },
        }),
        'destroying the keys': (all, isDone) => ({
          ...all,
          keys: { ...all.keys, destroy: failing(all.keys.destroy, isDone) },
        }),
        'taking it apart': (all, isDone) => ({
          ...all,
          subjects: { ...all.subjects, settle: failing(all.subjects.settle, isDone) },
        }),
      };
      const cuts = Object.keys(faults).flatMap((step) => [[step, false] as const, [step, true] as const]);

      test.each(cuts)('at %s (done: %s), it is whole after it is repeated', async (step, isDone) => {
        const { subjects } = await openRooms(faults[step]!(stores, isDone));
        await expect(subjects.erase('person:ada', BASIS, ACT)).rejects.toThrow();
        const again = await openRooms(stores);
        await again.subjects.erase('person:ada', BASIS, ACT);
        rooms = again;
        expect(await again.subjects.show('person:ada')).toMatchObject({ entries: 0, identifiers: [] });
        expect(await contents()).toMatchObject([undefined, undefined, undefined, expect.any(String)]);
        expect(await stores.subjects.leftOver()).toEqual([]);
        const [coverage] = await again.subjects.coverage(0);
        const { entry } = (await entriesOf())[coverage!.entry]!;
        if (entry.kind !== 'administration') throw new Error('an erasure is an administrative act');
        verifyCoverage(coverage!, entry.erasure!);
        const erasures = (await entriesOf()).filter(
          (each) => each.entry.kind === 'administration' && each.entry.erasure,
        );
        expect(erasures).toHaveLength(1);
      });

      test('after its entry, it is finished although a key does not open any more', async () => {
        const { subjects } = await openRooms(faults['destroying the keys']!(stores, false));
        await expect(subjects.erase('person:ada', BASIS, ACT)).rejects.toThrow();
        const [key] = await rooms.keyring.find('person:ada');
        const [stored] = await stores.keys.get([key!.id]);
        await stores.keys.replace([{ ...stored!, wrappedKey: Buffer.from('changed') }]);
        rooms = await openRooms(stores);
        expect(await rooms.subjects.resume('gateway:one')).toBe(1);
        expect(await rooms.keyring.existing([key!.id])).toEqual([]);
      });

      test('after its entry, it is finished at the next start alone', async () => {
        const { subjects } = await openRooms(faults['destroying the keys']!(stores, false));
        await expect(subjects.erase('person:ada', BASIS, ACT)).rejects.toThrow();
        rooms = await openRooms(stores);
        expect(await rooms.subjects.resume('gateway:one')).toBe(1);
        expect(await contents()).toMatchObject([undefined, undefined, undefined, expect.any(String)]);
        expect(await stores.subjects.pending()).toEqual([]);
      });

      test('before its entry, it is forgotten after an hour, and nothing was erased', async () => {
        const { subjects } = await openRooms(faults['its entry']!(stores, false));
        await expect(subjects.erase('person:ada', BASIS, ACT)).rejects.toThrow();
        await (await openRooms(stores, 10_000 + 3_600_001)).subjects.resume('gateway:one');
        expect(await stores.subjects.pending()).toEqual([]);
        expect(await rooms.subjects.show('person:ada')).toMatchObject({ entries: 3 });
      });
    });

    test('a key store that was restored from a backup loses the keys again', async () => {
      const [key] = await rooms.keyring.find('person:ada');
      const [backup] = await stores.keys.get([key!.id]);
      await rooms.subjects.erase('person:ada', BASIS, ACT);
      await stores.keys.add(backup!);
      expect(await rooms.keyring.find('person:ada')).toHaveLength(1);
      expect(await (await openRooms(stores)).subjects.resume('gateway:one')).toBe(1);
      expect(await rooms.keyring.find('person:ada')).toEqual([]);
    });

    test('what another process still wrote under a key that was destroyed is erased by an entry of its own', async () => {
      const other = await openRooms(stores);
      await other.keyring.of('person:ada');
      await other.keyring.of('desk/user:42');
      await rooms.subjects.erase('desk/user:42', BASIS, ACT);
      await other.audit.append(
        interaction('req_late', {
          subjects: [{ identifier: 'desk/user:42', inContent: true, pseudonyms: [] }],
          content: '{"request":"late"}',
        }),
      );
      expect(await rooms.audit.content(6)).toBeUndefined();
      expect(await rooms.subjects.resume('gateway:one')).toBe(1);
      expect(await rooms.subjects.resume('gateway:one')).toBe(0);
      expect((await rooms.subjects.coverage(6)).map(({ entry }) => entry)).toEqual([7]);
    });

    test('restriction keeps what there is unread, and both ways are on record', async () => {
      await rooms.subjects.restrict('person:ada', true, ACT);
      expect(await rooms.subjects.show('person:ada')).toMatchObject({ isRestricted: true, entries: 3 });
      expect((await contents())[0]).toBeUndefined();
      expect((await entriesOf())[0]?.entry).not.toHaveProperty('principal');
      await expect(rooms.subjects.disclose('person:ada', ACT)).rejects.toThrow('restricted');
      await rooms.audit.append(interaction('req_6', { content: '{"request":"kept"}' }));
      await rooms.subjects.restrict('person:ada', false, ACT);
      expect((await contents())[0]).toContain('hello from ada');
      const acts = (await entriesOf()).map(({ entry }) =>
        entry.kind === 'administration' ? entry : undefined,
      );
      expect(acts[5]).toMatchObject({ action: 'subject.restrict', subject: expect.stringMatching(/^sub_/) });
      expect(acts[7]).toMatchObject({ action: 'subject.unrestrict', reason: ACT.reason });
    });

    describe('new keys', () => {
      const settled = () => Promise.resolve();
      const renew = (store: Stores['wrappedKeys'] = stores.wrappedKeys) =>
        renewKeys({ keyring: rooms.keyring, store, settled }, 'person:ada');

      async function isWhole(old: readonly string[]): Promise<void> {
        expect(await rooms.keyring.existing(old)).toEqual([]);
        expect(await contents()).not.toContain(undefined);
        expect((await entriesOf())[0]?.entry).toMatchObject({ principal: { id: 'ada' } });
        expect(await rooms.subjects.show('person:ada')).toMatchObject({ entries: 3, withContent: 3 });
        expect(await rooms.audit.pseudonyms(1)).toHaveLength(2);
        await rooms.subjects.erase('person:ada', BASIS, ACT);
        expect(await contents()).toMatchObject([undefined, undefined, undefined, expect.any(String)]);
      }

      test('take over what the old ones wrapped, with the same salts', async () => {
        const [old] = await rooms.keyring.find('person:ada');
        expect(await renew()).toBeGreaterThanOrEqual(4);
        const [fresh] = await rooms.keyring.find('person:ada');
        expect(fresh!.id).not.toBe(old!.id);
        expect(fresh!.wrapping).not.toEqual(old!.wrapping);
        expect(fresh!.salting('who req_1')).toEqual(old!.salting('who req_1'));
        await isWhole([old!.id]);
      });

      test('of one who was mentioned take over her vault and her links', async () => {
        const bob = 'EMAIL_ADDRESS:bob@example.com';
        await renewKeys({ keyring: rooms.keyring, store: stores.wrappedKeys, settled }, bob);
        expect(await rooms.subjects.show(bob)).toMatchObject({ entries: 2 });
        expect(await rooms.audit.pseudonyms(1)).toHaveLength(2);
        expect(await contents()).not.toContain(undefined);
        await rooms.subjects.erase(bob, BASIS, ACT);
        expect(await rooms.audit.pseudonyms(1)).toHaveLength(1);
        expect(await rooms.audit.content(2)).toBeUndefined();
      });

      test.each([false, true])(
        'that were cut off (after a step: %s) are whole after they are repeated',
        async (isDone) => {
          const old = (await rooms.keyring.find('person:ada')).map(({ id }) => id);
          const { wrappedKeys } = stores;
          await expect(
            renew({
              ...wrappedKeys,
              async rewrap(...args) {
                if (isDone) await wrappedKeys.rewrap(...args);
                throw new Error('the machine died');
              },
            }),
          ).rejects.toThrow('the machine died');
          expect(await contents()).not.toContain(undefined);
          await renew();
          await isWhole(old);
        },
      );
    });

    describe('a legal hold', () => {
      const matter = 'case 4711';
      test.each([
        ['on her', { subjects: ['person:ada'] }],
        ['on somebody whom the same entries are about', { subjects: ['EMAIL_ADDRESS:bob@example.com'] }],
        ['on the application', { application: 'desk' }],
        ['on the time', { fromMs: 500, toMs: 1_001 }],
        ['from a time on', { fromMs: 1_000 }],
      ])('%s wins over erasure until it is released', async (_, what) => {
        const hold = await rooms.holds.add({ ...what, matter }, ACT);
        await expect(rooms.subjects.erase('person:ada', BASIS, ACT)).rejects.toThrow(
          `the legal hold ${hold.id}`,
        );
        expect(await contents()).not.toContain(undefined);
        expect(await rooms.holds.list()).toEqual([hold]);
        expect(await rooms.holds.release(hold.id, ACT)).toBe(true);
        expect(await rooms.holds.release(hold.id, ACT)).toBe(false);
        expect(await rooms.subjects.erase('person:ada', BASIS, ACT)).toMatchObject({ entries: 3 });
      });

      test.each([
        ['on somebody else', { subjects: ['person:eve'] }],
        ['on another application', { application: 'shop' }],
        ['on another time', { fromMs: 1_001 }],
        ['on her elsewhere', { subjects: ['person:ada'], application: 'shop' }],
      ])('%s does not', async (_, what) => {
        await rooms.holds.add({ ...what, matter }, ACT);
        expect(await rooms.subjects.erase('person:ada', BASIS, ACT)).toMatchObject({ entries: 3 });
      });

      const onHer = { subjects: ['person:ada'], matter };

      test.each([
        ['on her', onHer],
        ['on the application', { application: 'desk', matter }],
        [
          'on somebody whom the same entries are about',
          { subjects: ['EMAIL_ADDRESS:bob@example.com'], matter },
        ],
      ])('%s that comes when the erasure has begun is refused, and told which', async (_, what) => {
        let refused: unknown;
        const audit: Stores['audit'] = {
          ...stores.audit,
          async append(entry) {
            refused = await rooms.holds.add(what, ACT).catch((error: unknown) => error);
            return stores.audit.append(entry);
          },
        };
        const { subjects } = await openRooms({ ...stores, audit });
        expect(await subjects.erase('person:ada', BASIS, ACT)).toMatchObject({ entries: 3 });
        expect(String(refused)).toMatch(
          /^HoldError: what it would hold is being erased already, by ers_\S+:/,
        );
        expect(await rooms.holds.list()).toEqual([]);
        expect(await rooms.holds.add(what, ACT)).toMatchObject(what);
      });

      test('on somebody else is placed while the erasure runs', async () => {
        const audit: Stores['audit'] = {
          ...stores.audit,
          async append(entry) {
            await rooms.holds.add({ subjects: ['person:eve'], matter }, ACT);
            return stores.audit.append(entry);
          },
        };
        const { subjects } = await openRooms({ ...stores, audit });
        expect(await subjects.erase('person:ada', BASIS, ACT)).toMatchObject({ entries: 3 });
        expect(await rooms.holds.list()).toHaveLength(1);
      });

      test('that comes between the look at the holds and the beginning of the erasure wins', async () => {
        let isFirst = true;
        const { subjects } = await openRooms({
          ...stores,
          subjects: {
            ...stores.subjects,
            async begin(...args) {
              if (isFirst) await rooms.holds.add(onHer, ACT);
              isFirst = false;
              return stores.subjects.begin(...args);
            },
          },
        });
        await expect(subjects.erase('person:ada', BASIS, ACT)).rejects.toThrow(/the legal hold hold_/);
        expect(await contents()).not.toContain(undefined);
        expect(await stores.subjects.pending()).toEqual([]);
      });

      test('holds what comes under it between the look and the beginning too', async () => {
        await rooms.holds.add({ application: 'shop', matter }, ACT);
        const { subjects } = await openRooms({
          ...stores,
          subjects: {
            ...stores.subjects,
            async begin(...args) {
              await rooms.audit.append(interaction('req_6', { application: 'shop' }));
              return stores.subjects.begin(...args);
            },
          },
        });
        await expect(subjects.erase('person:ada', BASIS, ACT)).rejects.toThrow(/the legal hold hold_/);
        expect(await stores.subjects.pending()).toEqual([]);
        expect(await rooms.subjects.show('person:ada')).toMatchObject({ entries: 4 });
      });

      test('and an erasure that come at once: one of them is refused, or the hold stands behind the erasure', async () => {
        const other = backend.isShared ? await place.open('two') : stores;
        const others = await openRooms(other);
        const rounds = Array.from({ length: 12 }, (_, round) => `person:p${round}`);
        for (const round of rounds.keys())
          await rooms.audit.append(
            interaction(`req_r${round}`, { principal: { kind: 'person', id: `p${round}` } }),
          );
        for (const who of rounds) {
          const [erased, held] = await Promise.allSettled([
            rooms.subjects.erase(who, BASIS, ACT),
            others.holds.add({ subjects: [who], matter }, ACT),
          ]);
          const isErased = erased.status === 'fulfilled';
          expect((await rooms.keyring.find(who)).length).toBe(isErased ? 0 : 1);
          if (!isErased) {
            expect(held.status).toBe('fulfilled');
            expect(String(erased.reason)).toMatch(/the legal hold hold_/);
          } else if (held.status === 'fulfilled') {
            const acts = await entriesOf();
            const at = (subject: string) =>
              acts.find(({ entry }) => entry.kind === 'administration' && entry.subject === subject)?.index;
            expect(at(held.value.id)).toBeGreaterThan(erased.value?.entry ?? Infinity);
          } else expect(String(held.reason)).toMatch(/^HoldError/);
        }
        if (other !== stores) await other.close();
      });

      test('names nobody where it is kept, and neither does the entry that says so', async () => {
        await rooms.holds.add({ subjects: ['person:ada'], matter }, ACT);
        const [stored] = await stores.holds.list();
        expect(JSON.stringify(stored)).not.toMatch(/"ada"|:ada\b/);
        expect(Buffer.from(stored!.sealed).toString('latin1')).not.toContain('ada');
        const [leaf] = await stores.log.leaves(5, 6);
        expect(Buffer.from(leaf!).toString()).not.toMatch(/ada|4711/);
        expect(await rooms.subjects.show('person:ada')).toMatchObject({ holds: [stored!.id] });
      });
    });
  });
}
