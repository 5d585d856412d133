import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openMemoryStores } from '../../adapters/memory/memory.ts';
import type { Authentication } from '../../domain/principal.ts';
import type { Route } from '../../domain/route.ts';
import { NO_USAGE, type Usage } from '../../domain/usage.ts';
import { OTHERS } from './hourly-sums.ts';
import { createMetering, loadPrices, type MeteringSettings } from './metering.ts';
import type { UsageStore } from './store.ts';

const HOUR = 3_600_000;
const row = (models: readonly string[], prices: object) => ({
  provider: 'openai',
  models,
  source: 'page',
  ...prices,
});
const pack = {
  version: 1,
  date: '2026-11-23',
  currency: 'USD',
  unit: 'million tokens',
  sources: { page: { url: 'https://example.com/prices', read: '2026-11-23' } },
  models: [
    row(['gpt-4o', 'gpt-4o-20*'], { input: 2.5, cached_input: 1.25, cache_write: 3, output: 10 }),
    row(['gpt-*'], { input: 1, output: 1 }),
    row(['gpt-4*'], { input: 4, output: 4 }),
    row(['text-embedding-3-small'], { input: 0.02 }),
    row(['tiered'], { input: 1, output: 2, long: { input_tokens_over: 200, input: 3, output: 4 } }),
  ],
};
const prices = loadPrices(pack);

const authentication: Authentication = {
  method: 'api_key',
  credentialId: 'key_1',
  applicationId: 'app',
  principal: { kind: 'person', id: 'alice', groups: [] },
  scopes: new Set(),
};
const route = (providerModel: string, providerKind = 'openai'): Route => ({
  model: 'fast',
  providerId: 'main',
  providerKind,
  providerModel,
  labels: [],
  defaultMaxOutputTokens: 1,
});
const usage = (change: Partial<Usage>): Usage => ({ ...NO_USAGE, ...change });

let store: UsageStore;
let nowMs = 10 * HOUR + 5;
const opened: { close(): Promise<void> }[] = [];
beforeEach(() => {
  store = openMemoryStores().usage;
  nowMs = 10 * HOUR + 5;
});
afterEach(async () => {
  for (const metering of opened.splice(0)) await metering.close();
});

function room(change: Partial<MeteringSettings> = {}) {
  const settings = { store, prices, flushMs: 10_000, clock: { now: () => nowMs }, onError: () => undefined };
  const metering = createMetering({ ...settings, ...change });
  opened.push(metering);
  return metering;
}
const everything = () => store.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });

describe('the cost of a call', () => {
  const metering = () => room();
  test.each<[string, string, Partial<Usage>, number]>([
    ['input and output', 'gpt-4o', { inputTokens: 100, outputTokens: 10 }, 350],
    ['cached input', 'gpt-4o', { inputTokens: 100, cachedInputTokens: 40 }, 200],
    ['input written to the cache', 'gpt-4o', { inputTokens: 100, cacheWriteTokens: 100 }, 300],
    ['parts that exceed the whole', 'gpt-4o', { inputTokens: 10, cachedInputTokens: 40 }, 50],
    ['a fraction, rounded up', 'text-embedding-3-small', { inputTokens: 51 }, 2],
    ['no fraction but the last bit of a double', 'text-embedding-3-small', { inputTokens: 350 }, 7],
    ['a dated name', 'gpt-4o-2024-08-06', { inputTokens: 2 }, 5],
    ['the longest pattern', 'gpt-4.1', { inputTokens: 1 }, 4],
    ['a shorter pattern', 'gpt-5', { inputTokens: 1 }, 1],
    ['as much input as the tier allows', 'tiered', { inputTokens: 200, outputTokens: 1 }, 202],
    [
      'more input than that: all of it at the other price',
      'tiered',
      { inputTokens: 201, outputTokens: 1 },
      607,
    ],
    ['nothing', 'gpt-4o', {}, 0],
  ])('%s', (_, model, used, micros) => {
    expect(metering().cost(route(model), usage(used))).toBe(micros);
    expect(metering().hasPrice(route(model))).toBe(true);
  });

  test('is nothing where there is no price, and that can be asked', () => {
    for (const unknown of [route('llama'), route('gpt-4o', 'azure.ai.openai')]) {
      expect(room().cost(unknown, usage({ inputTokens: 1_000 }))).toBe(0);
      expect(room().hasPrice(unknown)).toBe(false);
    }
  });
});

describe('a price pack', () => {
  const models = (...rows: object[]) => ({ ...pack, models: rows });
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['no rows', models()],
    ['a row without a source', models({ ...row(['a'], { input: 1 }), source: 'nowhere' })],
    [
      'a row whose source is a name of objects',
      models({ ...row(['a'], { input: 1 }), source: 'constructor' }),
    ],
    ['a key that nobody knows', models(row(['a'], { input: 1, ouput: 2 }))],
    ['a negative price', models(row(['a'], { input: -1 }))],
    ['a price that is no number', models(row(['a'], { input: '1' }))],
    ['a wildcard in the middle', models(row(['a*b'], { input: 1 }))],
    ['two rows about one model', models(row(['a'], { input: 1 }), row(['b', 'a'], { input: 2 }))],
    ['another currency', { ...pack, currency: 'EUR' }],
    ['no date', { ...pack, date: 'yesterday' }],
  ])('with %s is refused', (_, json) => {
    expect(() => loadPrices(json)).toThrow();
  });

  const directory = new URL('../../../packs/prices/', import.meta.url);
  test.each(readdirSync(directory))('%s is one, dated by its name, and knows today’s models', (name) => {
    const loaded = loadPrices(JSON.parse(readFileSync(new URL(name, directory), 'utf8')));
    expect(name).toBe(`${loaded.date}.json`);
    for (const [provider, model] of [
      ['openai', 'gpt-5.6-terra'],
      ['openai', 'gpt-4o-mini-2024-07-18'],
      ['openai', 'text-embedding-3-small'],
      ['anthropic', 'claude-haiku-4-5-20251001'],
      ['gcp.gemini', 'gemini-2.5-flash'],
      ['mistral_ai', 'mistral-large-2512'],
      ['deepseek', 'deepseek-flash'],
      ['aws.bedrock', 'anthropic.claude-sonnet-4-6'],
    ] as const) {
      expect(loaded.find(provider, model), model).toBeDefined();
    }
    // A dearer sibling must not be taken for the model whose name its own begins with.
    expect(loaded.find('openai', 'gpt-5.5-pro')).toBeUndefined();
  });
});

describe('usage', () => {
  test('is summed by hour, principal, application and model, and written at the close', async () => {
    const metering = room();
    metering.meter(
      authentication,
      route('gpt-4o'),
      usage({ inputTokens: 5, outputTokens: 2, cachedInputTokens: 1 }),
      30,
    );
    metering.meter(authentication, route('gpt-4o'), usage({ inputTokens: 1 }), 3);
    nowMs += HOUR;
    metering.meter(authentication, route('gpt-5'), usage({}), 0);
    expect(await everything()).toEqual([]);
    await metering.close();
    const key = {
      principal: 'person:alice',
      application: 'app',
      model: 'fast',
      provider: 'main',
      refused: 0,
    };
    expect(await everything()).toEqual([
      {
        ...key,
        hourMs: 10 * HOUR,
        providerModel: 'gpt-4o',
        requests: 2,
        inputTokens: 6,
        outputTokens: 2,
        cachedInputTokens: 1,
        costMicros: 33,
      },
      {
        ...key,
        hourMs: 11 * HOUR,
        providerModel: 'gpt-5',
        requests: 1,
        inputTokens: 0,
        outputTokens: 0,
        cachedInputTokens: 0,
        costMicros: 0,
      },
    ]);
  });

  test('is written at intervals', async () => {
    const metering = room({ flushMs: 5 });
    metering.meter(authentication, route('gpt-4o'), usage({}), 1);
    await vi.waitFor(async () => expect(await everything()).toHaveLength(1));
    metering.meter(authentication, route('gpt-4o'), usage({}), 1);
    await vi.waitFor(async () => expect((await everything())[0]?.requests).toBe(2));
  });

  test('is neither lost nor counted twice, whichever of the writes fail, before or after they were done', async () => {
    const fate = fc.constantFrom('works', 'fails before', 'fails after');
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 8 }), async (fates) => {
        const { usage: kept } = openMemoryStores();
        let writes = 0;
        const unreliable: UsageStore = {
          ...kept,
          async add(rows, batchId) {
            const happens = fates[writes++] ?? 'works';
            if (happens === 'fails before') throw new Error('before');
            await kept.add(rows, batchId);
            if (happens === 'fails after') throw new Error('after');
          },
        };
        const metering = room({ store: unreliable, flushMs: 1 });
        for (let index = 0; index < 4; index++) {
          metering.meter(authentication, route('gpt-4o'), usage({}), 1);
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        const requests = async () => {
          const rows = await kept.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
          return rows.reduce((sum, row) => sum + row.requests, 0);
        };
        await vi.waitFor(async () => expect(await requests()).toBe(4), { interval: 2 });
        await metering.close();
        expect(await requests()).toBe(4);
      }),
      { numRuns: 20 },
    );
  });

  test('that cannot be written is told of, at the close as well', async () => {
    const onError = vi.fn();
    const add = vi.fn(() => Promise.reject(new Error('gone')));
    const metering = room({ store: { ...store, add }, onError });
    metering.meter(authentication, route('gpt-4o'), usage({}), 1);
    await metering.close();
    expect(onError).toHaveBeenCalledTimes(3);
    expect(new Set(add.mock.calls.map((call: unknown[]) => call[1])).size).toBe(1);
  });

  test('of more keys than there is room for keeps its totals', async () => {
    const metering = room({ maxKeys: 10 });
    for (let index = 0; index < 50; index++) {
      const someone = { ...authentication, principal: { ...authentication.principal, id: `p${index}` } };
      metering.meter(someone, route('gpt-4o'), usage({ inputTokens: 2 }), 1);
    }
    await metering.close();
    const rows = await everything();
    expect(rows).toHaveLength(11);
    expect(rows.reduce((sum, { inputTokens }) => sum + inputTokens, 0)).toBe(100);
    expect(rows.find(({ principal }) => principal === OTHERS)?.requests).toBe(40);
  });
});
