/** `bartizan audit key | rotate-key`: the keys that the log's checkpoints verify with. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { LogKey } from '../../modules/audit/audit.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

const DAY_MS = 86_400_000;

export function logKeyCommands(): readonly Command[] {
  return [
    new Command('key')
      .description("the log's verifier keys, newest first: give them to whoever verifies")
      .option(
        '--handovers <directory>',
        'writes a proof bundle for each rotation, which verifies under the key before it',
      )
      .action(printKeys),
    new Command('rotate-key')
      .description('a new signing key for the log, named by an entry under the old one')
      .option('--overlap-days <days>', 'how long checkpoints carry both signatures', parseDays, 30)
      .action(rotate),
  ];
}

async function printKeys({ handovers }: { handovers?: string }): Promise<void> {
  await withOffice(async ({ log }) => {
    const keys = await log.keys();
    for (const key of keys.toReversed()) print(keys.length === 1 ? key.verifierKey : lineOf(key));
    if (handovers === undefined) return;
    await mkdir(handovers, { recursive: true });
    for (const { generation } of keys.slice(1)) {
      const bundle = await log.rotation.handover(generation);
      if (!bundle) throw new CommandError(`the entry that names key ${generation} is not there any more`);
      await writeFile(join(handovers, `handover-${generation}.tlog-proof`), bundle);
    }
  });
}

function lineOf({ verifierKey, fromSize, toSize, untilMs }: LogKey): string {
  const until = untilMs === undefined ? '' : `, beside the next until ${new Date(untilMs).toISOString()}`;
  const end = toSize === undefined ? 'on' : `to ${toSize}`;
  return `${verifierKey}  checkpoints from size ${fromSize} ${end}${until}`;
}

async function rotate({ overlapDays }: { overlapDays: number }): Promise<void> {
  await withOffice(async ({ audit, actor, log }) => {
    const overlapMs = overlapDays * DAY_MS;
    const { before, after } = await log.rotation.rotate({ append: audit.append, actor, overlapMs });
    print(`before ${before}`);
    print(`after  ${after}`);
  });
}

function parseDays(text: string): number {
  const days = Number(text);
  if (!(days >= 0 && days <= 3_650)) throw new InvalidArgumentError('a number of days from 0 to 3650');
  return days;
}
