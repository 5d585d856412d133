/** The administrator's side of the house: stores, record, keys, secrets and configuration, without serving any traffic. */
import { hostname, userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../base/ids.ts';
import { systemClock, type Clock } from '../base/clock.ts';
import type { Settings } from '../config.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { AdministrationEntry } from '../domain/record.ts';
import { parseDuration, type Durations } from '../domain/retention.ts';
import { createApprovals, type Approvals } from '../governance/approvals/approvals.ts';
import { createContests, type Contests } from '../governance/contests/contests.ts';
import {
  createConfigurationRoom,
  type ConfigurationRoom,
} from '../governance/configuration/configuration.ts';
import { createHolds, createPurge, type Holds, type Purge } from '../governance/retention/retention.ts';
import { createSecrets, masterKeyId, parseMasterKey, type Secrets } from '../governance/secrets/secrets.ts';
import { createSubjects, type Subjects } from '../governance/subjects/subjects.ts';
import {
  createAudit,
  createKeyring,
  createLog,
  renewKeys,
  type Audit,
  type Keyring,
  type Log,
} from '../modules/audit/audit.ts';
import { createKeyAdministration, type KeyAdministration } from '../modules/identity/identity.ts';
import { observedAudit } from './observed-audit.ts';
import { phoneRegionsOf } from './phone-regions.ts';
import { openStores, type OpenStores } from './stores.ts';
import { VALIDATORS } from './validators.ts';

const AUDIT_TIMEOUT_MS = 10_000;
/** Longer than any process remembers a key. */
const KEY_SETTLED_MS = 6_000;

export interface Office {
  readonly clock: Clock;
  readonly instance: string;
  /** Who acts, for the record: the operating-system account. */
  readonly actor: string;
  readonly stores: OpenStores;
  readonly keyring: Keyring;
  readonly log: Log;
  readonly audit: Audit;
  /** Told of each administrator's act once it is recorded, as far as this process records it. */
  readonly onAdministration: (listener: (entry: AdministrationEntry) => void) => () => void;
  readonly subjects: Subjects;
  readonly holds: Holds;
  readonly approvals: Approvals;
  readonly contests: Contests;
  /** New keys for a subject; resolves to how many keys of records they wrap. */
  readonly renewKeys: (identifier: string) => Promise<number>;
  readonly purge: Purge;
  readonly configurations: ConfigurationRoom;
  readonly secrets: Secrets;
  readonly keys: KeyAdministration;
  readonly masterKey: Buffer;
  /** With those before it: the first wraps, every one unwraps. */
  readonly masterKeys: readonly Buffer[];
  close(): Promise<void>;
}

/** `instance` names the process in the record; a command gets a name of its own, so that its numbers are gapless too. */
export async function openOffice(settings: Settings, instance: string = newId('cli')): Promise<Office> {
  const masterKey = parseMasterKey(settings.masterKey());
  const previous = settings.previousMasterKey();
  const masterKeys: readonly [Buffer, ...Buffer[]] =
    previous === undefined ? [masterKey] : [masterKey, parseMasterKey(previous)];
  const stores = await openStores(settings, instance, systemClock);
  try {
    return await furnish(settings, instance, stores, masterKeys);
  } catch (error) {
    // Open stores keep the process alive: a command with a wrong master key would say nothing, and never end.
    await stores.close();
    throw error;
  }
}

async function furnish(
  settings: Settings,
  instance: string,
  stores: OpenStores,
  masterKeys: readonly [Buffer, ...Buffer[]],
): Promise<Office> {
  const clock = systemClock;
  const [masterKey] = masterKeys;
  const keyring = await createKeyring({
    store: stores.keys,
    masterKeys: masterKeys.map((key) => ({ id: masterKeyId(key), key })),
    clock,
  });
  const log = createLog({
    store: stores.log,
    keyring,
    origin: settings.logOrigin,
    clock,
    known: await stores.log.keys(),
  });
  const { audit, onAdministration } = observedAudit(
    createAudit({
      store: stores.audit,
      keyring,
      origin: log.origin,
      timeoutMs: AUDIT_TIMEOUT_MS,
      clock,
    }),
  );
  const holds = createHolds({
    store: stores.holds,
    erasures: (hold) => subjects.underWay(hold),
    append: audit.append,
    key: keyring.houseKey('holds'),
    clock,
  });
  const contests = createContests({
    store: stores.contests,
    append: audit.append,
    key: keyring.houseKey('contests'),
    clock,
  });
  const approvals = createApprovals({
    store: stores.approvals,
    append: audit.append,
    key: keyring.houseKey('approvals'),
    clock,
  });
  const configurations = createConfigurationRoom({
    store: stores.configurations,
    validators: VALIDATORS,
    append: audit.append,
    clock,
  });
  const purge = createPurge({
    store: stores.retention,
    read: audit.read,
    append: audit.append,
    keysOf: keyring.find,
    holds: holds.list,
    durations: async () => durationsOf((await configurations.current())?.configuration.retention ?? {}),
    clock,
  });
  const subjects: Subjects = createSubjects({
    store: stores.subjects,
    records: audit,
    keys: keyring,
    holds: holds.list,
    disown: stores.usage.disown,
    phoneRegions: async () => {
      const current = await configurations.current();
      return current ? phoneRegionsOf(current.configuration) : [];
    },
    clock,
  });
  // Before anything is read: keys that came back with a backup are destroyed again.
  await subjects.resume(instance);
  return {
    clock,
    instance,
    actor: actorName(),
    stores,
    keyring,
    log,
    audit,
    onAdministration,
    subjects,
    holds,
    approvals,
    contests,
    purge,
    renewKeys: (identifier) =>
      renewKeys({ keyring, store: stores.wrappedKeys, settled: () => sleep(KEY_SETTLED_MS) }, identifier),
    configurations,
    secrets: createSecrets({ store: stores.secrets, masterKeys }),
    keys: createKeyAdministration({ store: stores.credentials, clock }),
    masterKey,
    masterKeys,
    async close() {
      await audit.close();
      await stores.close();
    },
  };
}

/** As they are written, which the configuration's schema has checked. */
function durationsOf(retention: Configuration['retention']): Durations {
  return Object.fromEntries(
    Object.entries(retention).flatMap(([what, text]) =>
      text === undefined ? [] : [[what, parseDuration(text)]],
    ),
  );
}

function actorName(): string {
  return `${userInfo().username}@${hostname()}`;
}
