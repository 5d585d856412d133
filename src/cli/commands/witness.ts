/** `bartizan witness [serve] | key`: a small witness that cosigns the checkpoints of logs run by others. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { openSqliteWitnessStore } from '../../adapters/sqlite/witness-store.ts';
import { createWitnessServer, type WitnessServer } from '../../adapters/witness-server/witness-server.ts';
import { TlogError } from '../../tlog/errors.ts';
import {
  COSIGNATURE_V1,
  ED25519,
  formatSignerKey,
  formatVerifierKey,
  parseSignerKey,
  parseVerifierKey,
  type NoteSigner,
} from '../../tlog/keys.ts';
import { createWitness, type WitnessedLog, type WitnessResponse } from '../../tlog/witness.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';

interface ServeOptions {
  readonly listen: { readonly host: string; readonly port: number };
  readonly keyFile: string;
  readonly log: readonly WitnessedLog[];
  readonly data?: string;
}

export function witnessCommand(): Command {
  const witness = new Command('witness').description(
    "cosigns the checkpoints of others' logs, as long as each continues the one before (C2SP tlog-witness)",
  );
  witness
    .command('serve', { isDefault: true })
    .description('serve until told to stop; it needs no configuration and no master key')
    .requiredOption('--listen <host:port>', 'where it is asked', parseAddress)
    .requiredOption('--key-file <file>', 'its private key, as `bartizan witness key` makes it')
    .requiredOption(
      '--log <origin=key>',
      'a log that it follows, with its verifier key; may be given again',
      addLog,
      [],
    )
    .option('--data <directory>', "where it remembers what it cosigned; the key file's directory unless told")
    .action(serve);
  witness
    .command('key')
    .description('makes the private key where there is none, and prints the verifier key for others')
    .requiredOption('--key-file <file>', 'where it is kept, for its owner alone')
    .option('--name <name>', 'names the witness in its cosignatures; needed to make a key')
    .action(key);
  return witness;
}

async function serve({ listen, keyFile, log: logs, data }: ServeOptions): Promise<void> {
  if (logs.length === 0) throw new CommandError('which log? Give --log ORIGIN=KEY');
  const signer = await readSigner(keyFile);
  const directory = resolve(data ?? dirname(keyFile));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const store = openSqliteWitnessStore(join(directory, 'witness.sqlite'));
  const witness = createWitness({
    signers: [signer],
    logs,
    store,
    nowSeconds: () => Math.floor(Date.now() / 1000),
  });
  const server = createWitnessServer({
    witness,
    about: aboutOf(signer, logs),
    onAnswer: warn,
    onError: (error) =>
      process.stderr.write(`failed: ${error instanceof Error ? error.message : 'unknown'}\n`),
  });
  const port = await server.listen(listen.host, listen.port);
  print(`The witness ${signer.verifier.name} listens on http://${shown(listen.host)}:${port}`);
  for (const { origin } of logs)
    print(`  ${origin}: ${(await store.latest(origin))?.size ?? 'nothing'} cosigned so far`);
  stopOnSignals(server, store);
}

/** Only who holds a key of the log comes that far: another history is worth an alarm. */
function warn({ status, code }: WitnessResponse): void {
  if (status === 422 || code === 'split_view')
    process.stderr.write(`ALARM: a log signed a checkpoint that does not continue its last one (${code})\n`);
}

function stopOnSignals(server: WitnessServer, store: { close(): void }): void {
  const stop = () => {
    process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT');
    void server.close().then(() => store.close());
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

function aboutOf({ verifier }: NoteSigner, logs: readonly WitnessedLog[]): string {
  return [
    'A witness of transparency logs (C2SP tlog-witness): POST /add-checkpoint',
    formatVerifierKey(verifier),
    ...logs.map(({ origin }) => `follows ${origin}`),
    '',
  ].join('\n');
}

async function key({ keyFile, name }: { keyFile: string; name?: string }): Promise<void> {
  if (name !== undefined) await makeKey(keyFile, name);
  print(formatVerifierKey((await readSigner(keyFile)).verifier));
}

/** An existing key is never replaced: who loses it loses the witness's word. */
async function makeKey(keyFile: string, name: string): Promise<void> {
  mkdirSync(dirname(resolve(keyFile)), { recursive: true, mode: 0o700 });
  const text = asCommandError(() => formatSignerKey(name, COSIGNATURE_V1, randomBytes(32)));
  try {
    await writeFile(keyFile, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const { verifier } = await readSigner(keyFile);
    if (verifier.name !== name) throw new CommandError(`the key file is that of ${verifier.name}`);
  }
}

async function readSigner(keyFile: string): Promise<NoteSigner> {
  const text = await readFile(keyFile, 'utf8').catch(() => {
    throw new CommandError('the key file cannot be read: make one with `bartizan witness key --name NAME`');
  });
  const signer = asCommandError(() => parseSignerKey(text.trim()));
  if (signer.verifier.type !== COSIGNATURE_V1) throw new CommandError('this is not the key of a witness');
  return signer;
}

function asCommandError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TlogError) throw new CommandError(error.message);
    throw error;
  }
}

function parseAddress(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const [host, port] = [bracketed ?? plain, Number(digits)];
  if (host === undefined || !(port <= 65_535))
    throw new InvalidArgumentError('as 127.0.0.1:4412 or [::1]:4412');
  return { host, port };
}

/** A log whose key was rotated is given once for each key. */
function addLog(text: string, logs: readonly WitnessedLog[]): readonly WitnessedLog[] {
  const [, origin, encoded] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (origin === undefined || encoded === undefined)
    throw new InvalidArgumentError("ORIGIN=KEY, as `bartizan audit key` prints the log's key");
  try {
    const verifier = parseVerifierKey(encoded);
    if (verifier.type !== ED25519) throw new InvalidArgumentError("this is not a log's key");
    const known = logs.find((log) => log.origin === origin);
    const others = logs.filter((log) => log !== known);
    return [...others, { origin, keys: [...(known?.keys ?? []), verifier] }];
  } catch (error) {
    if (error instanceof TlogError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

function shown(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
