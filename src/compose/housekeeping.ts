/** What the gateway does by itself, in the background: each hour it looks whether a purge is due, and finishes erasures. */
import type { Office } from './office.ts';

const EVERY_MS = 60 * 60_000;
const DAY_MS = 24 * EVERY_MS;

export interface Housekeeping {
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

export function startHousekeeping(
  { subjects, purge, instance }: Office,
  /** What else throws away what is over. */
  tidying: readonly (() => Promise<void>)[],
  onError: (error: unknown) => void,
): Housekeeping {
  const actor = `gateway:${instance}`;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    // Less than a day, so that it is not one tick later each time.
    await purge.runDaily(actor, DAY_MS - EVERY_MS / 2).catch(onError);
    await subjects.resume(actor).catch(onError);
    for (const tidy of tidying) await tidy().catch(onError);
  };
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
