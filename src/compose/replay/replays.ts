/** Replays as the main thread sees them: threads that are lent, and their events. */
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ReplayEvent } from '../../control-plane/guardrails/replay.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ReplaySettings } from './run-replay.ts';

export interface Replays {
  /**
   * @throws the signal's reason: whoever gave it up waits for nothing, not even for the text that is being scanned. Refusal
   * `overloaded` where too many replay. Error where the thread fails or hangs
   */
  start(settings: ReplaySettings, signal: AbortSignal): AsyncGenerator<ReplayEvent>;
  stop(): Promise<void>;
}

/** A draft is mostly replayed, changed and replayed again. */
const KEPT_MS = 60_000;
/** Each has models and connections of its own. */
const MOST_AT_ONCE = 4;
/** Without a word for so long, a thread waits for a store or a scanner that will not come back. */
const HANGS_AFTER_MS = 120_000;

const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './replay-thread.ts' : './replay-thread.js',
  import.meta.url,
);

/** One thread that has done its work waits for the next: what it has loaded and compiled takes as long as some thousand interactions. */
export function createReplays(keptMs: number = KEPT_MS, hangsAfterMs: number = HANGS_AFTER_MS): Replays {
  const atWork = new Set<Worker>();
  let idle: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function mustHaveRoom(): void {
    if (isStopped) throw new Error('replays are stopped');
    if (atWork.size >= MOST_AT_ONCE) throw new Refusal('overloaded');
  }

  function take(): Worker {
    mustHaveRoom();
    const thread = idle ?? startThread();
    idle = undefined;
    clearTimeout(timer);
    atWork.add(thread);
    return thread;
  }

  function startThread(): Worker {
    const thread = new Worker(threadFile, { name: 'replay' });
    thread.unref();
    // Told by its end, too.
    thread.on('error', () => undefined);
    thread.once('exit', () => {
      if (idle !== thread) return;
      idle = undefined;
      clearTimeout(timer);
    });
    return thread;
  }

  async function giveBack(thread: Worker, isDone: boolean): Promise<void> {
    atWork.delete(thread);
    if (!isDone || idle || isStopped) return void (await thread.terminate());
    idle = thread;
    timer = setTimeout(() => {
      idle = undefined;
      void thread.terminate();
    }, keptMs).unref();
  }

  async function* events(settings: ReplaySettings, signal: AbortSignal): AsyncGenerator<ReplayEvent> {
    signal.throwIfAborted();
    const thread = take();
    let isDone = false;
    const watch = setTimeout(() => void thread.terminate(), hangsAfterMs).unref();
    try {
      thread.postMessage(settings);
      for await (const [event] of on(thread, 'message', { signal, close: ['exit'] })) {
        watch.refresh();
        // What the thread sends is what this generator's twin there has given.
        const told = event as ReplayEvent;
        isDone = told.kind === 'done';
        yield told;
        if (isDone) return;
      }
      throw new Error('the thread of the replay ended');
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(watch);
      await giveBack(thread, isDone);
    }
  }

  return {
    start(settings, signal) {
      // Before the first event, so that whoever asks is refused rather than cut off.
      mustHaveRoom();
      return events(settings, signal);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await Promise.all([...atWork, ...(idle ? [idle] : [])].map((thread) => thread.terminate()));
      idle = undefined;
    },
  };
}
