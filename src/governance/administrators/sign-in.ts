/** Signing in with a password, and with what is asked for beside it. */
import { z } from 'zod';
import { Refusal } from '../../domain/refusal.ts';
import type { Entered } from './brake.ts';
import { failSignIn, finishSignIn, type SignedInNow } from './finish-sign-in.ts';
import type { Means } from './means.ts';
import { recoveryHash } from './recovery-codes.ts';
import type { Visitor } from './settings.ts';
import type { StoredAdministrator } from './store.ts';
import type { Ticket, TicketKind } from './tickets.ts';

export type SecondFactor = 'totp' | 'passkey' | 'recovery-code';

export interface SecondStep {
  readonly kind: 'second-factor';
  readonly pending: string;
  readonly factors: readonly SecondFactor[];
  readonly expiresAtMs: number;
}

export type SignInStep = SignedInNow | SecondStep;

export interface SignIn {
  /** @throws Refusal `sign_in_failed`, `sign_in_delayed` */
  withPassword(
    given: { readonly id: string; readonly password: string },
    visitor: Visitor,
  ): Promise<SignInStep>;
  withTotp(
    given: { readonly pending: string; readonly code: string },
    visitor: Visitor,
  ): Promise<SignedInNow>;
  withRecoveryCode(
    given: { readonly pending: string; readonly code: string },
    visitor: Visitor,
  ): Promise<SignedInNow>;
}

/** What a second step knows of the first one. */
export interface FirstStep {
  readonly reference: string;
  readonly methods: readonly string[];
}

export const FIRST_STEP: TicketKind<FirstStep> = {
  kind: 'second-factor',
  data: z.object({ reference: z.string(), methods: z.array(z.string()) }),
  livesMs: 5 * 60_000,
};

const MAX_WRONG_CODES = 5;

export function createSignIn(means: Means): SignIn {
  const { accounts, brake, devices, passwords, settings, store, totp } = means;

  async function withCode(
    { pending, code }: { readonly pending: string; readonly code: string },
    visitor: Visitor,
    method: 'totp' | 'recovery-code',
    isRight: (account: StoredAdministrator, code: string) => Promise<boolean>,
  ): Promise<SignedInNow> {
    const { ticket, account } = await firstStepOf(means, pending);
    const entered = await enterFactor(means, account, visitor);
    if (!(await isRight(account, code))) {
      if ((await ticket.fail()) >= MAX_WRONG_CODES) await ticket.take();
      throw failSignIn(means, account, method);
    }
    return secondStepDone(means, { ticket, account, entered, visitor, method });
  }

  return {
    async withPassword({ id, password }, visitor) {
      if (!settings().password) throw new Refusal('sign_in_failed', 'passwords are not taken here');
      const account = await accounts.find(id);
      const device = devices.recognize(visitor.device, account?.reference);
      const entered = await brake.enter({ what: 'password', account: id, address: visitor.address, device });
      const isRight = await passwords.verify(password, account?.passwordHash ?? undefined);
      if (!isRight || account === undefined || account.disabledAtMs !== null)
        throw failSignIn(means, account, 'password');
      await renewHash(means, account, password);
      return passwordDone(means, { account, entered, visitor });
    },
    withTotp: (given, visitor) =>
      withCode(given, visitor, 'totp', async (account, code) => {
        if (account.totp === null) return false;
        const step = await totp.stepOf(totp.open(account.totp.sealed, account.reference), code);
        return step !== undefined && (await store.accounts.useTotpStep(account.id, step)) === true;
      }),
    withRecoveryCode: (given, visitor) =>
      withCode(
        given,
        visitor,
        'recovery-code',
        async (account, code) =>
          (await store.factors.useRecoveryCode(account.id, recoveryHash(code, account.reference))) === true,
      ),
  };
}

/** What an account asks for beside a password. */
export async function factorsOf(
  { store, settings }: Means,
  account: StoredAdministrator,
): Promise<readonly SecondFactor[]> {
  const hasPasskey = settings().passkey && (await store.factors.passkeys(account.id)).length > 0;
  const hasCodes = account.totp !== null && (await store.factors.recoveryCodes(account.id)) > 0;
  return [
    ...(account.totp === null ? [] : (['totp'] as const)),
    ...(hasPasskey ? (['passkey'] as const) : []),
    ...(hasCodes ? (['recovery-code'] as const) : []),
  ];
}

/** The password was right, or a link has just set it. */
export async function passwordDone(
  means: Means,
  { account, entered, visitor }: { account: StoredAdministrator; entered?: Entered; visitor: Visitor },
): Promise<SignInStep> {
  const factors = await factorsOf(means, account);
  if (factors.length === 0) {
    await entered?.succeeded();
    return finishSignIn(means, account, visitor, ['password']);
  }
  await entered?.halfway();
  const data = { reference: account.reference, methods: ['password'] };
  const { token, expiresAtMs } = await means.tickets.issue(FIRST_STEP, account.id, data);
  return { kind: 'second-factor', pending: token, factors, expiresAtMs };
}

export interface AfterFirstStep {
  readonly ticket: Ticket<FirstStep>;
  readonly account: StoredAdministrator;
}

/** @throws Refusal `sign_in_failed` where the first step is too long ago, or was never taken */
export async function firstStepOf({ tickets, accounts }: Means, pending: string): Promise<AfterFirstStep> {
  const ticket = await tickets.find(FIRST_STEP, pending);
  const account = ticket && (await accounts.find(ticket.administrator));
  if (!ticket || account?.reference !== ticket.data.reference || account.disabledAtMs !== null)
    throw new Refusal('sign_in_failed', 'this sign-in is over: begin again');
  return { ticket, account };
}

export function enterFactor(
  { brake, devices }: Means,
  account: StoredAdministrator,
  visitor: Visitor,
): Promise<Entered> {
  const device = devices.recognize(visitor.device, account.reference);
  return brake.enter({ what: 'factor', account: account.id, address: visitor.address, device });
}

export async function secondStepDone(
  means: Means,
  done: AfterFirstStep & { readonly entered: Entered; readonly visitor: Visitor; readonly method: string },
): Promise<SignedInNow> {
  const { ticket, account, entered, visitor, method } = done;
  if (!(await ticket.take())) throw new Refusal('sign_in_failed', 'this sign-in is over: begin again');
  await entered.succeeded();
  return finishSignIn(means, account, visitor, [...ticket.data.methods, method]);
}

/** Parameters grow over the years; whoever signs in takes them on. */
async function renewHash(
  { passwords, accounts }: Means,
  { id, passwordHash }: StoredAdministrator,
  password: string,
): Promise<void> {
  if (passwordHash === null || !passwords.isOutdated(passwordHash)) return;
  const renewed = await passwords.hash(password);
  await accounts.change(id, (current) =>
    current.passwordHash === passwordHash ? { ...current, passwordHash: renewed } : current,
  );
}
