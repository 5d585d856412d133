/** One destination's sink, opened when it is needed, and thrown away whenever it failed: the next attempt begins afresh. */
import { withDeadline } from '../../base/deadline.ts';
import { SinkError, Unacceptable, type ExportItem, type Rejection, type Sink } from './sink.ts';

const CLOSE_MS = 5_000;

export interface SinkSession {
  /** One batch at a time. @throws as the sink does, and DeadlineError */
  send(batch: readonly ExportItem[]): Promise<readonly Rejection[]>;
  /** Never rejects. */
  close(): Promise<void>;
}

export function createSinkSession(
  open: () => Promise<Sink>,
  timeoutMs: number,
  /** Lets go of what is under way. */
  hurry: AbortSignal,
): SinkSession {
  let opened: Promise<Sink> | undefined;

  async function close(): Promise<void> {
    const closing = opened?.then((sink) => sink.close());
    opened = undefined;
    if (closing) await Promise.allSettled([withDeadline(closing, CLOSE_MS, 'closing a destination')]);
  }

  async function sendWithin(batch: readonly ExportItem[], signal: AbortSignal) {
    const sink = await (opened ??= openSink(open));
    if (signal.aborted) throw new SinkError('stopped');
    return sink.deliver(batch, signal);
  }

  return {
    async send(batch) {
      const abort = new AbortController();
      const hurried = whenAborted(hurry, () => abort.abort());
      try {
        const sending = Promise.race([sendWithin(batch, abort.signal), hurried.rejects]);
        return await withDeadline(sending, timeoutMs, 'a destination');
      } catch (error) {
        abort.abort();
        if (!(error instanceof Unacceptable)) await close();
        throw error;
      } finally {
        hurried.forget();
      }
    },
    close,
  };
}

/** What throws where it should reject. */
async function openSink(open: () => Promise<Sink>): Promise<Sink> {
  return open();
}

/** The signal outlives many batches: what listens to it for one is taken away again. */
function whenAborted(signal: AbortSignal, act: () => void) {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => {
    act();
    reject(new SinkError('stopped'));
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop);
  return { rejects: promise, forget: () => signal.removeEventListener('abort', stop) };
}
