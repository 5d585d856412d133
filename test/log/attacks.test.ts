/** Every manipulation of the log that is known, who finds it, and by which name. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tamper } from '../../src/modules/audit/kit/testdata/house.ts';
import { withBitFlipped } from '../../src/tlog/testdata/trees.ts';
import { ENTRY } from './attack.ts';
import { attackTable } from './attack-table.ts';
import { ATTACKS_AT_STORE } from './attacks-at-store.ts';
import { ATTACKS_ON_KITS } from './attacks-on-kits.ts';
import { ATTACKS_ON_KEYS } from './attacks-on-keys.ts';
import { ATTACKS_ON_THE_WAY } from './attacks-on-the-way.ts';
import { kitOf, verifyScene } from './auditors.ts';
import { codeBy, show, type Shown } from './detectors.ts';
import { editTile, forgetCheckpoints } from './forge.ts';
import { beat, createScenes, endOfScene, type Scene, SIZE } from './scene.ts';

let scenes: Awaited<ReturnType<typeof createScenes>>;
let scene: Scene;
const shownBefore = new Map<number, Shown>();

/** What the log serves that nobody has touched. */
async function untouched(entry: number): Promise<Shown> {
  const known = shownBefore.get(entry) ?? (await show(scenes.copy(), entry));
  shownBefore.set(entry, known);
  return known;
}

beforeAll(async () => {
  scenes = await createScenes();
}, 60_000);
afterAll(() => scenes.discard());
beforeEach(() => {
  scene = scenes.copy();
});
afterEach(() => scene.discard());

describe('the log, attacked', () => {
  test.each([...ATTACKS_AT_STORE, ...ATTACKS_ON_THE_WAY, ...ATTACKS_ON_KEYS])(
    '$name',
    { timeout: 60_000 },
    async (attack) => {
      const { atStore, onTheWay, entry = ENTRY, detectors } = attack;
      const before = await untouched(entry);
      for (const [detector] of detectors)
        expect([detector, await codeBy(detector, scene, async () => before)]).toEqual([detector, 'accepted']);

      await atStore?.(scene);
      let serving: Promise<Shown> | undefined;
      const shown = async () => {
        const served = await (serving ??= show(scene, entry));
        return { ...served, ...onTheWay?.(served, scene) };
      };
      for (const [detector, code] of detectors)
        expect([detector, await codeBy(detector, scene, shown)]).toEqual([detector, code]);
    },
  );
});

describe('the house itself', () => {
  test.each<readonly [string, (scene: Scene) => void]>([
    ['a tile at its edge', (its) => editTile(its, 0, 2, (bytes) => withBitFlipped(bytes, 40))],
    ['a tile above its edge', (its) => editTile(its, 1, 0, (bytes) => withBitFlipped(bytes, 40))],
    [
      'its root',
      (its) =>
        its.sql((database) => void database.prepare('update log_tree set root = ?').run(Buffer.alloc(32, 1))),
    ],
  ])(
    'neither grows nor signs a tree of which somebody changed %s, and goes on recording',
    async (_, change) => {
      change(scene);
      forgetCheckpoints(scene);
      await scene.open(async ({ audit, log, stores }) => {
        await expect(log.publish()).rejects.toThrow('the tiles of the log do not have its root');
        expect(await beat(audit, 'hb_after', endOfScene())).toMatchObject({ index: SIZE });
        await expect(log.publish()).rejects.toThrow('the tiles of the log do not have its root');
        expect((await stores.log.integrated()).size).toBe(SIZE);
        expect(await stores.log.checkpointAt(SIZE)).toBeUndefined();
      });
    },
  );
});

describe('a kit, forged', () => {
  let kit: Buffer;
  beforeAll(async () => {
    kit = await kitOf(scenes.copy());
  }, 60_000);

  test('verifies as it is, and zipped anew', async () => {
    expect(await verifyScene(scene, kit)).toBe('accepted');
    expect(
      await verifyScene(
        scene,
        tamper(kit, () => undefined),
      ),
    ).toBe('accepted');
  });

  test.each(ATTACKS_ON_KITS)('$name', async ({ forge, codes }) => {
    expect(await verifyScene(scene, tamper(kit, forge))).toBe(codes);
  });
});

test('the page of attacks says what is tested here (vitest -u writes it)', async () => {
  await expect(attackTable()).toMatchFileSnapshot('../../docs/reference/attacks.md');
});
