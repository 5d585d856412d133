/** What every AuditStore does. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { leafText, type SealedText } from '../../src/modules/audit/store.ts';
import { backends, testShared, type Place } from './backends.ts';
import { administration, idOf, interaction, interactionEnd, isGapless } from './records.ts';

const sealed = (text: string): SealedText => ({
  wrappedKey: Buffer.from(`${text} key`),
  sealed: Buffer.from(text),
});

/** Without the difference between kinds of byte arrays. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, member: unknown) =>
      member instanceof Uint8Array ? Buffer.from(member).toString('hex') : member,
    ).replaceAll(/\{"type":"Buffer","data":\[([\d,]*)\]\}/g, (_, data: string) =>
      JSON.stringify(Buffer.from(data.split(',').map(Number)).toString('hex')),
    ),
  );

for (const backend of backends) {
  backend.describe(`the audit log in ${backend.name}`, () => {
    let place: Place;
    let stores: Stores;
    beforeEach(async () => {
      place = await backend.prepare();
      stores = await place.open();
    });
    afterEach(async () => {
      await stores.close();
      await place.discard();
    });

    test('keeps entries as they were, numbered from 1', async () => {
      const entries = [interaction('req_1'), administration('adm_1'), interactionEnd('req_1')];
      for (const entry of entries) await stores.audit.append(entry);
      expect(await stores.audit.read({ limit: 10 })).toEqual(
        entries.map(({ body }, index) => ({
          index,
          position: index + 1,
          instance: 'one',
          sequence: index + 1,
          leaf: leafText('one', index + 1, body),
        })),
      );
    });

    test('keeps what lies beside an entry: who it was, once for all that say the same, and what was said', async () => {
      const identity = { id: 'who_1', subject: 'sub_1', text: sealed('who') };
      const content = { subjects: ['sub_1', 'sub_2'], ...sealed('said') };
      await stores.audit.append({ ...interaction('a'), identity });
      await Promise.all([
        stores.audit.append({ ...interaction('b'), identity: { id: 'who_1', subject: 'sub_1' } }),
        stores.audit.append({ ...interaction('c'), identity, content, subjects: ['sub_2'] }),
      ]);
      const [a, b, c] = await stores.audit.read({ limit: 10 });
      for (const entry of [a, b, c]) expect(plain(entry?.identity)).toEqual(plain(identity));
      expect([a?.content, b?.content, plain(c?.content)]).toEqual([undefined, undefined, plain(content)]);
      const beside = await stores.audit.beside([2, 0, 7]);
      expect(plain(beside.toSorted((one, other) => one.index - other.index))).toEqual(
        plain([
          { index: 0, identity },
          { index: 2, identity, contentSubjects: ['sub_1', 'sub_2'] },
        ]),
      );
      expect(await stores.audit.beside([])).toEqual([]);
      const about = async (subject: string) =>
        (await stores.audit.read({ subjects: [subject], limit: 10 })).map(idOf);
      expect(await about('sub_1')).toEqual(['a', 'b', 'c']);
      expect(await about('sub_2')).toEqual(['c']);
      expect(await about('sub_3')).toEqual([]);
    });

    test('numbers entries in the order of the calls, without a gap, however many come at once', async () => {
      const receipts = await Promise.all(
        Array.from({ length: 1_500 }, (_, index) => stores.audit.append(interaction(`req_${index}`))),
      );
      expect(receipts).toEqual(receipts.map((_, index) => ({ instance: 'one', sequence: index + 1, index })));
      const entries = await stores.audit.read({ limit: 2_000 });
      expect(entries.map(idOf)).toEqual(receipts.map((_, index) => `req_${index}`));
    });

    test('is asked by id, time, instance and position, in either order', async () => {
      for (const [index, id] of ['a', 'b', 'a', 'c'].entries()) {
        await stores.audit.append(interaction(id, 'answered', index * 100));
      }
      const ask = async (query: Omit<Parameters<typeof stores.audit.read>[0], 'limit'>, limit = 10) =>
        (await stores.audit.read({ ...query, limit })).map(({ sequence }) => sequence);
      expect(await ask({ id: 'a' })).toEqual([1, 3]);
      expect(await ask({ id: 'nobody' })).toEqual([]);
      expect(await ask({ fromMs: 100, toMs: 300 })).toEqual([2, 3]);
      expect(await ask({ instance: 'one' })).toEqual([1, 2, 3, 4]);
      expect(await ask({ instance: 'two' })).toEqual([]);
      expect(await ask({ descending: true }, 2)).toEqual([4, 3]);
      const entries = await stores.audit.read({ limit: 2 });
      const after = entries[1]!.position;
      expect(await ask({ after })).toEqual([3, 4]);
      expect(await ask({ after, descending: true })).toEqual([1]);
    });

    test('knows which answers began to be released and never ended', async () => {
      await stores.audit.append(interaction('whole'));
      await stores.audit.append(interaction('open', 'released'));
      await stores.audit.append(interaction('ended', 'released'));
      await stores.audit.append(interactionEnd('ended'));
      await Promise.all([
        stores.audit.append(interaction('together', 'released')),
        stores.audit.append(interactionEnd('together')),
      ]);
      expect(await stores.audit.unfinished()).toEqual(['open']);
    });

    testShared(backend)(
      'waits at its close for what was appended, and refuses what comes later',
      async () => {
        const appended = Array.from({ length: 50 }, (_, index) =>
          stores.audit.append(interaction(`r${index}`)),
        );
        await stores.audit.close();
        await expect(Promise.all(appended)).resolves.toHaveLength(50);
        await expect(stores.audit.append(interaction('late'))).rejects.toThrow(/closed/);
      },
    );

    testShared(backend)('goes on counting where it stopped', async () => {
      await stores.audit.append(interaction('a', 'released'));
      await stores.close();
      stores = await place.open();
      expect((await stores.audit.append(interaction('b'))).sequence).toBe(2);
      expect(await stores.audit.unfinished()).toEqual(['a']);
    });

    testShared(backend)('numbers two instances apart, and a reader that follows misses nothing', async () => {
      const other = await place.open('two');
      let following = true;
      const seen: string[] = [];
      const follow = async () => {
        let after = 0;
        for (;;) {
          const last = !following;
          const entries = await stores.audit.read({ after, limit: 100 });
          for (const { instance, sequence, position } of entries) {
            seen.push(`${instance} ${sequence}`);
            after = position;
          }
          if (last && entries.length === 0) return;
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      };
      const reading = follow();
      const appendAll = async (audit: Stores['audit']) => {
        for (let round = 0; round < 40; round++) {
          await Promise.all(
            Array.from({ length: 1 + (round % 7) }, (_, index) =>
              audit.append(interaction(`${round}-${index}`)),
            ),
          );
        }
      };
      await Promise.all([appendAll(stores.audit), appendAll(other.audit)]);
      following = false;
      await reading;
      const entries = await stores.audit.read({ limit: 1_000 });
      for (const instance of ['one', 'two']) {
        const sequences = entries
          .filter((entry) => entry.instance === instance)
          .map(({ sequence }) => sequence);
        expect(sequences.length).toBeGreaterThan(100);
        expect(isGapless(sequences)).toBe(true);
      }
      expect(seen.toSorted()).toEqual(
        entries.map(({ instance, sequence }) => `${instance} ${sequence}`).toSorted(),
      );
      expect(await other.audit.unfinished()).toEqual([]);
      await other.close();
    });
  });
}
