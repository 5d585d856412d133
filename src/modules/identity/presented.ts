/** Finds the one credential among the headers in which dialects carry theirs. */
import { Refusal } from '../../domain/refusal.ts';

interface Headers {
  readonly authorization: string | undefined;
  readonly xApiKey: string | undefined;
  readonly xGoogApiKey: string | undefined;
}

/** Room for large tokens; more than that is no credential. */
const MAX_LENGTH = 16 * 1024;
/** RFC 6750 §2.1: the scheme in any case, and a b64token. Keys and JWTs both have that form. */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/**
 * Two credentials at once are refused even where they are equal: a proxy and Bartizan could each take another one
 * for the one that counts.
 * @throws Refusal missing_credential, ambiguous_credential, invalid_credential
 */
export function credentialIn({ authorization, xApiKey, xGoogApiKey }: Headers): string {
  const presented = Number(isGiven(authorization)) + Number(isGiven(xApiKey)) + Number(isGiven(xGoogApiKey));
  if (presented === 0) throw new Refusal('missing_credential');
  if (presented > 1) throw new Refusal('ambiguous_credential');
  const token = isGiven(authorization)
    ? bearerOf(authorization)
    : ((isGiven(xApiKey) ? xApiKey : xGoogApiKey) ?? '');
  if (token.length > MAX_LENGTH || !TOKEN.test(token)) throw new Refusal('invalid_credential');
  return token;
}

function isGiven(header: string | undefined): header is string {
  return header !== undefined && header !== '';
}

function bearerOf(authorization: string): string {
  if (authorization.length > MAX_LENGTH + 16) throw new Refusal('invalid_credential');
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined)
    throw new Refusal('invalid_credential', 'the authorization header must be "Bearer" and a credential');
  return token;
}
