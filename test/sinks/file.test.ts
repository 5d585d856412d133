/** Lines in files: durable, moved aside when full, and whole again after a crash. */
import { mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFileSink } from '../../src/adapters/sinks/file-sink.ts';
import { deliver, item, items } from './items.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bartizan-sink-'));
  path = join(directory, 'audit.jsonl');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const open = (maxBytes = 1_000_000, keep = 2) => openFileSink({ path, maxBytes, keep });
const lines = async (name = 'audit.jsonl') =>
  (await readFile(join(directory, name), 'utf8')).split('\n').slice(0, -1);

test('lines are appended, by whoever opens the file, for its owner alone', async () => {
  for (const from of [1, 4]) {
    const sink = await open();
    expect(await deliver(sink, items(3, from))).toEqual([]);
    await sink.close();
  }
  expect(await lines()).toEqual(items(6).map(({ text }) => text));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a full file is moved aside between batches, and the oldest beyond those kept is deleted', async () => {
  const sink = await open(100, 2);
  for (let batch = 0; batch < 5; batch++) await deliver(sink, items(3, batch * 3 + 1));
  await sink.close();
  expect((await readdir(directory)).toSorted()).toEqual(['audit.jsonl', 'audit.jsonl.1', 'audit.jsonl.2']);
  const kept = [...(await lines('audit.jsonl.2')), ...(await lines('audit.jsonl.1')), ...(await lines())];
  expect(kept).toEqual(items(9, 7).map(({ text }) => text));
});

test('a line that a crash cut off is taken away before the next is written', async () => {
  await writeFile(path, `${item(1).text}\n${item(2).text.slice(0, 9)}`);
  const sink = await open();
  await deliver(sink, [item(2)]);
  await sink.close();
  expect(await lines()).toEqual([item(1).text, item(2).text]);
});

test.each([
  ['a symbolic link', () => symlink('/etc/hostname', path), 'ELOOP'],
  ['a folder that is not there', async () => void (path = join(directory, 'no', 'audit.jsonl')), 'ENOENT'],
])('%s is an error, not a file', async (_, prepare, code) => {
  await prepare();
  await expect(open()).rejects.toMatchObject({ code });
});
