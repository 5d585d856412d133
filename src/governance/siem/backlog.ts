/** How far a destination is behind the record. */
import type { PositionedEntry } from './exported-entry.ts';

/** The record as exports read it. Ascending, nothing that comes later may stand before what was read. */
export interface RecordSource {
  read(query: {
    readonly after?: number;
    readonly fromMs?: number;
    readonly limit: number;
    readonly descending?: boolean;
  }): Promise<{ readonly entries: readonly PositionedEntry[] }>;
}

export interface Backlog {
  /** Those that retention removed meanwhile are counted, too. */
  readonly entries: number;
  /** Since when the oldest of them waits, in milliseconds. */
  readonly ageMs: number;
}

export const NO_BACKLOG: Backlog = { entries: 0, ageMs: 0 };

export async function backlogOf(source: RecordSource, position: number, nowMs: number): Promise<Backlog> {
  const newest = await newestPosition(source);
  if (newest <= position) return NO_BACKLOG;
  const { entries } = await source.read({ after: position, limit: 1 });
  const [oldest] = entries;
  return { entries: newest - position, ageMs: oldest ? Math.max(0, nowMs - oldest.entry.at) : 0 };
}

/** 0 where the record is empty. */
export async function newestPosition(source: RecordSource): Promise<number> {
  const { entries } = await source.read({ limit: 1, descending: true });
  return entries[0]?.position ?? 0;
}
