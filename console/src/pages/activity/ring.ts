/** The newest so many interactions by id: what comes again, because it ended meanwhile, takes its own place. */
import type { Interaction } from './interaction-query.ts';

const MAX_ROWS = 500;

interface Rows {
  readonly rows: ReadonlyMap<string, Interaction>;
  /** The oldest, which gave way. */
  readonly dropped: number;
}

export function withNew(
  before: ReadonlyMap<string, Interaction>,
  coming: readonly Interaction[],
  max: number = MAX_ROWS,
): Rows {
  const rows = new Map(before);
  for (const row of coming) rows.set(row.id, row);
  const dropped = Math.max(0, rows.size - max);
  if (dropped > 0) {
    const oldest = [...rows.values()].sort(byTime).slice(0, dropped);
    for (const { id } of oldest) rows.delete(id);
  }
  return { rows, dropped };
}

export function newestFirst(rows: ReadonlyMap<string, Interaction>): readonly Interaction[] {
  return [...rows.values()].sort((one, other) => byTime(other, one));
}

/** Live rows before listed ones; of two that are the same, the one that came later. */
export function together(
  live: readonly Interaction[],
  listed: readonly Interaction[],
): readonly Interaction[] {
  if (live.length === 0) return listed;
  const fresh = new Map(live.map((row) => [row.id, row]));
  return newestFirst(new Map([...listed.map((row) => [row.id, row] as const), ...fresh]));
}

function byTime(one: Interaction, other: Interaction): number {
  return one.atMs - other.atMs || one.index - other.index;
}
