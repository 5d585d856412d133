/** `bartizan audit purge | regimes`: ends what has had its time by the configuration's `retention`, and what laws say of that. */
import { Command } from 'commander';
import { retentionPack } from '../../compose/retention-pack.ts';
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

export function regimesCommand(): Command {
  return new Command('regimes')
    .description("what an application's `regimes` may name: what each asks for, and where that is from")
    .action(() => {
      const { date, regimes } = retentionPack();
      print(`as of ${date}`);
      for (const [id, { title, floors, ceilings, stated, sources }] of Object.entries(regimes)) {
        print(`\n${id}: ${title}`);
        for (const [what, duration] of Object.entries(floors)) print(`  ${what}: at least ${duration}`);
        for (const [what, duration] of Object.entries(ceilings)) print(`  ${what}: at most ${duration}`);
        for (const what of stated) print(`  ${what}: some period`);
        for (const { name, url, confirmed, note } of sources)
          print(`  ${name}${confirmed ? '' : ' (NOT CONFIRMED)'}, ${url}\n    ${note}`);
      }
    });
}
