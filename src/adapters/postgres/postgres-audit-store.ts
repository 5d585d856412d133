/** The record in PostgreSQL: what arrived while the last commit was under way goes into one statement. */
import type pg from 'pg';
import type { Receipt } from '../../domain/record.ts';
import type { AuditStore, NewEntry } from '../../modules/audit/store.ts';
import type { AuditReader } from '../sql/audit-reader.ts';

const MAX_ENTRIES_PER_COMMIT = 1_000;
const MAX_BYTES_PER_COMMIT = 8 * 1024 * 1024;

/**
 * One statement is one transaction: no connection that is lost can leave it open. Whoever counts the log on holds its
 * counter until they have committed, so that leaves become visible in their order. The entries come as lines of one text:
 * as an array of texts each quote in them would have to be escaped, and PostgreSQL's own JSON does not take every string
 * that is JSON (U+0000). The leaf is written here as `leafText` writes it.
 */
const APPEND = `
with ready as materialized (
  select case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', true) end
), counter as (
  insert into audit_instances (instance, last_sequence) select $1::text, $2::bigint from ready
  on conflict (instance) do update set last_sequence = audit_instances.last_sequence + excluded.last_sequence
  returning last_sequence
), log as (
  update log_counter set sequenced = sequenced + $2::bigint returning sequenced
), line as materialized (
  select log.sequenced - $2::bigint + ordinality - 1 as leaf_index, counter.last_sequence - $2::bigint + ordinality as sequence,
    kind, id, at_ms, identity, body
  from counter cross join log
  cross join unnest($3::text[], $4::text[], $5::bigint[], $6::text[], string_to_array($7::text, e'\\n'))
    with ordinality as lines(kind, id, at_ms, identity, body, ordinality)
), added as (
  insert into audit (leaf_index, instance, sequence, kind, id, at_ms, identity)
  select leaf_index, $1::text, sequence, kind, id, at_ms, identity from line
), leaves as (
  insert into log_leaves (leaf_index, leaf)
  select leaf_index, '{"counter":{"instance":"' || $1::text || '","sequence":' || sequence || '},"entry":' || body || ',"v":1}'
  from line
), opened as (
  insert into audit_open (instance, id) select $1::text, id from unnest($8::text[]) as opening(id) on conflict do nothing
), closed as (
  delete from audit_open where instance = $1::text and id = any($9::text[])
), identities as (
  insert into audit_identities (id, subject, wrapped_key, sealed)
  select * from unnest($10::text[], $11::text[], $12::bytea[], $13::bytea[]) on conflict do nothing
), content as (
  insert into audit_content (leaf_index, subjects, wrapped_key, sealed)
  select log.sequenced - $2::bigint + at, subjects, wrapped_key, sealed
  from log cross join unnest($14::bigint[], $15::text[], $16::bytea[], $17::bytea[]) as said(at, subjects, wrapped_key, sealed)
), concerned as (
  insert into audit_subjects (subject, leaf_index)
  select subject, log.sequenced - $2::bigint + at
  from log cross join unnest($18::bigint[], $19::text[]) as concerning(at, subject) on conflict do nothing
), vault as (
  insert into audit_vault (leaf_index, subject, wrapped_key, sealed)
  select log.sequenced - $2::bigint + at, subject, wrapped_key, sealed
  from log cross join unnest($20::bigint[], $21::text[], $22::bytea[], $23::bytea[]) as held(at, subject, wrapped_key, sealed)
)
select last_sequence, sequenced from counter cross join log`;

interface Waiting {
  readonly entry: NewEntry;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: Error) => void;
}

export interface PostgresAuditSettings {
  readonly pool: pg.Pool;
  readonly reader: AuditReader;
  /** MUST need no escaping in JSON. */
  readonly instance: string;
  readonly maxWaiting: number;
}

export function createPostgresAuditStore(settings: PostgresAuditSettings): AuditStore {
  const { pool, reader, instance, maxWaiting } = settings;
  const waiting: Waiting[] = [];
  let committing: Promise<void> | null = null;
  let isClosed = false;

  async function commit(group: readonly Waiting[]): Promise<void> {
    const { rows } = await pool.query<{ last_sequence: number; sequenced: number }>({
      name: 'audit-append',
      text: APPEND,
      values: [instance, group.length, ...columnsOf(group.map(({ entry }) => entry))],
    });
    const [row] = rows;
    if (row === undefined) throw new Error('PostgreSQL gave out no number');
    for (const [at, { resolve }] of group.entries())
      resolve({
        instance,
        sequence: row.last_sequence - group.length + 1 + at,
        index: row.sequenced - group.length + at,
      });
  }

  async function commitAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, groupSize(waiting));
      try {
        await commit(group);
      } catch (cause) {
        // Whatever waits behind a failed commit fails with it: a caller is told no, rather than kept.
        const error = new Error('the audit log was not written', { cause });
        for (const { reject } of [...group, ...waiting.splice(0)]) reject(error);
      }
    }
    committing = null;
  }

  return {
    append(entry) {
      if (isClosed) return Promise.reject(new Error('the audit log is closed'));
      if (waiting.length >= maxWaiting) {
        return Promise.reject(new Error(`${waiting.length} entries are waiting already`));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        // After this tick, so that all its entries go together.
        committing ??= new Promise((done) => setImmediate(done)).then(commitAll);
      });
    },
    read: reader.read,
    vault: reader.vault,
    beside: reader.beside,
    unfinished: reader.unfinished,
    async close() {
      isClosed = true;
      while (committing) await committing;
    },
  };
}

/** The statement's parameters from the third on. */
function columnsOf(entries: readonly NewEntry[]): readonly unknown[] {
  const { opened, closed } = marks(entries);
  const identities = entries.flatMap(({ identity }) =>
    identity?.text ? [{ ...identity, ...identity.text }] : [],
  );
  const contents = entries.flatMap(({ content }, at) => (content ? [{ at, ...content }] : []));
  const concerned = entries.flatMap(({ subjects }, at) => subjects.map((subject) => ({ at, subject })));
  const vault = entries.flatMap((entry, at) => (entry.vault ?? []).map((each) => ({ at, ...each })));
  return [
    entries.map(({ kind }) => kind),
    entries.map(({ id }) => id),
    entries.map(({ at }) => at),
    entries.map(({ identity }) => identity?.id ?? null),
    // JSON.stringify writes no line feed of its own.
    entries.map(({ body }) => body).join('\n'),
    opened,
    closed,
    identities.map(({ id }) => id),
    identities.map(({ subject }) => subject),
    identities.map(({ wrappedKey }) => wrappedKey),
    identities.map(({ sealed }) => sealed),
    contents.map(({ at }) => at),
    contents.map(({ subjects }) => JSON.stringify(subjects)),
    contents.map(({ wrappedKey }) => wrappedKey),
    contents.map(({ sealed }) => sealed),
    concerned.map(({ at }) => at),
    concerned.map(({ subject }) => subject),
    vault.map(({ at }) => at),
    vault.map(({ subject }) => subject),
    vault.map(({ text }) => text.wrappedKey),
    vault.map(({ text }) => text.sealed),
  ];
}

/** An id that is opened and closed in one group is neither: one statement does not see what it adds itself. */
function marks(entries: readonly NewEntry[]): { opened: string[]; closed: string[] } {
  const opened = new Set<string>();
  const closed = new Set<string>();
  for (const { mark, id } of entries) {
    if (mark === 'opens') opened.add(id);
    if (mark === 'closes' && !opened.delete(id)) closed.add(id);
  }
  return { opened: [...opened], closed: [...closed] };
}

function groupSize(waiting: readonly Waiting[]): number {
  let bytes = 0;
  let size = 0;
  while (size < Math.min(waiting.length, MAX_ENTRIES_PER_COMMIT) && bytes < MAX_BYTES_PER_COMMIT) {
    const entry = waiting[size]?.entry;
    bytes += (entry?.body.length ?? 0) + (entry?.content?.sealed.length ?? 0);
    size++;
  }
  return size;
}
