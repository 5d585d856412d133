/** The record and its tree in memory: they grow with every entry and survive nothing, so they are for tests and trials alone. */
import { mergeCheckpoints } from '../../tlog/checkpoint.ts';
import { EMPTY_EDGE, integrate } from '../../tlog/integrate.ts';
import { EMPTY_ROOT, leafHash } from '../../tlog/hashes.ts';
import {
  leafText,
  type AuditQuery,
  type AuditStore,
  type IndexRow,
  type LogStore,
  type NewEntry,
  type NewIdentity,
  type StoredBeside,
  type StoredCheckpoint,
  type StoredEntry,
  type StoredLogKey,
  type Tree,
} from '../../modules/audit/store.ts';

/** An entry with what lies beside it; erasing and purging put another in its place. */
export interface Kept {
  readonly entry: NewEntry;
  readonly stored: StoredEntry;
  /** Retention has removed it: its hash alone stays. */
  readonly isRemoved?: true;
}

export interface MemoryAudit {
  readonly entries: Kept[];
  readonly audit: AuditStore;
  readonly log: LogStore;
  /** How many leaves are in the tree. */
  integrated(): number;
}

export function createMemoryAudit(instance: string): MemoryAudit {
  const entries: Kept[] = [];
  let size = 0;
  const log = createLogStore(entries);
  return {
    entries,
    audit: createAuditStore(entries, instance),
    log: {
      ...log,
      async integrate(maxLeaves) {
        const tree = await log.integrate(maxLeaves);
        size = tree.size;
        return tree;
      },
    },
    integrated: () => size,
  };
}

function createAuditStore(entries: Kept[], instance: string): AuditStore {
  const open = new Set<string>();
  const identities = new Map<string, NewIdentity>();
  return {
    async append(entry) {
      const index = entries.length;
      const sequence = index + 1;
      if (entry.identity?.text) identities.set(entry.identity.id, entry.identity);
      const identity = identityOf(entry, identities);
      const stored: StoredEntry = {
        index,
        instance,
        sequence,
        position: index + 1,
        leaf: leafText(instance, sequence, entry.body),
        ...(identity && { identity }),
        ...(entry.content && { content: entry.content }),
      };
      entries.push({ entry, stored });
      if (entry.mark === 'opens') open.add(entry.id);
      if (entry.mark === 'closes') open.delete(entry.id);
      return { instance, sequence, index };
    },
    async read(query) {
      const found = entries.filter((kept) => isAsked(kept, query)).map(({ stored }) => stored);
      if (query.descending === true) found.reverse();
      return found.slice(0, query.limit);
    },
    beside: async (indexes) =>
      entries
        .filter(({ stored, isRemoved }) => !isRemoved && indexes.includes(stored.index))
        .map(({ stored }) => besideOf(stored)),
    vault: async (index) => entries[index]?.entry.vault ?? [],
    unfinished: async () => [...open],
    close: () => Promise.resolve(),
  };
}

function besideOf({ index, identity, content, erasedBy }: StoredEntry): StoredBeside {
  return {
    index,
    ...(identity && { identity }),
    ...(content && { contentSubjects: content.subjects }),
    ...(erasedBy === undefined ? {} : { erasedBy }),
  };
}

function identityOf(
  { identity }: NewEntry,
  known: ReadonlyMap<string, NewIdentity>,
): StoredEntry['identity'] {
  const text = identity && known.get(identity.id)?.text;
  return identity && text && { id: identity.id, subject: identity.subject, text };
}

function isAsked({ entry, stored, isRemoved }: Kept, query: AuditQuery): boolean {
  if (isRemoved) return false;
  const { instance, id, indexes, subjects, fromMs = -Infinity, toMs = Infinity, after, descending } = query;
  if (instance !== undefined && stored.instance !== instance) return false;
  if (id !== undefined && entry.id !== id) return false;
  if (indexes !== undefined && !indexes.includes(stored.index)) return false;
  if (entry.at < fromMs || entry.at >= toMs) return false;
  const about = [...(entry.identity ? [entry.identity.subject] : []), ...entry.subjects];
  if (subjects !== undefined && !about.some((subject) => subjects.includes(subject))) return false;
  if (after === undefined) return true;
  return descending === true ? stored.position < after : stored.position > after;
}

function indexRowOf({ entry: { kind, id, at }, stored }: Kept): IndexRow {
  const { index, instance, sequence, identity, content, erasedBy } = stored;
  return {
    index,
    instance,
    sequence,
    kind,
    id,
    at,
    hasIdentity: identity !== undefined,
    hasContent: content !== undefined,
    ...(erasedBy === undefined ? {} : { erasedBy }),
  };
}

function createLogStore(entries: readonly Kept[]): LogStore {
  let edge = EMPTY_EDGE;
  let tree: Tree = { size: 0, root: EMPTY_ROOT };
  const tiles = new Map<string, Uint8Array>();
  const checkpoints: StoredCheckpoint[] = [];
  const keys: StoredLogKey[] = [];
  const bytesOf = ({ stored }: Kept) => Buffer.from(stored.leaf, 'utf8');
  const bytes = ({ note }: StoredCheckpoint) => Buffer.from(note, 'utf8');
  const withNote = (held: StoredCheckpoint, note: Uint8Array) => ({
    ...held,
    note: Buffer.from(note).toString('utf8'),
  });
  return {
    sequenced: async () => entries.length,
    integrated: async () => tree,
    async integrate(maxLeaves) {
      const added = entries.slice(edge.size, edge.size + maxLeaves);
      const integration = integrate(
        edge,
        added.map((kept) => leafHash(bytesOf(kept))),
      );
      edge = integration.edge;
      for (const { level, index, bytes } of integration.tiles) tiles.set(`${level}/${index}`, bytes);
      tree = { size: edge.size, root: integration.root };
      return tree;
    },
    leaves: async (from, to) =>
      entries.slice(from, to).map((kept) => (kept.isRemoved ? undefined : bytesOf(kept))),
    tiles: async (names) => names.map(({ level, index }) => tiles.get(`${level}/${index}`)),
    async publish(checkpoint) {
      const at = checkpoints.findIndex(({ size }) => size === checkpoint.size);
      const held = checkpoints[at];
      const last = checkpoints.at(-1);
      if (held) checkpoints[at] = withNote(held, mergeCheckpoints(bytes(held), bytes(checkpoint)));
      // A larger one stands for it.
      else if (!last || last.size < checkpoint.size) checkpoints.push(checkpoint);
    },
    checkpointAt: async (size) => checkpoints.findLast((each) => each.size <= size),
    checkpointsAfter: async (size, limit) => checkpoints.filter((each) => each.size > size).slice(0, limit),
    indexRows: async (from, to) => entries.slice(from, to).map(indexRowOf),
    keys: async () => [...keys],
    async addKey(key) {
      if (key.generation !== keys.length + 1) throw new Error(`the log has a key ${key.generation} already`);
      keys.push(key);
    },
  };
}
