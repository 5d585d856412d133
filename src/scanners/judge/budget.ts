/** So many tokens an hour, by the clock's hours; of one instance, since its configuration came into force. */
import type { Clock } from '../../base/clock.ts';

const HOUR_MS = 3_600_000;

export interface Budget {
  /** @throws Error where it is used up */
  spend(tokens: number): void;
}

export function createBudget(tokensPerHour: number, clock: Clock): Budget {
  let hour = 0;
  let spent = 0;
  return {
    spend(tokens) {
      const now = Math.floor(clock.now() / HOUR_MS);
      if (now !== hour) [hour, spent] = [now, 0];
      if (spent + tokens > tokensPerHour) throw new Error("the judge's budget for this hour is used up");
      spent += tokens;
    },
  };
}
