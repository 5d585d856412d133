/** Provider credentials, encrypted under the operator's master key. */
import { systemClock, type Clock } from '../../base/clock.ts';
import { decrypt, encrypt, KEY_BYTES } from '../../base/envelope.ts';
import { masterKeyId, parseMasterKey } from './master-key.ts';
import type { SecretStore, StoredSecret } from './store.ts';

export { masterKeyId, parseMasterKey };

/** What may be shown of a secret. */
export interface ListedSecret {
  readonly name: string;
  readonly masterKeyId: string;
  readonly updatedAtMs: number;
}

/** Where something does not open. It says which, and never what. */
export class SecretError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SecretError';
  }
}

export interface Secrets {
  /** The value, or undefined where there is none of this name. @throws SecretError where it cannot be opened */
  readonly get: (name: string) => Promise<string | undefined>;
  put(name: string, value: string): Promise<void>;
  /** Sorted by name; values never leave but by `get`. */
  list(): Promise<readonly ListedSecret[]>;
  /** Resolves to whether there was one. */
  remove(name: string): Promise<boolean>;
  /**
   * Seals every secret anew under the first master key, and resolves to how many that were under another. All are
   * opened before any is written: where one does not open, none is changed. @throws SecretError
   */
  rewrap(): Promise<number>;
}

export interface SecretsOptions {
  readonly store: SecretStore;
  /** The first seals; every one opens. To change it, put the new one first, rewrap, then leave the old one out. */
  readonly masterKeys: readonly Buffer[];
  readonly clock?: Clock;
}

interface MasterKey {
  readonly id: string;
  readonly key: Buffer;
}

export function createSecrets({ store, masterKeys, clock = systemClock }: SecretsOptions): Secrets {
  const keys = masterKeys.map((key): MasterKey => ({ id: masterKeyId(requireLength(key)), key }));
  const [current] = keys;
  if (!current) throw new Error('secrets need a master key');

  const seal = (name: string, value: string): StoredSecret => ({
    name,
    sealed: encrypt(current.key, Buffer.from(value, 'utf8'), secretContext(name)).toString('base64'),
    masterKeyId: current.id,
    updatedAtMs: clock.now(),
  });

  return {
    async get(name) {
      const stored = await store.get(name);
      // The name asked for is bound, not the one stored: a value that was moved to another name does not open.
      return stored && open(keys, stored, name);
    },
    put: (name, value) => store.put(seal(name, value)),
    async list() {
      const all = await store.list();
      return all
        .map(({ name, masterKeyId: id, updatedAtMs }) => ({ name, masterKeyId: id, updatedAtMs }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    remove: (name) => store.remove(name),
    async rewrap() {
      const others = (await store.list()).filter(({ masterKeyId: id }) => id !== current.id);
      const sealed = others.map((stored) => ({
        ...seal(stored.name, open(keys, stored, stored.name)),
        updatedAtMs: stored.updatedAtMs,
      }));
      for (const each of sealed) await store.put(each);
      return sealed.length;
    },
  };
}

function requireLength(key: Buffer): Buffer {
  if (key.length !== KEY_BYTES) throw new Error(`a master key must be ${KEY_BYTES} bytes`);
  return key;
}

const secretContext = (name: string) => `bartizan secret ${name}`;

function open(keys: readonly MasterKey[], { sealed, masterKeyId: id }: StoredSecret, name: string): string {
  const master = keys.find((each) => each.id === id);
  if (!master)
    throw new SecretError(
      `the secret ${name} was sealed under the master key ${id}, which is not among those given`,
    );
  const value = decrypt(master.key, Buffer.from(sealed, 'base64'), secretContext(name));
  if (!value)
    throw new SecretError(
      `the secret ${name} does not open: it was changed, cut, or stored under another name`,
    );
  return value.toString('utf8');
}
