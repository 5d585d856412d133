/** Which purge took out which leaf, from the entries that record purges. */
import type { AuditStore } from '../store.ts';
import { covers, PURGE, type PurgeStatement, type StatingEntry } from './statements.ts';

/** The index of the entry that records it. */
export type Purges = (index: number) => number | undefined;

const PAGE = 1_000;

/** Reads on from there: what took out a leaf comes after it. */
export async function findPurges(entries: AuditStore, from: number): Promise<Purges> {
  const found: { readonly index: number; readonly purge: PurgeStatement }[] = [];
  for (let after = from; ; ) {
    const page = await entries.read({ after, limit: PAGE });
    for (const { leaf, index } of page) {
      if (!leaf.includes(PURGE)) continue;
      // Written by this house.
      const { entry } = JSON.parse(leaf) as { entry: StatingEntry };
      if (entry.action === PURGE && entry.purge) found.push({ index, purge: entry.purge });
    }
    if (page.length < PAGE) break;
    after = page.at(-1)?.position ?? after;
  }
  return (index) => found.find(({ purge, index: at }) => at > index && covers(purge, index))?.index;
}
