/** Signing in with a passkey: by itself, or as the second of two steps. */
import { z } from 'zod';
import { decrypt, encrypt } from '../../base/envelope.ts';
import { Refusal } from '../../domain/refusal.ts';
import { failSignIn, finishSignIn, type SignedInNow } from './finish-sign-in.ts';
import type { Means } from './means.ts';
import { passkeyUse, requestOptions, type PasskeyPlace, type WebAuthnJson } from './passkeys.ts';
import type { Visitor } from './settings.ts';
import { enterFactor, firstStepOf, secondStepDone } from './sign-in.ts';
import type { StoredAdministrator, StoredPasskey } from './store.ts';
import { hashOf } from './token.ts';

export interface PasskeyQuestion {
  readonly pending: string;
  readonly options: WebAuthnJson;
}

export interface PasskeySignIn {
  /** `pending`: of the first step, where there was one. */
  begin(pending: string | undefined, visitor: Visitor): Promise<PasskeyQuestion>;
  finish(
    given: { readonly pending: string; readonly response: WebAuthnJson },
    visitor: Visitor,
  ): Promise<SignedInNow>;
}

const stepSchema = z.object({
  challenge: z.string(),
  /** Of the first step; empty: there was none. */
  pending: z.string(),
  expiresAtMs: z.number(),
});

const CONTEXT = 'bartizan passkey step';
const LIVES_MS = 5 * 60_000;
const responseId = z.looseObject({
  id: z.string().max(2_000),
  response: z.looseObject({ userHandle: z.string().max(200).nullish() }),
});

export function createPasskeySignIn(means: Means): PasskeySignIn {
  const { store, clock, accounts, stepKey, settings } = means;

  /** Sealed and with the browser: whoever is nobody yet writes nothing into the store. */
  const seal = (step: z.infer<typeof stepSchema>): string =>
    encrypt(stepKey, Buffer.from(JSON.stringify(step)), CONTEXT).toString('base64url');
  const open = (sealed: string) => {
    const text = decrypt(stepKey, Buffer.from(sealed, 'base64url'), CONTEXT)?.toString();
    const step = text === undefined ? undefined : stepSchema.parse(JSON.parse(text));
    if (step === undefined || !(clock.now() < step.expiresAtMs))
      throw new Refusal('sign_in_failed', 'this sign-in is over: begin again');
    return step;
  };

  return {
    async begin(pending = '', visitor) {
      requireAllowed(means);
      const allowed =
        pending === '' ? [] : await store.factors.passkeys((await firstStepOf(means, pending)).account.id);
      const { challenge, options } = await requestOptions(placeOf(settings(), visitor), allowed);
      return { pending: seal({ challenge, pending, expiresAtMs: clock.now() + LIVES_MS }), options };
    },
    async finish({ pending: sealed, response }, visitor) {
      requireAllowed(means);
      const step = open(sealed);
      const first = step.pending === '' ? undefined : await firstStepOf(means, step.pending);
      const parsed = responseId.safeParse(response);
      const passkey = parsed.success ? await store.factors.passkey(parsed.data.id) : undefined;
      const account = passkey && (await accounts.find(passkey.administrator));
      if (!passkey || !account || account.disabledAtMs !== null || (first && first.account.id !== account.id))
        throw failSignIn(means, undefined, 'passkey');
      const entered = await enterFactor(means, account, visitor);
      const handle = parsed.data?.response.userHandle ?? undefined;
      const belongs =
        handle === undefined || Buffer.from(handle, 'base64url').toString() === account.reference;
      const isRight = belongs && (await proven(means, { passkey, step, response, visitor }));
      if (!isRight || !(await useOnce(means, sealed, account, step.expiresAtMs)))
        throw failSignIn(means, account, 'passkey');
      if (first) return secondStepDone(means, { ...first, entered, visitor, method: 'passkey' });
      await entered.succeeded();
      return finishSignIn(means, account, visitor, ['passkey']);
    },
  };
}

/** Where passkeys belong. */
export function placeOf(
  {
    publicOrigin,
    organization,
  }: { readonly publicOrigin: string | undefined; readonly organization: string },
  { origin }: Visitor,
): PasskeyPlace {
  return { origin: publicOrigin ?? origin, organization };
}

function requireAllowed({ settings }: Means): void {
  if (!settings().passkey) throw new Refusal('sign_in_failed', 'passkeys are not taken here');
}

interface Proof {
  readonly passkey: StoredPasskey;
  readonly step: { readonly challenge: string };
  readonly response: WebAuthnJson;
  readonly visitor: Visitor;
}

async function proven(
  { store, settings, clock }: Means,
  { passkey, step, response, visitor }: Proof,
): Promise<boolean> {
  const use = await passkeyUse(placeOf(settings(), visitor), step.challenge, passkey, response);
  if (use === undefined) return false;
  const { newCounter: to, isBackedUp } = use;
  return (
    (await store.factors.usePasskey(passkey.id, {
      from: passkey.counter,
      to,
      isBackedUp,
      atMs: clock.now(),
    })) === true
  );
}

/** Many passkeys count nothing, so the challenge itself is used up. */
async function useOnce(
  { store }: Means,
  sealed: string,
  { id }: StoredAdministrator,
  expiresAtMs: number,
): Promise<boolean> {
  const hash = hashOf(sealed);
  if ((await store.tickets.find(hash)) !== undefined) return false;
  // Of two at once the store keeps one: the other finds its place taken.
  await store.tickets.add({ hash, kind: 'used-challenge', administrator: id, data: '{}', expiresAtMs });
  return true;
}
