/** All commands, and how each ends: 0 when it did what was asked, 1 with one plain message when it could not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { packageDirectory } from '../compose/package-directory.ts';
import { SettingsError } from '../config.ts';
import { Refusal } from '../domain/refusal.ts';
import { ConfigurationError } from '../governance/configuration/configuration.ts';
import { auditCommand } from './commands/audit.ts';
import { configurationCommands } from './commands/configuration.ts';
import { evalCommand } from './commands/eval.ts';
import { keysCommand } from './commands/keys.ts';
import { scanCommand } from './commands/scan.ts';
import { secretsCommand } from './commands/secrets.ts';
import { usageCommand } from './commands/usage.ts';
import { CommandError } from './command-error.ts';
import { start } from './start.ts';

export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('bartizan')
    .description('The guarded gateway between people, applications and agents and any AI model.')
    .version(packageVersion());
  program.command('start').description('serve the gateway').action(start);
  for (const command of [
    ...configurationCommands(),
    keysCommand(),
    secretsCommand(),
    auditCommand(),
    usageCommand(),
    scanCommand(),
    evalCommand(),
  ])
    program.addCommand(command);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

/** Expected errors are told in a sentence; anything else is a bug and is shown whole. */
function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof CommandError || error instanceof SettingsError || error instanceof Refusal)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
