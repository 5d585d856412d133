/** Whether all that leaves are committed to lies beside them, or an entry says why it does not. */
import { covers, purgeIn, type PurgedPart, type PurgeStatement } from '../../../domain/purge-statement.ts';
import { parseLeaf } from '../leaf.ts';
import { ERASE, type StatingEntry } from '../kit/statements.ts';
import type { Tally } from '../kit/tally.ts';
import type { IndexRow } from '../store.ts';

export interface AbsencesBesideCheck {
  /** A leaf that is there, with what it is found by. */
  next(text: string, row: IndexRow): void;
  /** What entries say of others; those that came after the last leaf that is looked at too. */
  state(index: number, entry: StatingEntry): void;
  /** Once all was stated. */
  end(): void;
  /** Whether anything is to be accounted for. */
  readonly isPoorer: boolean;
}

type Part = Exclude<PurgedPart, 'entries'>;

const CODES = { identities: 'opening_missing', content: 'content_missing' } as const;

export function createAbsencesBesideCheck(tally: Tally<'beside'>): AbsencesBesideCheck {
  const absent: { readonly index: number; readonly what: Part }[] = [];
  /** First of each erasure, and how many say to fall under it. */
  const erasedBy = new Map<number, { readonly first: number; count: number }>();
  const erasures = new Map<number, number>();
  const purges: { readonly index: number; readonly purge: PurgeStatement }[] = [];

  function countErased(index: number, by: number): void {
    const counted = erasedBy.get(by) ?? { first: index, count: 0 };
    counted.count++;
    erasedBy.set(by, counted);
  }

  return {
    next(text, row) {
      const { index } = row;
      if (row.erasedBy !== undefined) return countErased(index, row.erasedBy);
      // Parsed only where something may be missing: most entries bring no content.
      const mayLack =
        (!row.hasIdentity && text.includes('"who":"')) || (!row.hasContent && text.includes('"content":"'));
      if (!mayLack) return;
      const { who, content } = parseLeaf(text).commitments;
      if (!row.hasIdentity && who !== undefined) absent.push({ index, what: 'identities' });
      if (!row.hasContent && content !== undefined) absent.push({ index, what: 'content' });
    },
    state(index, entry) {
      const purge = purgeIn(entry);
      if (purge) purges.push({ index, purge });
      if (entry.action === ERASE) erasures.set(index, entry.erasure?.count ?? 0);
    },
    end() {
      for (const { index, what } of absent)
        if (!purges.some(({ index: at, purge }) => at > index && covers(purge, what, index)))
          tally.fail('beside', CODES[what], { index });
      for (const [by, { first, count }] of erasedBy) {
        const covered = erasures.get(by);
        if (covered === undefined || by <= first)
          tally.fail('beside', 'erased_without_entry', { index: first });
        // A mark alone would hide whatever was deleted: no more can fall under an erasure than it says to cover.
        else if (count > covered) tally.fail('beside', 'erased_not_covered', { at: `erasure ${by}` });
      }
    },
    get isPoorer() {
      return absent.length > 0 || erasedBy.size > 0;
    },
  };
}
