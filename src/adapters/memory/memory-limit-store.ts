/** Limit counters in this process's memory: exact for one process, and gone with it. */
import type { Charge, LimitStore } from '../../modules/limits/store.ts';

/** A window is kept a little past its end, for another reservation whose clock was read just before. */
const GRACE_MS = 60_000;
const SWEEP_EVERY_MS = 10_000;

interface WindowCounter {
  used: number;
  readonly endMs: number;
}

/** `maxCounters` bounds memory: past it, a reservation that needs a new counter fails, which refuses the request. */
export function createMemoryLimitStore(maxCounters = 1_000_000): LimitStore {
  const windows = new Map<string, WindowCounter>();
  /** By key: holder of each reservation, and when it lapses. */
  const holders = new Map<string, Map<string, number>>();
  let sweptAtMs = 0;

  function used(charge: Charge, nowMs: number): number {
    if (charge.kind === 'window') return windows.get(windowKey(charge))?.used ?? 0;
    const leases = holders.get(charge.key);
    if (leases === undefined) return 0;
    dropLapsed(leases, nowMs);
    return leases.size;
  }

  function apply(charge: Charge, leaseId: string): void {
    if (charge.kind === 'concurrency') {
      const leases = holders.get(charge.key);
      if (leases) leases.set(leaseId, charge.windowEndMs);
      else holders.set(charge.key, new Map([[leaseId, charge.windowEndMs]]));
      return;
    }
    const key = windowKey(charge);
    const counter = windows.get(key);
    if (counter) counter.used += charge.amount;
    else windows.set(key, { used: charge.amount, endMs: charge.windowEndMs });
  }

  function sweep(nowMs: number): void {
    // A clock that was set back must not stop the sweeping.
    if (Math.abs(nowMs - sweptAtMs) < SWEEP_EVERY_MS) return;
    sweptAtMs = nowMs;
    for (const [key, counter] of windows) if (counter.endMs + GRACE_MS < nowMs) windows.delete(key);
    for (const [key, leases] of holders) {
      dropLapsed(leases, nowMs);
      if (leases.size === 0) holders.delete(key);
    }
  }

  return {
    async reserve(leaseId, charges, nowMs) {
      sweep(nowMs);
      if (windows.size + holders.size + charges.length > maxCounters) {
        throw new Error(`more than ${maxCounters} limit counters`);
      }
      const found: number[] = [];
      let refusedBy = -1;
      for (const [index, charge] of charges.entries()) {
        const inUse = used(charge, nowMs);
        found.push(inUse);
        if (refusedBy < 0 && charge.amount > 0 && inUse + charge.amount > charge.capacity) refusedBy = index;
      }
      if (refusedBy >= 0) return { admitted: false, used: found, refusedBy };
      for (const [index, charge] of charges.entries()) {
        apply(charge, leaseId);
        found[index] = (found[index] ?? 0) + charge.amount;
      }
      return { admitted: true, used: found, refusedBy };
    },
    async settle(leaseId, corrections, nowMs) {
      sweep(nowMs);
      for (const { charge, difference } of corrections) {
        if (charge.kind === 'concurrency') {
          holders.get(charge.key)?.delete(leaseId);
          continue;
        }
        const counter = windows.get(windowKey(charge));
        if (counter) counter.used = Math.max(0, counter.used + difference);
      }
    },
    usage: async (charges, nowMs) => charges.map((charge) => used(charge, nowMs)),
    close: () => Promise.resolve(),
  };
}

function windowKey(charge: Charge): string {
  return `${charge.key}@${charge.windowStartMs}`;
}

function dropLapsed(leases: Map<string, number>, nowMs: number): void {
  for (const [leaseId, endMs] of leases) if (endMs <= nowMs) leases.delete(leaseId);
}
