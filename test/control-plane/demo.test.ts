/** Demo data: loaded with one call, marked wherever it is shown, and gone with another. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, startOwned, type Owned } from './owner.ts';

let house: Owned;
beforeAll(async () => {
  house = await startOwned();
});
afterAll(() => house.gateway.stop());

test('demo data is loaded, marked, and removed without a trace but the record', async () => {
  const { client } = house;
  expect(await client.call('getDemo')).toEqual({ isLoaded: false, applications: [] });
  const before = (await client.call('getConfiguration')).tree;
  const loaded = await client.call('loadDemo');
  expect(loaded).toMatchObject({ isLoaded: true, sent: 150 });
  expect(loaded.refused).toBeGreaterThan(3);
  expect((await problemOf(client.call('loadDemo'))).code).toBe('conflict');
  const demo = () => client.call('listInteractions', { query: { demo: 'true', limit: 200 } });
  await expect.poll(async () => (await demo()).items.length, { timeout: 10_000 }).toBe(150);
  for (const { isDemo, application } of (await demo()).items) {
    expect(isDemo).toBe(true);
    expect(application).toMatch(/^demo\//);
  }
  const removed = await client.call('removeDemo');
  expect(removed).toMatchObject({ isLoaded: false, applications: [] });
  await expect.poll(async () => (await demo()).items.length, { timeout: 10_000 }).toBe(0);
  expect((await client.call('getConfiguration')).tree).toEqual(before);
  expect((await problemOf(client.call('removeDemo'))).code).toBe('not_found');
}, 60_000);
