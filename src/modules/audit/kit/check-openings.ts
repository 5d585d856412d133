/** Whether who an entry is said to be about is what its leaf is committed to, and nobody is left out without a word. */
import { fromBase64 } from '../../../tlog/encoding.ts';
import { commitmentOf } from '../keyring.ts';
import type { KitEntry } from './read-kit.ts';
import type { CheckId, Tally } from './tally.ts';

export interface OpeningsCheck {
  next(entry: KitEntry): void;
  readonly opened: number;
}

export function createOpeningsCheck(tally: Tally<CheckId>, role: 'auditor' | 'full'): OpeningsCheck {
  let opened = 0;
  return {
    next({ index, leaf, line }) {
      if (!leaf) return;
      const committed = leaf.entry.who;
      const { who, restricted } = line;
      const isGone = line.erasedBy !== undefined || line.purgedBy !== undefined;
      if (who) {
        opened++;
        const found = tally.attempt('openings', `entry ${index}`, () =>
          commitmentOf(fromBase64(who.salt), who.text),
        );
        if (found !== undefined && found !== committed) tally.fail('openings', 'opening_mismatch', { index });
      } else if (role === 'full' && committed !== undefined && !isGone && !restricted) {
        tally.fail('openings', 'opening_missing', { index });
      }
    },
    get opened() {
      return opened;
    },
  };
}
