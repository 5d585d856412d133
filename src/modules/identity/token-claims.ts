/** What the claims of a verified token say, by the rules of its issuer's configuration. */
import type { JWTPayload } from 'jose';
import type { Configuration, IssuerConfiguration } from '../../contract/configuration.ts';
import type { Authentication } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import { principalOf } from './principal-of.ts';

const MAX_GROUPS = 1_000;
/** No spaces or control characters: ids stand in records, headers and policies. */
const ID = /^[^\s\p{Cc}\p{Cf}]{1,256}$/u;
const TOKEN_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** @throws Refusal `invalid_credential` naming the claim that is missing or of the wrong form */
export function authenticationOfToken(
  payload: JWTPayload,
  issuerId: string,
  issuer: IssuerConfiguration,
  configuration: Pick<Configuration, 'principals' | 'applications'>,
): Authentication {
  const principalId = textClaim(payload, issuer.principal_claim);
  const groups = groupsOf(payload, issuer.groups_claim);
  return {
    method: 'jwt',
    credentialId:
      typeof payload.jti === 'string' && TOKEN_ID.test(payload.jti)
        ? `jwt:${issuerId}/${payload.jti}`
        : `jwt:${issuerId}`,
    applicationId: applicationOf(payload, issuer, configuration),
    principal: principalOf(configuration, issuer.principal_kind, principalId, groups),
    scopes: new Set(issuer.scopes),
  };
}

function applicationOf(
  payload: JWTPayload,
  { application, application_claim: claim }: IssuerConfiguration,
  { applications }: Pick<Configuration, 'applications'>,
): string {
  const id = claim === undefined ? application : textClaim(payload, claim);
  if (id === undefined || !Object.hasOwn(applications, id)) {
    throw new Refusal('invalid_credential', 'the token belongs to no configured application');
  }
  return id;
}

function textClaim(payload: JWTPayload, claim: string): string {
  const value = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
  if (typeof value === 'string' && ID.test(value)) return value;
  throw new Refusal('invalid_credential', `the token has no usable claim ${claim}`);
}

/** Groups only ever add rights by what policies say of them, so a claim that is not a list of names gives none. */
function groupsOf(payload: JWTPayload, claim: string): readonly string[] {
  const value: unknown = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
  if (!Array.isArray(value)) return [];
  return value
    .filter((group): group is string => typeof group === 'string' && ID.test(group))
    .slice(0, MAX_GROUPS);
}
