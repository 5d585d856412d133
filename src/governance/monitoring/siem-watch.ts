/** Watches the export: a destination that fails or falls behind is logged loudly, and so is each entry that is lost to it. */
import type { Logger } from 'pino';
import type { SiemMetrics } from './siem-metrics.ts';

export interface SiemWatch {
  sent(destination: string, count: number): void;
  rejected(destination: string, rejection: { readonly position: number; readonly reason: string }): void;
  failed(destination: string, reason: string, failures: number): void;
  lost(destination: string, count: number): void;
  behind(destination: string, entries: number, ageMs: number): void;
}

/** An entry that waits so long is told of, and so often. */
const LATE_MS = 5 * 60_000;
const TOLD_EVERY_MS = 60_000;

export function createSiemWatch(log: Logger, metrics: SiemMetrics): SiemWatch {
  const toldAt = new Map<string, number>();
  const failing = new Set<string>();
  return {
    sent(destination, count) {
      metrics.sent(destination, count);
      if (failing.delete(destination))
        log.info({ destination }, 'a destination of the record takes entries again');
    },
    rejected(destination, { position, reason }) {
      metrics.rejected(destination);
      log.error(
        { destination, position, reason },
        'a destination rejects an entry of the record, which is passed',
      );
    },
    failed(destination, reason, failures) {
      metrics.failed(destination);
      failing.add(destination);
      log.warn({ destination, reason, failures }, 'a destination of the record fails; entries wait');
    },
    lost(destination, count) {
      metrics.lost(destination, count);
      log.error(
        { destination, count },
        'entries were removed from the record before a destination took them: they are lost to it',
      );
    },
    behind(destination, entries, ageMs) {
      metrics.behind(destination, entries, ageMs);
      const now = performance.now();
      if (ageMs < LATE_MS || now - (toldAt.get(destination) ?? -Infinity) < TOLD_EVERY_MS) return;
      toldAt.set(destination, now);
      log.error(
        { destination, entries, ageMs },
        'a destination of the record is far behind; what retention removes before it is taken is lost to it',
      );
    },
  };
}
