/** What the entry of a purge says in its leaf of other leaves: written by who purges, read by who checks the record. */

export const PURGE = 'retention.purge';

/** What a purge took: whole entries, or who they were about alone, or what was said. */
export type PurgedPart = 'entries' | 'identities' | 'content';

/** Indexes of leaves, both inclusive. */
export type LeafRange = readonly [first: number, last: number];

export interface PurgeStatement {
  readonly what: string;
  readonly ranges: readonly LeafRange[];
}

/** `256 in 0-255`: how many, and which. */
export function purgedText(ranges: readonly LeafRange[]): string {
  const count = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  return `${count} in ${ranges.map(([first, last]) => `${first}-${last}`).join(',')}`;
}

const PURGED_TEXT = /^\d{1,15} in (\d{1,15}-\d{1,15}(?:,\d{1,15}-\d{1,15})*)$/;

/** What of an entry tells of a purge. */
interface PurgeEntry {
  readonly action?: string;
  readonly subject?: string;
  readonly after?: string;
}

/** Undefined for an entry that records no purge. */
export function purgeIn({ action, subject, after }: PurgeEntry): PurgeStatement | undefined {
  const [, list] = PURGED_TEXT.exec(after ?? '') ?? [];
  if (action !== PURGE || subject === undefined || list === undefined) return undefined;
  const ranges = list.split(',').map((range): LeafRange => {
    const [first, last] = range.split('-').map(Number);
    return [first ?? 0, last ?? 0];
  });
  return { what: subject, ranges };
}

export function covers(purge: PurgeStatement, what: PurgedPart, index: number): boolean {
  return purge.what === what && purge.ranges.some(([first, last]) => first <= index && index <= last);
}

/** The same leaves in as few ranges as there can be, ascending. */
export function mergedRanges(ranges: readonly LeafRange[]): readonly LeafRange[] {
  const merged: [number, number][] = [];
  for (const [first, last] of ranges.toSorted(([one], [other]) => one - other)) {
    const open = merged.at(-1);
    if (open && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
