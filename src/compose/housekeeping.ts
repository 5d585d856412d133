/** What the gateway does by itself, in the background: at its start and each hour it purges where that is due, finishes erasures, and does what rooms ask to have done. */
import type { Office } from './office.ts';

const EVERY_MS = 60 * 60_000;
const DAY_MS = 24 * EVERY_MS;

export interface Housekeeping {
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

export function startHousekeeping(
  { subjects, purge, instance }: Office,
  chores: readonly (() => Promise<unknown>)[],
  onError: (error: unknown) => void,
): Housekeeping {
  const actor = `gateway:${instance}`;
  const run = async () => {
    // Less than a day, so that it is not one tick later each time.
    await purge.runDaily(actor, DAY_MS - EVERY_MS / 2).catch(onError);
    await subjects.resume(actor).catch(onError);
    for (const chore of chores) await chore().catch(onError);
  };
  // Now too: one that is started anew each hour would never come to it.
  let running = run();
  const timer = setInterval(() => {
    running = running.then(run);
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
