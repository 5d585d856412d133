/** `bartizan audit verify`: checks a proof bundle or an auditor's kit, offline; no store is opened. */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { Command } from 'commander';
import {
  followHandover,
  successorOf,
  verifyKit,
  type KitReport,
  type KitSource,
} from '../../modules/audit/audit.ts';
import { TlogError } from '../../tlog/errors.ts';
import { leafHash } from '../../tlog/hashes.ts';
import { ED25519, formatVerifierKey, parseVerifierKey } from '../../tlog/keys.ts';
import { policyOfKeys, type Policy } from '../../tlog/policy.ts';
import { parsePolicy } from '../../tlog/policy-text.ts';
import { parseProof, verifyProof } from '../../tlog/proof.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';

interface VerifyOptions {
  readonly key?: readonly string[];
  readonly policy?: string;
  readonly handovers?: readonly string[];
  readonly known?: string;
  readonly json?: boolean;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description("verifies a proof bundle or an auditor's kit, offline")
    .argument('<file>', 'as `bartizan audit prove` or `bartizan audit kit` wrote it')
    .option('--key <key...>', "the log's verifier keys, as `bartizan audit key` prints them")
    .option('--policy <file>', 'a trust policy with witnesses (C2SP tlog-policy), instead of --key')
    .option(
      '--handovers <file...>',
      'what `bartizan audit key --handovers` wrote: followed from the keys given; a kit brings its own',
    )
    .option('--known <file>', 'a checkpoint that you kept: a kit must continue it')
    .option('--json', 'the whole report, for programs')
    .action(verify);
}

async function verify(path: string, options: VerifyOptions): Promise<void> {
  const file = await open(path, 'r');
  try {
    const source = sourceOfFile(file, (await file.stat()).size);
    if (await isArchive(source)) await verifyArchive(source, options);
    else await verifyBundle(await readFile(path), options);
  } finally {
    await file.close();
  }
}

function sourceOfFile(file: FileHandle, size: number): KitSource {
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw new Error('the file ends early');
        done += bytesRead;
      }
      return bytes;
    },
  };
}

/** By its first bytes: a ZIP archive, whatever it is called. */
async function isArchive(source: KitSource): Promise<boolean> {
  return source.size >= 2 && Buffer.from(await source.read(0, 2)).toString('latin1') === 'PK';
}

async function verifyArchive(source: KitSource, options: VerifyOptions): Promise<void> {
  const report = await verifyKit(source, {
    policy: await policyOf(options),
    known: options.known === undefined ? undefined : await readFile(options.known),
  });
  if (options.json) print(JSON.stringify(report, null, 2));
  else printReport(report);
  if (!report.isVerified) throw new CommandError('NOT verified');
}

const SIGNS = { passed: 'ok     ', failed: 'FAILED ', skipped: '-      ' };

function printReport({ checks, isVerified, isTrusted }: KitReport): void {
  for (const { status, sentence, failures, failureCount } of checks) {
    print(`${SIGNS[status]} ${sentence}`);
    for (const { code, message } of failures) print(`          ${code}: ${message}`);
    if (failureCount > failures.length) print(`          … and ${failureCount - failures.length} more`);
  }
  if (!isVerified) return;
  print(
    isTrusted
      ? 'verified'
      : 'consistent in itself, but NOT VERIFIED against a key that you trust: give --key or --policy',
  );
}

async function verifyBundle(bundle: Buffer, options: VerifyOptions): Promise<void> {
  const policy = await policyOf(options);
  if (!policy) throw new CommandError('whom to believe? Give --key or --policy');
  try {
    const { extra } = parseProof(bundle);
    if (!extra) throw new CommandError('the bundle holds no leaf to verify');
    const { index, checkpoint, witnesses } = verifyProof(bundle, leafHash(extra), policy);
    const entry = Buffer.from(extra).toString('utf8');
    if (options.json) {
      print(
        JSON.stringify({
          isVerified: true,
          origin: checkpoint.origin,
          index,
          size: checkpoint.size,
          witnesses,
          entry,
        }),
      );
      return;
    }
    print(`verified: entry ${index} is in the log ${checkpoint.origin} of ${checkpoint.size} entries`);
    if (witnesses.length > 0) print(`witnessed by ${witnesses.join(', ')}`);
    for (const { verifier } of policy.logs) {
      const next = successorOf(extra, verifier);
      if (next) print(`hands over to the key ${formatVerifierKey(next)}`);
    }
    print(entry);
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    if (options.json) print(JSON.stringify({ isVerified: false, code: error.code }));
    throw new CommandError(`NOT verified: ${error.message}`);
  }
}

async function policyOf(options: VerifyOptions): Promise<Policy | undefined> {
  try {
    const given = await givenPolicy(options);
    return given && (await withSuccessors(given, options.handovers ?? []));
  } catch (error) {
    if (error instanceof TlogError) throw new CommandError(`whom to believe? ${error.message}`);
    throw error;
  }
}

/** @throws CommandError, TlogError */
async function givenPolicy({ key, policy }: VerifyOptions): Promise<Policy | undefined> {
  if (policy !== undefined) return parsePolicy(await readFile(policy));
  if (key === undefined) return undefined;
  const verifiers = key.map(parseVerifierKey);
  if (verifiers.some(({ type }) => type !== ED25519))
    throw new CommandError("this is a witness's key: a log's is needed");
  return policyOfKeys(verifiers, [], 0);
}

/** In whatever order they were given: one that hands over from no key that is trusted is looked at again after the others. */
async function withSuccessors(policy: Policy, files: readonly string[]): Promise<Policy> {
  const logs = [...policy.logs];
  let left = await Promise.all(files.map((file) => readFile(file)));
  for (let before = Infinity; left.length < before; ) {
    before = left.length;
    left = left.filter((bundle) => {
      const keys = logs.map(({ verifier }) => verifier);
      const next = followHandover(bundle, keys)?.key;
      if (next && !keys.some((each) => formatVerifierKey(each) === formatVerifierKey(next)))
        logs.push({ verifier: next });
      return next === undefined;
    });
  }
  return { ...policy, logs };
}
