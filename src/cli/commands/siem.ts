/** `bartizan siem status | test | rewind`: where the record is exported to, and how far each destination has come. */
import { Command } from 'commander';
import { createUndiciTransport } from '../../adapters/undici/transport.ts';
import { newId } from '../../base/ids.ts';
import type { Office } from '../../compose/office.ts';
import { destinationsOf, productOf, sinkMeans } from '../../compose/siem.ts';
import { readSettings } from '../../config.ts';
import { reasonOf, sendOne, statusOf, type Destination } from '../../governance/siem/siem.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

export function siemCommand(): Command {
  const siem = new Command('siem').description('destinations that the record is exported to');
  siem.command('status').description('how far each has come, and what fails').action(status);
  siem
    .command('test')
    .description('record this test, and send its entry to one destination now')
    .argument('<destination>')
    .action(test);
  siem
    .command('rewind')
    .description('send again from there on; this is recorded')
    .argument('<destination>')
    .requiredOption('--to <position|date>', 'the last position that is not sent again, or a date as ISO 8601')
    .action(rewind);
  return siem;
}

async function status(): Promise<void> {
  await withOffice(async (office) => {
    const { configuration } = await office.configurations.inForce();
    const names = Object.keys(configuration.siem);
    if (names.length === 0) return print('no destination is configured');
    for (const name of names) print(await statusLine(office, name));
  });
}

async function statusLine({ audit, stores, clock }: Office, name: string): Promise<string> {
  const { cursor, entries, ageMs } = await statusOf(name, {
    source: audit,
    cursors: stores.siemCursors,
    clock,
  });
  if (cursor === undefined) return `${name}  never began`;
  const { position, sent, rejected, rejectedPositions, deliveredAtMs, failure } = cursor;
  const behind = entries === 0 ? 'up to date' : `behind by ${entries} (${Math.ceil(ageMs / 1_000)} s)`;
  const last = deliveredAtMs === null ? 'never' : new Date(deliveredAtMs).toISOString();
  const lost = rejected === 0 ? '' : `  rejected ${rejected} (positions ${rejectedPositions.join(', ')})`;
  const failing =
    failure === null ? '' : `  FAILING since ${new Date(failure.sinceMs).toISOString()}: ${failure.reason}`;
  return `${name}  at ${position}  ${behind}  sent ${sent}  last ${last}${lost}${failing}`;
}

async function test(name: string): Promise<void> {
  await withOffice(async (office) => {
    const settings = readSettings();
    const transport = createUndiciTransport();
    try {
      const means = sinkMeans(office, settings, transport);
      const destination = await configured(office, name, (configuration) =>
        destinationsOf(configuration, means),
      );
      const id = await record(office, 'siem.test', name);
      const { entries } = await office.audit.read({ id, limit: 1 });
      const [entry] = entries;
      if (!entry) throw new CommandError('the entry of this test is not in the record');
      await sendOne(destination, entry, productOf(office, means));
      print(`${name} has the entry ${id}`);
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw new CommandError(`${name} did not take the entry: ${reasonOf(error)}`, { cause: error });
    } finally {
      await transport.close();
    }
  });
}

async function configured(
  office: Office,
  name: string,
  all: (configuration: Parameters<typeof destinationsOf>[0]) => readonly Destination[],
): Promise<Destination> {
  const { configuration } = await office.configurations.inForce();
  const found = all(configuration).find((destination) => destination.name === name);
  if (!found) throw new CommandError(`there is no destination "${name}"`);
  return found;
}

async function rewind(name: string, { to }: { to: string }): Promise<void> {
  await withOffice(async (office) => {
    const { siemCursors } = office.stores;
    const before = await siemCursors.read(name);
    if (!before) throw new CommandError(`the destination "${name}" never began`);
    const position = await positionOf(office, to);
    await record(office, 'siem.rewind', name, String(before.position), String(position));
    await siemCursors.rewind(name, position);
    print(`${name} continues after position ${position}`);
  });
}

/** A date means: from the first entry of then on. */
async function positionOf({ audit }: Office, to: string): Promise<number> {
  if (/^\d{1,15}$/.test(to)) return Number(to);
  const fromMs = Date.parse(to);
  if (Number.isNaN(fromMs))
    throw new CommandError('--to takes a position, or a date as 2026-11-23T10:00:00Z');
  const { entries } = await audit.read({ fromMs, limit: 1 });
  const [first] = entries;
  if (!first) throw new CommandError('there is no entry of then or later');
  return first.position - 1;
}

async function record(
  { audit, actor, clock }: Office,
  action: string,
  subject: string,
  before?: string,
  after?: string,
): Promise<string> {
  const id = newId('adm');
  await audit.append({
    kind: 'administration',
    id,
    at: clock.now(),
    actor,
    action,
    subject,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
  return id;
}
