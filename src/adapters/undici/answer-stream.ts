/** One exchange with a provider: undici's callbacks on one side, a promise and an async iterable on the other. */
import type { Dispatcher } from 'undici';
import {
  TransportError,
  type TransportAnswer,
  type TransportRequest,
} from '../../modules/inference/transport.ts';
import { errorOf } from './fault.ts';

/** Bytes waiting for a slow reader at which the provider is made to wait too. */
const PAUSE_AT_BYTES = 256 * 1024;
const RESUME_AT_BYTES = 64 * 1024;
/** Interim answers (RFC 9110 §15.2) before the real one; each of them restarts the wait for headers. */
const MAX_INTERIM_ANSWERS = 8;

type Step = IteratorResult<Buffer, undefined>;
const END: Step = { done: true, value: undefined };

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** Starts with `answer()`; is then handed to `dispatch`. Reading it to its end, `return` or an abort ends it. */
export class AnswerStream implements Dispatcher.DispatchHandler, AsyncIterableIterator<Buffer, undefined> {
  readonly #request: TransportRequest;
  #controller: Dispatcher.DispatchController | undefined;
  readonly #readerTimeoutMs: number;
  #connectTimer: NodeJS.Timeout | undefined;
  #readerTimer: NodeJS.Timeout | undefined;
  #begin: Waiting<TransportAnswer> | undefined;
  #next: Waiting<Step> | undefined;
  #chunks: Buffer[] = [];
  #waitingBytes = 0;
  #receivedBytes = 0;
  #interimAnswers = 0;
  #isStarted = false;
  #isOver = false;
  #failure: unknown;

  /** `readerTimeoutMs`: how long a provider is made to wait for a reader, before that reader is taken for gone. */
  constructor(request: TransportRequest, readerTimeoutMs: number) {
    this.#request = request;
    this.#readerTimeoutMs = readerTimeoutMs;
  }

  /** Hands itself to `dispatch`, and resolves with status and headers. */
  answer(dispatch: (handler: Dispatcher.DispatchHandler) => void): Promise<TransportAnswer> {
    return new Promise((resolve, reject) => {
      const { signal, timeouts } = this.#request;
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      this.#begin = { resolve, reject };
      signal.addEventListener('abort', this.#onAbort);
      dispatch(this);
      // A connection that was waiting has taken the request by now. Otherwise this bounds connecting, and
      // waiting for a free connection as well.
      if (this.#isStarted || this.#isOver) return;
      this.#connectTimer = setTimeout(
        () => this.#fail(new TransportError('connect_timeout')),
        timeouts.connectMs,
      );
    });
  }

  // --- what undici calls ---

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#isStarted = true;
    this.#controller = controller;
    clearTimeout(this.#connectTimer);
    if (this.#isOver) controller.abort(new Error('nobody waits for this answer any more'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) {
      if (++this.#interimAnswers > MAX_INTERIM_ANSWERS) this.#fail(new TransportError('closed_early'));
      return;
    }
    if (Number(headers['content-length'] ?? 0) > this.#request.maxAnswerBytes) {
      this.#fail(new TransportError('too_large'));
      return;
    }
    this.#begin?.resolve({ status, headers: flatHeaders(headers), body: this });
    this.#begin = undefined;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > this.#request.maxAnswerBytes) {
      this.#fail(new TransportError('too_large'));
    } else if (this.#next !== undefined) {
      const { resolve } = this.#next;
      this.#next = undefined;
      resolve({ done: false, value: chunk });
    } else {
      this.#chunks.push(chunk);
      this.#waitingBytes += chunk.length;
      if (this.#waitingBytes >= PAUSE_AT_BYTES) this.#pause(controller);
    }
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    this.#over();
    this.#next?.resolve(END);
    this.#next = undefined;
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#isOver) return;
    this.#settle(errorOf(error, this.#isStarted));
  }

  // --- what the reader of the body calls ---

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Step> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#waitingBytes -= chunk.length;
      if (this.#readerTimer !== undefined) this.#resume();
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#isOver) {
      // One failure is told once, as a generator would; what comes after it is the end.
      const failure = this.#failure;
      this.#failure = undefined;
      return failure === undefined ? Promise.resolve(END) : Promise.reject(failure);
    }
    if (this.#next !== undefined)
      return Promise.reject(new Error('an answer is read by one reader, one piece at a time'));
    return new Promise((resolve, reject) => {
      this.#next = { resolve, reject };
    });
  }

  /** Ends the exchange: a provider that still sends is cut off. */
  return(): Promise<Step> {
    this.#chunks = [];
    this.#failure = undefined;
    if (!this.#isOver) {
      this.#over();
      this.#next?.resolve(END);
      this.#next = undefined;
      this.#controller?.abort(new Error('the answer is not read any further'));
    }
    return Promise.resolve(END);
  }

  // --- holding the provider back ---

  #pause(controller: Dispatcher.DispatchController): void {
    controller.pause();
    this.#readerTimer ??= setTimeout(
      () => this.#fail(new TransportError('idle_timeout')),
      this.#readerTimeoutMs,
    );
  }

  /** A piece was read: the reader is there, and the provider may go on once enough is read. */
  #resume(): void {
    if (this.#waitingBytes > RESUME_AT_BYTES) {
      this.#readerTimer?.refresh();
      return;
    }
    clearTimeout(this.#readerTimer);
    this.#readerTimer = undefined;
    this.#controller?.resume();
  }

  // --- endings ---

  readonly #onAbort = (): void => {
    this.#chunks = [];
    this.#fail(this.#request.signal.reason);
  };

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#settle(error);
    this.#controller?.abort(new Error('the exchange was given up'));
  }

  /** Pieces that came before the failure are still read; the failure comes after them. */
  #settle(error: unknown): void {
    this.#over();
    if (this.#begin !== undefined) this.#begin.reject(error);
    else if (this.#next !== undefined) this.#next.reject(error);
    else this.#failure = error;
    this.#begin = undefined;
    this.#next = undefined;
  }

  #over(): void {
    this.#isOver = true;
    clearTimeout(this.#connectTimer);
    clearTimeout(this.#readerTimer);
    this.#readerTimer = undefined;
    this.#request.signal.removeEventListener('abort', this.#onAbort);
  }
}

function flatHeaders(
  headers: Record<string, string | string[] | undefined>,
): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}
