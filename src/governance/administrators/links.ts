/** Links that make an account, or give it a new password: for the first owner, for the invited, for who forgot. */
import { z } from 'zod';
import type { Assignment } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import { newAccount } from './account.ts';
import type { Means } from './means.ts';
import { weaknessOf } from './password.ts';
import { stateOf } from './record.ts';
import type { Visitor } from './settings.ts';
import { passwordDone, type SignInStep } from './sign-in.ts';
import type { StoredAdministrator } from './store.ts';
import type { Ticket, TicketKind } from './tickets.ts';

export interface LinkShown {
  /** Null: whoever comes first chooses. */
  readonly id: string | null;
  readonly displayName: string;
  readonly assignments: readonly Assignment[];
  readonly expiresAtMs: number;
}

export interface NewLink {
  readonly token: string;
  readonly expiresAtMs: number;
}

export interface LinkAnswer {
  readonly token: string;
  readonly id: string | undefined;
  readonly displayName: string;
  readonly password: string;
}

export interface Links {
  /** The link of the first start, where nobody administers the house yet. */
  first(): Promise<NewLink | undefined>;
  /** For an account that is there; earlier ones are void. */
  invite(account: StoredAdministrator): Promise<NewLink>;
  /** @throws Refusal `sign_in_failed` for a link that opens nothing (any more) */
  show(token: string): Promise<LinkShown>;
  accept(answer: LinkAnswer, visitor: Visitor): Promise<SignInStep>;
}

const DAY_MS = 24 * 60 * 60_000;
const none = z.object({});
const FIRST: TicketKind<object> = { kind: 'first-owner', data: none, livesMs: DAY_MS };
const INVITATION: TicketKind<{ readonly reference: string }> = {
  kind: 'invitation',
  data: z.object({ reference: z.string() }),
  livesMs: 7 * DAY_MS,
};
const OWNER: Assignment = { role: 'owner', scope: { kind: 'organization' } };

export function createLinks(means: Means): Links {
  const { tickets, store, accounts } = means;

  /** @throws Refusal `sign_in_failed` */
  async function opened(token: string): Promise<Opened> {
    const first = await tickets.find(FIRST, token);
    if (first && (await store.accounts.isEmpty()) === true) return { ticket: first, account: undefined };
    const ticket = first ? undefined : await tickets.find(INVITATION, token);
    const account = ticket && (await accounts.find(ticket.administrator));
    if (!ticket || account?.reference !== ticket.data.reference || account.disabledAtMs !== null)
      throw new Refusal('sign_in_failed', 'this link was used, is too old, or never was one');
    return { ticket, account };
  }

  return {
    async first() {
      if ((await store.accounts.isEmpty()) !== true) return undefined;
      return tickets.issue(FIRST, '', {});
    },
    async invite({ id, reference }) {
      await tickets.void(INVITATION, id);
      return tickets.issue(INVITATION, id, { reference });
    },
    async show(token) {
      const { ticket, account } = await opened(token);
      return {
        id: account?.id ?? null,
        displayName: account?.displayName ?? '',
        assignments: account?.assignments ?? [OWNER],
        expiresAtMs: ticket.expiresAtMs,
      };
    },
    async accept(answer, visitor) {
      const link = await opened(answer.token);
      return acceptLink(means, link, answer, visitor);
    },
  };
}

interface Opened {
  readonly ticket: Ticket<unknown>;
  /** Undefined: it is yet to be made. */
  readonly account: StoredAdministrator | undefined;
}

async function acceptLink(
  means: Means,
  { ticket, account }: Opened,
  { id, displayName, password }: LinkAnswer,
  visitor: Visitor,
): Promise<SignInStep> {
  const { accounts, clock, passwords, recorder } = means;
  const wanted = account?.id ?? id;
  if (wanted === undefined) throw unacceptable('/id', 'is needed: the account has none yet');
  requireStrong(password, [wanted, displayName], '/password');
  const passwordHash = await passwords.hash(password);
  const nowMs = clock.now();
  const fresh = account ?? newAccount(wanted, { displayName, assignments: [OWNER], nowMs });
  const next = { ...fresh, displayName, passwordHash };
  const act = {
    actor: wanted,
    action: account ? 'administrator.accept' : 'administrator.first',
    account: next,
    after: stateOf(next),
  };
  const made = await recorder.around(act, async () => {
    if (!(await ticket.take())) throw new Refusal('sign_in_failed', 'this link was used meanwhile');
    return accounts.edit(wanted, (current, others) => {
      const isAsExpected = account
        ? current?.reference === account.reference && current.disabledAtMs === null
        : others.administrators === 0 && current === undefined;
      if (!isAsExpected) throw new Refusal('sign_in_failed', 'this link opens nothing any more');
      return { ...(current ?? fresh), displayName, passwordHash };
    });
  });
  if (made === null) throw new Error('an accepted link leaves an account');
  await means.sessions.endAll(made.id);
  return passwordDone(means, { account: made, visitor });
}

/** @throws Refusal `unacceptable` */
export function requireStrong(password: string, names: readonly string[], pointer: string): void {
  const weakness = weaknessOf(password, names);
  if (weakness !== undefined) throw unacceptable(pointer, weakness);
}

export function unacceptable(pointer: string, message: string): Refusal {
  return new Refusal('unacceptable', `body at ${pointer}: ${message}`, {
    problems: [{ in: 'body', pointer, message }],
  });
}
