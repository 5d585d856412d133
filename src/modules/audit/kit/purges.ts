/** Which purge took what, from the entries that record purges. */
import {
  covers,
  PURGE,
  purgeIn,
  type PurgedPart,
  type PurgeStatement,
} from '../../../domain/purge-statement.ts';
import type { AuditStore } from '../store.ts';
import type { StatingEntry } from './statements.ts';

/** The index of the entry that records that it was taken from this leaf, or with it. */
export type PurgeFinder = (what: PurgedPart, index: number) => Promise<number | undefined>;

interface RecordedPurge {
  readonly index: number;
  readonly purge: PurgeStatement;
}

const PAGE = 1_000;

/** Reads the record on from there when it is first asked: what took something from a leaf comes after it. */
export function createPurgeFinder(entries: AuditStore, from: number): PurgeFinder {
  let purges: Promise<readonly RecordedPurge[]> | undefined;
  return async (what, index) => {
    purges ??= readPurges(entries, from);
    return (await purges).find(({ purge, index: at }) => at > index && covers(purge, what, index))?.index;
  };
}

async function readPurges(entries: AuditStore, from: number): Promise<readonly RecordedPurge[]> {
  const found: RecordedPurge[] = [];
  for (let after = from; ; ) {
    const page = await entries.read({ after, limit: PAGE });
    for (const { leaf, index } of page) {
      if (!leaf.includes(PURGE)) continue;
      // Written by this house.
      const purge = purgeIn((JSON.parse(leaf) as { entry: StatingEntry }).entry);
      if (purge) found.push({ index, purge });
    }
    if (page.length < PAGE) return found;
    after = page.at(-1)?.position ?? after;
  }
}
