/** `bartizan audit hold add | list | release`: what must be kept, whatever else asks for its end. */
import { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { parseDate } from '../parse-date.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

export function holdCommand(): Command {
  const hold = new Command('hold').description('legal holds: they win over erasure and retention');
  hold
    .command('add')
    .description('from now on, what it covers is kept')
    .option('--subject <subject>', 'what is about somebody')
    .option('--application <name>', 'what belongs to an application')
    .option('--from <date>', 'ISO 8601', parseDate)
    .option('--to <date>', 'ISO 8601', parseDate)
    .requiredOption('--matter <text>', 'the proceedings it serves')
    .requiredOption('--reason <text>')
    .action(add);
  hold.command('list').description('those in force').action(list);
  hold
    .command('release')
    .argument('<id>', 'as `bartizan audit hold list` prints it')
    .requiredOption('--reason <text>')
    .action(release);
  return hold;
}

interface AddOptions {
  readonly subject?: string;
  readonly application?: string;
  readonly from?: number;
  readonly to?: number;
  readonly matter: string;
  readonly reason: string;
}

async function add({ subject, application, from, to, matter, reason }: AddOptions): Promise<void> {
  if (subject === undefined && application === undefined && from === undefined && to === undefined)
    throw new CommandError('what is to be held? Give --subject, --application, --from or --to');
  await withOffice(async ({ holds, subjects, actor }) => {
    const { id } = await holds.add(
      {
        matter,
        ...(subject === undefined ? {} : { subjects: await subjects.meant(subject) }),
        ...(application === undefined ? {} : { application }),
        ...(from === undefined ? {} : { fromMs: from }),
        ...(to === undefined ? {} : { toMs: to }),
      },
      { actor, reason },
    );
    // A name that was spelled otherwise, or somebody who is erased already, is seen by this.
    const about = subject === undefined ? undefined : (await subjects.show(subject)).entries;
    print(`${id} is in force${about === undefined ? '' : `; ${about} entries are about whom it names`}`);
  });
}

async function list(): Promise<void> {
  await withOffice(async ({ holds }) => {
    for (const { createdAtMs, fromMs, toMs, ...hold } of await holds.list())
      print(
        JSON.stringify({
          ...hold,
          since: isoOf(createdAtMs),
          ...(fromMs === undefined ? {} : { from: isoOf(fromMs) }),
          ...(toMs === undefined ? {} : { to: isoOf(toMs) }),
        }),
      );
  });
}

async function release(id: string, { reason }: { reason: string }): Promise<void> {
  await withOffice(async ({ holds, actor }) => {
    if (!(await holds.release(id, { actor, reason }))) throw new CommandError(`there is no hold "${id}"`);
    print(`${id} is released`);
  });
}

const isoOf = (ms: number) => new Date(ms).toISOString();
