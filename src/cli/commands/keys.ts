/** `bartizan keys create | list | rotate | revoke`: the credentials of applications. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { newId } from '../../base/ids.ts';
import { SCOPES, type PrincipalKind, type Scope } from '../../domain/principal.ts';
import type { Office } from '../../compose/office.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

interface CreateOptions {
  readonly application: string;
  readonly principal?: { kind: PrincipalKind; id: string };
  readonly scopes: readonly Scope[];
  readonly expiresInDays?: number;
}

export function keysCommand(): Command {
  const keys = new Command('keys').description('credentials of applications');
  keys
    .command('create')
    .description('make a key; it is shown once')
    .requiredOption('-a, --application <id>', 'the application it belongs to')
    .option(
      '-p, --principal <kind:id>',
      'whom it authenticates; the application itself as a service unless told',
      parsePrincipal,
    )
    .addOption(
      new Option('-s, --scopes <scopes...>', 'what it may be used for')
        .choices(SCOPES)
        .default(['inference']),
    )
    .option('-e, --expires-in-days <days>', 'when it ends', parseDays)
    .action(create);
  keys.command('list').description('all keys, without their values').action(list);
  keys
    .command('rotate')
    .description('make a new key like this one, and end this one after an overlap')
    .argument('<id>')
    .option('--overlap-hours <hours>', 'how long both work', Number, 24)
    .action(rotate);
  keys
    .command('revoke')
    .description('end a key now, on every replica within a second')
    .argument('<id>')
    .action(revoke);
  return keys;
}

async function create({ application, principal, scopes, expiresInDays }: CreateOptions): Promise<void> {
  await withOffice(async (office) => {
    const { configuration } = await office.configurations.inForce();
    if (!(application in configuration.applications))
      throw new CommandError(`there is no application "${application}"`);
    const { key, credential } = await office.keys.create({
      applicationId: application,
      principal: principal ?? { kind: 'service', id: application },
      scopes,
      ...(expiresInDays === undefined
        ? {}
        : { expiresAtMs: office.clock.now() + expiresInDays * 86_400_000 }),
    });
    await record(office, 'key.create', credential.id);
    print(`${credential.id}\n${key}`);
  });
}

async function list(): Promise<void> {
  await withOffice(async ({ keys, clock }) => {
    for (const key of await keys.list()) {
      const ended =
        key.revokedAtMs !== null
          ? 'revoked'
          : (key.expiresAtMs ?? Infinity) <= clock.now()
            ? 'expired'
            : 'active';
      const until = key.expiresAtMs === null ? '' : ` until ${new Date(key.expiresAtMs).toISOString()}`;
      print(
        `${key.id}  ${key.hint}…  ${key.applicationId}  ${key.principal.kind}:${key.principal.id}  ${key.scopes.join(',')}  ${ended}${until}`,
      );
    }
  });
}

async function rotate(id: string, { overlapHours }: { overlapHours: number }): Promise<void> {
  await withOffice(async (office) => {
    const { key, credential } = await office.keys.rotate(id, { overlapMs: overlapHours * 3_600_000 });
    await record(office, 'key.rotate', id, credential.id);
    print(`${credential.id}\n${key}`);
  });
}

async function revoke(id: string): Promise<void> {
  await withOffice(async (office) => {
    await record(office, 'key.revoke', id);
    if (!(await office.keys.revoke(id))) throw new CommandError(`there is no key "${id}"`);
    print(`${id} is revoked`);
  });
}

async function record(
  { audit, actor, clock }: Office,
  action: string,
  subject: string,
  after?: string,
): Promise<void> {
  await audit.append({
    kind: 'administration',
    id: newId('adm'),
    at: clock.now(),
    actor,
    action,
    subject,
    ...(after === undefined ? {} : { after }),
  });
}

function parsePrincipal(text: string): { kind: PrincipalKind; id: string } {
  const match = /^(person|service|agent):(.{1,128})$/.exec(text);
  const [, kind, id] = match ?? [];
  if (id === undefined || (kind !== 'person' && kind !== 'service' && kind !== 'agent'))
    throw new InvalidArgumentError('a principal is person:ID, service:ID or agent:ID');
  return { kind, id };
}

function parseDays(text: string): number {
  const days = Number(text);
  if (!(days > 0)) throw new InvalidArgumentError('a number of days above zero');
  return days;
}
