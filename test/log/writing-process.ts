/** A process that appends, integrates and publishes until it is killed, and says what it was told before it goes on. */
import { writeSync } from 'node:fs';
import type { LogStore } from '../../src/modules/audit/store.ts';
import { TILE_WIDTH } from '../../src/tlog/tiles.ts';
import { entryOf } from './entries.ts';
import { openLog, type OpenedLog } from './open-log.ts';

/** Where a process can be told to kill itself. */
export const MOMENTS = [
  'appending',
  'sequenced',
  'integrating',
  'integrated',
  'bundling',
  'publishing',
  'published',
] as const;
export type Moment = (typeof MOMENTS)[number];

const WRITERS = 16;

interface Manner {
  /** Told of each moment; it may be the last. */
  readonly at: (moment: Moment) => void;
  /** Undefined where it failed and this process goes on all the same. */
  readonly attempt: <T>(attempted: Promise<T>) => Promise<T | undefined>;
}

/** Written at once: what this process has said, it has said, however it ends. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      // The pipe is full until the other side has read.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

/** Kills this process some microseconds after the moment has come so many times. */
function killAt(moment: string, count: number, delayMicros: number): (now: Moment) => void {
  let left = count;
  return (now) => {
    if (now !== moment || --left !== 0) return;
    const due = performance.now() + delayMicros / 1_000;
    const wait = () =>
      void (performance.now() < due ? setImmediate(wait) : process.kill(process.pid, 'SIGKILL'));
    wait();
  };
}

/** The log as it is, with a word at each of its steps. */
function watched(store: LogStore, at: (moment: Moment) => void): LogStore {
  return {
    ...store,
    async integrate(maxLeaves) {
      const [before, sequenced] = [await store.integrated(), await store.sequenced()];
      const after = store.integrate(maxLeaves);
      at('integrating');
      if (Math.floor(sequenced / TILE_WIDTH) > Math.floor(before.size / TILE_WIDTH)) at('bundling');
      await after;
      at('integrated');
      return after;
    },
    async publish(checkpoint) {
      const done = store.publish(checkpoint);
      at('publishing');
      await done;
      at('published');
    },
  };
}

async function write({ stores }: OpenedLog, writer: number, { at, attempt }: Manner): Promise<never> {
  for (let round = 0; ; round++) {
    const id = `${process.pid}-${writer}-${round}`;
    const appended = attempt(stores.audit.append(entryOf(id)));
    at('appending');
    const receipt = await appended;
    at('sequenced');
    say(receipt ? `receipt ${receipt.sequence} ${receipt.index} ${id}` : 'refused');
  }
}

async function publish({ log }: OpenedLog, { attempt }: Manner): Promise<never> {
  for (;;) {
    const checkpoint = await attempt(log.publish());
    if (checkpoint) say(`checkpoint ${Buffer.from(checkpoint.note).toString('base64')}`);
    await pause(4);
  }
}

async function prove({ log, stores }: OpenedLog, { attempt }: Manner): Promise<never> {
  for (;;) {
    const sequenced = (await attempt(stores.log.sequenced())) ?? 0;
    if (sequenced > 0) await attempt(log.prove(Math.floor(Math.random() * sequenced)));
    await pause(15);
  }
}

/** As a service goes on after it has refused somebody. */
async function unlessFailed<T>(attempted: Promise<T>): Promise<T | undefined> {
  try {
    return await attempted;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    await pause(40);
    return undefined;
  }
}

function pause(maxMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * maxMs));
}

if (process.argv[1]?.endsWith('writing-process.ts')) {
  const [location = '', instance = '', patience, moment = '', count, delayMicros] = process.argv.slice(2);
  const manner: Manner = {
    at: killAt(moment, Number(count), Number(delayMicros)),
    attempt: patience === 'patient' ? unlessFailed : (attempted) => attempted,
  };
  const opened = await openLog(location, instance, (store) => watched(store, manner.at));
  await Promise.all([
    ...Array.from({ length: WRITERS }, (_, writer) => write(opened, writer, manner)),
    publish(opened, manner),
    publish(opened, manner),
    prove(opened, manner),
  ]);
}
