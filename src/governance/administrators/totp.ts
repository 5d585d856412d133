/** Codes of authenticator applications (RFC 6238): six digits, half a minute, one step of grace on either side. */
import { decrypt, encrypt } from '../../base/envelope.ts';
import type { Clock } from '../../base/clock.ts';

export interface Totp {
  newSecret(): Promise<string>;
  /** What an application reads out of a QR code. */
  uri(secret: string, label: string, issuer: string): Promise<string>;
  /** The time step whose code this is; undefined where it is none of those that count now. */
  stepOf(secret: string, code: string): Promise<number | undefined>;
  /** `reference` is the account's: what was sealed for one does not open for another. */
  seal(secret: string, reference: string): string;
  /** @throws Error where it does not open */
  open(sealed: string, reference: string): string;
}

const STEP_SECONDS = 30;

export function createTotp(key: Buffer, clock: Clock): Totp {
  const contextOf = (reference: string) => `bartizan totp ${reference}`;
  return {
    newSecret: async () => (await otplib()).generateSecret({ length: 20 }),
    uri: async (secret, label, issuer) => (await otplib()).generateURI({ issuer, label, secret }),
    async stepOf(secret, code) {
      const token = code.replaceAll(/\s/g, '');
      if (!/^\d{6}$/.test(token)) return undefined;
      const { verify } = await otplib();
      const epoch = Math.floor(clock.now() / 1_000);
      const result = await verify({ secret, token, epoch, epochTolerance: STEP_SECONDS });
      return result.valid && 'timeStep' in result ? result.timeStep : undefined;
    },
    seal: (secret, reference) => encrypt(key, Buffer.from(secret), contextOf(reference)).toString('base64'),
    open(sealed, reference) {
      const secret = decrypt(key, Buffer.from(sealed, 'base64'), contextOf(reference));
      if (!secret) throw new Error('the secret of an authenticator does not open: it was changed or moved');
      return secret.toString();
    },
  };
}

/** Few sign in by a code: it is loaded when the first one does. */
function otplib() {
  return import('otplib');
}
