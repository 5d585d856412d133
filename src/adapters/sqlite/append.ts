/** One commit of the log: leaves are numbered, and what lies beside them is written with them, or nothing is. */
import { leafText } from '../../modules/audit/store.ts';
import type { SqliteConnection } from './connection.ts';
import type { AppendedExtra, AppendMessage } from './writer-messages.ts';

export interface Numbered {
  readonly firstSequence: number;
  readonly firstIndex: number;
}

/** Numbers are given out inside the transaction: one that fails takes its numbers back. */
export function createAppend(
  connection: SqliteConnection,
  instance: string,
): (message: AppendMessage) => Numbered {
  const counters = createCounters(connection, instance);
  const insert = connection.prepare(
    'insert into audit (leaf_index, instance, sequence, kind, id, at_ms, identity) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertLeaf = connection.prepare('insert into log_leaves (leaf_index, leaf) values (?, ?)');
  const open = connection.prepare('insert or ignore into audit_open (instance, id) values (?, ?)');
  const close = connection.prepare('delete from audit_open where instance = ? and id = ?');
  const insertExtra = createInsertExtra(connection);
  const transaction = connection.transaction((message: AppendMessage): Numbered => {
    const { kinds, ids, times, marks, bodies, identities, extras } = message;
    const { firstSequence, firstIndex } = counters.advance(ids.length);
    for (const [at, id] of ids.entries()) {
      const [index, sequence] = [firstIndex + at, firstSequence + at];
      insert.run(index, instance, sequence, kinds[at], id, times[at], identities[at]);
      insertLeaf.run(index, leafText(instance, sequence, bodies[at] ?? ''));
      if (marks[at] === 'opens') open.run(instance, id);
      if (marks[at] === 'closes') close.run(instance, id);
    }
    for (const extra of extras) insertExtra(firstIndex + extra.at, extra);
    return { firstSequence, firstIndex };
  });
  return (message) => transaction.immediate(message);
}

function createCounters(connection: SqliteConnection, instance: string) {
  const lastSequence = connection
    .prepare<[string], number>('select last_sequence from audit_instances where instance = ?')
    .pluck();
  const setLastSequence = connection.prepare(
    'insert into audit_instances (instance, last_sequence) values (?, ?) on conflict do update set last_sequence = excluded.last_sequence',
  );
  const advanceLog = connection
    .prepare<[number], number>('update log_counter set sequenced = sequenced + ? returning sequenced')
    .pluck();
  return {
    advance(count: number): Numbered {
      const last = lastSequence.get(instance) ?? 0;
      setLastSequence.run(instance, last + count);
      const size = advanceLog.get(count);
      if (size === undefined) throw new Error('the log has no counter');
      return { firstSequence: last + 1, firstIndex: size - count };
    },
  };
}

function createInsertExtra(connection: SqliteConnection): (index: number, extra: AppendedExtra) => void {
  const identityRow = connection.prepare(
    'insert or ignore into audit_identities (id, subject, wrapped_key, sealed) values (?, ?, ?, ?)',
  );
  const contentRow = connection.prepare(
    'insert into audit_content (leaf_index, subjects, wrapped_key, sealed) values (?, ?, ?, ?)',
  );
  const subjectRow = connection.prepare(
    'insert or ignore into audit_subjects (subject, leaf_index) values (?, ?)',
  );
  const vaultRow = connection.prepare(
    'insert into audit_vault (leaf_index, subject, wrapped_key, sealed) values (?, ?, ?, ?)',
  );
  return (index, { identity, content, subjects, vault = [] }) => {
    if (identity?.text)
      identityRow.run(identity.id, identity.subject, identity.text.wrappedKey, identity.text.sealed);
    if (content) contentRow.run(index, JSON.stringify(content.subjects), content.wrappedKey, content.sealed);
    for (const subject of subjects) subjectRow.run(subject, index);
    for (const { subject, text } of vault) vaultRow.run(index, subject, text.wrappedKey, text.sealed);
  };
}
