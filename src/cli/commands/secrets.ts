/** `bartizan secrets set | list | remove | rewrap`: provider credentials, encrypted at rest and never shown again. */
import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { newId } from '../../base/ids.ts';
import type { Office } from '../../compose/office.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

export function secretsCommand(): Command {
  const secrets = new Command('secrets').description(
    'credentials for providers; a configuration names them as { secret: NAME }',
  );
  secrets
    .command('set')
    .description('read a value from standard input and keep it encrypted')
    .argument('<name>')
    .action(set);
  secrets.command('list').description('names and dates, never values').action(list);
  secrets.command('remove').argument('<name>').description('forget it').action(remove);
  secrets
    .command('rewrap')
    .description(
      'wrap secrets and the keys of the record by the new master key; the old one is BARTIZAN_MASTER_KEY_PREVIOUS',
    )
    .action(rewrap);
  return secrets;
}

async function set(name: string): Promise<void> {
  const value = (await readAll(process.stdin)).trim();
  if (value === '') throw new CommandError('the value is read from standard input, and there was none');
  await withOffice(async (office) => {
    await record(office, 'secret.set', name);
    await office.secrets.put(name, value);
    print(`${name} is set`);
  });
}

async function list(): Promise<void> {
  await withOffice(async ({ secrets }) => {
    for (const { name, updatedAtMs } of await secrets.list())
      print(`${name}  ${new Date(updatedAtMs).toISOString()}`);
  });
}

async function remove(name: string): Promise<void> {
  await withOffice(async (office) => {
    await record(office, 'secret.remove', name);
    if (!(await office.secrets.remove(name))) throw new CommandError(`there is no secret "${name}"`);
    print(`${name} is removed`);
  });
}

async function rewrap(): Promise<void> {
  await withOffice(async (office) => {
    await record(office, 'master_key.rewrap', 'master key');
    const [secrets, keys] = [await office.secrets.rewrap(), await office.keyring.rewrap()];
    print(`${secrets} secrets and ${keys} keys of the record are wrapped by the new master key`);
  });
}

async function record({ audit, actor, clock }: Office, action: string, subject: string): Promise<void> {
  await audit.append({ kind: 'administration', id: newId('adm'), at: clock.now(), actor, action, subject });
}
