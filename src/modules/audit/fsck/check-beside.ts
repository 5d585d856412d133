/** Whether what lies beside the leaves opens, and is what they are committed to; all of it, or pages spread over the log. */
import { TlogError } from '../../../tlog/errors.ts';
import { commitmentOf, saltOf, type Keyring, type SubjectKey } from '../keyring.ts';
import { parseLeaf, type ParsedLeaf } from '../leaf.ts';
import { openText } from '../sealed-text.ts';
import type { Tally } from '../kit/tally.ts';
import type { AuditStore, LogStore, SealedText, StoredEntry } from '../store.ts';

export interface BesideOrder {
  readonly from: number;
  readonly to: number;
  readonly isDeep: boolean;
}

const PAGE = 256;
const SAMPLED_PAGES = 16;

export interface BesideMeans {
  readonly store: LogStore;
  readonly entries: AuditStore;
  readonly keyring: Keyring;
}

/** Resolves to how many entries something was opened of. */
export async function checkBeside(
  means: BesideMeans,
  tally: Tally<'beside'>,
  { from, to, isDeep }: BesideOrder,
): Promise<number> {
  const pages = Math.ceil((to - from) / PAGE);
  const every = isDeep ? 1 : Math.max(1, Math.floor(pages / SAMPLED_PAGES));
  let opened = 0;
  for (let page = 0; page < pages; page += every) {
    const start = from + page * PAGE;
    const stored = await readPage(means, tally, start, Math.min(to, start + PAGE));
    const subjects = stored.flatMap(({ identity, content }) => [
      ...(identity ? [identity.subject] : []),
      ...(content?.subjects ?? []),
    ]);
    const keys = await means.keyring.open(subjects);
    for (const entry of stored) if (checkEntry(entry, keys, tally)) opened++;
  }
  return opened;
}

/** A page that cannot be read as one is read entry by entry, past those of which something is no more what it was. */
async function readPage(
  { store, entries }: BesideMeans,
  tally: Tally<'beside'>,
  from: number,
  to: number,
): Promise<readonly StoredEntry[]> {
  try {
    return (await entries.read({ after: from, limit: to - from })).filter(({ index }) => index < to);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
  const readable: StoredEntry[] = [];
  for (const { index } of await store.indexRows(from, to)) {
    try {
      readable.push(...(await entries.read({ after: index, limit: 1 })));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      // A bundle that does not open was found where its leaves were read.
      if (error instanceof SyntaxError) tally.fail('beside', 'opening_mismatch', { index });
    }
  }
  return readable;
}

const isUnreadable = (error: unknown) => error instanceof TlogError || error instanceof SyntaxError;

type Keys = ReadonlyMap<string, SubjectKey>;

/** A key that is gone opens nothing, and one that is restricted is not used: neither is a fault. */
function checkEntry(stored: StoredEntry, keys: Keys, tally: Tally<'beside'>): boolean {
  const { identity, content, index } = stored;
  const leaf = parsedLeaf(stored.leaf);
  if (!leaf) return false;
  const { entry, commitments } = leaf;
  const who = identity && openedBy(identity.id, identity.text, [identity.subject], keys);
  const said = content && openedBy(entry.id, content, content.subjects, keys);
  const isTrue = (opened: Opened | undefined, what: 'who' | 'content') =>
    !opened ||
    (opened.text !== undefined &&
      opened.keys.some(
        (key) => commitmentOf(saltOf(key, what, entry.id), opened.text ?? '') === commitments[what],
      ));
  if (!isTrue(who, 'who') || !isTrue(said, 'content')) tally.fail('beside', 'opening_mismatch', { index });
  return who !== undefined || said !== undefined;
}

/** Undefined for what is no leaf any more, which was found when its hash was taken. */
function parsedLeaf(text: string): ParsedLeaf | undefined {
  try {
    return parseLeaf(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

interface Opened {
  readonly text: string | undefined;
  readonly keys: readonly SubjectKey[];
}

function openedBy(
  name: string,
  text: SealedText,
  subjects: readonly string[],
  keys: Keys,
): Opened | undefined {
  const usable = subjects.flatMap((id) => keys.get(id) ?? []);
  if (usable.length < subjects.length || usable.some(({ isRestricted }) => isRestricted)) return undefined;
  return { text: openText(name, text, usable), keys: usable };
}
