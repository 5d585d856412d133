/** What an auditor's kit is made from: the office's stores, the page that verifies kits, and whom the house itself believes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KitMeans } from '../modules/audit/audit.ts';
import { parseVerifierKey } from '../tlog/keys.ts';
import { policyOfKeys } from '../tlog/policy.ts';
import { formatPolicy } from '../tlog/policy-text.ts';
import type { Office } from './office.ts';
import { packageDirectory } from '../base/package-directory.ts';

export async function kitMeans(office: Office): Promise<KitMeans> {
  const { log, stores, keyring, clock, subjects } = office;
  return {
    log,
    store: stores.log,
    entries: stores.audit,
    keyring,
    configurations: stores.configurations,
    clock,
    coverage: subjects.coverage,
    verifier: await readFile(join(packageDirectory, 'packs', 'verifier', 'verifier.html')),
    policy: await policyOf(office),
  };
}

/** The log's keys, and its witnesses with their quorum. */
async function policyOf({ log, configurations }: Office): Promise<Uint8Array> {
  const keys = await log.keys();
  const configuration = (await configurations.current())?.configuration;
  return formatPolicy(
    policyOfKeys(
      keys.map(({ verifierKey }) => parseVerifierKey(verifierKey)),
      Object.values(configuration?.witnesses ?? {}).map(({ key }) => parseVerifierKey(key)),
      configuration?.witness_quorum ?? 0,
    ),
  );
}
