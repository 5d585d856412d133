/** Compares the revisions of the kinds with those seen before, and calls back for each that moved. */
import { type ChangeListeners, createChangeListeners } from './change-listeners.ts';
import { CHANGE_KINDS, type ChangeKind, type Writing } from './sql-database.ts';

export interface RevisionWatch {
  onChange(kind: ChangeKind, listener: () => void): () => void;
  observe(revisions: readonly { readonly kind: string; readonly revision: number }[]): void;
  /** For a change that may have been missed. */
  notifyAll(): void;
}

export function createRevisionWatch(): RevisionWatch {
  const listeners = new Map<string, ChangeListeners>(
    CHANGE_KINDS.map((kind) => [kind, createChangeListeners()]),
  );
  const seen = new Map<string, number>();
  return {
    onChange: (kind, listener) => listeners.get(kind)?.subscribe(listener) ?? (() => undefined),
    observe(revisions) {
      for (const { kind, revision } of revisions) {
        const before = seen.get(kind);
        seen.set(kind, revision);
        if (before !== undefined && before !== revision) listeners.get(kind)?.notify();
      }
    },
    notifyAll() {
      for (const kind of listeners.values()) kind.notify();
    },
  };
}

/** Counts one change, inside the transaction that makes it. */
export async function countChange(transaction: Writing, kind: ChangeKind): Promise<void> {
  await transaction
    .updateTable('revisions')
    .set((expression) => ({ revision: expression('revision', '+', 1) }))
    .where('kind', '=', kind)
    .execute();
}
