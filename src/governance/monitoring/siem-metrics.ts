/** Metrics of the export, by the name of the destination. */
import { Counter, Gauge, type Registry } from '@prometheus-io/client';

export interface SiemMetrics {
  sent(destination: string, count: number): void;
  rejected(destination: string): void;
  failed(destination: string): void;
  lost(destination: string, count: number): void;
  behind(destination: string, entries: number, ageMs: number): void;
}

export function createSiemMetrics(registers: Registry[]): SiemMetrics {
  const labelNames = ['destination'] as const;
  const sent = new Counter({
    name: 'bartizan_siem_sent_total',
    help: 'Entries of the record that a destination has taken.',
    labelNames,
    registers,
  });
  const rejected = new Counter({
    name: 'bartizan_siem_rejected_total',
    help: 'Entries that a destination rejected for good and that were passed.',
    labelNames,
    registers,
  });
  const failed = new Counter({
    name: 'bartizan_siem_failed_total',
    help: 'Attempts to send that failed and are made again.',
    labelNames,
    registers,
  });
  const lost = new Counter({
    name: 'bartizan_siem_lost_total',
    help: 'Entries that retention removed from the record before a destination took them.',
    labelNames,
    registers,
  });
  const entriesBehind = new Gauge({
    name: 'bartizan_siem_behind_entries',
    help: 'Entries that wait for a destination, at most.',
    labelNames,
    registers,
  });
  const secondsBehind = new Gauge({
    name: 'bartizan_siem_behind_seconds',
    help: 'Age of the oldest entry that waits for a destination.',
    labelNames,
    registers,
  });
  return {
    sent: (destination, count) => sent.inc({ destination }, count),
    rejected: (destination) => rejected.inc({ destination }),
    failed: (destination) => failed.inc({ destination }),
    lost: (destination, count) => lost.inc({ destination }, count),
    behind(destination, entries, ageMs) {
      entriesBehind.set({ destination }, entries);
      secondsBehind.set({ destination }, ageMs / 1_000);
    },
  };
}
