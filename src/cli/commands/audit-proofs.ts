/** `bartizan audit prove`: what shows an entry to somebody who does not trust this gateway. */
import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { createUndiciTransport } from '../../adapters/undici/transport.ts';
import type { Office } from '../../compose/office.ts';
import { createPanel } from '../../compose/witnesses.ts';
import type { Configuration } from '../../contract/configuration.ts';
import { createWitnesses } from '../../modules/audit/audit.ts';
import { parseProof } from '../../tlog/proof.ts';
import { CommandError } from '../command-error.ts';
import { withOffice } from '../with-office.ts';

interface ProveOptions {
  readonly output?: string;
  readonly wait: number;
}

const SECOND_MS = 1_000;

export function proofCommands(): readonly Command[] {
  return [
    new Command('prove')
      .description('a proof bundle of one entry (C2SP tlog-proof), which verifies without this gateway')
      .argument('<entry>', 'its index, the response header x-bartizan-record, or an id such as req_…')
      .option('-o, --output <file>', 'where to write it; standard output where absent')
      .option(
        '--wait <seconds>',
        'how long witnesses may take, where none has cosigned yet',
        parseSeconds,
        10,
      )
      .action(prove),
  ];
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= 600)) throw new InvalidArgumentError('seconds, from 0 to 600');
  return seconds;
}

async function prove(entry: string, { output, wait }: ProveOptions): Promise<void> {
  const bundle = await withOffice(async (office) => {
    const index = await indexOf(office, entry);
    if (index === undefined) return undefined;
    const configuration = (await office.configurations.current())?.configuration;
    return configuration && Object.keys(configuration.witnesses).length > 0
      ? proveWitnessed(office, configuration, index, wait * SECOND_MS)
      : office.log.prove(index);
  });
  if (!bundle) throw new CommandError(`there is no entry "${entry}"`);
  if (output === undefined) process.stdout.write(bundle);
  else await writeFile(output, bundle);
}

/** A running gateway may ask the same witnesses meanwhile: the signatures that both are given are kept together. */
async function proveWitnessed(
  { log, stores, clock }: Office,
  configuration: Configuration,
  index: number,
  waitMs: number,
): Promise<Uint8Array | undefined> {
  const transport = createUndiciTransport();
  try {
    const panel = createPanel(transport, () => configuration);
    const witnesses = createWitnesses({
      store: stores.log,
      panel,
      clock,
      waitMs,
      timeoutMs: Math.max(1, waitMs),
      onFailure: (name, reason) => void process.stderr.write(`witness ${name}: ${reason}\n`),
      onError: (error) => void process.stderr.write(`a cosignature was not kept: ${String(error)}\n`),
    });
    const bundle = await log.prove(index, witnesses);
    const note = bundle && Buffer.from(parseProof(bundle).checkpoint).toString('utf8');
    if (note !== undefined && !witnesses.hasQuorum({ size: 0, atMs: 0, note }))
      process.stderr.write(
        'the proof lacks the quorum of witnesses: a policy that asks for one refuses it\n',
      );
    return bundle;
  } finally {
    await transport.close();
  }
}

/** @throws CommandError where an entry of another log is named */
async function indexOf({ audit, log }: Office, entry: string): Promise<number | undefined> {
  if (/^\d{1,15}$/.test(entry)) return Number(entry);
  const [, origin, index] = /^(.+)\/(\d{1,15})$/.exec(entry) ?? [];
  if (origin !== undefined) {
    if (origin !== log.origin) throw new CommandError(`this log is ${log.origin}, not ${origin}`);
    return Number(index);
  }
  const { entries } = await audit.read({ id: entry, limit: 1 });
  return entries[0]?.index;
}
