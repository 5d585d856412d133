/** Stored entries as the house says them again: with who it was, as far as its key still exists and may be used. */
import type { AuditEntry, Pseudonym, RecordedBeside, RecordedEntry } from '../../domain/record.ts';
import type { Keyring, SubjectKey } from './keyring.ts';
import { parseLeaf } from './leaf.ts';
import { openText } from './sealed-text.ts';
import { vaultName } from './store.ts';
import type { SealedPseudonyms, StoredBeside, StoredEntry } from './store.ts';

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
  const whoOf = createWhoBeside(keys);
  return stored.map((each) => revealOne(keys, whoOf, each));
}

type Keys = ReadonlyMap<string, SubjectKey>;

function revealOne(keys: Keys, whoOf: WhoBeside, stored: StoredEntry): RevealedEntry {
  const { instance, sequence, index, position, content, identity, erasedBy } = stored;
  const { entry } = parseLeaf(stored.leaf, whoOf(stored));
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

type WhoBeside = (stored: Pick<StoredEntry, 'identity' | 'index'>) => string | undefined;

/** Entries that share an identity have it opened once: those of a page are mostly about few. */
function createWhoBeside(keys: Keys): WhoBeside {
  const opened = new Map<string, string>();
  return ({ identity, index }) => {
    const key = identity && keys.get(identity.subject);
    if (!identity || !key || key.isRestricted) return undefined;
    const who = opened.get(identity.id) ?? openText(identity.id, identity.text, [key]);
    if (who === undefined)
      throw new Error(`who entry ${index} was about does not open: it was changed or moved`);
    opened.set(identity.id, who);
    return who;
  };
}

/**
 * Whose entries are, by index: neither leaves nor contents are read for it.
 * @throws Error where something beside the log was changed, or moved to another entry
 */
export async function revealBeside(
  keyring: Keyring,
  stored: readonly StoredBeside[],
): Promise<ReadonlyMap<number, RecordedBeside>> {
  const keys = await keyring.open(
    stored.flatMap(({ identity, contentSubjects = [] }) => [
      ...(identity ? [identity.subject] : []),
      ...contentSubjects,
    ]),
  );
  const whoOf = createWhoBeside(keys);
  return new Map(
    stored.map((each) => {
      const { index, contentSubjects, erasedBy } = each;
      // Written by this house.
      const { principal } = JSON.parse(whoOf(each) ?? '{}') as Pick<RecordedBeside, 'principal'>;
      const beside = {
        hasContent: contentSubjects !== undefined && keysOf(keys, contentSubjects) !== undefined,
        ...(principal && { principal }),
        ...(erasedBy === undefined ? {} : { erasedBy }),
      };
      return [index, beside];
    }),
  );
}

/** An entry without who it was, and with what was said. */
export interface SaidEntry {
  readonly index: number;
  readonly position: number;
  readonly entry: AuditEntry;
  /**
   * As JSON text; undefined where nothing was captured, or it cannot be read any more.
   * @throws Error where it was changed, or moved to another entry
   */
  said(): string | undefined;
}

/** Keys are opened once for all; what was said, when it is asked for. */
export async function revealSaid(
  keyring: Pick<Keyring, 'open'>,
  stored: readonly StoredEntry[],
): Promise<readonly SaidEntry[]> {
  const keys = await keyring.open(stored.flatMap(({ content }) => content?.subjects ?? []));
  return stored.map(({ index, position, leaf, content }) => {
    const { entry } = parseLeaf(leaf);
    const usable = content && keysOf(keys, content.subjects);
    return {
      index,
      position,
      entry,
      said() {
        if (!content || !usable) return undefined;
        const text = openText(entry.id, content, usable);
        if (text === undefined)
          throw new Error(`the content of entry ${index} does not open: it was changed or moved`);
        return text;
      },
    };
  });
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
