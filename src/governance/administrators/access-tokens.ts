/** Access tokens: what an administrator's own programs sign in with, doing no more than they may, or less. */
import { createBoundedCache } from '../../base/bounded-cache.ts';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { SignedIn } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import { administratorOf } from './account.ts';
import type { AccountStore, StoredAdministrator, StoredToken, TokenStore } from './store.ts';
import { hashOf, newToken } from './token.ts';

export type ListedToken = Omit<StoredToken, 'hash' | 'administrator'>;

export interface TokenWish {
  readonly name: string;
  readonly expiresAtMs: number;
  /** Undefined: all that the administrator may do. */
  readonly permissions: readonly string[] | undefined;
}

/** Made, and not kept yet: so that it can be written down before it opens anything. */
export interface PreparedToken {
  /** Shown once. */
  readonly token: string;
  readonly listed: ListedToken;
  keep(): Promise<void>;
}

export interface AccessTokens {
  prepare(administrator: string, wish: TokenWish): PreparedToken;
  /** Latest first. */
  list(administrator: string): Promise<readonly ListedToken[]>;
  revoke(administrator: string, id: string): Promise<boolean>;
  /** @throws Refusal `invalid_credential`, `expired_credential` */
  authenticate(token: string): Promise<SignedIn>;
  /** Looks again at what the accounts say. */
  forget(): void;
}

export interface AccessTokenMeans {
  readonly tokens: TokenStore;
  readonly accounts: AccountStore;
  readonly clock: Clock;
}

const PREFIX = 'bza_';
const FORM = /^bza_[A-Za-z0-9_-]{43}$/;
const HINT_LENGTH = 10;
const REMEMBERED_MS = 500;
const MAX_REMEMBERED = 10_000;
const TOUCH_EVERY_MS = 60_000;

interface Recognized {
  readonly token: StoredToken;
  readonly account: StoredAdministrator;
  readonly untilMs: number;
}

export function createAccessTokens({ tokens, accounts, clock }: AccessTokenMeans): AccessTokens {
  const remembered = createBoundedCache<Recognized>(MAX_REMEMBERED);

  async function recognize(hash: string): Promise<Recognized> {
    const known = remembered.get(hash);
    if (known !== undefined && clock.now() < known.untilMs) return known;
    const token = await tokens.byHash(hash);
    const account = token && (await accounts.find(token.administrator));
    if (token?.hash !== hash || account?.id !== token.administrator) throw new Refusal('invalid_credential');
    const found = { token, account, untilMs: clock.now() + REMEMBERED_MS };
    remembered.set(hash, found);
    return found;
  }

  async function touch({ token, ...rest }: Recognized, hash: string): Promise<void> {
    const nowMs = clock.now();
    if (nowMs - (token.lastUsedAtMs ?? 0) < TOUCH_EVERY_MS) return;
    remembered.set(hash, { ...rest, token: { ...token, lastUsedAtMs: nowMs } });
    await tokens.touch(token.id, nowMs);
  }

  return {
    prepare(administrator, { name, expiresAtMs, permissions }) {
      const token = newToken(PREFIX);
      const nowMs = clock.now();
      const listed: ListedToken = {
        id: newId('tok', nowMs),
        name,
        hint: token.slice(0, HINT_LENGTH),
        permissions: permissions ?? null,
        createdAtMs: nowMs,
        expiresAtMs,
        lastUsedAtMs: null,
      };
      return { token, listed, keep: () => tokens.add({ ...listed, hash: hashOf(token), administrator }) };
    },
    async list(administrator) {
      return (await tokens.list(administrator)).map(
        ({ hash: _hash, administrator: _whose, ...listed }) => listed,
      );
    },
    async revoke(administrator, id) {
      const isRevoked = await tokens.remove(administrator, id);
      remembered.clear();
      return isRevoked;
    },
    async authenticate(given) {
      if (!FORM.test(given)) throw new Refusal('invalid_credential');
      const hash = hashOf(given);
      const found = await recognize(hash);
      const { token, account } = found;
      if (!(clock.now() < token.expiresAtMs) || account.disabledAtMs !== null)
        throw new Refusal('expired_credential');
      await touch(found, hash);
      return {
        administrator: administratorOf(account),
        by: 'token',
        credentialId: token.id,
        methods: ['token'],
        csrf: '',
        expiresAtMs: token.expiresAtMs,
        idleAtMs: token.expiresAtMs,
        ...(token.permissions === null ? {} : { permissions: token.permissions }),
      };
    },
    forget: remembered.clear,
  };
}
