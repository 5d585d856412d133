/** Limit counters in this process's memory: exact for one process, and gone with it. */
import type { LimitStore } from '../../modules/limits/store.ts';
import { createLimitCounters } from './limit-counters.ts';

/** `maxCounters` bounds memory: past it, a reservation fails, which refuses the request. */
export function createMemoryLimitStore(maxCounters = 1_000_000): LimitStore {
  const counters = createLimitCounters();
  return {
    async reserve(leaseId, charges, nowMs) {
      counters.sweep(nowMs);
      if (counters.size + charges.length > maxCounters)
        throw new Error(`more than ${maxCounters} limit counters`);
      const used: number[] = [];
      let refusedBy = -1;
      for (const charge of charges) {
        const inUse = counters.used(charge, nowMs);
        used.push(inUse);
        const isFull = charge.amount > 0 && inUse + charge.amount > charge.capacity;
        if (isFull && refusedBy < 0) refusedBy = used.length - 1;
      }
      if (refusedBy >= 0) return { admitted: false, used, refusedBy };
      for (const [index, charge] of charges.entries()) {
        counters.take(charge, leaseId);
        used[index] = (used[index] ?? 0) + charge.amount;
      }
      return { admitted: true, used, refusedBy };
    },
    async settle(leaseId, corrections, nowMs) {
      counters.sweep(nowMs);
      for (const { charge, difference } of corrections) {
        if (charge.kind === 'concurrency') counters.release(charge.key, leaseId);
        else counters.correct(charge, difference);
      }
    },
    usage: async (charges, nowMs) => charges.map((charge) => counters.used(charge, nowMs)),
    close: () => Promise.resolve(),
  };
}
