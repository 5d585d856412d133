/** Authenticates JWTs of configured issuers under one configuration. */
import { hash } from 'node:crypto';
import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import type { Clock } from '../../base/clock.ts';
import type { Configuration, IssuerConfiguration } from '../../contract/configuration.ts';
import type { Authentication } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import type { IssuerCache } from './issuer-cache.ts';
import { KeySetUnavailable, type KeyGetter, type KeySet } from './key-set.ts';
import { authenticationOfToken } from './token-claims.ts';

const SKEW_SECONDS = 30;
const MAX_VERIFIED = 20_000;
/** Not longer, so that a key the issuer withdrew is noticed even where one token is all that ever comes. */
const MAX_VERIFIED_AGE_MS = 60_000;
const JWT_FORM = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

interface Issuer {
  readonly id: string;
  readonly configuration: IssuerConfiguration;
  readonly keys: KeySet;
}

/** A token that was verified a short while ago: its signature is not checked again, its expiry is. */
interface Verified {
  readonly authentication: Authentication;
  readonly issuer: Issuer;
  readonly generation: number;
  readonly expiresAtMs: number;
  readonly verifiedAtMs: number;
}

/** @returns a function that throws Refusal invalid_credential, expired_credential, and overloaded where keys cannot be had */
export function createTokenAuthenticator(
  cache: IssuerCache,
  configuration: Pick<Configuration, 'principals' | 'applications' | 'issuers'>,
  clock: Clock,
): (token: string) => Promise<Authentication> {
  const issuers = new Map<string, Issuer>();
  for (const [id, issuer] of Object.entries(configuration.issuers)) {
    // Two of one name would make the order of the tree decide which rules hold.
    if (issuers.has(issuer.issuer)) throw new Error(`issuer ${id}: ${issuer.issuer} is configured twice`);
    issuers.set(issuer.issuer, { id, configuration: issuer, keys: cache.keySetOf(issuer) });
  }
  const verified = createBoundedCache<Verified>(MAX_VERIFIED);

  return async (token) => {
    if (issuers.size === 0 || !JWT_FORM.test(token)) throw new Refusal('invalid_credential');
    const digest = hash('sha256', token, 'base64url');
    const known = verified.get(digest);
    if (known && isStillVerified(known, clock.now())) return known.authentication;
    const issuer = issuers.get(issuerOf(token));
    if (!issuer) throw new Refusal('invalid_credential', 'the token is of no configured issuer');
    const payload = await verify(token, issuer, clock);
    const authentication = authenticationOfToken(payload, issuer.id, issuer.configuration, configuration);
    verified.set(digest, {
      authentication,
      issuer,
      generation: issuer.keys.generation,
      expiresAtMs: (payload.exp ?? 0) * 1_000,
      verifiedAtMs: clock.now(),
    });
    return authentication;
  };
}

/** @throws Refusal `expired_credential` */
function isStillVerified(
  { issuer, generation, expiresAtMs, verifiedAtMs }: Verified,
  nowMs: number,
): boolean {
  if (expiresAtMs + SKEW_SECONDS * 1_000 <= nowMs) throw new Refusal('expired_credential');
  return generation === issuer.keys.generation && Math.abs(nowMs - verifiedAtMs) < MAX_VERIFIED_AGE_MS;
}

/** Read before anything is verified, only to choose whose rules to verify by. */
function issuerOf(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch (error) {
    throw new Refusal('invalid_credential', undefined, { cause: error });
  }
}

async function verify(token: string, { configuration, keys }: Issuer, clock: Clock): Promise<JWTPayload> {
  const options: JWTVerifyOptions = {
    issuer: configuration.issuer,
    audience: configuration.audience,
    // Pinned, and asymmetric by the configuration's schema: neither `none` nor an HMAC under a public key passes.
    algorithms: [...configuration.algorithms],
    clockTolerance: SKEW_SECONDS,
    currentDate: new Date(clock.now()),
    requiredClaims: ['exp'],
  };
  const verifyWith = async (getKey: KeyGetter) => (await jwtVerify(token, getKey, options)).payload;
  try {
    try {
      return await verifyWith(await keys.current());
    } catch (error) {
      // A key that is not known: the issuer may have begun to sign with a new one.
      if (error instanceof errors.JWKSNoMatchingKey) return await verifyWith(await keys.refreshed());
      throw error;
    }
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return new Refusal('expired_credential');
  if (error instanceof KeySetUnavailable) {
    return new Refusal(
      'overloaded',
      "the issuer's keys cannot be had at present, so the token cannot be checked",
      { cause: error },
    );
  }
  // Node's crypto throws errors of its own for keys and signatures that are malformed: no is the answer to all of them.
  return new Refusal('invalid_credential', undefined, { cause: error });
}
