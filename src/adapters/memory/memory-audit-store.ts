/** The audit log in memory: it grows with every entry and survives nothing, so it is for tests and trials alone. */
import type { RecordedEntry } from '../../domain/record.ts';
import type { AuditQuery, AuditStore } from '../../modules/audit/store.ts';

export function createMemoryAuditStore(instance: string): AuditStore {
  const entries: (RecordedEntry & { readonly position: number })[] = [];
  const open = new Set<string>();
  return {
    async append(entry) {
      const sequence = entries.length + 1;
      // A copy: what was recorded does not change when the caller's object does.
      entries.push({ instance, sequence, position: sequence, entry: structuredClone(entry) });
      if (entry.kind === 'interaction' && entry.outcome === 'released') open.add(entry.id);
      if (entry.kind === 'interaction_end') open.delete(entry.id);
      return { instance, sequence };
    },
    async read(query) {
      const found = entries.filter((recorded) => isAsked(recorded, query));
      if (query.descending === true) found.reverse();
      return { entries: found.slice(0, query.limit) };
    },
    unfinished: async () => [...open],
    close: () => Promise.resolve(),
  };
}

function isAsked(recorded: RecordedEntry & { readonly position: number }, query: AuditQuery): boolean {
  const { instance, id, fromMs = -Infinity, toMs = Infinity, after, descending } = query;
  if (instance !== undefined && recorded.instance !== instance) return false;
  if (id !== undefined && recorded.entry.id !== id) return false;
  if (recorded.entry.at < fromMs || recorded.entry.at >= toMs) return false;
  if (after === undefined) return true;
  return descending === true ? recorded.position < after : recorded.position > after;
}
