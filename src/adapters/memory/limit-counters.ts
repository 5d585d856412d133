/** The counters of limits in memory; each call is one step of a reservation. */
import type { Charge } from '../../modules/limits/store.ts';

/** A window is kept a little past its end, for a correction that comes late. */
const GRACE_MS = 60_000;
const SWEEP_EVERY_MS = 10_000;

export interface LimitCounters {
  readonly size: number;
  used(charge: Charge, nowMs: number): number;
  take(charge: Charge, leaseId: string): void;
  release(key: string, leaseId: string): void;
  correct(charge: Charge, difference: number): void;
  /** Forgets what is over; most calls find that it is too early to look. */
  sweep(nowMs: number): void;
}

export function createLimitCounters(): LimitCounters {
  const windows = new Map<string, { used: number; readonly endMs: number }>();
  /** By key: who holds a place, and when it lapses. */
  const holders = new Map<string, Map<string, number>>();
  let sweptAtMs = 0;
  return {
    get size() {
      return windows.size + holders.size;
    },
    used(charge, nowMs) {
      if (charge.kind === 'window') return windows.get(windowKey(charge))?.used ?? 0;
      const leases = holders.get(charge.key);
      if (leases === undefined) return 0;
      dropLapsed(leases, nowMs);
      return leases.size;
    },
    take(charge, leaseId) {
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
    },
    release: (key, leaseId) => void holders.get(key)?.delete(leaseId),
    correct(charge, difference) {
      const counter = windows.get(windowKey(charge));
      if (counter) counter.used = Math.max(0, counter.used + difference);
    },
    sweep(nowMs) {
      // A clock that was set back must not stop the sweeping.
      if (Math.abs(nowMs - sweptAtMs) < SWEEP_EVERY_MS) return;
      sweptAtMs = nowMs;
      for (const [key, counter] of windows) if (counter.endMs + GRACE_MS < nowMs) windows.delete(key);
      for (const [key, leases] of holders) {
        dropLapsed(leases, nowMs);
        if (leases.size === 0) holders.delete(key);
      }
    },
  };
}

function windowKey(charge: Charge): string {
  return `${charge.key}@${charge.windowStartMs}`;
}

/** Places are taken in the order of time, and each for as long as the others: the first that still holds ends it. */
function dropLapsed(leases: Map<string, number>, nowMs: number): void {
  for (const [leaseId, endMs] of leases) {
    if (endMs > nowMs) return;
    leases.delete(leaseId);
  }
}
