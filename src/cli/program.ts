/** All commands, and how each ends: 0 when it did what was asked, 1 with one plain message when it could not. */
import { Command } from 'commander';
import { packageVersion } from '../compose/package-version.ts';
import { Refusal } from '../domain/refusal.ts';
import { CommandError } from './command-error.ts';

/** What makes the commands, by how they are called. Most of a command's time is loading, so it loads no other's. */
const COMMANDS: Readonly<Record<string, () => Promise<readonly Command[]>>> = {
  start: async () => [startCommand((await import('./start.ts')).start)],
  plan: configuration,
  apply: configuration,
  export: configuration,
  rollback: configuration,
  keys: async () => [(await import('./commands/keys.ts')).keysCommand()],
  administrators: async () => [(await import('./commands/administrators.ts')).administratorsCommand()],
  secrets: async () => [(await import('./commands/secrets.ts')).secretsCommand()],
  audit: async () => [(await import('./commands/audit.ts')).auditCommand()],
  subjects: async () => [(await import('./commands/subjects.ts')).subjectsCommand()],
  usage: async () => [(await import('./commands/usage.ts')).usageCommand()],
  activity: async () => [(await import('./commands/activity.ts')).activityCommand()],
  api: async () => [(await import('./commands/api.ts')).apiCommand()],
  siem: async () => [(await import('./commands/siem.ts')).siemCommand()],
  witness: async () => [(await import('./commands/witness.ts')).witnessCommand()],
  scan: async () => {
    // Each schema is used once: compiling it takes longer than it saves.
    (await import('zod')).config({ jitless: true });
    return [(await import('./commands/scan.ts')).scanCommand()];
  },
  eval: async () => [(await import('./commands/eval.ts')).evalCommand()],
};

async function configuration(): Promise<readonly Command[]> {
  return (await import('./commands/configuration.ts')).configurationCommands();
}

function startCommand(start: () => Promise<void>): Command {
  return new Command('start').description('serve the gateway').action(start);
}

export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('bartizan')
    .description('The guarded gateway between people, applications and agents and any AI model.')
    .version(packageVersion());
  for (const command of await commandsFor(argv[2])) program.addCommand(command);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.stderr.write(`${await messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

/** All, where none of them is called: for help, and for what is no command. */
async function commandsFor(name: string | undefined): Promise<readonly Command[]> {
  const called = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const makers = called ? [called] : [...new Set(Object.values(COMMANDS))];
  return (await Promise.all(makers.map((make) => make()))).flat();
}

/** Expected errors are told in a sentence; anything else is a bug and is shown whole. */
async function messageOf(error: unknown): Promise<string> {
  if (error instanceof CommandError || error instanceof Refusal || isOfFile(error)) return error.message;
  // Where one of these was thrown they are loaded, and `scan` may do without.
  const { ConfigurationError } = await import('../governance/configuration/configuration.ts');
  const { SettingsError } = await import('../config.ts');
  const { SubjectError } = await import('../governance/subjects/subjects.ts');
  const { HoldError } = await import('../governance/retention/retention.ts');
  for (const expected of [ConfigurationError, HoldError, SettingsError, SubjectError])
    if (error instanceof expected) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A file that was named and cannot be opened, read or written; the message says which. */
function isOfFile(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error && typeof error.path === 'string';
}
