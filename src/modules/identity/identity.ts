/** Who is asking: API keys and tokens of configured issuers become a principal, or a refusal. */
import type { Clock } from '../../base/clock.ts';
import type { Configuration, IssuerConfiguration } from '../../contract/configuration.ts';
import type { Authentication, Scope } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import { looksLikeApiKey } from './api-key.ts';
import { withAssertedPrincipal } from './assertion.ts';
import { examineIssuer, type IssuerExamination } from './examine-issuer.ts';
import { createIssuerCache } from './issuer-cache.ts';
import type { FetchJson } from './key-set.ts';
import { createKeyAuthenticator } from './key-authenticator.ts';
import { createKeyLookUp } from './key-look-up.ts';
import { credentialIn } from './presented.ts';
import type { CredentialStore } from './store.ts';
import { createTokenAuthenticator } from './token-authenticator.ts';
import { createVoucherAuthenticator, createVouching, looksLikeVoucher, type GiveVoucher } from './voucher.ts';

export { principalOf } from './principal-of.ts';
export { createKeyAdministration } from './key-administration.ts';
export type { KeyAdministration } from './key-administration.ts';
export { DocumentUnusable } from './key-set.ts';
export type { FetchJson } from './key-set.ts';
export type { IssuerExamination } from './examine-issuer.ts';
export type { GiveVoucher } from './voucher.ts';

/** What a request presents, read from the headers of its dialect; each is undefined where absent. */
export interface PresentedCredentials {
  /** The whole `authorization` header. */
  readonly authorization: string | undefined;
  readonly xApiKey: string | undefined;
  /** `x-goog-api-key`, or the query parameter `key`. */
  readonly xGoogApiKey: string | undefined;
  /** `x-bartizan-principal`: on whose behalf, as `person:alice`, `service:…` or `agent:…`. */
  readonly assertedPrincipal: string | undefined;
}

export interface Identity {
  /** @throws Refusal missing_credential, ambiguous_credential, invalid_credential, expired_credential, insufficient_scope */
  authenticate(presented: PresentedCredentials): Promise<Authentication>;
}

/** What identity needs of the tree. */
export type IdentityConfiguration = Pick<Configuration, 'principals' | 'applications' | 'issuers'>;

/** What outlives a snapshot: looked-up keys, and the key sets of issuers. */
export interface IdentityRoom {
  withConfiguration(configuration: IdentityConfiguration): Identity;
  readonly vouch: GiveVoucher;
  /** Reads an issuer's documents as authentication would, and says what became of it. */
  examine(issuer: IssuerConfiguration): Promise<IssuerExamination>;
  /** Stops listening for changes of the store. */
  close(): void;
}

export interface IdentityOptions {
  readonly store: CredentialStore;
  readonly clock: Clock;
  readonly fetchJson: FetchJson;
  /** 32 bytes that vouchers are signed with: the same on every replica. */
  readonly voucherKey: Uint8Array;
}

export function createIdentityRoom(options: IdentityOptions): IdentityRoom {
  const { store, clock, fetchJson, voucherKey } = options;
  const keys = createKeyLookUp(store, clock);
  const issuers = createIssuerCache(fetchJson, clock);
  return {
    withConfiguration(configuration) {
      const authenticateKey = createKeyAuthenticator(keys, configuration, clock);
      const authenticateToken = createTokenAuthenticator(issuers, configuration, clock);
      const authenticateVoucher = createVoucherAuthenticator(voucherKey, configuration, clock);
      return {
        async authenticate(presented) {
          const credential = credentialIn(presented);
          if (looksLikeVoucher(credential)) return authenticateVoucher(credential);
          const authentication = looksLikeApiKey(credential)
            ? await authenticateKey(credential)
            : await authenticateToken(credential);
          const { assertedPrincipal } = presented;
          if (assertedPrincipal === undefined) return authentication;
          return withAssertedPrincipal(authentication, assertedPrincipal, configuration);
        },
      };
    },
    vouch: createVouching(voucherKey, clock),
    examine: (issuer) => examineIssuer(issuer, fetchJson),
    close: () => keys.close(),
  };
}

/** @throws Refusal `insufficient_scope` */
export function requireScope(authentication: Authentication, scope: Scope): void {
  if (authentication.scopes.has(scope)) return;
  throw new Refusal('insufficient_scope', `the credential does not carry the scope ${scope}`);
}
