/** Opens the index where the settings say that it is. */
import { openPostgresActivity } from '../adapters/postgres/activity.ts';
import { openSqliteActivity } from '../adapters/sqlite/activity.ts';
import type { ActivityStore } from '../governance/activity/store.ts';
import type { ActivityPlace } from './activity-messages.ts';

export function openActivityStoreAt({ databaseUrl, directory }: ActivityPlace): Promise<ActivityStore> {
  return databaseUrl ? openPostgresActivity(databaseUrl) : openSqliteActivity(directory);
}
