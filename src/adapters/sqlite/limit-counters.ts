/** The tables of the limit counters and their prepared statements; each call is one step of a caller's transaction. */
import type { Charge } from '../../modules/limits/store.ts';
import type { SqliteConnection } from './connection.ts';

/** A window is kept a little past its end, for a correction that comes late. */
const GRACE_MS = 60_000;
/** A sweep that finds more leaves the rest to the next one. */
const SWEEP_AT_MOST = 1_000;

export function createCounters(connection: SqliteConnection) {
  connection.exec(`
    create table if not exists windows (
      key text not null, start_ms integer not null, end_ms integer not null, used integer not null,
      primary key (key, start_ms)) without rowid;
    create index if not exists windows_end on windows (end_ms);
    create table if not exists holders (
      key text not null, lease_id text not null, end_ms integer not null,
      primary key (key, lease_id)) without rowid;
    create index if not exists holders_end on holders (end_ms);`);
  const inWindow = connection
    .prepare<[string, number], number>('select used from windows where key = ? and start_ms = ?')
    .pluck();
  const holding = connection
    .prepare<[string, number], number>('select count(*) from holders where key = ? and end_ms > ?')
    .pluck();
  const add = connection.prepare(
    'insert into windows (key, start_ms, end_ms, used) values (?, ?, ?, ?) on conflict do update set used = used + excluded.used',
  );
  const hold = connection.prepare('insert or replace into holders (key, lease_id, end_ms) values (?, ?, ?)');
  const release = connection.prepare('delete from holders where key = ? and lease_id = ?');
  const correct = connection.prepare(
    'update windows set used = max(0, used + ?) where key = ? and start_ms = ?',
  );
  const sweepWindows = connection.prepare(
    'delete from windows where (key, start_ms) in (select key, start_ms from windows where end_ms < ? limit ?)',
  );
  const sweepHolders = connection.prepare(
    'delete from holders where (key, lease_id) in (select key, lease_id from holders where end_ms <= ? limit ?)',
  );
  return {
    used(charge: Charge, nowMs: number): number {
      const amount =
        charge.kind === 'window'
          ? inWindow.get(charge.key, charge.windowStartMs)
          : holding.get(charge.key, nowMs);
      return amount ?? 0;
    },
    take(charge: Charge, leaseId: string): void {
      if (charge.kind === 'window')
        add.run(charge.key, charge.windowStartMs, charge.windowEndMs, charge.amount);
      else hold.run(charge.key, leaseId, charge.windowEndMs);
    },
    release: (key: string, leaseId: string) => void release.run(key, leaseId),
    correct: (charge: Charge, difference: number) =>
      void correct.run(difference, charge.key, charge.windowStartMs),
    sweep(nowMs: number): void {
      sweepWindows.run(nowMs - GRACE_MS, SWEEP_AT_MOST);
      sweepHolders.run(nowMs, SWEEP_AT_MOST);
    },
  };
}
