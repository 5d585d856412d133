/** Changes of accounts: each is checked where nothing can come between, and the last owner stays. */
import { Refusal } from '../../domain/refusal.ts';
import { requireOwnerLeft, settled } from './account.ts';
import type { AccountStore, Others, StoredAdministrator } from './store.ts';

/** Gives what shall be of what is there; null removes it. What it throws, nothing comes of. */
export type AccountEdit = (
  current: StoredAdministrator | undefined,
  others: Others,
) => StoredAdministrator | null;

export interface Accounts {
  find(id: string): Promise<StoredAdministrator | undefined>;
  /** @throws Refusal `not_found` */
  get(id: string): Promise<StoredAdministrator>;
  /** @throws Refusal `conflict` where nobody would own the house any more, and whatever the edit throws */
  edit(id: string, edit: AccountEdit): Promise<StoredAdministrator | null>;
  /** Of one that is there. @throws Refusal `not_found` */
  change(
    id: string,
    change: (current: StoredAdministrator) => StoredAdministrator,
  ): Promise<StoredAdministrator>;
}

/** `onEdit` forgets what was remembered of accounts. */
export function createAccounts(store: AccountStore, onEdit: () => void): Accounts {
  const find = async (id: string) => {
    const found = await store.find(id);
    // A stranger's answer to another question is none.
    return found?.id.toLowerCase() === id.toLowerCase() ? found : undefined;
  };
  const edit = async (id: string, wanted: AccountEdit): Promise<StoredAdministrator | null> => {
    let made: StoredAdministrator | null | undefined;
    await store.edit(id, (current, others) => {
      const next = wanted(current, others);
      made = next === null ? null : settled(next);
      requireOwnerLeft(current, made, others);
      return made;
    });
    onEdit();
    if (made === undefined) throw new Error('the store of accounts changed nothing');
    return made;
  };
  return {
    find,
    async get(id) {
      const found = await find(id);
      if (!found) throw new Refusal('not_found', 'there is no such administrator');
      return found;
    },
    edit,
    async change(id, change) {
      const made = await edit(id, (current) => {
        if (!current) throw new Refusal('not_found', 'there is no such administrator');
        return change(current);
      });
      if (made === null) throw new Error('a change is no removal');
      return made;
    },
  };
}
