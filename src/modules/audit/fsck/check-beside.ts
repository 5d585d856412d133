/** Whether what lies beside the leaves opens, and is what they are committed to; all of it, or pages spread over the log. */
import { commitmentOf, saltOf, type Keyring, type SubjectKey } from '../keyring.ts';
import { parseLeaf, type ParsedLeaf } from '../leaf.ts';
import { openText } from '../sealed-text.ts';
import type { Tally } from '../kit/tally.ts';
import type { AuditStore, SealedText, StoredEntry } from '../store.ts';

export interface BesideOrder {
  readonly from: number;
  readonly to: number;
  readonly isDeep: boolean;
}

const PAGE = 256;
const SAMPLED_PAGES = 16;

/** Resolves to how many entries something was opened of. */
export async function checkBeside(
  { entries, keyring }: { readonly entries: AuditStore; readonly keyring: Keyring },
  tally: Tally<'beside'>,
  { from, to, isDeep }: BesideOrder,
): Promise<number> {
  const pages = Math.ceil((to - from) / PAGE);
  const every = isDeep ? 1 : Math.max(1, Math.floor(pages / SAMPLED_PAGES));
  let opened = 0;
  for (let page = 0; page < pages; page += every) {
    const stored = (await entries.read({ after: from + page * PAGE, limit: PAGE })).filter(
      ({ index }) => index < Math.min(to, from + (page + 1) * PAGE),
    );
    const subjects = stored.flatMap(({ identity, content }) => [
      ...(identity ? [identity.subject] : []),
      ...(content?.subjects ?? []),
    ]);
    const keys = await keyring.open(subjects);
    for (const entry of stored) if (checkEntry(entry, keys, tally)) opened++;
  }
  return opened;
}

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
