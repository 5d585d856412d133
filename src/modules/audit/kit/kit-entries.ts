/** The lines of a kit: each leaf as it is, what opens it where that is asked for, and why it is not there where it is not. */
import { base64 } from '../../../tlog/encoding.ts';
import { TILE_WIDTH } from '../../../tlog/tiles.ts';
import { HASH_BYTES } from '../../../tlog/hashes.ts';
import { saltOf, type Keyring, type SubjectKey } from '../keyring.ts';
import { parseLeaf } from '../leaf.ts';
import { openText } from '../sealed-text.ts';
import type { AuditStore, LogStore, StoredEntry } from '../store.ts';
import type { EntryLine } from './kit-format.ts';
import type { Coverage } from './statements.ts';
import type { PurgeFinder } from './purges.ts';

export interface EntryLinesOrder {
  readonly entries: AuditStore;
  readonly store: LogStore;
  readonly keyring: Keyring;
  readonly role: 'auditor' | 'full';
  readonly from: number;
  readonly to: number;
  readonly coverage?: CoverageReader;
  readonly purgeOf: PurgeFinder;
}

/** What shows that erasures cover the leaf, with the index of the entry of each. */
export type CoverageReader = (leaf: number) => Promise<readonly (Coverage & { readonly entry: number })[]>;

const PAGE = 512;

export async function* readEntryLines(order: EntryLinesOrder): AsyncGenerator<EntryLine> {
  const { entries, keyring, role, from, to } = order;
  for (let start = from; start < to; start += PAGE) {
    const end = Math.min(start + PAGE, to);
    const read = await entries.read({ after: start, limit: end - start });
    const stored = new Map(read.map((entry) => [entry.index, entry]));
    const subjects = role === 'full' ? read.flatMap(({ identity }) => identity?.subject ?? []) : [];
    const keys = await keyring.open(subjects);
    const bare = await bareLines(order, stored, start, end);
    for (let index = start; index < end; index++) {
      const entry = stored.get(index);
      if (!entry) yield bare.get(index) as EntryLine;
      else if (role === 'auditor') yield { ...lineOf(entry), ...(await coverageOf(order, entry)) };
      else yield { ...lineOf(entry), ...openingOf(entry, keys), ...(await absenceOf(order, entry)) };
    }
  }
}

/** Erased entries are few: each is asked for by itself. */
async function coverageOf({ coverage }: EntryLinesOrder, { index, erasedBy }: StoredEntry) {
  const covering = erasedBy === undefined ? [] : await coverage?.(index);
  const covered = covering?.find(({ entry }) => entry === erasedBy);
  if (!covered) return {};
  const { salt, position, path } = covered;
  return { coverage: { salt, position, path } };
}

function lineOf({ index, leaf, erasedBy }: StoredEntry): EntryLine {
  return { index, leaf, ...(erasedBy === undefined ? {} : { erasedBy }) };
}

function openingOf(
  { index, leaf, identity }: StoredEntry,
  keys: ReadonlyMap<string, SubjectKey>,
): Pick<EntryLine, 'who' | 'restricted'> {
  const key = identity && keys.get(identity.subject);
  if (!identity || !key) return {};
  if (key.isRestricted) return { restricted: true };
  const text = openText(identity.id, identity.text, [key]);
  if (text === undefined)
    throw new Error(`who entry ${index} was about does not open: it was changed or moved`);
  return { who: { text, salt: base64(saltOf(key, 'who', parseLeaf(leaf).entry.id)) } };
}

/** Why who it was about is not there. */
async function absenceOf(order: EntryLinesOrder, entry: StoredEntry): Promise<Partial<EntryLine>> {
  if (entry.erasedBy !== undefined) return coverageOf(order, entry);
  if (entry.identity || parseLeaf(entry.leaf).commitments.who === undefined) return {};
  const purgedBy = await order.purgeOf('identities', entry.index);
  return purgedBy === undefined ? {} : { purgedBy };
}

/** Entries without an index row: their leaf, or what is left of it. */
async function bareLines(
  { store, purgeOf }: EntryLinesOrder,
  stored: ReadonlyMap<number, unknown>,
  start: number,
  end: number,
): Promise<ReadonlyMap<number, EntryLine>> {
  const lines = new Map<number, EntryLine>();
  if (stored.size === end - start) return lines;
  const leaves = await store.leaves(start, end);
  for (let index = start; index < end; index++) {
    if (stored.has(index)) continue;
    const leaf = leaves[index - start];
    if (leaf) lines.set(index, { index, leaf: Buffer.from(leaf).toString('utf8') });
    else {
      const purgedBy = await purgeOf('entries', index);
      const hash = base64(await storedHash(store, index));
      lines.set(index, { index, leafHash: hash, ...(purgedBy === undefined ? {} : { purgedBy }) });
    }
  }
  return lines;
}

async function storedHash(store: LogStore, index: number): Promise<Uint8Array> {
  const [tile] = await store.tiles([{ level: 0, index: Math.floor(index / TILE_WIDTH) }]);
  const at = (index % TILE_WIDTH) * HASH_BYTES;
  if (!tile || tile.length < at + HASH_BYTES) throw new Error(`the log has no hash of entry ${index}`);
  return tile.subarray(at, at + HASH_BYTES);
}
