/** `bartizan audit kit`: everything that an auditor needs to check a time of the record without us, in one file. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { newId } from '../../base/ids.ts';
import type { Office } from '../../compose/office.ts';
import { kitMeans } from '../../compose/kit-means.ts';
import { KitOrderError, makeKit } from '../../modules/audit/audit.ts';
import { parseCheckpoint } from '../../tlog/checkpoint.ts';
import { parseNote } from '../../tlog/note.ts';
import { TlogError } from '../../tlog/errors.ts';
import { CommandError } from '../command-error.ts';
import { parseDate } from '../parse-date.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

interface KitOptions {
  readonly from: number;
  readonly to: number;
  readonly output: string;
  readonly role: 'auditor' | 'full';
  readonly reason?: string;
  readonly proofs?: boolean;
  readonly known?: string;
}

export function kitCommand(): Command {
  return new Command('kit')
    .description('an archive with every entry of a time, and all it takes to check it without this gateway')
    .requiredOption('--from <date>', 'ISO 8601', parseDate)
    .option('--to <date>', 'ISO 8601, not included; now where absent', parseDate, Date.now())
    .option('-o, --output <file>', 'where to write it', 'bartizan-kit.zip')
    .addOption(
      new Option('--role <role>', 'full: with who each entry was about; needs --reason')
        .choices(['auditor', 'full'])
        .default('auditor'),
    )
    .option('--reason <text>', 'why; it is recorded', parseReason)
    .option('--proofs', 'with a proof of its own for each entry')
    .option('--known <file>', 'a checkpoint that the auditor kept: the kit shows that it follows from it')
    .action(kit);
}

function parseReason(text: string): string {
  if (text.trim() === '' || text.length > 500) throw new InvalidArgumentError('1 to 500 characters');
  return text;
}

async function kit(options: KitOptions): Promise<void> {
  if (options.role === 'full' && !options.reason) throw new CommandError('--role full needs --reason');
  const knownSize = options.known === undefined ? undefined : await sizeOf(options.known);
  await withOffice(async (office) => {
    await recordKit(office, options);
    const { firstSize, lastSize, entries } = await write(office, options, knownSize);
    print(
      `${options.output}: ${entries} entries, from ${firstSize} to ${lastSize - 1}, of ${office.log.origin}`,
    );
    print(`to verify: bartizan audit verify ${options.output} --key '${office.log.verifierKey}'`);
    if (options.role === 'full') print('It names persons: keep it as you keep personal data.');
  });
}

async function sizeOf(file: string): Promise<number> {
  try {
    return parseCheckpoint(parseNote(await readFile(file)).text).size;
  } catch (error) {
    if (error instanceof TlogError) throw new CommandError(`${file} is no checkpoint: ${error.message}`);
    throw error;
  }
}

/** Handing the record to somebody is an administrative act, and stands in the record before it is done. */
async function recordKit(
  { audit, actor, clock }: Office,
  { from, to, role, reason }: KitOptions,
): Promise<void> {
  await audit.append({
    kind: 'administration',
    id: newId('adm', clock.now()),
    at: clock.now(),
    actor,
    action: 'audit.kit',
    subject: role,
    before: new Date(from).toISOString(),
    after: new Date(to).toISOString(),
    ...(reason === undefined ? {} : { reason }),
  });
}

/** Under a name of its own until it is whole. */
async function write(office: Office, options: KitOptions, knownSize: number | undefined) {
  const { output, from, to, role, proofs } = options;
  const means = await kitMeans(office);
  const unfinished = `${output}.part`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    const made = await makeKit(
      means,
      {
        fromMs: from,
        toMs: to,
        role,
        madeBy: office.actor,
        hasProofs: proofs === true,
        ...(knownSize === undefined ? {} : { knownSize }),
      },
      (bytes) => file.writeFile(bytes),
    );
    await file.sync();
    await file.close();
    await rename(unfinished, output);
    return made;
  } catch (error) {
    await file.close();
    await rm(unfinished, { force: true });
    if (error instanceof KitOrderError) throw new CommandError(error.message);
    throw error;
  }
}
