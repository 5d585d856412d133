/** What every LogStore does: it takes leaves into the tree, once, in their order, whoever is at it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { leafText } from '../../src/modules/audit/store.ts';
import { EMPTY_ROOT, leafHash } from '../../src/tlog/hashes.ts';
import { rootOfLeaves } from '../../src/tlog/integrate.ts';
import { hashReaderOfTiles } from '../../src/tlog/tiles.ts';
import { readRoot } from '../../src/tlog/tree.ts';
import { backends, testShared, type Place } from './backends.ts';
import { interaction } from './records.ts';

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    Buffer.from(leafText('one', index + 1, interaction(`r${index}`).body)),
  );

for (const backend of backends) {
  backend.describe(`the tree in ${backend.name}`, () => {
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

    let appended = 0;
    beforeEach(() => void (appended = 0));
    async function append(count: number, audit = stores.audit): Promise<void> {
      await Promise.all(Array.from({ length: count }, () => audit.append(interaction(`r${appended++}`))));
    }

    test('is empty at first', async () => {
      const { log } = stores;
      expect(await log.sequenced()).toBe(0);
      expect(await log.integrate(10)).toMatchObject({ size: 0 });
      expect(hex((await log.integrated()).root)).toBe(hex(EMPTY_ROOT));
      expect(await log.checkpointAt(0)).toBeUndefined();
      expect(await log.leaves(0, 0)).toEqual([]);
    });

    test('has the same root, tiles and leaves however its leaves are taken in', async () => {
      const { log } = stores;
      for (const [count, step] of [
        [1, 10],
        [254, 100],
        [1, 1],
        [1, 1],
        [400, 1_000],
      ] as const) {
        await append(count);
        while ((await log.integrate(step)).size < appended);
        const tree = await log.integrated();
        expect(hex(tree.root)).toBe(hex(rootOfLeaves(leavesOf(appended).map(leafHash))));
        const read = hashReaderOfTiles(tree.size, (tiles) => log.tiles(tiles));
        expect(hex(await readRoot(tree.size, read))).toBe(hex(tree.root));
        const leaves = await log.leaves(0, appended);
        expect(leaves.map(hex)).toEqual(leavesOf(appended).map(hex));
      }
      expect(await log.sequenced()).toBe(appended);
      expect(await log.tiles([{ level: 3, index: 0 }])).toEqual([undefined]);
    });

    test('gives entries from rows and from bundles alike', async () => {
      await append(300);
      const before = await stores.audit.read({ limit: 400 });
      await stores.log.integrate(1_000);
      expect(await stores.audit.read({ limit: 400 })).toEqual(before);
      expect((await stores.audit.read({ id: 'r7', limit: 1 }))[0]?.leaf).toBe(before[7]?.leaf);
    });

    const checkpoint = (size: number, atMs: number, ...signers: readonly string[]) => {
      const lines = ['log', ...signers].map(
        (name) => `— ${name} ${Buffer.from(`id of ${name}`).toString('base64')}\n`,
      );
      return { size, atMs, note: `origin\n${size}\n\n${lines.join('')}` };
    };

    test('keeps checkpoints in their order, one for each minute and the last', async () => {
      const { log } = stores;
      for (const [size, atMs] of [
        [10, 0],
        [20, 10_000],
        [30, 50_000],
        [40, 60_001],
        [50, 60_002],
      ] as const)
        await log.publish(checkpoint(size, atMs));
      // Whoever was overtaken is not told so, and has added nothing.
      await log.publish(checkpoint(49, 60_003));
      await log.publish(checkpoint(15, 60_003));
      expect(await log.checkpointAt(49)).toEqual(checkpoint(40, 60_001));
      expect(await log.checkpointAt(9)).toBeUndefined();
      expect(await log.checkpointAt(39)).toEqual(checkpoint(30, 50_000));
      expect(await log.checkpointAt(1_000)).toEqual(checkpoint(50, 60_002));
      expect((await log.checkpointsAfter(30, 10)).map(({ size }) => size)).toEqual([40, 50]);
      expect(await log.checkpointsAfter(20, 1)).toEqual([checkpoint(30, 50_000)]);
      expect(await log.checkpointsAfter(50, 10)).toEqual([]);
    });

    test('tells what entries are found by, in their order', async () => {
      await append(5);
      const rows = await stores.log.indexRows(1, 4);
      expect(rows.map(({ index, sequence, id }) => [index, sequence, id])).toEqual([
        [1, 2, 'r1'],
        [2, 3, 'r2'],
        [3, 4, 'r3'],
      ]);
      const { kind, at } = interaction('r1');
      const beside = { hasIdentity: false, hasContent: false };
      expect(rows[0]).toEqual({ index: 1, instance: 'one', sequence: 2, kind, id: 'r1', at, ...beside });
      expect(await stores.log.indexRows(5, 9)).toEqual([]);
    });

    test('keeps all signatures under a checkpoint, however many publish it at once', async () => {
      const { log } = stores;
      const names = ['a', 'b', 'c', 'd', 'e', 'f'];
      await log.publish(checkpoint(10, 0));
      await Promise.all(names.map((name) => log.publish(checkpoint(10, 5, name))));
      await log.publish(checkpoint(20, 10));
      await log.publish(checkpoint(10, 5, 'late'));
      const kept = await log.checkpointAt(10);
      expect(kept?.atMs).toBe(0);
      const signed = [...(kept?.note ?? '').matchAll(/^— (\S+)/gm)].map(([, name]) => name);
      expect(new Set(signed)).toEqual(new Set([...names, 'late', 'log']));
      expect(signed).toHaveLength(names.length + 2);
      expect(await log.checkpointAt(20)).toEqual(checkpoint(20, 10));
    });

    testShared(backend)('takes two who publish at once, the slower of them too', async () => {
      const other = await place.open('two');
      const publish = async ({ log }: Stores, name: string) => {
        for (let size = 1; size <= 40; size++) {
          await log.publish(checkpoint(size, size * 20_000, ...(size % 2 === 0 ? [name] : [])));
          expect((await log.checkpointAt(1_000))?.size).toBeGreaterThanOrEqual(size);
        }
      };
      await Promise.all([publish(stores, 'a'), publish(stores, 'b'), publish(other, 'c')]);
      const last = await stores.log.checkpointAt(1_000);
      expect(last?.size).toBe(40);
      for (const name of ['log', 'a', 'b', 'c']) expect(last?.note).toContain(`— ${name} `);
      await other.close();
    });

    testShared(backend)(
      'keeps what a cosignature is still to come for, and what has more of them',
      async () => {
        const { log } = stores;
        for (let size = 1; size <= 50; size++) await log.publish(checkpoint(size, size * 1_000));
        await log.publish(checkpoint(40, 40_000, 'late'));
        for (let size = 51; size <= 130; size++) await log.publish(checkpoint(size, size * 1_000));
        const kept = new Set<number>();
        for (let size = 1; size <= 130; size++) kept.add((await log.checkpointAt(size))?.size ?? 0);
        // The last of each minute, the one that was cosigned, and those of the last seconds.
        const recent = Array.from({ length: 15 }, (_, i) => 116 + i);
        expect(kept).toEqual(new Set([0, 40, 59, 115, ...recent]));
        expect((await log.checkpointAt(40))?.note).toContain('late');
      },
    );

    test('refuses a checkpoint of a size that is kept with another text', async () => {
      const { log } = stores;
      await log.publish(checkpoint(10, 0));
      const fork = { ...checkpoint(10, 1), note: checkpoint(10, 1).note.replace('origin', 'another') };
      await expect(log.publish(fork)).rejects.toThrow(/split_view/);
      expect(await log.checkpointAt(10)).toEqual(checkpoint(10, 0));
    });

    test('keeps each rotation of the key once, in their order', async () => {
      const { log } = stores;
      expect(await log.keys()).toEqual([]);
      const key = (generation: number, entry: number) => ({
        generation,
        entry,
        overlapUntilMs: 9_000 + generation,
        handover: checkpoint(entry + 1, 5_000),
      });
      await log.addKey(key(1, 3));
      const twice = await Promise.allSettled([log.addKey(key(2, 7)), log.addKey(key(2, 8))]);
      expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const [first, second, ...others] = await log.keys();
      expect(first).toEqual(key(1, 3));
      expect([key(2, 7), key(2, 8)]).toContainEqual(second);
      expect(others).toEqual([]);
    });

    testShared(backend)('is one tree for two who append and integrate at once', async () => {
      const other = await place.open('two');
      const work = async ({ audit, log }: Stores) => {
        for (let round = 0; round < 15; round++) {
          await append(20, audit);
          await log.integrate(7 + round);
        }
      };
      await Promise.all([work(stores), work(other)]);
      while ((await stores.log.integrate(100)).size < 600);
      const tree = await other.log.integrated();
      const leaves = await other.log.leaves(0, 600);
      expect(leaves.every((leaf) => leaf !== undefined)).toBe(true);
      expect(hex(tree.root)).toBe(
        hex(rootOfLeaves(leaves.map((leaf) => leafHash(leaf ?? new Uint8Array())))),
      );
      await other.close();
    });

    testShared(backend)('goes on where it was after a restart', async () => {
      await append(270);
      await stores.log.integrate(260);
      await stores.close();
      stores = await place.open();
      await append(10);
      while ((await stores.log.integrate(100)).size < 280);
      const { root } = await stores.log.integrated();
      expect(hex(root)).toBe(hex(rootOfLeaves(leavesOf(280).map(leafHash))));
    });
  });
}
