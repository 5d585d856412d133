/** Lets the index of the record be followed and asked beside the gateway, each in a thread of its own. */
import { Worker } from 'node:worker_threads';
import type { Settings } from '../config.ts';
import { createActivity, type Activity, type ActivityIndex } from '../governance/activity/activity.ts';
import type { ProviderHealth } from '../modules/inference/inference.ts';
import type { ActivityPlace, FromActivityThread, ToActivityThread } from './activity-messages.ts';
import type { Office } from './office.ts';

export interface ActivityParts {
  readonly office: Office;
  readonly settings: Settings;
  readonly providers: () => readonly ProviderHealth[];
  readonly onError: (error: unknown) => void;
}

export interface RunningActivity {
  readonly activity: Activity;
  stop(): Promise<void>;
}

export function startActivity({ office, settings, providers, onError }: ActivityParts): RunningActivity {
  const place = placeOf(settings);
  let failure: string | undefined;
  const follower = createThread('follow', place, (message) => {
    if (message.kind === 'failure') ({ failure } = message);
    else if (message.kind === 'fault') onError(new Error(message.message));
  });
  // A follower that dies is started again, whether or not anybody asks.
  const watch = setInterval(() => void follower.ensure(), RESTART_EVERY_MS).unref();
  follower.ensure();
  const asked = createAskThread(place);
  // It takes a while to load: nobody who asks shall wait for that.
  asked.start();
  const activity = createActivity({
    index: asked.index,
    record: office.audit,
    keysOf: office.keyring.find,
    providers,
    failure: () => failure ?? (follower.isRunning() ? undefined : 'nobody follows the record'),
    clock: office.clock,
  });
  return {
    activity,
    async stop() {
      clearInterval(watch);
      await Promise.all([follower.stop(), asked.stop()]);
    },
  };
}

export function placeOf({ dataDirectory, databaseUrl }: Settings): ActivityPlace {
  return { directory: dataDirectory, databaseUrl };
}

const RESTART_EVERY_MS = 2_000;
const STOP_MS = 5_000;
/** Questions that wait at once; further ones are refused. */
const MAX_WAITING = 64;
/** A thread that has answered nothing for so long hangs: it is ended, and another begins. */
const HANGS_AFTER_MS = 15_000;

interface Thread {
  /** Starts it where it is not running, but not more often than every two seconds. */
  ensure(): Worker | undefined;
  isRunning(): boolean;
  terminate(): void;
  stop(): Promise<void>;
}

function createThread(
  role: 'follow' | 'ask',
  place: ActivityPlace,
  receive: (message: FromActivityThread) => void,
  died: (cause: unknown) => void = () => undefined,
): Thread {
  let worker: Worker | undefined;
  let startedAtMs = -Infinity;
  let isStopped = false;

  function start(): Worker {
    startedAtMs = performance.now();
    const file = new URL(
      `./activity-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
      import.meta.url,
    );
    const starting = new Worker(file, { workerData: { role, place } });
    const ended = (cause: unknown) => {
      if (worker !== starting) return;
      worker = undefined;
      died(cause);
    };
    starting.unref();
    return starting.on('message', receive).on('error', ended).on('exit', ended);
  }

  return {
    ensure() {
      if (!worker && !isStopped && performance.now() - startedAtMs >= RESTART_EVERY_MS) worker = start();
      return worker;
    },
    isRunning: () => worker !== undefined,
    terminate() {
      const ending = worker;
      worker = undefined;
      died(new Error('the thread hung'));
      void ending?.terminate();
    },
    async stop() {
      isStopped = true;
      const ending = worker;
      worker = undefined;
      if (!ending) return;
      const exit = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
      ending.ref();
      ending.postMessage({ kind: 'close' } satisfies ToActivityThread);
      const timer = setTimeout(() => void ending.terminate(), STOP_MS);
      await exit;
      clearTimeout(timer);
    },
  };
}

interface Waiter {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly sinceMs: number;
}

interface AskThread {
  readonly index: ActivityIndex;
  start(): void;
  stop(): Promise<void>;
}

function createAskThread(place: ActivityPlace): AskThread {
  const waiting = new Map<number, Waiter>();
  let number = 0;
  let heardAtMs = performance.now();
  const thread = createThread('ask', place, receive, failAll);

  function receive(message: FromActivityThread): void {
    heardAtMs = performance.now();
    if (message.kind !== 'answer' && message.kind !== 'refused') return;
    const waiter = waiting.get(message.request);
    waiting.delete(message.request);
    if (message.kind === 'answer') waiter?.resolve(message.value);
    else waiter?.reject(new Error(message.message));
  }

  function failAll(cause: unknown): void {
    for (const { reject } of waiting.values()) reject(new Error('the thread of the index ended', { cause }));
    waiting.clear();
  }

  function ask(method: keyof ActivityIndex, argument: unknown): Promise<unknown> {
    const now = performance.now();
    const [oldest] = waiting.values();
    if (oldest && now - Math.max(oldest.sinceMs, heardAtMs) > HANGS_AFTER_MS) thread.terminate();
    const worker = thread.ensure();
    if (!worker) return Promise.reject(new Error('the thread of the index is not running'));
    if (waiting.size >= MAX_WAITING) return Promise.reject(new Error('too much is asked of the index'));
    const request = ++number;
    return new Promise((resolve, reject) => {
      waiting.set(request, { resolve, reject, sinceMs: now });
      worker.postMessage({ kind: 'ask', request, method, argument } satisfies ToActivityThread);
    });
  }

  const asked =
    <Name extends keyof ActivityIndex>(method: Name) =>
    (...[argument]: Parameters<ActivityIndex[Name]>) =>
      // What the thread answers is what this method of the same interface gave it.
      ask(method, argument) as ReturnType<ActivityIndex[Name]>;
  return {
    index: {
      list: asked('list'),
      tail: asked('tail'),
      facets: asked('facets'),
      overview: asked('overview'),
      administration: asked('administration'),
      status: asked('status'),
    },
    start: () => void thread.ensure(),
    stop: () => thread.stop(),
  };
}
