import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TreeHead } from '../../tlog/verify.ts';
import { openSqliteWitnessStore, type SqliteWitnessStore } from './witness-store.ts';

const head = (size: number, fill = size): TreeHead => ({ size, root: Buffer.alloc(32, fill) });

let directory: string;
let store: SqliteWitnessStore;
const open = () => openSqliteWitnessStore(join(directory, 'witness.sqlite'));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bartizan-witness-'));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

test('a log begins without a tree and goes on from the one before, each by itself', async () => {
  expect(await store.latest('a')).toBeUndefined();
  expect(await store.advance('a', undefined, head(1))).toBe(true);
  expect(await store.advance('a', head(1), head(5))).toBe(true);
  expect(await store.advance('b', undefined, head(2))).toBe(true);
  expect(await store.latest('a')).toEqual(head(5));
  expect(await store.latest('b')).toEqual(head(2));
});

test.each([
  ['there is one already', undefined],
  ['the size is another', head(4, 5)],
  ['the root is another', head(5, 6)],
])('nothing changes where %s', async (_name, expected) => {
  await store.advance('a', undefined, head(5));
  expect(await store.advance('a', expected, head(9))).toBe(false);
  expect(await store.latest('a')).toEqual(head(5));
});

test('nothing begins where another tree was expected', async () => {
  expect(await store.advance('a', head(1), head(2))).toBe(false);
  expect(await store.latest('a')).toBeUndefined();
});

test('what was advanced is there after a restart', async () => {
  await store.advance('a', undefined, head(7));
  store.close();
  store = open();
  expect(await store.latest('a')).toEqual(head(7));
});

test('of two processes with one file, one advances', async () => {
  const other = open();
  await store.advance('a', undefined, head(1));
  const outcomes = await Promise.all([
    store.advance('a', head(1), head(2, 10)),
    other.advance('a', head(1), head(2, 20)),
  ]);
  expect(outcomes.filter((isAdvanced) => isAdvanced)).toHaveLength(1);
  expect(await other.latest('a')).toEqual(await store.latest('a'));
  other.close();
});
