/** Accounts as a directory wants them: made, given roles, disabled with all that is signed in, removed. */
import type { Assignment } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LOCAL, newAccount } from './account.ts';
import type { Means } from './means.ts';
import { stateOf } from './record.ts';
import type { StoredAdministrator } from './store.ts';

export interface ProvisionedPerson {
  readonly id: string;
  readonly displayName: string;
  readonly isActive: boolean;
  readonly assignments: readonly Assignment[];
}

export interface Provisioned {
  /**
   * Makes it so, whatever it was: roles that somebody gave it by hand are gone. `source` names the identity provider that vouches for it; an account with a password of
   * its own is not the directory's.
   * @throws Refusal `conflict`, `record_unavailable`
   */
  put(person: ProvisionedPerson, source: string, actor: string): Promise<void>;
  /** Nothing where there is none. @throws Refusal `conflict`, `record_unavailable` */
  remove(id: string, actor: string): Promise<void>;
}

export function createProvisioned(means: Means): Provisioned {
  const { accounts, clock, recorder, sessions, tokens } = means;

  async function endAll({ id }: StoredAdministrator): Promise<void> {
    await sessions.endAll(id);
    for (const token of await tokens.list(id)) await tokens.revoke(id, token.id);
  }

  return {
    async put(person, source, actor) {
      const nowMs = clock.now();
      const found = await accounts.find(person.id);
      requireOf(source, found);
      const fresh =
        found ?? newAccount(person.id, { displayName: person.displayName, assignments: [], nowMs });
      const wanted = (current: StoredAdministrator): StoredAdministrator => ({
        ...current,
        displayName: person.displayName,
        source,
        assignments: person.assignments,
        disabledAtMs: person.isActive ? null : (current.disabledAtMs ?? nowMs),
      });
      const next = wanted(fresh);
      if (found === undefined || !isAlike(found, next)) {
        const act = {
          actor,
          action: found ? 'administrator.reprovision' : 'administrator.provision',
          account: next,
          ...(found ? { before: stateOf(found) } : {}),
          after: stateOf(next),
        };
        await recorder.around(act, () =>
          accounts.edit(fresh.id, (current) => {
            requireOf(source, current);
            return wanted(current ?? fresh);
          }),
        );
      }
      // Again each time: what broke off half-way is made good when the directory says it again.
      if (!person.isActive) await endAll(next);
    },
    async remove(id, actor) {
      const found = await accounts.find(id);
      if (found === undefined) return;
      requireProvisioned(found);
      const act = { actor, action: 'administrator.remove', account: found, before: stateOf(found) };
      await recorder.around(act, async () => {
        await endAll(found);
        await accounts.edit(found.id, (current) => {
          requireProvisioned(current);
          return null;
        });
      });
    },
  };
}

/** Nor one that another identity provider vouches for. */
function requireOf(source: string, account: StoredAdministrator | undefined): void {
  requireProvisioned(account);
  if (account !== undefined && account.source !== source)
    throw new Refusal(
      'conflict',
      'there is an account of this name that another identity provider vouches for',
      {
        pointer: '/userName',
      },
    );
}

/** A directory does not take over an account that somebody made here: it could lock its owner out. */
function requireProvisioned(account: StoredAdministrator | undefined): void {
  if (account?.source === LOCAL)
    throw new Refusal('conflict', 'there is an account of this name that no directory made', {
      pointer: '/userName',
    });
}

function isAlike(one: StoredAdministrator, other: StoredAdministrator): boolean {
  return (
    one.displayName === other.displayName && one.source === other.source && stateOf(one) === stateOf(other)
  );
}
