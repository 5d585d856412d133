/** Signing in at an identity provider: whose account that is, made at the first time, with the roles that its groups give. */
import { z } from 'zod';
import { decrypt, encrypt } from '../../base/envelope.ts';
import type { Assignment } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LOCAL, newAccount } from './account.ts';
import { failSignIn, finishSignIn, type SignedInNow } from './finish-sign-in.ts';
import { claimIn, createIdentityProviders, type BackChannel, type Claims } from './identity-provider.ts';
import type { Means } from './means.ts';
import { stateOf } from './record.ts';
import type { ProviderSettings, Visitor } from './settings.ts';
import type { StoredAdministrator } from './store.ts';

export interface ProviderSignIn {
  /** @throws Refusal `not_found`, `provider_unavailable` */
  begin(provider: string, wish: { readonly redirectUri: string; readonly to: string }): Promise<ProviderWay>;
  /** @throws Refusal `sign_in_failed`, `permission_denied` where no role comes of it */
  finish(
    provider: string,
    came: ComingBack,
    visitor: Visitor,
  ): Promise<SignedInNow & { readonly to: string }>;
}

export interface ProviderWay {
  readonly location: string;
  /** For the browser to bring back: sealed. */
  readonly step: string;
}

export interface ComingBack {
  /** The whole address. */
  readonly url: URL;
  readonly step: string | undefined;
}

const CONTEXT = 'bartizan provider step';
export const PROVIDER_STEP_MS = 10 * 60_000;

const stepSchema = z.object({
  provider: z.string(),
  to: z.string(),
  expiresAtMs: z.number(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
});

export function createProviderSignIn(means: Means, backChannel: BackChannel): ProviderSignIn {
  const { clock, settings, stepKey, onFault } = means;
  const settingsOf = (name: string): ProviderSettings => {
    const found = settings().providers.get(name);
    if (!found) throw new Refusal('not_found', 'there is no such identity provider');
    return found;
  };
  const providers = createIdentityProviders({ settings: settingsOf, backChannel, now: () => clock.now() });

  const open = (sealed: string | undefined, provider: string) => {
    const bytes = Buffer.from(sealed ?? '', 'base64url');
    const text = decrypt(stepKey, bytes, CONTEXT)?.toString();
    const step = text === undefined ? undefined : stepSchema.parse(JSON.parse(text));
    if (step?.provider !== provider || !(clock.now() < step.expiresAtMs))
      throw new Refusal('sign_in_failed', 'this sign-in began elsewhere, or too long ago: begin again');
    return step;
  };

  return {
    async begin(provider, { redirectUri, to }) {
      settingsOf(provider);
      const { location, expected } = await providers.begin(provider, redirectUri).catch((cause: unknown) => {
        onFault(cause);
        throw new Refusal('provider_unavailable', 'the identity provider cannot be reached', { cause });
      });
      const step = { provider, to, expiresAtMs: clock.now() + PROVIDER_STEP_MS, ...expected };
      const sealed = encrypt(stepKey, Buffer.from(JSON.stringify(step)), CONTEXT).toString('base64url');
      return { location, step: sealed };
    },
    async finish(provider, { url, step: sealed }, visitor) {
      const given = settingsOf(provider);
      const step = open(sealed, provider);
      const claims = await providers.finish(provider, url, step).catch((cause: unknown) => {
        onFault(cause);
        throw new Refusal('sign_in_failed', 'the identity provider did not say who it is', { cause });
      });
      const account = await accountFor(means, provider, given, claims);
      return { ...(await finishSignIn(means, account, visitor, ['sso'])), to: step.to };
    },
  };
}

async function accountFor(
  means: Means,
  provider: string,
  settings: ProviderSettings,
  claims: Claims,
): Promise<StoredAdministrator> {
  const subject = String(claims['sub']);
  const bound = await means.store.accounts.bySubject(provider, subject);
  // A stranger's answer to another question is none.
  if (bound && (bound.source !== provider || bound.subject !== subject)) throw new Refusal('sign_in_failed');
  const present = bound ?? (await linkable(means, provider, settings, idOf(claims, settings)));
  const providerAssignments = assignmentsOf(claims, settings);
  if (present && present.disabledAtMs !== null) throw failSignIn(means, present, 'sso');
  if (providerAssignments.length === 0 && (present?.assignments.length ?? 0) === 0)
    throw new Refusal('permission_denied', 'no role comes of what the identity provider says');
  const fresh = present ?? freshAccount(means, claims, settings);
  const next = { ...fresh, source: provider, subject, providerAssignments };
  if (present && bound && stateOf(present) === stateOf(next)) return present;
  const act = {
    actor: next.id,
    action: present ? 'administrator.provider' : 'administrator.provider_first',
    account: next,
    ...(present ? { before: stateOf(present) } : {}),
    after: stateOf(next),
    changes: [`identity provider ${provider}`],
  };
  const made = await means.recorder.around(act, () =>
    means.accounts.edit(next.id, (current) => {
      if (current?.reference !== present?.reference || (current && current.disabledAtMs !== null))
        throw new Refusal('sign_in_failed', 'somebody has changed this account meanwhile: begin again');
      return { ...(current ?? fresh), source: provider, subject, providerAssignments };
    }),
  );
  if (made === null) throw new Error('a sign-in leaves an account');
  return made;
}

/** Who the provider says it is: an address that it has not verified is anybody's. @throws Refusal `sign_in_failed` */
function idOf(claims: Claims, { idClaim }: ProviderSettings): string {
  const id = claimIn(claims, idClaim);
  const isForm = typeof id === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}$/.test(id);
  if (!isForm) throw new Refusal('sign_in_failed', `the identity provider gives no usable ${idClaim}`);
  if (idClaim === 'email' && claims['email_verified'] === false)
    throw new Refusal('sign_in_failed', 'the identity provider has not verified the e-mail address');
  return id;
}

/**
 * An account of that id which came about elsewhere is somebody else's, unless the provider is trusted to know better. One
 * that a directory made for this provider is theirs at their first sign-in.
 */
async function linkable(
  { accounts }: Means,
  provider: string,
  { linksAccounts }: ProviderSettings,
  id: string,
): Promise<StoredAdministrator | undefined> {
  const found = await accounts.find(id);
  // A directory made it for whom this very provider vouches, and nobody has signed in as that yet.
  const isWaiting = found?.source === provider && found.subject === null;
  if (found && !isWaiting && !(linksAccounts && found.source === LOCAL))
    throw new Refusal(
      'sign_in_failed',
      'there is an account of this id that this identity provider has no say over',
    );
  return found;
}

function freshAccount({ clock }: Means, claims: Claims, settings: ProviderSettings): StoredAdministrator {
  const id = idOf(claims, settings);
  const called = claimIn(claims, settings.nameClaim);
  const displayName = typeof called === 'string' && called.trim() !== '' ? called.trim().slice(0, 200) : id;
  return newAccount(id, { displayName, assignments: [], nowMs: clock.now() });
}

function assignmentsOf(claims: Claims, settings: ProviderSettings): readonly Assignment[] {
  const given = claimIn(claims, settings.groupsClaim);
  const groups = new Set((Array.isArray(given) ? given : [given]).filter((each) => typeof each === 'string'));
  const found = settings.roles.filter(({ group }) => groups.has(group)).map(({ assignment }) => assignment);
  if (found.length === 0) return settings.defaultAssignment ? [settings.defaultAssignment] : [];
  const texts = found.map((each) => JSON.stringify(each));
  return found.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
}
