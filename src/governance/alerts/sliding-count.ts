/** Counts what happened within the last minutes, in a few slots: at no cost to whoever counts, and in bounded memory. */

const SLOTS = 60;

export interface SlidingCount {
  add(nowMs: number): void;
  total(nowMs: number): number;
}

/** What is older than the span is forgotten, one sixtieth of it later at most. */
export function createSlidingCount(spanMs: number): SlidingCount {
  const slotMs = spanMs / SLOTS;
  const counts = Array.from({ length: SLOTS }, () => 0);
  const slots = Array.from({ length: SLOTS }, () => -1);
  return {
    add(nowMs) {
      const slot = Math.floor(nowMs / slotMs);
      const place = slot % SLOTS;
      counts[place] = slots[place] === slot ? (counts[place] ?? 0) + 1 : 1;
      slots[place] = slot;
    },
    total(nowMs) {
      const newest = Math.floor(nowMs / slotMs);
      return counts.reduce((sum, count, place) => {
        const age = newest - (slots[place] ?? -1);
        return age >= 0 && age < SLOTS ? sum + count : sum;
      }, 0);
    },
  };
}
