/** Limit counters shared by all replicas, in Redis or Valkey. */
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Charge, LimitStore, Reservation } from '../../modules/limits/store.ts';
import { RESERVE, SETTLE, USAGE } from './limit-scripts.ts';

export interface RedisLimitSettings {
  readonly url: string;
  /** Begins every key, so that two installations can share one Redis. */
  readonly prefix: string;
  /** A command that is not answered by then fails, and with it the request. */
  readonly timeoutMs?: number;
}

/** A window is kept a little past its end, for a correction that comes late. */
const GRACE_MS = 60_000;
const TIMEOUT_MS = 1_000;
const MAX_RECONNECT_DELAY_MS = 1_000;

/** A script as ioredis runs it: EVALSHA, and EVAL where Redis does not know it (any more). */
type Script = (keys: readonly string[], values: readonly (string | number)[]) => Promise<unknown>;

const integers = z.array(z.int());

/** @throws where Redis does not answer. Later a lost connection fails its commands at once, and is made again. */
export async function openRedisLimitStore(settings: RedisLimitSettings): Promise<LimitStore> {
  const redis = await connect(settings);
  const reserve = defineScript(redis, 'bartizanReserve', RESERVE);
  const settle = defineScript(redis, 'bartizanSettle', SETTLE);
  const usage = defineScript(redis, 'bartizanUsage', USAGE);
  // One hash tag for all: a cluster keeps them on one node, where one script can reach them.
  const keyOf = (charge: Charge) => `{${settings.prefix}}:${charge.key}@${charge.windowStartMs}`;
  return {
    async reserve(leaseId, charges, nowMs) {
      const values: (string | number)[] = [leaseId, nowMs];
      for (const charge of charges) {
        values.push(letterOf(charge), charge.amount, charge.capacity, expiryOf(charge));
      }
      return reservationOf(await reserve(charges.map(keyOf), values), charges.length);
    },
    async settle(leaseId, corrections, nowMs) {
      const values: (string | number)[] = [leaseId, nowMs];
      for (const { charge, difference } of corrections) values.push(letterOf(charge), difference);
      await settle(
        corrections.map(({ charge }) => keyOf(charge)),
        values,
      );
    },
    async usage(charges, nowMs) {
      return integers.parse(await usage(charges.map(keyOf), ['', nowMs, ...charges.map(letterOf)]));
    },
    async close() {
      redis.disconnect();
    },
  };
}

async function connect({ url, timeoutMs = TIMEOUT_MS }: RedisLimitSettings): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    commandTimeout: timeoutMs,
    // Without a connection a reservation fails at once, instead of waiting for one.
    enableOfflineQueue: false,
    // A reservation that may have been made is not made again.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, MAX_RECONNECT_DELAY_MS),
  });
  // Each command reports its own failure; without a listener the client would print it.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}

function defineScript(redis: Redis, name: string, lua: string): Script {
  redis.defineCommand(name, { lua });
  const command: unknown = Reflect.get(redis, name);
  if (typeof command !== 'function') throw new Error('the Redis client took no script');
  return (keys, values) =>
    Reflect.apply(command, redis, [keys.length, ...keys, ...values]) as Promise<unknown>;
}

const letterOf = (charge: Charge) => (charge.kind === 'window' ? 'w' : 'c');

const expiryOf = (charge: Charge) =>
  charge.kind === 'window' ? charge.windowEndMs + GRACE_MS : charge.windowEndMs;

function reservationOf(answer: unknown, charges: number): Reservation {
  const [refusedBy, ...used] = integers.parse(answer);
  if (refusedBy === undefined || used.length !== charges) throw new Error('Redis answered something else');
  return { admitted: refusedBy < 0, used, refusedBy };
}
