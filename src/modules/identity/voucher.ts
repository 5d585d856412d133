/**
 * Vouchers: what the house itself gives to somebody who has signed in to the console, so that the workbench calls models at
 * the same addresses as everybody else. Short-lived, kept nowhere: the signature says that it was given.
 */
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { createKeyedHash } from '../../base/keyed-hash.ts';
import type { Configuration } from '../../contract/configuration.ts';
import { SCOPES, type Authentication, type Scope } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import { principalOf } from './principal-of.ts';

const PREFIX = 'bzv_';
const MAX_LIFE_MS = 15 * 60_000;

export interface VoucherRequest {
  /** What the record calls the credential: the session's or token's id. */
  readonly id: string;
  readonly applicationId: string;
  /** Of a person. */
  readonly principalId: string;
  readonly scopes: readonly Scope[];
  /** At most 15 minutes. */
  readonly lifeMs: number;
}

export interface Voucher {
  readonly token: string;
  readonly expiresAtMs: number;
}

export type GiveVoucher = (request: VoucherRequest) => Voucher;

const claimsSchema = z.strictObject({
  id: z.string(),
  app: z.string(),
  sub: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  exp: z.int(),
});

export function looksLikeVoucher(credential: string): boolean {
  return credential.startsWith(PREFIX);
}

/** `key`: 32 bytes; who has it can speak for anybody. */
export function createVouching(key: Uint8Array, clock: Clock): GiveVoucher {
  const sign = createKeyedHash(key);
  return ({ id, applicationId, principalId, scopes, lifeMs }) => {
    const expiresAtMs = clock.now() + Math.min(lifeMs, MAX_LIFE_MS);
    const claims = { id, app: applicationId, sub: principalId, scopes, exp: expiresAtMs };
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    return { token: `${PREFIX}${body}.${sign(body).toString('base64url')}`, expiresAtMs };
  };
}

/** @returns a function that throws Refusal invalid_credential, expired_credential */
export function createVoucherAuthenticator(
  key: Uint8Array,
  configuration: Pick<Configuration, 'principals' | 'applications'>,
  clock: Clock,
): (voucher: string) => Authentication {
  const sign = createKeyedHash(key);
  return (voucher) => {
    const [body = '', signature = ''] = voucher.slice(PREFIX.length).split('.');
    const given = Buffer.from(signature, 'base64url');
    const expected = sign(body);
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new Refusal('invalid_credential');
    const { id, app, sub, scopes, exp } = claimsIn(body);
    if (exp <= clock.now()) throw new Refusal('expired_credential');
    if (!Object.hasOwn(configuration.applications, app))
      throw new Refusal('invalid_credential', "the credential's application is not configured");
    return {
      method: 'voucher',
      credentialId: id,
      applicationId: app,
      principal: principalOf(configuration, 'person', sub),
      scopes: new Set(scopes),
    };
  };
}

/** Signed by us: of another form only where another release gave it. */
function claimsIn(body: string): z.infer<typeof claimsSchema> {
  const parsed = claimsSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (!parsed.success) throw new Refusal('invalid_credential');
  return parsed.data;
}
