/** Reading the audit log in an SQL database. */
import type { Kysely } from 'kysely';
import type { AuditEntry } from '../../domain/record.ts';
import type { AuditPage, AuditQuery } from '../../modules/audit/store.ts';
import type { Tables } from './tables.ts';

export interface AuditReader {
  /** `upTo`: the last position that is settled, where entries of other replicas may still be on their way. */
  read(query: AuditQuery, upTo?: number): Promise<AuditPage>;
  unfinished(): Promise<readonly string[]>;
}

export function createAuditReader(queries: Kysely<Tables>, instance: string): AuditReader {
  return {
    async read(query, upTo) {
      const { after, descending = false } = query;
      let select = queries
        .selectFrom('audit')
        .select(['position', 'instance', 'sequence', 'entry'])
        .orderBy('position', descending ? 'desc' : 'asc')
        .limit(query.limit);
      if (query.instance !== undefined) select = select.where('instance', '=', query.instance);
      if (query.id !== undefined) select = select.where('id', '=', query.id);
      if (query.fromMs !== undefined) select = select.where('at_ms', '>=', query.fromMs);
      if (query.toMs !== undefined) select = select.where('at_ms', '<', query.toMs);
      if (after !== undefined) select = select.where('position', descending ? '<' : '>', after);
      if (upTo !== undefined) select = select.where('position', '<=', upTo);
      const rows = await select.execute();
      return { entries: rows.map((row) => ({ ...row, entry: parseEntry(row.entry) })) };
    },
    async unfinished() {
      const rows = await queries
        .selectFrom('audit_open')
        .select('id')
        .where('instance', '=', instance)
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

/** Written by this house from an AuditEntry, so that its form is known. */
function parseEntry(text: string): AuditEntry {
  return JSON.parse(text) as AuditEntry;
}
