/** `bartizan administrators list | invite | reset-factors | disable | enable`: who administers the house, and the way back in. */
import { Command, Option } from 'commander';
import { furnishAdministrators } from '../../compose/administrators.ts';
import type { Office } from '../../compose/office.ts';
import { readSettings } from '../../config.ts';
import type { AdministrationScope, Assignment } from '../../domain/administrator.ts';
import type { Administrators } from '../../governance/administrators/administrators.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

interface InviteOptions {
  readonly role: string;
  readonly name?: string;
  readonly group?: string;
  readonly application?: string;
}

export function administratorsCommand(): Command {
  const command = new Command('administrators').description('who administers the house');
  command.command('list').description('all of them, with their roles').action(list);
  command
    .command('invite')
    .description('make a link with which somebody gets an account, or a new password for theirs')
    .argument('<id>', 'e-mail address or login name: the same as the principal')
    .addOption(new Option('-r, --role <role>', 'what they may do').default('member'))
    .option('-n, --name <name>', 'how they are called')
    .addOption(
      new Option('-g, --group <id>', 'over this group, and not the organization').conflicts('application'),
    )
    .option('-a, --application <id>', 'over this application, and not the organization')
    .action(invite);
  command
    .command('reset-factors')
    .description('forget authenticator, passkeys and recovery codes of somebody, and end their sessions')
    .argument('<id>')
    .action((id: string) =>
      withAdministrators(async ({ administration }, { actor }) => {
        await administration.resetFactors(actor, id);
        print(`${id} signs in with the password alone`);
      }),
    );
  for (const [name, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const)
    command
      .command(name)
      .description(disabled ? 'let somebody in no longer' : 'let somebody in again')
      .argument('<id>')
      .action((id: string) =>
        withAdministrators(async ({ administration }, { actor }) => {
          await administration.update(actor, id, { disabled });
          print(`${id} is ${name}d`);
        }),
      );
  return command;
}

function withAdministrators(
  work: (administrators: Administrators, office: Office) => Promise<void>,
): Promise<void> {
  return withOffice(async (office) => {
    const { configuration } = await office.configurations.inForce();
    const faults: unknown[] = [];
    await work(
      furnishAdministrators(office, {
        configuration: () => configuration,
        secretOf: elsewhere,
        backChannel: elsewhere,
        onFault: (error) => faults.push(error),
      }),
      office,
    );
    if (faults.length > 0) throw new AggregateError(faults, 'not all of it could be written down');
  });
}

/** Nobody signs in at the command line. */
const elsewhere = () => Promise.reject(new CommandError('a command asks no identity provider'));

async function list(): Promise<void> {
  await withAdministrators(async ({ administration }) => {
    for (let after: string | undefined; ; ) {
      const { items, next } = await administration.list({ after, limit: 200 });
      for (const { account, status } of items) {
        const roles = [...account.assignments, ...account.providerAssignments].map(roleText).join(', ');
        print(`${account.id}  ${status}  ${account.source}  ${roles === '' ? 'no roles' : roles}`);
      }
      if (next === null) return;
      after = next;
    }
  });
}

async function invite(id: string, options: InviteOptions): Promise<void> {
  await withAdministrators(async ({ administration }, { actor, configurations }) => {
    const assignment: Assignment = { role: options.role, scope: scopeOf(options) };
    const { token, expiresAtMs } = await linkFor(administration, actor, {
      id,
      name: options.name,
      assignment,
    });
    const { configuration } = await configurations.inForce();
    const { host, port } = readSettings();
    const base =
      configuration.sign_in.public_url ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    print(`This link is shown once, and good until ${new Date(expiresAtMs).toISOString()}:`);
    print(`  ${new URL(`/console/welcome#${token}`, base).href}`);
  });
}

interface Invited {
  readonly id: string;
  readonly name: string | undefined;
  readonly assignment: Assignment;
}

/** Also for who has an account, and cannot get into it any more. */
async function linkFor(
  administration: Administrators['administration'],
  actor: string,
  { id, name, assignment }: Invited,
) {
  const { items } = await administration.list({ limit: 200, search: id });
  const present = items.find(({ account }) => account.id.toLowerCase() === id.toLowerCase())?.account;
  if (!/^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}$/.test(id))
    throw new CommandError('an id is a login name or an e-mail address');
  if (!present) {
    const wish = { id, displayName: name ?? id, assignments: [assignment] };
    return (await administration.invite(actor, wish)).link;
  }
  const assignments = present.assignments.some((each) => roleText(each) === roleText(assignment))
    ? present.assignments
    : [...present.assignments, assignment];
  await administration.update(actor, present.id, { assignments, disabled: false, displayName: name });
  return administration.renewLink(actor, present.id, { anySource: true });
}

function scopeOf({ group, application }: InviteOptions): AdministrationScope {
  if (group !== undefined) return { kind: 'group', id: group };
  return application === undefined ? { kind: 'organization' } : { kind: 'application', id: application };
}

function roleText({ role, scope }: Assignment): string {
  return scope.kind === 'organization' ? role : `${role} (${scope.kind} ${scope.id})`;
}
