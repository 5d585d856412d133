/** `bartizan audit purge`: ends what has had its time by the configuration's `retention`, as the gateway does each day. */
import { Command } from 'commander';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

export function purgeCommand(): Command {
  return new Command('purge')
    .description('removes what is kept longer than `retention` says; legal holds win')
    .option('--dry-run', 'only say what would go')
    .action(purge);
}

async function purge({ dryRun }: { dryRun?: boolean }): Promise<void> {
  await withOffice(async ({ purge: room, actor }) => {
    const purged = await room.run(actor, dryRun === true);
    for (const { class: what, entries, ranges, cutOffMs } of purged) {
      const [first, last] = [ranges[0]?.[0], ranges.at(-1)?.[1]];
      print(`${what}: ${entries} from before ${new Date(cutOffMs).toISOString()} (${first} to ${last})`);
    }
    if (purged.length === 0) print('nothing has had its time');
  });
}
