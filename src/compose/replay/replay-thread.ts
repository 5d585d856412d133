/** A thread that replays, one draft after the other. Loading what it needs takes more than many interactions do: it steps back before. */
import { parentPort } from 'node:worker_threads';
import { stepBack } from '../../base/thread-priority.ts';
import type { ReplaySettings } from './run-replay.ts';

/** Whoever tries something out waits, rather than live requests and those who look at them. */
const NICENESS = 19;

if (parentPort) {
  const port = parentPort;
  stepBack(NICENESS);
  const { runReplay } = await import('./run-replay.ts');
  const run = async (settings: ReplaySettings) => {
    for await (const event of runReplay(settings)) port.postMessage(event);
  };
  // What fails ends the thread, and whoever waits for it is told.
  port.on('message', (settings: ReplaySettings) => void run(settings));
}
