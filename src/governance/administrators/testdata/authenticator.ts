/** A passkey in software: makes and uses P-256 credentials as a browser would tell of them. */
import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

export interface Authenticator {
  create(options: Readonly<Record<string, unknown>>, flaw?: Flaw): WebAuthnResponse;
  get(options: Readonly<Record<string, unknown>>, flaw?: Flaw): WebAuthnResponse;
}

export interface WebAuthnResponse {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly clientExtensionResults: object;
  readonly response: Readonly<Record<string, unknown>>;
}

/** What it does otherwise than it should. */
export interface Flaw {
  readonly origin?: string;
  readonly challenge?: string;
  readonly unverified?: boolean;
  readonly userHandle?: string;
  /** The counter stands still, as that of a copy does. */
  readonly standsStill?: boolean;
  readonly otherKey?: boolean;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

export function createAuthenticator(origin: string, rpId: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let counter = 1;
  let handle = '';
  const authData = (flags: number, attested = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count, attested]);
  };
  const clientData = (type: string, options: Readonly<Record<string, unknown>>, flaw: Flaw) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: flaw.challenge ?? options['challenge'],
        origin: flaw.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const answer = (response: Readonly<Record<string, unknown>>): WebAuthnResponse => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });
  return {
    create(options, flaw = {}) {
      handle = (options['user'] as { id: string }).id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseOf(publicKey)]);
      const flags = PRESENT | ATTESTED | (flaw.unverified ? 0 : VERIFIED);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData(flags, attested))],
      ]);
      return answer({
        clientDataJSON: clientData('webauthn.create', options, flaw).toString('base64url'),
        attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url'),
        transports: ['internal'],
      });
    },
    get(options, flaw = {}) {
      if (!flaw.standsStill) counter++;
      const data = authData(PRESENT | (flaw.unverified ? 0 : VERIFIED));
      const client = clientData('webauthn.get', options, flaw);
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      const signature = createSign('sha256')
        .update(signed)
        .sign(flaw.otherKey ? other.privateKey : privateKey);
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: flaw.userHandle ?? handle,
      });
    },
  };
}

/** COSE_Key (RFC 9053) of an ES256 key. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const cose = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ]);
  return Buffer.from(isoCBOR.encode(cose as never));
}
