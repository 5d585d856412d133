/** `bartizan subjects show | export | erase | restrict | unrestrict | coverage`: the rights of whom the record is about. */
import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { newId } from '../../base/ids.ts';
import { ERASURE_BASES } from '../../domain/erasure-basis.ts';
import { htmlOf } from '../../governance/subjects/subjects.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

const SUBJECT =
  "person:ada, an application's user as desk/user:42, EMAIL_ADDRESS:…, or a bare address or number";

export function subjectsCommand(): Command {
  const subjects = new Command('subjects').description(
    'whom the record is about: access, erasure and restriction (GDPR Art. 15, 17, 18)',
  );
  subjects
    .command('show')
    .description('how much the record holds about somebody, never what')
    .argument('<subject>', SUBJECT)
    .action(show);
  subjects
    .command('export')
    .description('what is hers, within the rights of others; this is recorded')
    .argument('<subject>', SUBJECT)
    .requiredOption('--reason <text>', 'why it is read')
    .option('-o, --output <file>', 'standard output where absent')
    .addOption(new Option('--format <format>').choices(['json', 'html']).default('json'))
    .action(exportSubject);
  subjects
    .command('erase')
    .description('destroys her keys, and with them who it was and what was said; this cannot be undone')
    .argument('<subject>', SUBJECT)
    .addOption(
      new Option('--basis <basis>', 'the reason as GDPR Art. 17(1) counts them')
        .choices(ERASURE_BASES)
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'in your words; it is kept, so do not name her')
    .option('--yes', 'do it; without it, it is only shown what would be erased')
    .action(erase);
  subjects
    .command('restrict')
    .description('what is kept about her is not read any more')
    .argument('<subject>', SUBJECT)
    .requiredOption('--reason <text>')
    .action((subject: string, { reason }: { reason: string }) => restrict(subject, true, reason));
  subjects
    .command('unrestrict')
    .description('it is read again')
    .argument('<subject>', SUBJECT)
    .requiredOption('--reason <text>')
    .action((subject: string, { reason }: { reason: string }) => restrict(subject, false, reason));
  subjects
    .command('coverage')
    .description('what shows an auditor that erasures cover an entry, as JSON')
    .argument('<index>', "the entry's index in the log", Number)
    .action(coverage);
  subjects
    .command('renew-keys')
    .description('new keys for her: what the old ones wrap is wrapped anew, and they are destroyed')
    .argument('<subject>', 'one identifier, as `bartizan subjects show` prints it')
    .requiredOption('--reason <text>')
    .action(renew);
  return subjects;
}

async function show(subject: string): Promise<void> {
  await withOffice(async ({ subjects }) => {
    const { firstAtMs, lastAtMs, ...summary } = await subjects.show(subject);
    print(
      JSON.stringify(
        {
          ...summary,
          ...(firstAtMs === undefined ? {} : { first: new Date(firstAtMs).toISOString() }),
          ...(lastAtMs === undefined ? {} : { last: new Date(lastAtMs).toISOString() }),
        },
        null,
        2,
      ),
    );
  });
}

async function exportSubject(
  subject: string,
  { reason, output, format }: { reason: string; output?: string; format: string },
): Promise<void> {
  const disclosure = await withOffice(({ subjects, actor }) => subjects.disclose(subject, { actor, reason }));
  const text = format === 'html' ? htmlOf(disclosure) : `${JSON.stringify(disclosure, null, 2)}\n`;
  if (output === undefined) process.stdout.write(text);
  else await writeFile(output, text, { mode: 0o600 });
}

async function erase(
  subject: string,
  { basis, reason, yes }: { basis: string; reason: string; yes?: boolean },
): Promise<void> {
  await withOffice(async ({ subjects, actor }) => {
    const { entries, withContent, identifiers } = await subjects.show(subject);
    if (yes !== true)
      throw new CommandError(
        `${entries} entries of ${identifiers.length} identifiers would be erased, ${withContent} of them with content: say --yes`,
      );
    const erased = await subjects.erase(subject, basis, { actor, reason });
    print(
      erased
        ? `${erased.entries} entries are erased; entry ${erased.entry} says so`
        : 'there is nothing left to erase',
    );
  });
}

async function restrict(subject: string, isRestricted: boolean, reason: string): Promise<void> {
  await withOffice(({ subjects, actor }) => subjects.restrict(subject, isRestricted, { actor, reason }));
  print(isRestricted ? 'it is kept, and not read' : 'it is read again');
}

async function renew(subject: string, { reason }: { reason: string }): Promise<void> {
  await withOffice(async (office) => {
    const { audit, actor, clock, keyring } = office;
    const keys = await keyring.find(subject);
    if (keys.length === 0) throw new CommandError('nothing in the record is about anybody of this name');
    const before = idsOf(keys);
    const entry = { kind: 'administration', actor, subject: before, reason } as const;
    const now = () => ({ id: newId('adm', clock.now()), at: clock.now() });
    await audit.append({ ...entry, ...now(), action: 'subject.renew_keys' });
    const renewed = await office.renewKeys(subject);
    // Who was sent the old ids, as a SIEM was, has to know whom an erasure of the new ones means.
    const after = idsOf(await keyring.find(subject));
    await audit.append({ ...entry, ...now(), action: 'subject.renewed_keys', before, after });
    print(`${renewed} keys of records are wrapped anew`);
  });
}

const idsOf = (keys: readonly { readonly id: string }[]) => keys.map(({ id }) => id).join(' ');

async function coverage(index: number): Promise<void> {
  await withOffice(async ({ subjects }) => {
    const found = await subjects.coverage(index);
    if (found.length === 0) throw new CommandError(`no erasure covers entry ${index}`);
    print(JSON.stringify(found, null, 2));
  });
}
