/** What an account is, as far as rules depend on it. */
import { newId } from '../../base/ids.ts';
import type { Administrator, Assignment } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { StoredAdministrator } from './store.ts';

export const LOCAL = 'local';

export type AccountStatus = 'active' | 'invited' | 'disabled';

/** An account without any way in yet. */
export function newAccount(
  id: string,
  given: {
    readonly displayName: string;
    readonly assignments: readonly Assignment[];
    readonly nowMs: number;
  },
): StoredAdministrator {
  return {
    id,
    reference: newId('adr', given.nowMs),
    displayName: given.displayName,
    source: LOCAL,
    subject: null,
    assignments: given.assignments,
    providerAssignments: [],
    passwordHash: null,
    totp: null,
    createdAtMs: given.nowMs,
    disabledAtMs: null,
    lastSignInAtMs: null,
    isOwner: false,
  };
}

/** With what follows from the rest of it. */
export function settled(account: StoredAdministrator): StoredAdministrator {
  const isOwner =
    account.disabledAtMs === null &&
    canSignIn(account) &&
    [...account.assignments, ...account.providerAssignments].some(
      ({ role, scope }) => role === 'owner' && scope.kind === 'organization',
    );
  return { ...account, isOwner };
}

/** A passkey comes to an account that had a way in before, and a password is never taken away. */
function canSignIn({ passwordHash, source }: StoredAdministrator): boolean {
  return passwordHash !== null || source !== LOCAL;
}

export function statusOf(account: StoredAdministrator): AccountStatus {
  if (account.disabledAtMs !== null) return 'disabled';
  return canSignIn(account) ? 'active' : 'invited';
}

export function administratorOf(account: StoredAdministrator): Administrator {
  const { id, displayName, assignments, providerAssignments } = account;
  return { id, displayName, assignments: [...assignments, ...providerAssignments] };
}

/**
 * Whoever looks after the house last cannot leave it.
 * @throws Refusal `conflict`
 */
export function requireOwnerLeft(
  before: StoredAdministrator | undefined,
  after: StoredAdministrator | null,
  others: { readonly owners: number },
): void {
  if (before?.isOwner === true && after?.isOwner !== true && !(others.owners > 0))
    throw new Refusal('conflict', 'this is the last owner: name another one first');
}
