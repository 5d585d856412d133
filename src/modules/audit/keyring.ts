/** Keys by subject: found or made for whom an entry is about, gone once the subject is erased. */
import { hash, hkdfSync, randomBytes } from 'node:crypto';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import type { Clock } from '../../base/clock.ts';
import { decrypt, encrypt, KEY_BYTES } from '../../base/envelope.ts';
import { newId } from '../../base/ids.ts';
import { createKeyedHash, type KeyedHash } from '../../base/keyed-hash.ts';
import type { KeyStore, StoredKey } from './keys.ts';

/** What a subject's key is used for: derived from it, so that all are gone with it. */
export interface SubjectKey {
  readonly id: string;
  readonly identifier: string;
  readonly isRestricted: boolean;
  /** Wraps the keys of records. */
  readonly wrapping: Buffer;
  /** Salts commitments. */
  readonly salting: KeyedHash;
}

export interface Keyring {
  /** The key of whom an identifier such as `person:ada` names; made where there is none. Sync while it is remembered. */
  of(identifier: string): SubjectKey | Promise<SubjectKey>;
  /** Every key that an identifier has; none is made. */
  find(identifier: string): Promise<readonly SubjectKey[]>;
  /** Those of the keys that still exist. */
  open(ids: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>>;
  /** 32 bytes that belong to the house and no person, for one purpose: they are erased with nobody. */
  houseKey(purpose: string): Buffer;
  /** Destroys keys and all that they open, for good. Resolves to how many there were. */
  destroy(ids: readonly string[]): Promise<number>;
  /** Those of the ids whose keys still exist. */
  existing(ids: readonly string[]): Promise<readonly string[]>;
  /**
   * Wraps every key that another master key wraps by the first one. Resolves to how many that were. What they open is not
   * touched. @throws Error where one of them is not given
   */
  rewrap(): Promise<number>;
  /**
   * Makes a new key beside one, for the same subject and with the same salts; from now on it is the one that is found first.
   * Resolves to its id.
   */
  renew(id: string): Promise<string>;
  /** What they open is kept and not read from `atMs` on (GDPR Art. 18), or read again where it is undefined. */
  restrict(ids: readonly string[], atMs: number | undefined): Promise<void>;
}

export interface KeyringSettings {
  readonly store: KeyStore;
  /** The first wraps; every one unwraps. */
  readonly masterKeys: readonly MasterKey[];
  readonly clock: Clock;
}

export interface MasterKey {
  readonly id: string;
  readonly key: Buffer;
}

/** A key that another process destroyed is not used for longer than this. */
const REMEMBERED_MS = 5_000;
const MAX_REMEMBERED = 10_000;
const KEYS_PER_STEP = 500;
const HOUSE = 'house';
const WRAP_CONTEXT = 'bartizan subject key';
const IDENTIFIER_CONTEXT = 'bartizan subject identifier';

/** @throws Error where the house's own key was wrapped by a master key that is not given */
export async function createKeyring(settings: KeyringSettings): Promise<Keyring> {
  const { store, masterKeys, clock } = settings;
  const [current] = masterKeys;
  if (!current) throw new Error('the keyring needs a master key');
  const remembered = createBoundedCache<{ readonly key: SubjectKey; readonly untilMs: number }>(
    MAX_REMEMBERED,
  );
  const underWay = new Map<string, Promise<SubjectKey>>();
  const house = await houseKeyOf(settings, current);
  const tagging = createKeyedHash(derive(house, 'tag'));
  const tagOf = (identifier: string) => tagging(identifier).toString('base64url');

  function remember(key: SubjectKey): SubjectKey {
    remembered.set(key.identifier, { key, untilMs: clock.now() + REMEMBERED_MS });
    return key;
  }

  async function findOrMake(identifier: string): Promise<SubjectKey> {
    const tag = tagOf(identifier);
    const [stored] = await store.find(tag);
    if (stored) return remember(openKey(masterKeys, stored));
    const made = newKey(current as MasterKey, newId('sub'), tag, identifier, clock.now());
    await store.add(made);
    return remember(openKey(masterKeys, made));
  }

  return {
    of(identifier) {
      const known = remembered.get(identifier);
      if (known !== undefined && clock.now() < known.untilMs) return known.key;
      // Who come at once wait for one look, or each would make a key.
      let looking = underWay.get(identifier);
      if (!looking) {
        looking = findOrMake(identifier).finally(() => underWay.delete(identifier));
        underWay.set(identifier, looking);
      }
      return looking;
    },
    async find(identifier) {
      return (await store.find(tagOf(identifier))).map((stored) => openKey(masterKeys, stored));
    },
    open: createKeyOpener(store, masterKeys),
    houseKey: (purpose) => derive(house, purpose),
    async destroy(ids) {
      if (ids.includes(HOUSE)) throw new Error('the key of the house belongs to nobody who could be erased');
      const destroyed = await store.destroy(ids);
      // Few are destroyed, and rarely: what else was remembered is found again.
      remembered.clear();
      return destroyed;
    },
    existing: async (ids) => (ids.length === 0 ? [] : (await store.get(ids)).map(({ id }) => id)),
    async rewrap() {
      let count = 0;
      for (let after = ''; ; ) {
        const page = await store.list(after, KEYS_PER_STEP);
        const others = page.filter(({ masterKeyId }) => masterKeyId !== current.id);
        if (others.length > 0) await store.replace(others.map((key) => rewrapped(masterKeys, key)));
        count += others.length;
        const last = page.at(-1);
        if (last === undefined || page.length < KEYS_PER_STEP) return count;
        after = last.id;
      }
    },
    async renew(id) {
      const [stored] = await store.get([id]);
      if (!stored) throw new Error(`there is no key ${id}`);
      const { identifier } = openKey(masterKeys, stored);
      const salting = saltingIn(unwrap(masterKeys, stored));
      const { tag, createdAtMs, restrictedAtMs } = stored;
      const made = newKey(current, newId('sub'), tag, identifier, createdAtMs - 1, salting);
      await store.add(restricted(made, restrictedAtMs));
      remembered.clear();
      return made.id;
    },
    async restrict(ids, atMs) {
      const stored = await store.get(ids);
      await store.replace(stored.map((key) => restricted(key, atMs)));
      remembered.clear();
    },
  };
}

/** For who only reads: nothing is made or remembered. */
export function createKeyOpener(
  store: Pick<KeyStore, 'get'>,
  masterKeys: readonly MasterKey[],
): Keyring['open'] {
  return async (ids) => {
    const wanted = [...new Set(ids)];
    const stored = wanted.length === 0 ? [] : await store.get(wanted);
    return new Map(stored.map((each) => [each.id, openKey(masterKeys, each)]));
  };
}

/** Made by whoever is first; two that begin at once take the one that stands. */
async function houseKeyOf(
  { store, masterKeys, clock }: KeyringSettings,
  current: MasterKey,
): Promise<Buffer> {
  const [found] = await store.get([HOUSE]);
  if (found) return unwrap(masterKeys, found);
  await store.add(newKey(current, HOUSE, HOUSE, HOUSE, clock.now()));
  const [made] = await store.get([HOUSE]);
  if (!made) throw new Error('the key store keeps no key');
  return unwrap(masterKeys, made);
}

/** `salting` where it is that of a key before it: it lies behind the key itself. */
function newKey(
  master: MasterKey,
  id: string,
  tag: string,
  identifier: string,
  now: number,
  salting?: Buffer,
): StoredKey {
  const key = randomBytes(KEY_BYTES);
  return {
    id,
    tag,
    identifier: encrypt(key, Buffer.from(identifier, 'utf8'), `${IDENTIFIER_CONTEXT} ${id}`),
    wrappedKey: encrypt(master.key, salting ? Buffer.concat([key, salting]) : key, `${WRAP_CONTEXT} ${id}`),
    masterKeyId: master.id,
    createdAtMs: now,
  };
}

/** The same key under the first master key. @throws Error where none of the given ones opens it */
function rewrapped(masterKeys: readonly MasterKey[], stored: StoredKey): StoredKey {
  const [current] = masterKeys;
  if (!current) throw new Error('the keyring needs a master key');
  const key = unwrap(masterKeys, stored);
  return {
    ...stored,
    wrappedKey: encrypt(current.key, key, `${WRAP_CONTEXT} ${stored.id}`),
    masterKeyId: current.id,
  };
}

function restricted(key: StoredKey, atMs: number | undefined): StoredKey {
  const { restrictedAtMs: _before, ...rest } = key;
  return atMs === undefined ? rest : { ...rest, restrictedAtMs: atMs };
}

function openKey(masterKeys: readonly MasterKey[], stored: StoredKey): SubjectKey {
  const secret = unwrap(masterKeys, stored);
  const key = secret.subarray(0, KEY_BYTES);
  const identifier = decrypt(key, Buffer.from(stored.identifier), `${IDENTIFIER_CONTEXT} ${stored.id}`);
  if (!identifier) throw new Error(`the identifier beside the key ${stored.id} does not open`);
  return {
    id: stored.id,
    identifier: identifier.toString('utf8'),
    isRestricted: stored.restrictedAtMs !== undefined,
    wrapping: derive(key, 'wrap'),
    salting: createKeyedHash(saltingIn(secret)),
  };
}

/** That of a key before it, where one lies behind the key itself. */
function saltingIn(secret: Buffer): Buffer {
  return secret.length > KEY_BYTES ? secret.subarray(KEY_BYTES) : derive(secret, 'salt');
}

function unwrap(masterKeys: readonly MasterKey[], { id, wrappedKey, masterKeyId }: StoredKey): Buffer {
  const master = masterKeys.find((each) => each.id === masterKeyId);
  if (!master)
    throw new Error(
      `the key ${id} is wrapped by the master key ${masterKeyId}, which is not among those given`,
    );
  const key = decrypt(master.key, Buffer.from(wrappedKey), `${WRAP_CONTEXT} ${id}`);
  if (!key) throw new Error(`the key ${id} does not open: it was changed, cut, or stored under another id`);
  return key;
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `bartizan ${purpose}`, KEY_BYTES));
}

/** The salt of one commitment: nobody can try out texts against it once the subject's key is destroyed. */
export function saltOf(key: SubjectKey, what: 'who' | 'content', entryId: string): Buffer {
  return key.salting(`${what} ${entryId}`);
}

/** Base64 of SHA-256 over salt and text. */
export function commitmentOf(salt: Uint8Array, text: string): string {
  return hash('sha256', Buffer.concat([salt, Buffer.from(text, 'utf8')]), 'base64');
}
