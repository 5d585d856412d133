/** An issuer's public keys: fetched when first needed, again when a token names a key that is not among them. */
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';

/**
 * Fetches a JSON document by GET. MUST follow no redirects, MUST bound size and time, and MUST reach private networks,
 * or anything without TLS, only where `allowPrivateNetwork` says so.
 * @throws DocumentUnusable
 */
export type FetchJson = (url: string, options: { readonly allowPrivateNetwork: boolean }) => Promise<unknown>;

export type KeyGetter = ReturnType<typeof createLocalJWKSet>;

export interface KeySet {
  /** The keys known now, fetched where there are none or they are old. @throws KeySetUnavailable */
  current(): Promise<KeyGetter>;
  /** The keys after another look at the issuer, or the same ones where it was looked at only just now. */
  refreshed(): Promise<KeyGetter>;
  /** Counts every set of keys that came in: what was verified under an older one may not hold any more. */
  readonly generation: number;
}

/** A document that could not be had, or is not what it should be. Its message holds nothing of the document. */
export class DocumentUnusable extends Error {
  /** A code: `http_404`, `not_json`, `address_forbidden`, `not_a_key_set`. */
  readonly reason: string;
  constructor(reason: string, options?: ErrorOptions) {
    super(`the document cannot be used: ${reason}`, options);
    this.name = 'DocumentUnusable';
    this.reason = reason;
  }
}

export class KeySetUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super("the issuer's keys cannot be had", options);
    this.name = 'KeySetUnavailable';
  }
}

export interface KeySetSource {
  readonly issuer: string;
  readonly jwksUri: string | undefined;
  readonly allowPrivateNetwork: boolean;
}

/** Tokens that name unknown keys, or an issuer that is down, cause no more fetches than this. */
const MIN_INTERVAL_MS = 10_000;
/** Keys are looked at anew after this, so that one the issuer withdrew does not stay. */
const MAX_AGE_MS = 10 * 60_000;
/** While the issuer is down, its last keys serve this long. */
const MAX_STALE_MS = 60 * 60_000;
/** For the discovery document and the keys together. */
export const TIMEOUT_MS = 10_000;
/** Where there are keys to go on with, no request waits longer for newer ones. */
const PATIENCE_MS = 1_000;
const MAX_KEYS = 100;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(MAX_KEYS) });

export function createKeySet(source: KeySetSource, fetchJson: FetchJson, clock: Clock): KeySet {
  let keys: { readonly get: KeyGetter; readonly atMs: number } | undefined;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let generation = 0;
  let fetching: Promise<void> | undefined;

  const fetchKeys = async (): Promise<void> => {
    const set = await withDeadline(fetchKeySet(source, fetchJson), TIMEOUT_MS, "fetching an issuer's keys");
    keys = { get: createLocalJWKSet(set), atMs: clock.now() };
    generation++;
  };
  /** Once at a time; failing leaves the keys as they are. */
  const refresh = async (): Promise<unknown> => {
    if (!fetching) {
      if (clock.now() - triedAtMs < MIN_INTERVAL_MS) return undefined;
      triedAtMs = clock.now();
      fetching = fetchKeys().finally(() => {
        fetching = undefined;
      });
    }
    return fetching.then(() => undefined).catch((error: unknown) => error);
  };
  const usable = (cause: unknown): KeyGetter => {
    if (keys && clock.now() - keys.atMs < MAX_STALE_MS) return keys.get;
    throw new KeySetUnavailable({ cause });
  };

  return {
    async current() {
      if (keys && clock.now() - keys.atMs < MAX_AGE_MS) return keys.get;
      const refreshing = refresh();
      if (!keys) return usable(await refreshing);
      return usable(
        await withDeadline(refreshing, PATIENCE_MS, "refreshing an issuer's keys").catch(
          (error: unknown) => error,
        ),
      );
    },
    async refreshed() {
      return usable(await refresh());
    },
    get generation() {
      return generation;
    },
  };
}

async function fetchKeySet(source: KeySetSource, fetchJson: FetchJson): Promise<JSONWebKeySet> {
  return readKeySet(await locateKeySet(source, fetchJson), source, fetchJson);
}

/** Where the issuer's keys are: as configured, or as its discovery document says. @throws DocumentUnusable */
export async function locateKeySet(
  { issuer, jwksUri, allowPrivateNetwork }: KeySetSource,
  fetchJson: FetchJson,
): Promise<string> {
  if (jwksUri !== undefined) return jwksUri;
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const read = discoverySchema.safeParse(await fetchJson(url, { allowPrivateNetwork }));
  if (!read.success) throw new DocumentUnusable('not_a_discovery_document');
  // OpenID Connect Discovery 1.0 §4.3: the document must be the issuer's own.
  if (read.data.issuer !== issuer) throw new DocumentUnusable('another_issuer');
  return read.data.jwks_uri;
}

/** @throws DocumentUnusable */
export async function readKeySet(
  uri: string,
  { allowPrivateNetwork }: KeySetSource,
  fetchJson: FetchJson,
): Promise<JSONWebKeySet> {
  const read = keySetSchema.safeParse(await fetchJson(uri, { allowPrivateNetwork }));
  if (!read.success) throw new DocumentUnusable('not_a_key_set');
  return read.data;
}
