/** Passkeys (Web Authentication, level 3): resident, and the browser has seen to it that it is their owner. */
import { Refusal } from '../../domain/refusal.ts';
import type { StoredAdministrator, StoredPasskey } from './store.ts';

/** What a page hands to the browser, and what the browser hands back. */
export type WebAuthnJson = Readonly<Record<string, unknown>>;

export interface PasskeyPlace {
  /** Scheme, host and port of the console. */
  readonly origin: string;
  readonly organization: string;
}

export interface PasskeyUse {
  readonly newCounter: number;
  readonly isBackedUp: boolean;
}

export type MadePasskey = Pick<StoredPasskey, 'id' | 'publicKey' | 'counter' | 'transports' | 'isBackedUp'>;

const TIMEOUT_MS = 5 * 60_000;
/** Ed25519, P-256 and RSA, as COSE numbers them: what the library would offer beyond is experimental in Node. */
const ALGORITHMS = [-8, -7, -257];

/** Few sign in by a passkey: it is loaded when the first one does. */
function simpleWebAuthn() {
  return import('@simplewebauthn/server');
}

/** @throws Refusal `unacceptable` where the console's address is none that passkeys can belong to */
function relyingPartyOf({ origin }: PasskeyPlace): string {
  const { hostname, protocol } = new URL(origin);
  const isAddress = /^[\d.]+$|^\[/.test(hostname);
  if (isAddress || (protocol !== 'https:' && hostname !== 'localhost'))
    throw new Refusal(
      'unacceptable',
      'passkeys need a name and TLS: open the console as https://name, or as http://localhost',
    );
  return hostname;
}

export async function creationOptions(
  place: PasskeyPlace,
  account: StoredAdministrator,
  present: readonly StoredPasskey[],
): Promise<{ readonly challenge: string; readonly options: WebAuthnJson }> {
  const rpID = relyingPartyOf(place);
  const { generateRegistrationOptions } = await simpleWebAuthn();
  const options = await generateRegistrationOptions({
    rpName: place.organization === '' ? 'Bartizan' : place.organization,
    rpID,
    userName: account.id,
    userDisplayName: account.displayName,
    userID: new Uint8Array(Buffer.from(account.reference)),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    timeout: TIMEOUT_MS,
    excludeCredentials: present.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { challenge: options.challenge, options: { ...options } };
}

/** @throws Refusal `unacceptable` */
export async function madePasskey(
  place: PasskeyPlace,
  challenge: string,
  response: WebAuthnJson,
): Promise<MadePasskey> {
  const expectedRPID = relyingPartyOf(place);
  const { verifyRegistrationResponse } = await simpleWebAuthn();
  type Given = Parameters<typeof verifyRegistrationResponse>[0]['response'];
  const verified = await verifyRegistrationResponse({
    // The library reads it as what anybody may have sent.
    response: response as unknown as Given,
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID,
    supportedAlgorithmIDs: ALGORITHMS,
    requireUserVerification: true,
  }).catch((cause: unknown) => {
    throw new Refusal('unacceptable', 'this is no passkey that was asked for', { cause });
  });
  if (verified.verified !== true) throw new Refusal('unacceptable', 'this is no passkey that was asked for');
  const { credential, credentialBackedUp } = verified.registrationInfo;
  return {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: credential.transports ?? [],
    isBackedUp: credentialBackedUp,
  };
}

export async function requestOptions(
  place: PasskeyPlace,
  allowed: readonly StoredPasskey[],
): Promise<{ readonly challenge: string; readonly options: WebAuthnJson }> {
  const rpID = relyingPartyOf(place);
  const { generateAuthenticationOptions } = await simpleWebAuthn();
  const options = await generateAuthenticationOptions({
    rpID,
    userVerification: 'required',
    timeout: TIMEOUT_MS,
    allowCredentials: allowed.map(({ id, transports }) => ({ id, transports: [...transports] })),
  });
  return { challenge: options.challenge, options: { ...options } };
}

/** Undefined where it is not this passkey, this challenge, this place, or nobody was there. */
export async function passkeyUse(
  place: PasskeyPlace,
  challenge: string,
  passkey: StoredPasskey,
  response: WebAuthnJson,
): Promise<PasskeyUse | undefined> {
  const expectedRPID = relyingPartyOf(place);
  const { verifyAuthenticationResponse } = await simpleWebAuthn();
  type Given = Parameters<typeof verifyAuthenticationResponse>[0]['response'];
  const verified = await verifyAuthenticationResponse({
    response: response as unknown as Given,
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
      transports: [...passkey.transports],
    },
    // Whatever it stumbles over, it is no sign-in.
  }).catch(() => undefined);
  if (verified?.verified !== true) return undefined;
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  return { newCounter, isBackedUp: credentialBackedUp };
}
