/** The limit counters as one transaction works on them: each is read once and written once, however many reservations share it. */
import type { Charge } from '../../modules/limits/store.ts';
import type { SqliteConnection } from './connection.ts';

/** A window is kept a little past its end, for a correction that comes late. */
const GRACE_MS = 60_000;
/** A sweep that finds more leaves the rest to the next one. */
const SWEEP_AT_MOST = 1_000;

/** MUST be used within a transaction that ends with `write`, and told afterwards whether it was committed. */
export interface LimitLedger {
  used(charge: Charge, nowMs: number): number;
  take(charge: Charge, leaseId: string): void;
  /** Ends a place that this process took; of any other it knows nothing. */
  release(key: string, leaseId: string): void;
  correct(charge: Charge, difference: number): void;
  /** Deletes what is over. */
  sweep(nowMs: number): void;
  /** Writes what changed. */
  write(): void;
  /** From now on another process may change what was read. */
  committed(): void;
  /** Nothing of it has happened. */
  failed(): void;
}

/** A counter of this transaction. */
interface Window {
  readonly charge: Charge;
  readonly found: number;
  used: number;
  /** A late correction of a window that nobody knows any more is nothing. */
  isKnown: boolean;
}

/** What this process holds of one key: by lease, when it lapses. Outlives the transaction. */
interface Places {
  readonly leases: Map<string, number>;
  lastEndMs: number;
}

/** `holder` names this process among those that share the file. */
export function createLimitLedger(connection: SqliteConnection, holder: string): LimitLedger {
  const statements = prepare(connection);
  const places = new Map<string, Places>();
  const windows = new Map<string, Window>();
  const heldByOthers = new Map<string, number>();
  const changed = new Set<string>();
  let undos: (() => void)[] = [];

  function windowOf(charge: Charge): Window {
    const key = `${charge.key}@${charge.windowStartMs}`;
    let window = windows.get(key);
    if (!window) {
      const found = statements.window.get(charge.key, charge.windowStartMs);
      window = { charge, found: found ?? 0, used: found ?? 0, isKnown: found !== undefined };
      windows.set(key, window);
    }
    return window;
  }

  function othersHold(key: string, nowMs: number): number {
    let count = heldByOthers.get(key);
    if (count === undefined) {
      count = statements.others.get(key, holder, nowMs) ?? 0;
      heldByOthers.set(key, count);
    }
    return count;
  }

  function hold({ key, windowEndMs }: Charge, leaseId: string): void {
    let own = places.get(key);
    if (!own) places.set(key, (own = { leases: new Map(), lastEndMs: 0 }));
    const { leases } = own;
    leases.set(leaseId, windowEndMs);
    own.lastEndMs = Math.max(own.lastEndMs, windowEndMs);
    changed.add(key);
    undos.push(() => leases.delete(leaseId));
  }

  function writePlaces(key: string): void {
    const own = places.get(key);
    if (own && own.leases.size > 0) statements.setPlaces.run(key, holder, own.leases.size, own.lastEndMs);
    else {
      statements.dropPlaces.run(key, holder);
      places.delete(key);
    }
  }

  function forget(): void {
    windows.clear();
    heldByOthers.clear();
    changed.clear();
    undos = [];
  }

  return {
    used(charge, nowMs) {
      if (charge.kind === 'window') return windowOf(charge).used;
      const own = places.get(charge.key);
      if (own && dropLapsed(own.leases, nowMs)) changed.add(charge.key);
      return (own?.leases.size ?? 0) + othersHold(charge.key, nowMs);
    },
    take(charge, leaseId) {
      if (charge.kind === 'concurrency') return hold(charge, leaseId);
      const window = windowOf(charge);
      window.used += charge.amount;
      window.isKnown = true;
    },
    release(key, leaseId) {
      const leases = places.get(key)?.leases;
      const endMs = leases?.get(leaseId);
      if (!leases || endMs === undefined) return;
      leases.delete(leaseId);
      changed.add(key);
      undos.push(() => leases.set(leaseId, endMs));
    },
    correct(charge, difference) {
      const window = windowOf(charge);
      if (window.isKnown) window.used = Math.max(0, window.used + difference);
    },
    sweep(nowMs) {
      statements.sweepWindows.run(nowMs - GRACE_MS, SWEEP_AT_MOST);
      statements.sweepPlaces.run(nowMs, SWEEP_AT_MOST);
    },
    write() {
      for (const { charge, found, used } of windows.values())
        if (used !== found)
          statements.setWindow.run(charge.key, charge.windowStartMs, charge.windowEndMs, used);
      changed.forEach(writePlaces);
    },
    committed: forget,
    failed() {
      for (const undo of undos.toReversed()) undo();
      forget();
    },
  };
}

function prepare(connection: SqliteConnection) {
  connection.exec(`
    create table if not exists windows (
      key text not null, start_ms integer not null, end_ms integer not null, used integer not null,
      primary key (key, start_ms)) without rowid;
    create index if not exists windows_end on windows (end_ms);
    create table if not exists places (
      key text not null, holder text not null, held integer not null, end_ms integer not null,
      primary key (key, holder)) without rowid;
    drop table if exists holders;`);
  return {
    window: connection
      .prepare<[string, number], number>('select used from windows where key = ? and start_ms = ?')
      .pluck(),
    setWindow: connection.prepare<[string, number, number, number]>(
      'insert into windows (key, start_ms, end_ms, used) values (?, ?, ?, ?) on conflict do update set used = excluded.used',
    ),
    others: connection
      .prepare<[string, string, number], number | null>(
        'select sum(held) from places where key = ? and holder <> ? and end_ms > ?',
      )
      .pluck(),
    setPlaces: connection.prepare<[string, string, number, number]>(
      'insert into places (key, holder, held, end_ms) values (?, ?, ?, ?) on conflict do update set held = excluded.held, end_ms = excluded.end_ms',
    ),
    dropPlaces: connection.prepare<[string, string]>('delete from places where key = ? and holder = ?'),
    sweepWindows: connection.prepare<[number, number]>(
      'delete from windows where (key, start_ms) in (select key, start_ms from windows where end_ms < ? limit ?)',
    ),
    sweepPlaces: connection.prepare<[number, number]>(
      'delete from places where (key, holder) in (select key, holder from places where end_ms <= ? limit ?)',
    ),
  };
}

/** Places are taken in the order of time, and each for as long as the others: the first that still holds ends it. */
function dropLapsed(leases: Map<string, number>, nowMs: number): boolean {
  let hasDropped = false;
  for (const [leaseId, endMs] of leases) {
    if (endMs > nowMs) break;
    leases.delete(leaseId);
    hasDropped = true;
  }
  return hasDropped;
}
