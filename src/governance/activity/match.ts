/** Whether a row fits a search, told from the row alone: for those who watch. */
import { termsOf } from './row.ts';
import type { ActivityRow, RowQuery } from './store.ts';

export function isMatch(row: ActivityRow, query: RowQuery): boolean {
  if (!isWithin(row, query)) return false;
  if (query.sets.length + query.without.length + query.words.length === 0) return true;
  const terms = termsOf(row).filter(([field]) => field !== 'principal');
  const names = new Set(termsOf(row).map((term) => term.join('\n')));
  if (!query.sets.every((set) => set.some((term) => names.has(term.join('\n'))))) return false;
  if (query.without.some((term) => names.has(term.join('\n')))) return false;
  return query.words.every(
    (word) => row.id.startsWith(word) || terms.some(([, value]) => value.toLowerCase().includes(word)),
  );
}

function isWithin({ atMs, totalMs, costMicros = 0 }: ActivityRow, query: RowQuery): boolean {
  const { fromMs = -Infinity, toMs = Infinity, minTotalMs = -Infinity, maxTotalMs = Infinity } = query;
  const { minCostMicros = -Infinity } = query;
  return (
    atMs >= fromMs &&
    atMs < toMs &&
    totalMs >= minTotalMs &&
    totalMs <= maxTotalMs &&
    costMicros >= minCostMicros
  );
}
