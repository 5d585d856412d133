/** Every manipulation of the log that is known, who finds it, and by which name. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENTRY } from './attack.ts';
import { ATTACKS_AT_STORE } from './attacks-at-store.ts';
import { ATTACKS_ON_THE_WAY } from './attacks-on-the-way.ts';
import { codeBy, show, type Shown } from './detectors.ts';
import { createScenes, type Scene } from './scene.ts';

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
  test.each([...ATTACKS_AT_STORE, ...ATTACKS_ON_THE_WAY])('$name', { timeout: 60_000 }, async (attack) => {
    const { atStore, onTheWay, entry = ENTRY, detectors } = attack;
    const before = await untouched(entry);
    for (const [detector] of detectors)
      expect([detector, await codeBy(detector, scene, async () => before)]).toEqual([detector, 'accepted']);

    await atStore?.(scene);
    const served = show(scene, entry);
    const shown = async () => ({ ...(await served), ...onTheWay?.(await served, scene) });
    for (const [detector, code] of detectors)
      expect([detector, await codeBy(detector, scene, shown)]).toEqual([detector, code]);
  });
});
