/** `kill -9` between any two states of the log: nothing that was acknowledged is lost, and nothing that was published forks. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMirror, type Said } from './mirror.ts';
import { logBackends, type LogPlace } from './log-place.ts';
import { openLog } from './open-log.ts';
import { startWriter } from './writer.ts';
import { MOMENTS } from './writing-process.ts';

/** Kills on each database; more of them look longer for what is rare. */
const ROUNDS = Number(process.env['BARTIZAN_CRASH_ROUNDS'] ?? 8);
const ROUND_MS = 20_000;

/** One process, until it has killed itself at the moment of its round, or is killed at no moment in particular. */
function crash(location: string, round: number): Promise<Said> {
  const moment = MOMENTS[round % (MOMENTS.length + 1)];
  const lifeMs = moment === undefined ? Math.random() * 400 : ROUND_MS;
  const death = moment && {
    moment,
    count: 1 + Math.floor(Math.random() * 40),
    delayMicros: Math.floor(Math.random() ** 3 * 4_000),
  };
  const onFirstWord = (kill: () => void) => void setTimeout(kill, lifeMs).unref();
  return startWriter(location, 'victim', { onFirstWord, ...(death && { death }) }).killed;
}

for (const backend of logBackends) {
  backend.describe(`the log in ${backend.name}`, () => {
    let place: LogPlace;
    beforeEach(async () => {
      place = await backend.prepare();
    });
    afterEach(() => place.discard());

    test(`outlives ${ROUNDS} kills without loss or fork`, {
      timeout: 60_000 + ROUNDS * ROUND_MS,
    }, async () => {
      const mirror = createMirror();
      let told = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const said = await crash(place.location, round);
        told += said.receipts.length;
        await place.settled();
        const opened = await openLog(place.location, 'auditor');
        await mirror.follow(opened, new Map([['victim', said]]));
        if (round === ROUNDS - 1) await mirror.compareAll(opened);
        await opened.stores.close();
      }
      // Else nothing was put to the test.
      expect(told).toBeGreaterThan(ROUNDS * 4);
      expect(mirror.size).toBeGreaterThanOrEqual(told);
      expect(mirror.heads.length).toBeGreaterThan(ROUNDS);
      console.info(
        `${backend.name}: ${ROUNDS} kills, ${told} receipts, ${mirror.size} leaves, ${mirror.heads.length} checkpoints`,
      );
    });
  });
}
