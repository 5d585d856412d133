/** What people do to their own account: all of it from a browser, and what opens doors only while their sign-in is fresh. */
import type { SignedIn } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LOCAL } from './account.ts';
import type { AccessTokens, ListedToken, TokenWish } from './access-tokens.ts';
import type { Means } from './means.ts';
import type { NewCookie } from './sessions.ts';
import type { Visitor } from './settings.ts';
import { requireStrong, unacceptable } from './links.ts';
import type { StoredAdministrator, StoredPasskey, StoredSession } from './store.ts';

export interface AccountShown {
  readonly id: string;
  readonly displayName: string;
  readonly source: string;
  readonly hasPassword: boolean;
  readonly totpEnrolledAtMs: number | null;
  readonly recoveryCodesLeft: number;
  readonly passkeys: readonly StoredPasskey[];
}

export interface OwnAccount {
  show(signedIn: SignedIn): Promise<AccountShown>;
  rename(signedIn: SignedIn, displayName: string): Promise<void>;
  /** Makes the sign-in fresh. @throws Refusal `sign_in_failed`, `sign_in_delayed` */
  confirm(signedIn: SignedIn, password: string, visitor: Visitor): Promise<NewCookie>;
  changePassword(
    signedIn: SignedIn,
    change: { readonly current: string; readonly next: string },
    visitor: Visitor,
  ): Promise<NewCookie>;
  sessions(signedIn: SignedIn): Promise<readonly StoredSession[]>;
  /** @throws Refusal `not_found` */
  endSession(signedIn: SignedIn, id: string): Promise<void>;
  endOtherSessions(signedIn: SignedIn): Promise<number>;
  tokens(signedIn: SignedIn): ReturnType<AccessTokens['list']>;
  createToken(signedIn: SignedIn, wish: TokenWish): Promise<ListedToken & { readonly token: string }>;
  /** @throws Refusal `not_found` */
  revokeToken(signedIn: SignedIn, id: string): Promise<void>;
}

const FRESH_MS = 15 * 60_000;

export function createOwnAccount(means: Means): OwnAccount {
  return { ...ownPerson(means), ...ownPlaces(means) };
}

type OwnPerson = Pick<OwnAccount, 'show' | 'rename' | 'confirm' | 'changePassword'>;

function ownPerson(means: Means): OwnPerson {
  const { accounts, sessions, store, passwords, recorder } = means;
  const accountOf = ({ administrator }: SignedIn) => accounts.get(administrator.id);
  return {
    async show(signedIn) {
      const account = await accountOf(signedIn);
      return {
        id: account.id,
        displayName: account.displayName,
        source: account.source,
        hasPassword: account.passwordHash !== null,
        totpEnrolledAtMs: account.totp?.enrolledAtMs ?? null,
        recoveryCodesLeft: await store.factors.recoveryCodes(account.id),
        passkeys: await store.factors.passkeys(account.id),
      };
    },
    async rename(signedIn, displayName) {
      requireBrowser(signedIn);
      const account = await accountOf(signedIn);
      const changes = [`display name ${account.displayName} → ${displayName}`];
      await recorder.around({ actor: account.id, action: 'account.rename', account, changes }, () =>
        accounts.change(account.id, (current) => ({ ...current, displayName })),
      );
    },
    async confirm(signedIn, password, visitor) {
      await provePassword(means, signedIn, password, visitor);
      return sessions.rotate(signedIn, { isConfirmed: true });
    },
    async changePassword(signedIn, { current, next }, visitor) {
      const account = await provePassword(means, signedIn, current, visitor);
      requireStrong(next, [account.id, account.displayName], '/next');
      if (next === current) throw unacceptable('/next', 'is the one that you have');
      const passwordHash = await passwords.hash(next);
      await recorder.around({ actor: account.id, action: 'account.password', account }, () =>
        accounts.change(account.id, (stored) => ({ ...stored, passwordHash })),
      );
      await sessions.endAll(account.id, signedIn.credentialId);
      return sessions.rotate(signedIn, { isConfirmed: true });
    },
  };
}

type OwnPlaces = Pick<
  OwnAccount,
  'sessions' | 'endSession' | 'endOtherSessions' | 'tokens' | 'createToken' | 'revokeToken'
>;

/** Where one is signed in, and what programs sign in with. */
function ownPlaces(means: Means): OwnPlaces {
  const { accounts, sessions, tokens, recorder } = means;
  const accountOf = ({ administrator }: SignedIn) => accounts.get(administrator.id);
  return {
    sessions: (signedIn) => sessions.list(signedIn.administrator.id),
    async endSession(signedIn, id) {
      requireBrowser(signedIn);
      const account = await accountOf(signedIn);
      if (!(await sessions.end(account.id, id))) throw new Refusal('not_found', 'there is no such session');
      await recorder.record({ actor: account.id, action: 'session.end', account, before: id });
    },
    async endOtherSessions(signedIn) {
      requireBrowser(signedIn);
      const account = await accountOf(signedIn);
      const ended = await sessions.endAll(account.id, signedIn.credentialId);
      await recorder.record({
        actor: account.id,
        action: 'session.end_others',
        account,
        after: `${ended} ended`,
      });
      return ended;
    },
    tokens: (signedIn) => tokens.list(signedIn.administrator.id),
    async createToken(signedIn, wish) {
      await requireFresh(means, signedIn);
      const account = await accountOf(signedIn);
      const prepared = tokens.prepare(account.id, wish);
      const { listed, token } = prepared;
      const act = {
        actor: account.id,
        action: 'token.create',
        account,
        after: `${listed.id} ${listed.permissions?.join(' ') ?? 'all'}`,
        changes: [`token ${listed.name}`],
      };
      await recorder.around(act, () => prepared.keep());
      return { ...listed, token };
    },
    async revokeToken(signedIn, id) {
      requireBrowser(signedIn);
      const account = await accountOf(signedIn);
      if (!(await tokens.list(account.id)).some((token) => token.id === id))
        throw new Refusal('not_found', 'there is no such token');
      await recorder.around({ actor: account.id, action: 'token.revoke', account, before: id }, () =>
        tokens.revoke(account.id, id),
      );
    },
  };
}

/** A program's token makes no further keys to the house. @throws Refusal `permission_denied` */
export function requireBrowser({ by }: SignedIn): void {
  if (by !== 'session')
    throw new Refusal('permission_denied', 'this is for people in a browser, not for access tokens');
}

/** A browser left alone, or a stolen cookie, makes no lasting way in. @throws Refusal `fresh_sign_in_needed` */
export async function requireFresh({ sessions, clock }: Means, signedIn: SignedIn): Promise<void> {
  requireBrowser(signedIn);
  const { authenticatedAtMs } = await sessions.own(signedIn);
  if (!(clock.now() - authenticatedAtMs < FRESH_MS)) throw new Refusal('fresh_sign_in_needed');
}

async function provePassword(
  { accounts, brake, passwords, recorder, onFault }: Means,
  signedIn: SignedIn,
  password: string,
  { address }: Visitor,
): Promise<StoredAdministrator> {
  requireBrowser(signedIn);
  const account = await accounts.get(signedIn.administrator.id);
  if (account.source !== LOCAL && account.passwordHash === null)
    throw new Refusal('sign_in_failed', 'this account has no password: sign out and in again');
  // By the session alone: whoever tries elsewhere does not slow down who is in already.
  const device = `session ${signedIn.credentialId}`;
  const entered = await brake.enter({ what: 'password', account: account.id, address, device });
  if (!(await passwords.verify(password, account.passwordHash ?? undefined))) {
    recorder
      .record({ actor: account.id, action: 'sign_in.refused', account, after: 'password again' })
      .catch(onFault);
    throw new Refusal('sign_in_failed', 'this is not the password');
  }
  await entered.succeeded();
  return account;
}
