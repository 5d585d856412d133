/** Keys of records, as the keys of subjects wrap them, in memory. */
import type { NewEntry, StoredEntry, WrappedKey, WrappedKeyStore } from '../../modules/audit/store.ts';
import { vaultName } from '../../modules/audit/store.ts';
import type { Kept } from './memory-audit-store.ts';

/** Identities are kept with each entry here, so that each of them is a row of its own. */
export function createMemoryWrappedKeys(entries: Kept[]): WrappedKeyStore {
  return {
    wrapped: async (key, limit) =>
      entries
        .flatMap(rowsOf)
        .filter(({ subjects }) => subjects.includes(key))
        .slice(0, limit),
    async rewrap(from, to, rows) {
      for (const row of rows) {
        const index = Number(row.place);
        const kept = entries[index];
        if (kept) entries[index] = withRow(kept, from, to, row);
      }
      for (const [index, kept] of entries.entries())
        entries[index] = {
          ...kept,
          entry: { ...kept.entry, subjects: kept.entry.subjects.map((id) => (id === from ? to : id)) },
        };
    },
  };
}

function rowsOf({ entry, stored }: Kept): readonly WrappedKey[] {
  const place = String(stored.index);
  const { identity, content } = stored;
  return [
    ...(identity
      ? [
          {
            part: 'identity' as const,
            place,
            name: identity.id,
            subjects: [identity.subject],
            wrappedKey: identity.text.wrappedKey,
          },
        ]
      : []),
    ...(entry.vault ?? []).map(({ subject, text }) => ({
      part: 'vault' as const,
      place,
      name: vaultName(entry.id),
      subjects: [subject],
      wrappedKey: text.wrappedKey,
    })),
    ...(content
      ? [
          {
            part: 'content' as const,
            place,
            name: entry.id,
            subjects: content.subjects,
            wrappedKey: content.wrappedKey,
          },
        ]
      : []),
  ];
}

function withRow(kept: Kept, from: string, to: string, row: WrappedKey): Kept {
  const { part, subjects, wrappedKey } = row;
  const { entry, stored } = kept;
  if (part === 'identity') return withIdentity(kept, to, wrappedKey);
  if (part === 'content') {
    const content = stored.content && { ...stored.content, subjects, wrappedKey };
    const more = content ? { content } : {};
    return { ...kept, entry: { ...entry, ...more }, stored: { ...stored, ...more } };
  }
  const vault = (entry.vault ?? []).map((each) =>
    each.subject === from ? { subject: to, text: { ...each.text, wrappedKey } } : each,
  );
  return { ...kept, entry: { ...entry, vault } };
}

function withIdentity(kept: Kept, subject: string, wrappedKey: Uint8Array): Kept {
  const { identity } = kept.stored;
  if (!identity) return kept;
  const moved = { ...identity, subject, text: { ...identity.text, wrappedKey } };
  const entry: NewEntry = { ...kept.entry, identity: moved };
  const stored: StoredEntry = { ...kept.stored, identity: moved };
  return { ...kept, entry, stored };
}
