/** Whether everything that is not there any more was erased or purged by an entry that says so, and covers it. */
import { covers, PURGE, purgeIn, type PurgedPart } from '../../../domain/purge-statement.ts';
import type { KitEntry } from './read-kit.ts';
import {
  ERASE,
  verifyCoverage,
  type Coverage,
  type ErasureStatement,
  type StatingEntry,
} from './statements.ts';
import type { CheckId, Tally } from './tally.ts';

interface Absence {
  readonly index: number;
  readonly by: number;
  readonly coverage?: Coverage;
}

interface PurgedFrom {
  readonly index: number;
  readonly by: number;
  readonly what: PurgedPart;
}

export interface AbsencesCheck {
  next(entry: KitEntry): void;
  /** An entry outside the range that was proven apart. */
  add(index: number, entry: StatingEntry): void;
  /** Once all lines were read. */
  end(): void;
  readonly erased: number;
  readonly purged: number;
}

export function createAbsencesCheck(tally: Tally<CheckId>): AbsencesCheck {
  const erased: Absence[] = [];
  const purged: PurgedFrom[] = [];
  const statements = new Map<number, StatingEntry>();
  let withoutEntry = 0;

  function checkErasure({ index, by, coverage }: Absence): void {
    const entry = statements.get(by);
    if (entry?.action !== ERASE || by <= index) {
      tally.fail('erasures', 'erased_without_entry', { index });
      return;
    }
    const { erasure } = entry;
    if (!coverage || !isStatement(erasure)) tally.fail('erasures', 'erased_not_covered', { index });
    else tally.attempt('erasures', `entry ${index}`, () => verifyCoverage(index, coverage, erasure));
  }

  function checkPurge({ index, by, what }: PurgedFrom): void {
    const entry = statements.get(by);
    const purge = entry && purgeIn(entry);
    if (!purge || by <= index || !covers(purge, what, index))
      tally.fail('erasures', 'purged_without_entry', { index });
  }

  return {
    next({ index, leaf, line }) {
      const { erasedBy, purgedBy, coverage } = line;
      if (leaf?.entry.action === ERASE || leaf?.entry.action === PURGE) statements.set(index, leaf.entry);
      if (erasedBy !== undefined) erased.push({ index, by: erasedBy, ...(coverage && { coverage }) });
      const what = line.leaf === undefined ? 'entries' : 'identities';
      if (purgedBy !== undefined) purged.push({ index, by: purgedBy, what });
      else if (what === 'entries') {
        withoutEntry++;
        tally.fail('erasures', 'purged_without_entry', { index });
      }
    },
    add: (index, entry) => void statements.set(index, entry),
    end() {
      for (const absence of erased) checkErasure(absence);
      for (const absence of purged) checkPurge(absence);
    },
    get erased() {
      return erased.length;
    },
    get purged() {
      return purged.length + withoutEntry;
    },
  };
}

function isStatement(erasure: ErasureStatement | undefined): erasure is ErasureStatement {
  return Number.isSafeInteger(erasure?.count) && typeof erasure?.root === 'string';
}
