/** The record as the room opens it, for the few rows that are shown: who it was, and what can still be read. */
import type { RecordedBeside, RecordedEntry } from '../../domain/record.ts';

export interface OpenRecord {
  readonly origin: string;
  read(query: {
    readonly id?: string;
    readonly indexes?: readonly number[];
    readonly limit: number;
  }): Promise<{ readonly entries: readonly RecordedEntry[] }>;
  /** Whose the entries at these indexes are, of those that are there. */
  beside(indexes: readonly number[]): Promise<ReadonlyMap<number, RecordedBeside>>;
}

/** By index. */
export async function openedAt(
  record: OpenRecord,
  indexes: readonly number[],
): Promise<ReadonlyMap<number, RecordedEntry>> {
  if (indexes.length === 0) return new Map();
  const { entries } = await record.read({ indexes, limit: indexes.length });
  return new Map(entries.map((entry) => [entry.index, entry]));
}
