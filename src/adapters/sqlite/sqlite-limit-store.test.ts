import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Charge } from '../../modules/limits/store.ts';
import { openSqliteLimitStore } from './sqlite-limit-store.ts';

const NOW = Date.parse('2100-01-01T00:00:00Z');
const place: Charge = {
  key: 'place',
  windowStartMs: 0,
  windowEndMs: NOW + 60_000,
  amount: 1,
  capacity: 2,
  kind: 'concurrency',
};
const counter: Charge = { ...place, key: 'counter', windowStartMs: NOW, kind: 'window' };

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bartizan-limits-'));
  file = join(directory, 'limits.sqlite');
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Nobody can change the file until it is let go. */
function lockFile(): () => void {
  const connection = new Database(file);
  connection.exec('begin immediate');
  return () => {
    connection.exec('rollback');
    connection.close();
  };
}

test('what could not be written has not happened, neither a reservation nor its end', async () => {
  const store = openSqliteLimitStore(file);
  const charges = [place, counter];
  await store.reserve('first', charges, NOW);
  const unlock = lockFile();
  await expect(store.reserve('second', charges, NOW)).rejects.toThrow('could not be changed');
  await expect(store.settle('first', [{ charge: place, difference: 0 }], NOW)).rejects.toThrow(
    'could not be changed',
  );
  unlock();
  expect(await store.usage(charges, NOW)).toEqual([1, 1]);
  await store.settle('first', [{ charge: place, difference: 0 }], NOW);
  expect(await store.usage(charges, NOW)).toEqual([0, 1]);
  await store.close();
});

test('what was counted outlives the process; places of a process that is gone lapse', async () => {
  const gone = openSqliteLimitStore(file);
  await gone.reserve('first', [place, counter], NOW);
  await gone.close();
  const store = openSqliteLimitStore(file);
  expect(await store.usage([place, counter], NOW)).toEqual([1, 1]);
  expect(await store.usage([place, counter], NOW + 60_000)).toEqual([0, 1]);
  await store.close();
});
