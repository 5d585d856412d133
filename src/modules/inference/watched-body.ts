/** Tells a circuit how an answer's body ended, without a promise more than needed for each piece. */
import type { Pass } from '../../base/circuit.ts';
import type { TransportAnswer } from './transport.ts';

/** The same answer; its body tells `pass` once whether it came to its end or failed. */
export function watchBody(answer: TransportAnswer, pass: Pass, signal: AbortSignal): TransportAnswer {
  const onStep = (step: IteratorResult<Buffer>): IteratorResult<Buffer> => {
    if (step.done === true) pass.ended(true);
    return step;
  };
  const onError = (error: unknown): never => {
    // A client that goes away says nothing about the provider.
    if (!signal.aborted) pass.ended(false);
    throw error;
  };
  const body: AsyncIterable<Buffer> = {
    [Symbol.asyncIterator]() {
      const inner = answer.body[Symbol.asyncIterator]();
      return {
        next: () => inner.next().then(onStep, onError),
        return: async () => {
          // Some readers stop at the dialect's end mark and leave the rest.
          if (!signal.aborted) pass.ended(true);
          return (await inner.return?.()) ?? { done: true, value: undefined };
        },
      };
    },
  };
  return { status: answer.status, headers: answer.headers, body };
}
