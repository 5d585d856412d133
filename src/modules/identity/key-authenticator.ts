/** Authenticates API keys under one configuration. */
import type { Clock } from '../../base/clock.ts';
import type { Configuration } from '../../contract/configuration.ts';
import type { Authentication } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import { hashOf, isWellFormed } from './api-key.ts';
import type { KeyLookUp } from './key-look-up.ts';
import { principalOf } from './principal-of.ts';
import type { StoredCredential } from './store.ts';

/** @returns a function that throws Refusal invalid_credential, expired_credential */
export function createKeyAuthenticator(
  keys: KeyLookUp,
  configuration: Pick<Configuration, 'principals' | 'applications'>,
  clock: Clock,
): (key: string) => Promise<Authentication> {
  const authentications = new WeakMap<StoredCredential, Authentication>();
  return async (key) => {
    if (!isWellFormed(key)) throw new Refusal('invalid_credential');
    // The look-up compares hashes: how long that takes tells nothing about a key that hashes to them.
    const found = keys.find(hashOf(key));
    const credential = found instanceof Promise ? await found : found;
    if (!credential) throw new Refusal('invalid_credential');
    assertInForce(credential, clock.now());
    const known = authentications.get(credential) ?? authenticationOf(credential, configuration);
    authentications.set(credential, known);
    return known;
  };
}

function assertInForce({ revokedAtMs, expiresAtMs }: StoredCredential, nowMs: number): void {
  if (revokedAtMs !== null || (expiresAtMs !== null && expiresAtMs <= nowMs))
    throw new Refusal('expired_credential');
}

function authenticationOf(
  { id, applicationId, principal, scopes }: StoredCredential,
  configuration: Pick<Configuration, 'principals' | 'applications'>,
): Authentication {
  if (!Object.hasOwn(configuration.applications, applicationId)) {
    throw new Refusal('invalid_credential', "the credential's application is not configured");
  }
  return {
    method: 'api_key',
    credentialId: id,
    applicationId,
    principal: principalOf(configuration, principal.kind, principal.id),
    scopes: new Set(scopes),
  };
}
