/** An issuer looked at before its tokens come: the same documents, read by the same rules, and what they are good for. */
import type { JWK } from 'jose';
import { DeadlineError, withDeadline } from '../../base/deadline.ts';
import type { IssuerConfiguration } from '../../contract/configuration.ts';
import { DocumentUnusable, locateKeySet, readKeySet, TIMEOUT_MS, type FetchJson } from './key-set.ts';

export interface IssuerExamination {
  /** Where its keys are; null where that could not be learned. */
  readonly jwksUri: string | null;
  readonly keys: readonly ExaminedKey[];
  /** Algorithms of the configuration, each with how many of the keys verify it. */
  readonly algorithms: readonly { readonly algorithm: string; readonly keys: number }[];
  readonly failure: { readonly at: 'discovery' | 'keys'; readonly reason: string } | null;
}

interface ExaminedKey {
  readonly id: string | null;
  /** `RSA`, `EC`, `OKP`. */
  readonly type: string;
  readonly algorithm: string | null;
}

/** What a stranger's document says is shown no longer than this. */
const MAX_CHARACTERS = 256;

const KEY_OF: Readonly<Record<string, { readonly kty: string; readonly crv?: string }>> = {
  RS256: { kty: 'RSA' },
  RS384: { kty: 'RSA' },
  RS512: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
};

/** Keeps nothing of what it learns, and leaves alone what is kept for tokens. */
export async function examineIssuer(
  configuration: IssuerConfiguration,
  fetchJson: FetchJson,
): Promise<IssuerExamination> {
  const source = {
    issuer: configuration.issuer,
    jwksUri: configuration.jwks_uri,
    allowPrivateNetwork: configuration.allow_private_network,
  };
  let jwksUri: string | null = null;
  try {
    jwksUri = await soon(locateKeySet(source, fetchJson));
    const { keys } = await soon(readKeySet(jwksUri, source, fetchJson));
    return {
      jwksUri: shown(jwksUri),
      keys: keys.map(({ kid, kty, alg }) => ({
        id: textOf(kid),
        type: textOf(kty) ?? '',
        algorithm: textOf(alg),
      })),
      algorithms: verifiedBy(configuration, keys),
      failure: null,
    };
  } catch (error) {
    if (!(error instanceof DocumentUnusable)) throw error;
    const at = jwksUri === null ? 'discovery' : 'keys';
    return {
      jwksUri: jwksUri === null ? null : shown(jwksUri),
      keys: [],
      algorithms: verifiedBy(configuration, []),
      failure: { at, reason: error.reason },
    };
  }
}

function soon<Value>(work: Promise<Value>): Promise<Value> {
  return withDeadline(work, TIMEOUT_MS, "reading an issuer's documents").catch((error: unknown) => {
    throw error instanceof DeadlineError ? new DocumentUnusable('timed_out', { cause: error }) : error;
  });
}

function verifiedBy(
  { algorithms }: IssuerConfiguration,
  keys: readonly JWK[],
): IssuerExamination['algorithms'] {
  return algorithms.map((algorithm) => ({
    algorithm,
    keys: keys.filter((key) => verifies(key, algorithm)).length,
  }));
}

function verifies({ kty, crv, alg, use, key_ops: operations }: JWK, algorithm: string): boolean {
  const wanted = KEY_OF[algorithm];
  return (
    wanted !== undefined &&
    kty === wanted.kty &&
    (wanted.crv === undefined || crv === wanted.crv) &&
    (alg === undefined || alg === algorithm || (algorithm === 'EdDSA' && alg === 'Ed25519')) &&
    (use === undefined || use === 'sig') &&
    (operations === undefined || operations.includes('verify'))
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? shown(value) : null;
}

function shown(text: string): string {
  return text.slice(0, MAX_CHARACTERS);
}
