/** `bartizan plan | apply | export | rollback`: the declarative tree. */
import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { exportYaml, renderChanges } from '../../governance/configuration/configuration.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

export function configurationCommands(): readonly Command[] {
  return [planCommand(), applyCommand(), exportCommand(), rollbackCommand()];
}

function planCommand(): Command {
  return new Command('plan')
    .description('show what applying a file would change')
    .requiredOption('-f, --file <file>', 'the configuration, as YAML')
    .action(async ({ file }: { file: string }) => {
      const text = await read(file);
      await withOffice(async ({ configurations }) => {
        const { changes } = await configurations.plan(configurations.parse(text));
        print(changes.length === 0 ? 'nothing would change' : renderChanges(changes));
      });
    });
}

function applyCommand(): Command {
  return new Command('apply')
    .description('put a file in force: all of it or, where anything in it is wrong, nothing')
    .requiredOption('-f, --file <file>', 'the configuration, as YAML')
    .action(async ({ file }: { file: string }) => {
      const text = await read(file);
      await withOffice(async ({ configurations, actor }) => {
        const { changes, version } = await configurations.apply(configurations.parse(text), { actor });
        if (changes.length === 0) return print(`nothing to change: version ${version} is in force`);
        print(renderChanges(changes));
        print(`version ${version} is in force`);
      });
    });
}

function exportCommand(): Command {
  return new Command('export')
    .description('write the configuration in force as YAML')
    .option('-o, --output <file>', 'a file instead of standard output')
    .action(async ({ output }: { output?: string }) => {
      await withOffice(async ({ configurations }) => {
        const { configuration } = await configurations.inForce();
        const yaml = exportYaml(configuration);
        if (output === undefined) print(yaml.trimEnd());
        else await writeFile(output, yaml);
      });
    });
}

function rollbackCommand(): Command {
  return new Command('rollback')
    .description('put an earlier version in force again, as a new version')
    .argument('<version>', 'its number')
    .action(async (version: string) => {
      await withOffice(async ({ configurations, actor }) => {
        const applied = await configurations.rollback(Number(version), { actor });
        print(renderChanges(applied.changes));
        print(`version ${applied.version} is in force`);
      });
    });
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read`, { cause });
  });
}
