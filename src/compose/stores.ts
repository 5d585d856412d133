/** Chooses where things are kept: PostgreSQL or the embedded database, and Redis for limits that replicas share. */
import { createMemoryLimitStore } from '../adapters/memory/memory-limit-store.ts';
import { openPostgresStores } from '../adapters/postgres/postgres.ts';
import { openRedisLimitStore } from '../adapters/redis/redis.ts';
import type { Stores } from '../adapters/sql/stores.ts';
import { openSqliteStores } from '../adapters/sqlite/sqlite.ts';
import type { Clock } from '../base/clock.ts';
import type { Settings } from '../config.ts';
import type { LimitStore } from '../modules/limits/store.ts';

export interface OpenStores extends Required<Stores> {
  /** In words, for the log. */
  readonly description: string;
}

export async function openStores(settings: Settings, instance: string, clock: Clock): Promise<OpenStores> {
  const stores = settings.databaseUrl
    ? await openPostgresStores({
        url: settings.databaseUrl,
        keysUrl: settings.keysDatabaseUrl,
        instance,
        clock,
      })
    : await openSqliteStores({
        directory: settings.dataDirectory,
        keysDirectory: settings.keysDirectory,
        instance,
        clock,
      });
  const limits = await openLimitStore(settings, stores);
  return {
    ...stores,
    limits,
    description: `${settings.databaseUrl ? 'PostgreSQL' : `SQLite in ${settings.dataDirectory}`}${settings.redisUrl ? ', limits in Redis' : ''}`,
    async close() {
      if (limits !== stores.limits) await limits.close();
      await stores.close();
    },
  };
}

/** With PostgreSQL and no Redis, limits hold within this one process. */
async function openLimitStore({ redisUrl }: Settings, stores: Stores): Promise<LimitStore> {
  if (redisUrl) return openRedisLimitStore({ url: redisUrl, prefix: 'bartizan' });
  return stores.limits ?? createMemoryLimitStore();
}
