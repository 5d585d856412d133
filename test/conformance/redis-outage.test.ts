/** Redis: a connection that is lost or hangs refuses at once, and is made again. */
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openRedisLimitStore } from '../../src/adapters/redis/redis.ts';
import type { Charge, LimitStore } from '../../src/modules/limits/store.ts';
import { describeWithRedis, redisUrl } from '../servers.ts';
import { createRelay, type Relay } from './severable.ts';

describeWithRedis('limits in Redis', () => {
  const prefix = `outage-${process.pid}-${Date.now()}`;
  let relay: Relay;
  let store: LimitStore;
  let charge: Charge;
  beforeEach(async () => {
    relay = await createRelay(redisUrl, 6379);
    store = await openRedisLimitStore({ url: relay.url, prefix, timeoutMs: 300 });
    const windowEndMs = Date.now() + 60_000;
    charge = {
      key: `k${windowEndMs}`,
      windowStartMs: 0,
      windowEndMs,
      amount: 1,
      capacity: 100,
      kind: 'window',
    };
  });
  afterEach(async () => {
    await relay.restore();
    await store.close();
    await relay.close();
  });
  const reserve = () => store.reserve('l', [charge], Date.now());

  test('refuse at once while the server is away, and count again when it is back', async () => {
    expect((await reserve()).used).toEqual([1]);
    await relay.cut();
    const startedAt = performance.now();
    await expect(reserve()).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(200);
    await relay.restore();
    await vi.waitFor(() => reserve(), { timeout: 5_000 });
    expect(await store.usage([charge], Date.now())).toEqual([2]);
  });

  test('refuse in time while the server hangs', async () => {
    relay.hang();
    const startedAt = performance.now();
    await expect(reserve()).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('go on when the server has forgotten the scripts', async () => {
    await reserve();
    const redis = new Redis(redisUrl);
    await redis.script('FLUSH');
    expect((await reserve()).used).toEqual([2]);
    redis.disconnect();
  });

  test('leave no key without an end', async () => {
    await reserve();
    await store.reserve('l', [{ ...charge, key: `${charge.key}-places`, kind: 'concurrency' }], Date.now());
    const redis = new Redis(redisUrl);
    const keys = await redis.keys(`{${prefix}}:${charge.key}*`);
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0);
    redis.disconnect();
  });

  test('do not open where no server answers', async () => {
    await relay.cut();
    await expect(openRedisLimitStore({ url: relay.url, prefix })).rejects.toThrow();
  });
});
