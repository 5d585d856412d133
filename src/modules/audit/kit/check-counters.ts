/** Whether every gateway's entries are all there, as far as the leaves tell; leaves that retention took out leave gaps that are expected. */
import { createCompletenessCheck, type Gap } from '../completeness.ts';
import type { KitErrorCode } from './kit-codes.ts';
import type { KitLeaf } from './read-kit.ts';
import type { Tally } from './tally.ts';

const CODES: Record<Gap['kind'], KitErrorCode> = {
  missing_counter: 'counter_missing',
  repeated_counter: 'counter_repeated',
  silence: 'silence',
  clock_went_back: 'clock_went_back',
};

export interface CountedEntry {
  readonly index: number;
  /** Absent for a leaf that was taken out, and for one that is none. */
  readonly leaf?: KitLeaf;
  readonly isPurged: boolean;
}

export interface CountersCheck {
  next(entry: CountedEntry): void;
  end(): void;
  readonly instances: number;
}

export function createCountersCheck(tally: Tally<'counters'>, fromStart: boolean): CountersCheck {
  const check = createCompletenessCheck({ fromStart });
  /** How many leaves had been taken out when an instance was last seen, and when it last said what time it was. */
  const seen = new Map<string, number>();
  const told = new Map<string, number>();
  let purged = 0;
  let latest = 0;

  const purgedSince = (when: ReadonlyMap<string, number>, instance: string) =>
    purged - (when.get(instance) ?? 0);

  function tell(gap: Gap): void {
    if (gap.kind === 'silence' && purgedSince(told, gap.instance) > 0) return;
    if (gap.kind === 'missing_counter' && gap.found - gap.expected <= purgedSince(seen, gap.instance)) return;
    tally.fail('counters', CODES[gap.kind], { index: gap.index, at: describe(gap) });
  }

  return {
    next({ index, leaf, isPurged }) {
      if (isPurged) purged++;
      if (!leaf) return;
      const { instance, sequence, entry } = leaf;
      const { at, kind, action, after } = entry;
      latest = Math.max(latest, at);
      const counted = {
        index,
        instance,
        sequence,
        at,
        kind,
        ...(action && { action }),
        ...(after && { after }),
      };
      for (const gap of check.next(counted)) tell(gap);
      seen.set(instance, purged);
      if (kind === 'administration') told.set(instance, purged);
    },
    end() {
      for (const gap of check.end(latest)) tell(gap);
    },
    get instances() {
      return seen.size;
    },
  };
}

function describe(gap: Gap): string {
  const times = (from: number, to: number) =>
    `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`;
  switch (gap.kind) {
    case 'missing_counter':
      return `${gap.instance}: number ${gap.expected} expected, ${gap.found} found`;
    case 'repeated_counter':
      return `${gap.instance}: number ${gap.found}`;
    case 'silence':
    case 'clock_went_back':
      return `${gap.instance}: ${times(gap.fromMs, gap.toMs)}`;
  }
}
