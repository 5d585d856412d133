/** One's own second factors and passkeys: enrolled by showing that they work, removed, and codes for when they are lost. */
import { z } from 'zod';
import type { SignedIn } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Means } from './means.ts';
import { requireFresh } from './own-account.ts';
import { placeOf, type PasskeyQuestion } from './passkey-sign-in.ts';
import { creationOptions, madePasskey, type WebAuthnJson } from './passkeys.ts';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.ts';
import type { NewCookie } from './sessions.ts';
import type { Visitor } from './settings.ts';
import type { StoredAdministrator, StoredPasskey } from './store.ts';
import type { TicketKind } from './tickets.ts';

export interface OwnFactors {
  beginTotp(
    signedIn: SignedIn,
  ): Promise<{ readonly pending: string; readonly secret: string; readonly uri: string }>;
  finishTotp(
    signedIn: SignedIn,
    given: { readonly pending: string; readonly code: string },
  ): Promise<NewCookie & { readonly recoveryCodes: readonly string[] }>;
  removeTotp(signedIn: SignedIn): Promise<void>;
  renewRecoveryCodes(signedIn: SignedIn): Promise<readonly string[]>;
  beginPasskey(signedIn: SignedIn, visitor: Visitor): Promise<PasskeyQuestion>;
  finishPasskey(
    signedIn: SignedIn,
    given: { readonly pending: string; readonly name: string; readonly response: WebAuthnJson },
    visitor: Visitor,
  ): Promise<StoredPasskey>;
  removePasskey(signedIn: SignedIn, id: string): Promise<void>;
}

const LIVES_MS = 10 * 60_000;
const MAX_PASSKEYS = 20;
const TOTP: TicketKind<{ readonly sealed: string }> = {
  kind: 'enroll-totp',
  data: z.object({ sealed: z.string() }),
  livesMs: LIVES_MS,
};
const PASSKEY: TicketKind<{ readonly challenge: string }> = {
  kind: 'enroll-passkey',
  data: z.object({ challenge: z.string() }),
  livesMs: LIVES_MS,
};

export function createOwnFactors(means: Means): OwnFactors {
  return { ...totpFactors(means), ...passkeyFactors(means) };
}

/** Whose it is, and that they are here. */
async function freshAccount(means: Means, signedIn: SignedIn): Promise<StoredAdministrator> {
  await requireFresh(means, signedIn);
  return means.accounts.get(signedIn.administrator.id);
}

type TotpFactors = Pick<OwnFactors, 'beginTotp' | 'finishTotp' | 'removeTotp' | 'renewRecoveryCodes'>;

function totpFactors(means: Means): TotpFactors {
  const { accounts, clock, recorder, sessions, settings, store, tickets, totp } = means;

  async function newCodes(account: StoredAdministrator): Promise<readonly string[]> {
    const codes = newRecoveryCodes();
    const hashes = codes.map((code) => recoveryHash(code, account.reference));
    await store.factors.replaceRecoveryCodes(account.id, hashes);
    return codes;
  }

  return {
    async beginTotp(signedIn) {
      const account = await freshAccount(means, signedIn);
      const secret = await totp.newSecret();
      const sealed = totp.seal(secret, account.reference);
      await tickets.void(TOTP, account.id);
      const { token } = await tickets.issue(TOTP, account.id, { sealed });
      const issuer = settings().organization === '' ? 'Bartizan' : `Bartizan ${settings().organization}`;
      return { pending: token, secret, uri: await totp.uri(secret, account.id, issuer) };
    },
    async finishTotp(signedIn, { pending, code }) {
      const account = await freshAccount(means, signedIn);
      const ticket = await tickets.find(TOTP, pending);
      if (ticket?.administrator !== account.id)
        throw new Refusal('unacceptable', 'this enrollment is over: begin again');
      const { sealed } = ticket.data;
      const step = await totp.stepOf(totp.open(sealed, account.reference), code);
      if (step === undefined) throw new Refusal('unacceptable', 'this is not the code that counts now');
      if (!(await ticket.take())) throw new Refusal('unacceptable', 'this enrollment is over: begin again');
      await recorder.around({ actor: account.id, action: 'account.totp.enroll', account }, async () => {
        await accounts.change(account.id, (current) => ({
          ...current,
          totp: { sealed, enrolledAtMs: clock.now() },
        }));
        await store.accounts.useTotpStep(account.id, step);
      });
      return { recoveryCodes: await newCodes(account), ...(await sessions.rotate(signedIn)) };
    },
    async removeTotp(signedIn) {
      const account = await freshAccount(means, signedIn);
      if (account.totp === null) throw new Refusal('not_found', 'no authenticator is enrolled');
      await recorder.around({ actor: account.id, action: 'account.totp.remove', account }, async () => {
        await accounts.change(account.id, (current) => ({ ...current, totp: null }));
        await store.factors.replaceRecoveryCodes(account.id, []);
      });
    },
    async renewRecoveryCodes(signedIn) {
      const account = await freshAccount(means, signedIn);
      if (account.totp === null)
        throw new Refusal('conflict', 'recovery codes stand in for an authenticator');
      return recorder.around({ actor: account.id, action: 'account.recovery_codes', account }, () =>
        newCodes(account),
      );
    },
  };
}

type PasskeyFactors = Pick<OwnFactors, 'beginPasskey' | 'finishPasskey' | 'removePasskey'>;

function passkeyFactors(means: Means): PasskeyFactors {
  const { clock, recorder, settings, store, tickets } = means;
  return {
    async beginPasskey(signedIn, visitor) {
      const account = await freshAccount(means, signedIn);
      if (!settings().passkey) throw new Refusal('unacceptable', 'passkeys are not taken here');
      const present = await store.factors.passkeys(account.id);
      if (present.length >= MAX_PASSKEYS)
        throw new Refusal('unacceptable', `${MAX_PASSKEYS} passkeys at most`);
      const { challenge, options } = await creationOptions(placeOf(settings(), visitor), account, present);
      await tickets.void(PASSKEY, account.id);
      const { token } = await tickets.issue(PASSKEY, account.id, { challenge });
      return { pending: token, options };
    },
    async finishPasskey(signedIn, { pending, name, response }, visitor) {
      const account = await freshAccount(means, signedIn);
      const ticket = await tickets.find(PASSKEY, pending);
      if (ticket?.administrator !== account.id || !(await ticket.take()))
        throw new Refusal('unacceptable', 'this enrollment is over: begin again');
      const place = placeOf(settings(), visitor);
      const made = await madePasskey(place, ticket.data.challenge, response);
      const passkey = {
        ...made,
        administrator: account.id,
        name,
        createdAtMs: clock.now(),
        lastUsedAtMs: null,
      };
      const act = {
        actor: account.id,
        action: 'account.passkey.enroll',
        account,
        changes: [`passkey ${name}`],
      };
      await recorder.around(act, async () => {
        if ((await store.factors.addPasskey(passkey)) !== true)
          throw new Refusal('conflict', 'this passkey is here already');
      });
      return passkey;
    },
    async removePasskey(signedIn, id) {
      const account = await freshAccount(means, signedIn);
      const passkey = (await store.factors.passkeys(account.id)).find((each) => each.id === id);
      if (!passkey) throw new Refusal('not_found', 'there is no such passkey');
      const changes = [`passkey ${passkey.name}`];
      await recorder.around({ actor: account.id, action: 'account.passkey.remove', account, changes }, () =>
        store.factors.removePasskey(account.id, id),
      );
    },
  };
}
