/** The administrator's side of the house: stores, record, keys, secrets and configuration, without serving any traffic. */
import { hostname, userInfo } from 'node:os';
import { newId } from '../base/ids.ts';
import { systemClock, type Clock } from '../base/clock.ts';
import type { Settings } from '../config.ts';
import {
  createConfigurationRoom,
  type ConfigurationRoom,
  type CurrentConfiguration,
} from '../governance/configuration/configuration.ts';
import { createSecrets, masterKeyId, parseMasterKey, type Secrets } from '../governance/secrets/secrets.ts';
import {
  createAudit,
  createKeyring,
  createLog,
  type Audit,
  type Keyring,
  type Log,
} from '../modules/audit/audit.ts';
import { createKeyAdministration, type KeyAdministration } from '../modules/identity/identity.ts';
import { openStores, type OpenStores } from './stores.ts';
import { VALIDATORS } from './validators.ts';

const AUDIT_TIMEOUT_MS = 10_000;

export interface Office {
  readonly clock: Clock;
  readonly instance: string;
  /** Who acts, for the record: the operating-system account. */
  readonly actor: string;
  readonly stores: OpenStores;
  readonly keyring: Keyring;
  readonly log: Log;
  readonly audit: Audit;
  readonly configurations: ConfigurationRoom;
  readonly secrets: Secrets;
  readonly keys: KeyAdministration;
  readonly masterKey: Buffer;
  close(): Promise<void>;
}

/** `instance` names the process in the record; a command gets a name of its own, so that its numbers are gapless too. */
export async function openOffice(settings: Settings, instance: string = newId('cli')): Promise<Office> {
  const clock = systemClock;
  const masterKey = parseMasterKey(settings.masterKey());
  const stores = await openStores(settings, instance, clock);
  const keyring = await createKeyring({
    store: stores.keys,
    masterKeys: [{ id: masterKeyId(masterKey), key: masterKey }],
    clock,
  });
  const log = createLog({
    store: stores.log,
    keyring,
    origin: settings.logOrigin,
    clock,
    known: await stores.log.keys(),
  });
  const audit = createAudit({
    store: stores.audit,
    keyring,
    origin: log.origin,
    timeoutMs: AUDIT_TIMEOUT_MS,
    clock,
  });
  return {
    clock,
    instance,
    actor: actorName(),
    stores,
    keyring,
    log,
    audit,
    configurations: createConfigurationRoom({
      store: stores.configurations,
      validators: VALIDATORS,
      append: audit.append,
      clock,
    }),
    secrets: createSecrets({ store: stores.secrets, masterKeys: [masterKey] }),
    keys: createKeyAdministration({ store: stores.credentials, clock }),
    masterKey,
    async close() {
      await audit.close();
      await stores.close();
    },
  };
}

/** @throws Error before the first start */
export async function inForce(configurations: ConfigurationRoom): Promise<CurrentConfiguration> {
  const current = await configurations.current();
  if (current === undefined)
    throw new Error('no configuration is in force yet: start the gateway once, or apply a file');
  return current;
}

function actorName(): string {
  return `${userInfo().username}@${hostname()}`;
}
