/** What the control plane's log and privacy are made of: the office's rooms, and the configuration in force. */
import type { AuditOptions } from '../control-plane/audit/audit.ts';
import type { Gatekeeper } from '../control-plane/gatekeeper.ts';
import type { PrivacyOptions } from '../control-plane/privacy/privacy.ts';
import type { ReadLeaves } from '../control-plane/privacy/personal-flows.ts';
import { checkLog, parseLeaf, type createWitnesses } from '../modules/audit/audit.ts';
import { pii } from '../scanners/pii/pii.ts';
import { parseVerifierKey } from '../tlog/keys.ts';
import { kitMeans } from './kit-means.ts';
import type { Office } from './office.ts';
import { retentionPack } from './retention-pack.ts';
import type { Compiled } from './snapshot.ts';

export interface ProofMeans {
  readonly office: Office;
  readonly current: () => Compiled;
  readonly witnesses: ReturnType<typeof createWitnesses>;
}

export function auditMeans({ office, current, witnesses }: ProofMeans): AuditOptions {
  const { log, stores, audit, keyring, clock } = office;
  return {
    log,
    store: stores.log,
    audit,
    witnesses() {
      const { witnesses: configured, witness_quorum: quorum = 0 } = current().configuration;
      return {
        quorum,
        witnesses: Object.entries(configured).map(([name, { url, key }]) => ({
          name,
          url,
          verifierKey: key,
        })),
      };
    },
    prove: (index) =>
      Object.keys(current().configuration.witnesses).length > 0
        ? log.prove(index, witnesses)
        : log.prove(index),
    check: async (order) =>
      checkLog(
        {
          store: stores.log,
          entries: stores.audit,
          keyring,
          origin: log.origin,
          logKeys: (await log.keys()).map(({ verifierKey }) => parseVerifierKey(verifierKey)),
        },
        order,
      ),
    kitMeans: () => kitMeans(office),
    now: () => Math.round(clock.now()),
  };
}

export function privacyMeans({ office, current }: ProofMeans, reach: Gatekeeper['reach']): PrivacyOptions {
  const { subjects, holds, purge, stores, clock } = office;
  const personal: ReadonlySet<string> = new Set(pii.kinds);
  return {
    flows: { read: leavesOf(stores.audit), isPersonal: (kind) => personal.has(kind) },
    subjects,
    holds: {
      holds,
      reach,
      applications: () => new Set(Object.keys(current().configuration.applications)),
    },
    retention: {
      purge,
      pack: retentionPack,
      tree: () => current().configuration,
      now: clock.now,
    },
  };
}

/** Nothing that lies beside them is opened: to count, nobody has to be known. */
function leavesOf(entries: Office['stores']['audit']): ReadLeaves {
  return async (query) =>
    (await entries.read({ ...query, descending: true })).map(({ position, leaf }) => ({
      position,
      entry: parseLeaf(leaf).entry,
    }));
}
