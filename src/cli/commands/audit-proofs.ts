/** `bartizan audit prove`: what shows an entry to somebody who does not trust this gateway. */
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { Office } from '../../compose/office.ts';
import { CommandError } from '../command-error.ts';
import { withOffice } from '../with-office.ts';

export function proofCommands(): readonly Command[] {
  return [
    new Command('prove')
      .description('a proof bundle of one entry (C2SP tlog-proof), which verifies without this gateway')
      .argument('<entry>', 'its index, the response header x-bartizan-record, or an id such as req_…')
      .option('-o, --output <file>', 'where to write it; standard output where absent')
      .action(prove),
  ];
}

async function prove(entry: string, { output }: { output?: string }): Promise<void> {
  const bundle = await withOffice(async (office) => {
    const index = await indexOf(office, entry);
    return index === undefined ? undefined : office.log.prove(index);
  });
  if (!bundle) throw new CommandError(`there is no entry "${entry}"`);
  if (output === undefined) process.stdout.write(bundle);
  else await writeFile(output, bundle);
}

/** @throws CommandError where an entry of another log is named */
async function indexOf({ audit, log }: Office, entry: string): Promise<number | undefined> {
  if (/^\d{1,15}$/.test(entry)) return Number(entry);
  const [, origin, index] = /^(.+)\/(\d{1,15})$/.exec(entry) ?? [];
  if (origin !== undefined) {
    if (origin !== log.origin) throw new CommandError(`this log is ${log.origin}, not ${origin}`);
    return Number(index);
  }
  const { entries } = await audit.read({ id: entry, limit: 1 });
  return entries[0]?.index;
}
