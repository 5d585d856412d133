/** Opens the stores that a location names, with a log over them as the gateway makes one. */
import { openPostgresStores } from '../../src/adapters/postgres/postgres.ts';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { openSqliteStores } from '../../src/adapters/sqlite/sqlite.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createKeyring, createLog, type Keyring, type Log } from '../../src/modules/audit/audit.ts';
import type { LogStore } from '../../src/modules/audit/store.ts';

export const ORIGIN = 'log.example/attacked';
export const MASTER_KEY = { id: 'master', key: Buffer.alloc(32, 7) };

export interface OpenedLog {
  readonly stores: Stores;
  readonly keyring: Keyring;
  readonly log: Log;
}

export async function openLog(
  location: string,
  instance: string,
  watched: (store: LogStore) => LogStore = (store) => store,
): Promise<OpenedLog> {
  const stores = location.startsWith('postgres')
    ? await openPostgresStores({ url: location, instance, clock: systemClock, maxConnections: 6 })
    : await openSqliteStores({ directory: location, instance, clock: systemClock });
  const keyring = await createKeyring({ store: stores.keys, masterKeys: [MASTER_KEY], clock: systemClock });
  const log = createLog({ store: watched(stores.log), keyring, origin: ORIGIN, clock: systemClock });
  return { stores, keyring, log };
}
