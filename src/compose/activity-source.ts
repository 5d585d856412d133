/** The record as the index takes it: leaves read, and nothing opened. */
import type { Spool, SpooledLeaf } from '../adapters/sql/activity/spool.ts';
import type { ActivitySource, SpooledEntry } from '../governance/activity/store.ts';
import { parseLeaf } from '../modules/audit/audit.ts';

export function activitySource(spool: Omit<Spool, 'close'>): ActivitySource {
  return {
    async read(from, limit) {
      const { leaves, ...page } = await spool.read(from, limit);
      return { ...page, entries: leaves.map(entryOf) };
    },
    newest: spool.newest,
    principalAt: spool.principalAt,
  };
}

function entryOf({ index, leaf, principal, hasContent }: SpooledLeaf): SpooledEntry {
  const { entry, commitments } = parseLeaf(leaf);
  return {
    index,
    entry,
    hasContent,
    // Somebody is committed to who does not lie beside the leaf any more.
    isErased: commitments.who !== undefined && principal === undefined,
    ...(principal === undefined ? {} : { principal }),
  };
}
