/** `bartizan api`: every operation of the REST API from the command line, by the client that the console uses too. */
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { ApiProblem, createClient, type Client } from '../../contract/api/client.ts';
import type { Operation } from '../../contract/api/operation.ts';
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../../contract/api/operations.ts';
import { readApiSettings } from '../../config.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';

interface Options {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly ifMatch?: string;
  readonly reason?: string;
}

export function apiCommand(): Command {
  const pairs = (value: string, before: Readonly<Record<string, string>>): Record<string, string> => {
    const at = value.indexOf('=');
    if (at < 1) throw new CommandError(`not of the form name=value: ${value}`);
    return { ...before, [value.slice(0, at)]: value.slice(at + 1) };
  };
  return new Command('api')
    .description(
      'call an operation of the REST API at BARTIZAN_URL with the access token in BARTIZAN_TOKEN; without one, list them',
    )
    .argument('[operation]', 'its name: listGuardrails')
    .option('-p, --path <name=value>', 'a parameter of the path', pairs, {})
    .option('-q, --query <name=value>', 'a parameter of the query', pairs, {})
    .option('-b, --body <file>', 'JSON to send; - for standard input')
    .option('--if-match <etag>', 'of what is to be changed, as it was read')
    .option('--reason <text>', 'why, where something is read that needs a reason')
    .action(call);
}

async function call(name: string | undefined, options: Options): Promise<void> {
  if (name === undefined) return print(OPERATION_NAMES.toSorted().map(line).join('\n'));
  if (!isOperation(name)) throw new CommandError(`there is no operation ${name}: bartizan api lists them`);
  try {
    await send(openClient(), name, options);
  } catch (error) {
    if (error instanceof ApiProblem) throw new CommandError(told(error));
    throw error;
  }
}

function line(name: OperationName): string {
  const { method, path, summary }: Operation = OPERATIONS[name];
  return `${name.padEnd(28)} ${method.padEnd(6)} ${path}  ${summary}`;
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}

function openClient(): Client {
  const { url, token } = readApiSettings();
  return createClient({
    baseUrl: url,
    fetch,
    headers: () => ({ authorization: `Bearer ${token}` }),
  });
}

/** What each operation takes, the server checks: names and forms are its to refuse. */
async function send(client: Client, name: OperationName, options: Options): Promise<void> {
  const { events, download }: Operation = OPERATIONS[name];
  const ask = {
    path: options.path,
    query: options.query,
    ...(options.body === undefined ? {} : { body: await readJson(options.body) }),
    ...(options.ifMatch === undefined ? {} : { ifMatch: options.ifMatch }),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
  } as never;
  if (events) {
    for await (const event of client.events(name, ask)) print(JSON.stringify(event));
    return;
  }
  if (download) {
    const response = await client.download(name, ask);
    process.stdout.write(Buffer.from(await response.arrayBuffer()));
    return;
  }
  const answer: unknown = await client.call(name, ask);
  if (answer !== undefined) print(JSON.stringify(answer, undefined, 2));
}

async function readJson(file: string): Promise<unknown> {
  const text = file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${file === '-' ? 'standard input' : file} is not JSON`, { cause });
  }
}

function told({ problem }: ApiProblem): string {
  const places = (problem.errors ?? []).map(
    ({ in: part, pointer, message }) => `  ${part}${pointer}: ${message}`,
  );
  return [`${problem.code}: ${problem.detail}`, ...places].join('\n');
}
