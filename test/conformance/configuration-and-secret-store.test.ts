/** What every ConfigurationStore and SecretStore does. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import type { StoredConfiguration } from '../../src/governance/configuration/store.ts';
import { backends, testShared, type Place } from './backends.ts';

function tree(version: number, actor = 'root'): StoredConfiguration {
  return {
    version,
    digest: `d${version}`,
    tree: '{"version":1,"name":"é\\u0000"}',
    atMs: 1_780_000_000_000,
    actor,
  };
}

for (const backend of backends) {
  backend.describe(`configuration and secrets in ${backend.name}`, () => {
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

    test('there is no version at first', async () => {
      expect(await stores.configurations.current()).toBeUndefined();
      expect(await stores.configurations.version(1)).toBeUndefined();
    });

    test('each version follows the one that was expected, and stays readable', async () => {
      expect(await stores.configurations.put(tree(1), 0)).toBe(true);
      expect(await stores.configurations.put(tree(2), 1)).toBe(true);
      expect(await stores.configurations.current()).toEqual(tree(2));
      expect(await stores.configurations.version(1)).toEqual(tree(1));
    });

    test('versions are listed newest first, page by page, without their trees', async () => {
      for (const version of [1, 2, 3]) await stores.configurations.put(tree(version), version - 1);
      const { tree: _, ...third } = tree(3);
      const first = await stores.configurations.list({ limit: 2 });
      expect(first).toEqual([third, expect.objectContaining({ version: 2 })]);
      const second = await stores.configurations.list({ before: 2, limit: 2 });
      expect(second.map(({ version }) => version)).toEqual([1]);
    });

    test('a version that expects another current one changes nothing', async () => {
      await stores.configurations.put(tree(1), 0);
      expect(await stores.configurations.put(tree(1, 'late'), 0)).toBe(false);
      expect(await stores.configurations.put(tree(6, 'early'), 5)).toBe(false);
      expect(await stores.configurations.current()).toEqual(tree(1));
    });

    test('of many that expect the same version at once, one is added', async () => {
      await stores.configurations.put(tree(1), 0);
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) => stores.configurations.put(tree(2, `actor ${index}`), 1)),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
      expect((await stores.configurations.current())?.version).toBe(2);
    });

    test('a change of the configuration is heard of, a refused one is not', async () => {
      const heard = vi.fn();
      stores.configurations.onChange(heard);
      await stores.configurations.put(tree(1), 0);
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 1_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
      heard.mockClear();
      await stores.configurations.put(tree(1), 0);
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(heard).not.toHaveBeenCalled();
    });

    testShared(backend)('a change of the configuration is heard of on another replica', async () => {
      const replica = await place.open('two');
      const heard = vi.fn();
      replica.configurations.onChange(heard);
      await stores.configurations.put(tree(1), 0);
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 1_000);
      expect(await replica.configurations.current()).toEqual(tree(1));
      await replica.close();
    });

    test('secrets are added, replaced, listed by name and removed', async () => {
      const secret = { name: 'openai', sealed: 'AAA=', masterKeyId: 'k1', updatedAtMs: 1_780_000_000_000 };
      await stores.secrets.put(secret);
      await stores.secrets.put({ ...secret, name: 'Anthropic' });
      await stores.secrets.put({ ...secret, sealed: 'BBB=' });
      expect(await stores.secrets.get('openai')).toEqual({ ...secret, sealed: 'BBB=' });
      expect((await stores.secrets.list()).map(({ name }) => name)).toEqual(['Anthropic', 'openai']);
      expect(await stores.secrets.remove('openai')).toBe(true);
      expect(await stores.secrets.remove('openai')).toBe(false);
      expect(await stores.secrets.get('openai')).toBeUndefined();
    });

    test('a change of a secret is heard of', async () => {
      const heard = vi.fn();
      stores.secrets.onChange(heard);
      await stores.secrets.put({ name: 'openai', sealed: 'AAA=', masterKeyId: 'k1', updatedAtMs: 1 });
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 1_000);
      heard.mockClear();
      await stores.secrets.remove('openai');
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 1_000);
    });

    testShared(backend)('what was kept is there when it is opened again, by several at once', async () => {
      await stores.configurations.put(tree(1), 0);
      await stores.close();
      const opened = await Promise.all(['one', 'two', 'three'].map((instance) => place.open(instance)));
      for (const again of opened) {
        expect(await again.configurations.current()).toEqual(tree(1));
        await again.close();
      }
    });
  });
}
