/** Whether each leaf that is not there was taken out by a purge that is recorded after it. */
import { covers, purgeIn, type PurgeStatement } from '../../../domain/purge-statement.ts';
import type { StatingEntry } from '../kit/statements.ts';
import type { Tally } from '../kit/tally.ts';

export interface PurgesCheck {
  missing(index: number): void;
  next(index: number, entry: StatingEntry): void;
  end(): void;
  readonly count: number;
}

export function createPurgesCheck(tally: Tally<'purges'>): PurgesCheck {
  const missing: number[] = [];
  const purges: { readonly index: number; readonly purge: PurgeStatement }[] = [];
  return {
    missing: (index) => void missing.push(index),
    next(index, entry) {
      const purge = purgeIn(entry);
      if (purge) purges.push({ index, purge });
    },
    end() {
      for (const index of missing) {
        const isRecorded = purges.some(
          ({ index: at, purge }) => at > index && covers(purge, 'entries', index),
        );
        if (!isRecorded) tally.fail('purges', 'purged_without_entry', { index });
      }
    },
    get count() {
      return missing.length;
    },
  };
}
