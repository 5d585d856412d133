/** Brings one message to its destination: each attempt with an end, a few of them, further and further apart. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AlertError, type AlertMessage, type AlertSink } from './sink.ts';

/** Waits, in milliseconds. Tests shorten them. */
export interface Pace {
  readonly timeoutMs: number;
  /** Before each further attempt. */
  readonly retriesMs: readonly number[];
}

export interface DeliveryOutcome {
  readonly attempts: number;
  /** A code; null where it was delivered. */
  readonly reason: string | null;
}

export type OpenSink = () => AlertSink | Promise<AlertSink>;

/** Never rejects, and never takes longer than the pace says, whatever the destination does. */
export async function deliver(
  open: OpenSink,
  message: AlertMessage,
  { timeoutMs, retriesMs }: Pace,
  stopping: AbortSignal,
): Promise<DeliveryOutcome> {
  for (let attempts = 1; ; attempts++) {
    try {
      await attempt(open, message, timeoutMs, stopping);
      return { attempts, reason: null };
    } catch (error) {
      const waitMs = retriesMs[attempts - 1];
      const isFinal = error instanceof AlertError && error.isFinal;
      if (isFinal || waitMs === undefined || stopping.aborted) return { attempts, reason: reasonOf(error) };
      await sleep(waitMs, undefined, { signal: stopping, ref: false }).catch(() => undefined);
    }
  }
}

async function attempt(
  open: OpenSink,
  message: AlertMessage,
  timeoutMs: number,
  stopping: AbortSignal,
): Promise<void> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;
  const end = new Promise<never>((_, reject) => {
    const endWith = (reason: string) => {
      const error = new AlertError(reason);
      // Before the destination hears of it: its own word would say less.
      reject(error);
      ending.abort(error);
    };
    timer = setTimeout(() => endWith('timed_out'), timeoutMs);
    stop = () => endWith('stopped');
    stopping.addEventListener('abort', stop, { once: true });
    if (stopping.aborted) stop();
  });
  const work = async () => (await open()).deliver(message, ending.signal);
  try {
    await Promise.race([work(), end]);
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', stop);
  }
}

const CODE = /^[A-Za-z0-9_.-]{1,64}$/;

/** A message may quote what must not be shown: a code is told. */
function reasonOf(error: unknown): string {
  return error instanceof AlertError && CODE.test(error.reason) ? error.reason : 'failed';
}
