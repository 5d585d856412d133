/** Keys of records, as the keys of subjects wrap them, in an SQL database. */
import { vaultName } from '../../modules/audit/store.ts';
import type { WrappedKey, WrappedKeyStore } from '../../modules/audit/store.ts';
import type { SqlDatabase, Writing } from './sql-database.ts';

export function createWrappedKeys({ queries, write }: SqlDatabase): WrappedKeyStore {
  return {
    async wrapped(key, limit) {
      const found: WrappedKey[] = [];
      for (const read of [identities, vaults, contents])
        if (found.length < limit) found.push(...(await read(queries, key, limit - found.length)));
      return found;
    },
    rewrap: (from, to, rows) =>
      write(async (transaction) => {
        for (const row of rows) await put(transaction, from, to, row);
        await transaction
          .updateTable('audit_subjects')
          .set({ subject: to })
          .where('subject', '=', from)
          .execute();
      }),
  };
}

async function identities(queries: Writing, key: string, limit: number): Promise<readonly WrappedKey[]> {
  const rows = await queries
    .selectFrom('audit_identities')
    .select(['id', 'wrapped_key'])
    .where('subject', '=', key)
    .limit(limit)
    .execute();
  return rows.map(({ id, wrapped_key: wrappedKey }) => ({
    part: 'identity',
    place: id,
    name: id,
    subjects: [key],
    wrappedKey,
  }));
}

async function vaults(queries: Writing, key: string, limit: number): Promise<readonly WrappedKey[]> {
  const rows = await queries
    .selectFrom('audit_vault')
    .innerJoin('audit', 'audit.leaf_index', 'audit_vault.leaf_index')
    .select(['audit_vault.leaf_index', 'audit.id', 'audit_vault.wrapped_key'])
    .where('audit_vault.subject', '=', key)
    .limit(limit)
    .execute();
  return rows.map(({ leaf_index, id, wrapped_key: wrappedKey }) => ({
    part: 'vault',
    place: String(leaf_index),
    name: vaultName(id),
    subjects: [key],
    wrappedKey,
  }));
}

async function contents(queries: Writing, key: string, limit: number): Promise<readonly WrappedKey[]> {
  const rows = await queries
    .selectFrom('audit_content')
    .innerJoin('audit', 'audit.leaf_index', 'audit_content.leaf_index')
    .select(['audit_content.leaf_index', 'audit.id', 'audit_content.subjects', 'audit_content.wrapped_key'])
    .where('audit_content.subjects', 'like', `%"${key}"%`)
    .limit(limit)
    .execute();
  return rows.map(({ leaf_index, id, subjects, wrapped_key: wrappedKey }) => ({
    part: 'content',
    place: String(leaf_index),
    name: id,
    // Written by this house.
    subjects: JSON.parse(subjects) as string[],
    wrappedKey,
  }));
}

/** What was erased or purged meanwhile stays gone. */
async function put(
  transaction: Writing,
  from: string,
  to: string,
  { part, place, subjects, wrappedKey }: WrappedKey,
): Promise<void> {
  if (part === 'identity') {
    await transaction
      .updateTable('audit_identities')
      .set({ subject: to, wrapped_key: wrappedKey })
      .where('id', '=', place)
      .where('subject', '=', from)
      .execute();
  } else if (part === 'vault') {
    await transaction
      .updateTable('audit_vault')
      .set({ subject: to, wrapped_key: wrappedKey })
      .where('leaf_index', '=', Number(place))
      .where('subject', '=', from)
      .execute();
  } else {
    const before = JSON.stringify(subjects.map((id) => (id === to ? from : id)));
    await transaction
      .updateTable('audit_content')
      .set({ subjects: JSON.stringify(subjects), wrapped_key: wrappedKey })
      .where('leaf_index', '=', Number(place))
      .where('subjects', '=', before)
      .execute();
  }
}
