/** What a page of the record changes in the index, gathered until it is told to the store. */
import { createCounting } from './count.ts';
import { termsOf } from './row.ts';
import type { ActivityRow, AdministrationRow, IndexChange, RowChange } from './store.ts';

export interface Gathering {
  /** The row as it is now; undefined `after`: it goes. */
  replace(before: ActivityRow | undefined, after: ActivityRow | undefined): void;
  administered(row: AdministrationRow): void;
  unadministered(range: readonly [number, number]): void;
  /** As it is with what was gathered. */
  byId(id: string): ActivityRow | undefined;
  isEmpty(): boolean;
  change(): IndexChange;
}

export function createGathering(): Gathering {
  const rows = new Map<number, { before: ActivityRow | undefined; after: ActivityRow | undefined }>();
  const ids = new Map<string, ActivityRow>();
  const administration: AdministrationRow[] = [];
  const removed: (readonly [number, number])[] = [];
  return {
    replace(before, after) {
      const index = (after ?? before)?.index;
      if (index === undefined) return;
      const known = rows.get(index);
      if (known) known.after = after;
      else rows.set(index, { before, after });
      if (after) ids.set(after.id, after);
    },
    administered: (row) => void administration.push(row),
    unadministered: (range) => void removed.push(range),
    byId: (id) => ids.get(id),
    isEmpty: () => rows.size === 0 && administration.length === 0 && removed.length === 0,
    change() {
      const counting = createCounting();
      return {
        rows: [...rows.values()].map(({ before, after }) => {
          const [old, now] = [before ? termsOf(before) : [], after ? termsOf(after) : []];
          if (before) counting.add(before, old, -1);
          if (after) counting.add(after, now, 1);
          return rowChange(before, after, old, now);
        }),
        counts: counting.deltas(),
        administration,
        removedAdministration: removed,
      };
    },
  };
}

function rowChange(
  before: ActivityRow | undefined,
  after: ActivityRow | undefined,
  old: RowChange['removedTerms'],
  now: RowChange['addedTerms'],
): RowChange {
  if (!before || !after)
    return {
      ...(before && { before }),
      ...(after && { after }),
      removedTerms: before ? old : [],
      addedTerms: after ? now : [],
    };
  const names = (terms: RowChange['addedTerms']) => new Set(terms.map((term) => term.join('\n')));
  const [oldNames, nowNames] = [names(old), names(now)];
  return {
    before,
    after,
    removedTerms: old.filter((term) => !nowNames.has(term.join('\n'))),
    addedTerms: now.filter((term) => !oldNames.has(term.join('\n'))),
  };
}
