/** What every UsageStore does. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import type { UsageAmounts, UsageKey } from '../../src/modules/metering/store.ts';
import { backends, type Place } from './backends.ts';

const HOUR = 3_600_000;

function row(principal: string, hour: number, requests = 1): UsageKey & UsageAmounts {
  return {
    hourMs: hour * HOUR,
    principal,
    application: 'app',
    model: 'fast',
    provider: 'openai',
    providerModel: 'gpt-4o',
    requests,
    refused: 0,
    inputTokens: requests * 10,
    outputTokens: requests * 20,
    cachedInputTokens: requests,
    costMicros: requests * 3_000_000_000,
  };
}

for (const backend of backends) {
  backend.describe(`usage in ${backend.name}`, () => {
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
    const everything = () => stores.usage.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });

    test('what some applications used can be taken out', async () => {
      const row = (application: string) => ({
        hourMs: 3_600_000,
        principal: 'service:x',
        application,
        model: 'm',
        provider: 'p',
        providerModel: 'm',
        requests: 3,
        refused: 1,
        inputTokens: 1,
        outputTokens: 1,
        cachedInputTokens: 0,
        costMicros: 1,
      });
      await stores.usage.add([row('demo/a'), row('demo/b'), row('own')], 'batch removal');
      expect(await stores.usage.remove(['demo/a', 'demo/b'])).toBe(6);
      expect(await stores.usage.remove([])).toBe(0);
      const left = await stores.usage.read({ fromMs: 0, toMs: 7_200_000 });
      expect(left.map(({ application }) => application)).toEqual(['own']);
    });

    test('is added to the sums of its keys', async () => {
      await stores.usage.add([row('alice', 1), row('bob', 1)], 'batch 1');
      await stores.usage.add([row('alice', 1, 4), row('alice', 2)], 'batch 2');
      const read = (await everything()).toSorted(
        (a, b) => a.hourMs - b.hourMs || (a.principal < b.principal ? -1 : 1),
      );
      expect(read).toEqual([row('alice', 1, 5), row('bob', 1), row('alice', 2)]);
    });

    test('is counted once, though a batch is handed over again', async () => {
      await stores.usage.add([row('alice', 1)], 'batch 1');
      await stores.usage.add([row('alice', 1)], 'batch 1');
      expect(await everything()).toEqual([row('alice', 1)]);
    });

    test('of somebody erased becomes that of nobody in particular, and no total changes', async () => {
      await stores.usage.add(
        [row('alice', 1), row('agent', 1, 2), row('bob', 1), row('alice', 2)],
        'batch 1',
      );
      await stores.usage.disown(['alice', 'agent', 'nobody']);
      await stores.usage.disown([]);
      const sorted = async () =>
        (await everything()).toSorted((a, b) => a.hourMs - b.hourMs || (a.principal < b.principal ? -1 : 1));
      expect(await sorted()).toEqual([row('bob', 1), row('erased', 1, 3), row('erased', 2)]);
      await stores.usage.add([row('alice', 1, 4)], 'batch 2');
      await stores.usage.disown(['alice']);
      expect(await sorted()).toEqual([row('bob', 1), row('erased', 1, 7), row('erased', 2)]);
    });

    test('is read by the hours that begin in a span', async () => {
      await stores.usage.add([row('a', 1), row('a', 2), row('a', 3)], 'batch');
      const read = await stores.usage.read({ fromMs: HOUR, toMs: 3 * HOUR });
      expect(read.map(({ hourMs }) => hourMs / HOUR).toSorted((a, b) => a - b)).toEqual([1, 2]);
    });

    test('of many keys and many batches at once adds up', async () => {
      const rows = Array.from({ length: 2_500 }, (_, index) => row(`p${index}`, 1));
      await Promise.all(
        [1, 2, 3].map((batch) =>
          stores.usage.add(
            rows.toSorted(() => batch - 2),
            `batch ${batch}`,
          ),
        ),
      );
      const read = await everything();
      expect(read).toHaveLength(2_500);
      expect(read.every(({ requests }) => requests === 3)).toBe(true);
    });
  });
}
