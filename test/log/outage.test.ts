/** A disk that takes nothing more, a lock that is held, a server that goes and comes back, two at one tree: nothing acknowledged is lost, nothing forks, and it goes on by itself. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeWithPostgres } from '../servers.ts';
import { createRelay } from '../conformance/severable.ts';
import { createMirror, type Said } from './mirror.ts';
import { type LogPlace, logBackends, postgresLog, sqliteLog } from './log-place.ts';
import { openLog } from './open-log.ts';
import { startWriter, type Writer } from './writer.ts';

const started: Writer[] = [];
let place: LogPlace;
afterEach(async () => {
  await Promise.allSettled(started.splice(0).map((writer) => writer.kill()));
  await place.discard();
});

function start(location: string, instance: string): Writer {
  const writer = startWriter(location, instance, { isPatient: true });
  writer.killed.catch(() => undefined);
  started.push(writer);
  return writer;
}

/** All that was said is there, in one tree. */
async function compare(said: ReadonlyMap<string, Said>): Promise<void> {
  await place.settled();
  const mirror = createMirror();
  const opened = await openLog(place.location, 'auditor');
  try {
    await mirror.follow(opened, said);
    await mirror.compareAll(opened);
  } finally {
    await opened.stores.close();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the log in SQLite', () => {
  beforeEach(async () => {
    place = await sqliteLog.prepare();
  });

  const limitFiles = (writer: Writer, bytes: string) =>
    execFileSync('prlimit', [`--pid=${writer.pid}`, `--fsize=${bytes}:unlimited`]);

  test.skipIf(process.platform !== 'linux').each([
    ['takes no larger file', '300000'],
    ['takes nothing at all, as one that is read-only', '0'],
  ])('goes on by itself after a disk that %s', { timeout: 120_000 }, async (_, bytes) => {
    const writer = start(place.location, 'one');
    await writer.goesOn();
    for (let round = 0; round < 3; round++) {
      limitFiles(writer, bytes);
      await writer.isRefused();
      await pause(100);
      limitFiles(writer, 'unlimited');
      await writer.goesOn();
    }
    await compare(new Map([['one', await writer.kill()]]));
  });

  test('goes on by itself after a lock that was held for longer than anybody waits', {
    timeout: 120_000,
  }, async () => {
    const writer = start(place.location, 'one');
    await writer.goesOn();
    const other = new Database(join(place.location, 'bartizan.sqlite'), { timeout: 5_000 });
    other.exec('begin immediate');
    await writer.isRefused();
    other.exec('rollback');
    other.close();
    await writer.goesOn();
    await compare(new Map([['one', await writer.kill()]]));
  });
});

describeWithPostgres('the log in PostgreSQL', () => {
  beforeEach(async () => {
    place = await postgresLog.prepare();
  });

  test('goes on by itself after a server that went away and came back', { timeout: 120_000 }, async () => {
    const relay = await createRelay(place.location, 5432);
    const writer = start(relay.url, 'one');
    try {
      await writer.goesOn();
      for (let round = 0; round < 5; round++) {
        await relay.cut();
        await writer.isRefused();
        await pause(Math.random() * 200);
        await relay.restore();
        await writer.goesOn();
      }
      await compare(new Map([['one', await writer.kill()]]));
    } finally {
      await relay.close();
    }
  });
});

for (const backend of logBackends) {
  backend.describe(`two processes at one log in ${backend.name}`, () => {
    beforeEach(async () => {
      place = await backend.prepare();
    });

    test('make one tree, and one takes over when the other is killed', { timeout: 120_000 }, async () => {
      const [first, second] = [start(place.location, 'one'), start(place.location, 'two')];
      await Promise.all([first.goesOn(300), second.goesOn(300)]);
      const one = await first.kill();
      await second.goesOn(300);
      const third = start(place.location, 'three');
      await Promise.all([third.goesOn(300), second.goesOn(100)]);
      const said = new Map([
        ['one', one],
        ['two', await second.kill()],
        ['three', await third.kill()],
      ]);
      await compare(said);
      for (const { checkpoints } of said.values()) expect(checkpoints.length).toBeGreaterThan(0);
    });
  });
}
