/** Keeps what was learned of issuers from one configuration to the next. */
import type { Clock } from '../../base/clock.ts';
import type { IssuerConfiguration } from '../../contract/configuration.ts';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import { createKeySet, type FetchJson, type KeySet } from './key-set.ts';

export interface IssuerCache {
  keySetOf(issuer: IssuerConfiguration): KeySet;
}

const MAX_ISSUERS = 1_000;

export function createIssuerCache(fetchJson: FetchJson, clock: Clock): IssuerCache {
  const keySets = createBoundedCache<KeySet>(MAX_ISSUERS);
  return {
    keySetOf({ issuer, jwks_uri: jwksUri, allow_private_network: allowPrivateNetwork }) {
      const source = { issuer, jwksUri, allowPrivateNetwork };
      const key = JSON.stringify(source);
      const keySet = keySets.get(key) ?? createKeySet(source, fetchJson, clock);
      keySets.set(key, keySet);
      return keySet;
    },
  };
}
