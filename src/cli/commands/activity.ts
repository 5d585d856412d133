/** `bartizan activity status | rebuild`: the index that the console searches, which is made of the record. */
import { Command } from 'commander';
import { newId } from '../../base/ids.ts';
import { placeOf } from '../../compose/activity.ts';
import { openActivityStoreAt } from '../../compose/activity-place.ts';
import { readSettings } from '../../config.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

export function activityCommand(): Command {
  const activity = new Command('activity').description('the index of the record, for searching');
  activity.command('status').description('how far it is behind the record').action(status);
  activity
    .command('rebuild')
    .description('throw it away: the gateway makes it again from the record; this is recorded')
    .action(rebuild);
  return activity;
}

async function status(): Promise<void> {
  await withOffice(async ({ stores }) => {
    const store = await openActivityStoreAt(placeOf(readSettings()));
    try {
      const { position, rebuildUntil } = await store.state();
      const behind = Math.max(0, (await stores.log.sequenced()) - position);
      print(`at ${position}  ${behind === 0 ? 'up to date' : `behind by ${behind}`}`);
      if (position < rebuildUntil) print(`it is being made again: ${position} of ${rebuildUntil} entries`);
    } finally {
      await store.close();
    }
  });
}

async function rebuild(): Promise<void> {
  await withOffice(async ({ stores, audit, actor, clock }) => {
    const store = await openActivityStoreAt(placeOf(readSettings()));
    try {
      const now = clock.now();
      await audit.append({
        kind: 'administration',
        id: newId('adm', now),
        at: now,
        actor,
        action: 'activity.rebuild',
        subject: 'activity',
      });
      await store.reset(await stores.log.sequenced());
      print('the index is empty: the gateway makes it again from the record while it runs');
    } finally {
      await store.close();
    }
  });
}
