/** Stored entries as the house says them again: with who it was, as far as its key still exists and may be used. */
import type { Pseudonym, RecordedEntry } from '../../domain/record.ts';
import type { Keyring, SubjectKey } from './keyring.ts';
import { parseLeaf } from './leaf.ts';
import { openText } from './sealed-text.ts';
import { vaultName } from './store.ts';
import type { SealedPseudonyms, StoredEntry } from './store.ts';

export interface RevealedEntry extends RecordedEntry {
  readonly position: number;
}

/** @throws Error where something beside the log was changed, or moved to another entry */
export async function reveal(
  keyring: Keyring,
  stored: readonly StoredEntry[],
): Promise<readonly RevealedEntry[]> {
  const keys = await keyring.open(
    stored.flatMap(({ identity, content }) => [
      ...(identity ? [identity.subject] : []),
      ...(content?.subjects ?? []),
    ]),
  );
  return stored.map((each) => revealOne(keys, each));
}

type Keys = ReadonlyMap<string, SubjectKey>;

function revealOne(keys: Keys, stored: StoredEntry): RevealedEntry {
  const { instance, sequence, index, position, content, identity, erasedBy } = stored;
  const { entry } = parseLeaf(stored.leaf, whoBeside(keys, stored));
  return {
    instance,
    sequence,
    index,
    position,
    entry,
    hasContent: content !== undefined && keysOf(keys, content.subjects) !== undefined,
    ...(identity === undefined ? {} : { subjectKey: identity.subject }),
    ...(erasedBy === undefined ? {} : { erasedBy }),
  };
}

function whoBeside(keys: Keys, { identity, index }: StoredEntry): string | undefined {
  const key = identity && keys.get(identity.subject);
  if (!identity || !key || key.isRestricted) return undefined;
  const who = openText(identity.id, identity.text, [key]);
  if (who === undefined)
    throw new Error(`who entry ${index} was about does not open: it was changed or moved`);
  return who;
}

/**
 * What was said, as JSON text by index: of those where there is something, and it can still be read. Keys are opened once for all.
 * @throws Error where something beside the log was changed, or moved to another entry
 */
export async function revealContents(
  keyring: Keyring,
  stored: readonly StoredEntry[],
): Promise<ReadonlyMap<number, string>> {
  const keys = await keyring.open(stored.flatMap(({ content }) => content?.subjects ?? []));
  return new Map(
    stored.flatMap((each) => {
      const content = contentOf(keys, each);
      return content === undefined ? [] : [[each.index, content] as const];
    }),
  );
}

function contentOf(keys: Keys, stored: StoredEntry): string | undefined {
  if (!stored.content) return undefined;
  const usable = keysOf(keys, stored.content.subjects);
  if (!usable) return undefined;
  const { entry } = parseLeaf(stored.leaf);
  const text = openText(entry.id, stored.content, usable);
  if (text === undefined)
    throw new Error(`the content of entry ${stored.index} does not open: it was changed or moved`);
  return text;
}

/** Whose stand-in stood for what: of those whose key still exists and may be used. */
export interface RevealedPseudonym extends Pseudonym {
  readonly identifier: string;
}

/** @throws Error where the vault was changed, or moved to another entry */
export async function revealVault(
  keyring: Keyring,
  entryId: string,
  vault: readonly SealedPseudonyms[],
): Promise<readonly RevealedPseudonym[]> {
  const keys = await keyring.open(vault.map(({ subject }) => subject));
  return vault.flatMap(({ subject, text }) => {
    const key = keys.get(subject);
    if (!key || key.isRestricted) return [];
    const opened = openText(vaultName(entryId), text, [key]);
    if (opened === undefined)
      throw new Error(`the vault of entry ${entryId} does not open: it was changed or moved`);
    // Written by this house.
    const pseudonyms = JSON.parse(opened) as readonly Pseudonym[];
    return pseudonyms.map((each) => ({ ...each, identifier: key.identifier }));
  });
}

/** All of them, or nothing: what several keys wrap needs every one. */
function keysOf(keys: Keys, subjects: readonly string[]): readonly SubjectKey[] | undefined {
  const usable = subjects.flatMap((id) => keys.get(id) ?? []);
  return usable.length === subjects.length && !usable.some(({ isRestricted }) => isRestricted)
    ? usable
    : undefined;
}
