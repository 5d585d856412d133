/** Who administers the house: accounts, the ways to sign in, sessions, and access tokens. */
import { hkdfSync } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import type { Assignment, SignedIn } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createAccounts } from './accounts.ts';
import { createAdministration, type Administration } from './administration.ts';
import { createBrake, FAILURES_KEPT_MS } from './brake.ts';
import { createDevices } from './device.ts';
import type { BackChannel } from './identity-provider.ts';
import { createLinks, type Links } from './links.ts';
import type { Means } from './means.ts';
import { createOwnAccount, type OwnAccount } from './own-account.ts';
import { createOwnFactors, type OwnFactors } from './own-factors.ts';
import { createPasskeySignIn, type PasskeySignIn } from './passkey-sign-in.ts';
import { createProviderSignIn, type ProviderSignIn } from './provider-sign-in.ts';
import { createPasswords, type PasswordCost } from './password.ts';
import { createProvisioned, type Provisioned } from './provisioned.ts';
import { createRecorder, type Append } from './record.ts';
import { createSessions, type NewCookie } from './sessions.ts';
import type { SignInSettings } from './settings.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import type { AdministratorStore } from './store.ts';
import { createTickets } from './tickets.ts';
import { createTotp } from './totp.ts';

export type { ProviderSettings, SignInSettings, Visitor } from './settings.ts';
export type { NewCookie } from './sessions.ts';
export type { SignInStep } from './sign-in.ts';
export type { OwnAccount } from './own-account.ts';
export type { Administration, ShownAdministrator } from './administration.ts';
export type { NewLink } from './links.ts';
export type { BackChannel } from './identity-provider.ts';
export { PROVIDER_STEP_MS } from './provider-sign-in.ts';

export interface Administrators {
  /** @throws Refusal `missing_credential`, `ambiguous_credential`, `invalid_credential`, `expired_credential` */
  authenticate(presented: {
    readonly cookie: string | undefined;
    readonly bearer: string | undefined;
  }): Promise<SignedIn>;
  /** Sign-out. */
  end(signedIn: SignedIn): Promise<void>;
  readonly signIn: SignIn & { readonly passkey: PasskeySignIn; readonly provider: ProviderSignIn };
  readonly links: Links;
  readonly account: OwnAccount;
  readonly administration: Administration;
  /** The session goes on under another cookie. */
  renew(signedIn: SignedIn): Promise<NewCookie>;
  readonly factors: OwnFactors;
  readonly provisioned: Provisioned;
  readonly isEmpty: () => Promise<boolean>;
  /** Throws away what is over. */
  tidy(): Promise<void>;
}

export interface AdministratorsSettings {
  readonly store: AdministratorStore;
  readonly append: Append;
  readonly clock: Clock;
  readonly settings: () => SignInSettings;
  /** 32 bytes of the house. */
  readonly key: Buffer;
  /** What is wrong with giving somebody this role over this; undefined: nothing. */
  readonly problemOf: (assignment: Assignment) => string | undefined;
  /** How identity providers are asked. */
  readonly backChannel: BackChannel;
  readonly onFault: (error: unknown) => void;
  /** For tests: what a password costs to try. */
  readonly passwordCost?: PasswordCost;
}

const STORE_TIMEOUT_MS = 5_000;

export function createAdministrators(options: AdministratorsSettings): Administrators {
  const means = meansOf(options);
  const { store, clock, sessions, tokens } = means;
  const links = createLinks(means);
  return {
    authenticate({ cookie, bearer }) {
      if (cookie !== undefined && bearer !== undefined)
        return Promise.reject(new Refusal('ambiguous_credential'));
      if (bearer !== undefined)
        return withDeadline(tokens.authenticate(bearer), STORE_TIMEOUT_MS, 'the look at a token');
      if (cookie === undefined || cookie === '') return Promise.reject(new Refusal('missing_credential'));
      return withDeadline(sessions.authenticate(cookie), STORE_TIMEOUT_MS, 'the look at a session');
    },
    end: (signedIn) => signOut(means, signedIn),
    signIn: {
      ...createSignIn(means),
      passkey: createPasskeySignIn(means),
      provider: createProviderSignIn(means, options.backChannel),
    },
    links,
    account: createOwnAccount(means),
    administration: createAdministration({ ...means, links, problemOf: options.problemOf }),
    renew: (signedIn) => sessions.rotate(signedIn),
    factors: createOwnFactors(means),
    provisioned: createProvisioned(means),
    isEmpty: () => store.accounts.isEmpty(),
    tidy: () => store.tidy(clock.now(), clock.now() - FAILURES_KEPT_MS),
  };
}

/** First ended, then told: what is not on record opens too little rather than too much. */
async function signOut(
  { accounts, sessions, tokens, recorder }: Means,
  { by, administrator: { id }, credentialId }: SignedIn,
): Promise<void> {
  const account = await accounts.get(id);
  if (by === 'token') await tokens.revoke(id, credentialId);
  else await sessions.end(id, credentialId);
  const action = by === 'token' ? 'token.revoke' : 'sign_out';
  await recorder.record({ actor: id, action, account, before: credentialId });
}

function meansOf(options: AdministratorsSettings): Means {
  const { store, append, clock, settings, onFault } = options;
  const keyFor = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', options.key, '', `bartizan ${purpose}`, 32));
  const sessions = createSessions({
    sessions: store.sessions,
    accounts: store.accounts,
    settings,
    clock,
    csrfKey: keyFor('csrf'),
  });
  const tokens = createAccessTokens({ tokens: store.tokens, accounts: store.accounts, clock });
  return {
    store,
    clock,
    settings,
    accounts: createAccounts(store.accounts, () => {
      sessions.forget();
      tokens.forget();
    }),
    sessions,
    tokens,
    tickets: createTickets(store.tickets, clock),
    passwords: createPasswords(options.passwordCost),
    totp: createTotp(keyFor('totp'), clock),
    brake: createBrake(store.brake, clock, keyFor('brake')),
    devices: createDevices(keyFor('device')),
    recorder: createRecorder(append, clock),
    stepKey: keyFor('step'),
    onFault,
  };
}
