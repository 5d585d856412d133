/** The audit log in PostgreSQL: what arrived while the last commit was under way goes into one statement. */
import type pg from 'pg';
import type { AuditEntry, Receipt } from '../../domain/record.ts';
import type { AuditStore } from '../../modules/audit/store.ts';
import type { AuditReader } from '../sql/audit-reader.ts';
import { markOf } from '../sql/entry-mark.ts';

/**
 * Writers hold it shared while a position is given out and not committed yet; a reader that wants to continue from
 * where it stopped takes it for a moment alone, so that nothing can be committed behind its back.
 */
const POSITION_LOCK = 0x62_61_72_74_6c_6f;

const MAX_ENTRIES_PER_COMMIT = 1_000;
const MAX_BYTES_PER_COMMIT = 8 * 1024 * 1024;

/**
 * One statement is one transaction: no connection that is lost can leave it open. The entries come as lines of one
 * text: as an array of texts each quote in them would have to be escaped, and PostgreSQL's own JSON does not take
 * every string that is JSON (U+0000).
 */
const APPEND = `
with ready as materialized (
  select pg_advisory_xact_lock_shared(${POSITION_LOCK}),
    case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', true) end
), counter as (
  insert into audit_instances (instance, last_sequence) select $1::text, $2::bigint from ready
  on conflict (instance) do update set last_sequence = audit_instances.last_sequence + excluded.last_sequence
  returning last_sequence
), added as (
  insert into audit (instance, sequence, kind, id, at_ms, entry)
  select $1::text, counter.last_sequence - $2::bigint + line.ordinality, line.kind, line.id, line.at_ms, line.entry
  from counter cross join unnest($3::text[], $4::text[], $5::bigint[], string_to_array($6::text, e'\\n'))
    with ordinality as line(kind, id, at_ms, entry, ordinality)
  order by line.ordinality
), opened as (
  insert into audit_open (instance, id) select $1::text, id from unnest($7::text[]) as opening(id) on conflict do nothing
), closed as (
  delete from audit_open where instance = $1::text and id = any($8::text[])
)
select last_sequence from counter`;

interface Waiting {
  readonly entry: AuditEntry;
  readonly text: string;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: Error) => void;
}

export interface PostgresAuditSettings {
  readonly pool: pg.Pool;
  readonly reader: AuditReader;
  readonly instance: string;
  readonly maxWaiting: number;
}

export function createPostgresAuditStore(settings: PostgresAuditSettings): AuditStore {
  const { pool, reader, instance, maxWaiting } = settings;
  const waiting: Waiting[] = [];
  let committing: Promise<void> | null = null;
  let isClosed = false;

  async function commit(group: readonly Waiting[]): Promise<void> {
    const { opened, closed } = marks(group);
    const { rows } = await pool.query<{ last_sequence: number }>({
      name: 'audit-append',
      text: APPEND,
      values: [
        instance,
        group.length,
        group.map(({ entry }) => entry.kind),
        group.map(({ entry }) => entry.id),
        group.map(({ entry }) => entry.at),
        // JSON.stringify writes no line feed of its own.
        group.map(({ text }) => text).join('\n'),
        opened,
        closed,
      ],
    });
    const last = rows[0]?.last_sequence;
    if (last === undefined) throw new Error('PostgreSQL gave out no number');
    const first = last - group.length + 1;
    for (const [index, { resolve }] of group.entries()) resolve({ instance, sequence: first + index });
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
        waiting.push({ entry, text: JSON.stringify(entry), resolve, reject });
        // After this tick, so that all its entries go together.
        committing ??= new Promise((done) => setImmediate(done)).then(commitAll);
      });
    },
    async read(query) {
      if (query.descending === true) return reader.read(query);
      return reader.read(query, await settledPosition(pool));
    },
    unfinished: () => reader.unfinished(),
    async close() {
      isClosed = true;
      while (committing) await committing;
    },
  };
}

/** An id that is opened and closed in one group is neither: one statement does not see what it adds itself. */
function marks(group: readonly Waiting[]): { opened: string[]; closed: string[] } {
  const opened = new Set<string>();
  const closed = new Set<string>();
  for (const { entry } of group) {
    const mark = markOf(entry);
    if (mark === 'opens') opened.add(entry.id);
    if (mark === 'closes' && !opened.delete(entry.id)) closed.add(entry.id);
  }
  return { opened: [...opened], closed: [...closed] };
}

function groupSize(waiting: readonly Waiting[]): number {
  let bytes = 0;
  let size = 0;
  while (size < Math.min(waiting.length, MAX_ENTRIES_PER_COMMIT) && bytes < MAX_BYTES_PER_COMMIT) {
    bytes += waiting[size]?.text.length ?? 0;
    size++;
  }
  return size;
}

/** The last position so far; none at or before it can be committed later. */
async function settledPosition(pool: pg.Pool): Promise<number> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${POSITION_LOCK})`);
    const { rows } = await client.query<{ last: number }>(
      'select coalesce(max(position), 0) as last from audit',
    );
    await client.query('commit');
    return rows[0]?.last ?? 0;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection whose transaction failed is not given back to others.
    client.release(failure);
  }
}
