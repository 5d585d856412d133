/** Entries for the tests of the audit log, as the audit room hands them to a store. */
import type { Outcome } from '../../src/domain/record.ts';
import type { NewEntry, StoredEntry } from '../../src/modules/audit/store.ts';

// Text that a store could trip over: quotes, separators, U+0000, characters beyond the first plane.
const ODD = 'it\'s; \u0000 a\nline\t😀 \\ "quoted"';

export function interaction(id: string, outcome: Outcome = 'answered', at = 1_000): NewEntry {
  return {
    kind: 'interaction',
    id,
    at,
    mark: outcome === 'released' ? 'opens' : '',
    body: JSON.stringify({ at, events: { [ODD]: 1 }, id, kind: 'interaction', outcome }),
    subjects: [],
  };
}

export function interactionEnd(id: string): NewEntry {
  return { ...interaction(id), kind: 'interaction_end', mark: 'closes' };
}

export function administration(id: string): NewEntry {
  const body = JSON.stringify({ action: 'key.create', at: 2_000, id, kind: 'administration' });
  return { kind: 'administration', id, at: 2_000, mark: '', body, subjects: [] };
}

/** The id that an entry's leaf names. */
export function idOf({ leaf }: StoredEntry): string {
  return (JSON.parse(leaf) as { entry: { id: string } }).entry.id;
}

/** Whether the numbers are 1, 2, 3, … up to as many as there are. */
export function isGapless(sequences: readonly number[]): boolean {
  return sequences.toSorted((a, b) => a - b).every((sequence, index) => sequence === index + 1);
}
