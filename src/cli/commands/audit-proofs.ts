/** `bartizan audit prove | verify`: what shows an entry to somebody who does not trust this gateway. */
import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { ED25519, formatVerifierKey, parseVerifierKey } from '../../tlog/keys.ts';
import { leafHash } from '../../tlog/hashes.ts';
import { policyOfKeys, type Policy } from '../../tlog/policy.ts';
import { parsePolicy } from '../../tlog/policy-text.ts';
import { parseProof, verifyProof } from '../../tlog/proof.ts';
import { TlogError } from '../../tlog/errors.ts';
import type { Office } from '../../compose/office.ts';
import { successorOf } from '../../modules/audit/audit.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

export function proofCommands(): readonly Command[] {
  return [
    new Command('prove')
      .description('a proof bundle of one entry (C2SP tlog-proof), which verifies without this gateway')
      .argument('<entry>', 'its index, the response header x-bartizan-record, or an id such as req_…')
      .option('-o, --output <file>', 'where to write it; standard output where absent')
      .action(prove),
    new Command('verify')
      .description('verifies a proof bundle, offline')
      .argument('<file>', 'as `bartizan audit prove` wrote it')
      .option('--key <key>', "the log's verifier key, as `bartizan audit key` prints it")
      .option('--policy <file>', 'a trust policy with witnesses (C2SP tlog-policy), instead of --key')
      .action(verify),
  ];
}

async function prove(entry: string, { output }: { output?: string }): Promise<void> {
  const bundle = await withOffice(async (office) => {
    const index = await indexOf(office, entry);
    return index === undefined ? undefined : office.log.prove(index);
  });
  if (!bundle) throw new CommandError(`there is no entry "${entry}"`);
  if (output === undefined) process.stdout.write(bundle);
  else await writeFile(output, bundle);
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

async function verify(file: string, options: { key?: string; policy?: string }): Promise<void> {
  const bundle = await readFile(file);
  try {
    const { extra } = parseProof(bundle);
    if (!extra) throw new CommandError('the bundle holds no leaf to verify');
    const policy = await policyOf(options);
    const { index, checkpoint, witnesses } = verifyProof(bundle, leafHash(extra), policy);
    print(`verified: entry ${index} is in the log ${checkpoint.origin} of ${checkpoint.size} entries`);
    if (witnesses.length > 0) print(`witnessed by ${witnesses.join(', ')}`);
    for (const { verifier } of policy.logs) {
      const next = successorOf(extra, verifier);
      if (next) print(`hands over to the key ${formatVerifierKey(next)}`);
    }
    print(Buffer.from(extra).toString('utf8'));
  } catch (error) {
    if (error instanceof TlogError) throw new CommandError(`NOT verified: ${error.message}`);
    throw error;
  }
}

async function policyOf({ key, policy }: { key?: string; policy?: string }): Promise<Policy> {
  if (policy !== undefined) return parsePolicy(await readFile(policy));
  if (key === undefined) throw new CommandError('whom to believe? Give --key or --policy');
  const verifier = parseVerifierKey(key);
  if (verifier.type !== ED25519) throw new CommandError("this is a witness's key: a log's is needed");
  return policyOfKeys([verifier], [], 0);
}
