/** One kept-alive connection that asks one question at a time: a bare socket, since a client library would cost more than a server. */
import { connect, type Socket } from 'node:net';
import { ResponseReader } from './response-reader.ts';

export interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly latencyMs: number;
  /** From the question to the first text of the answer; undefined where it was not asked for or never came. */
  readonly firstTokenMs: number | undefined;
}

export interface Connection {
  /** @throws Error where the connection breaks before the answer is complete, or the answer takes too long */
  ask(request: Buffer, isWatchingForToken: boolean): Promise<Answer>;
  close(): void;
}

const ANSWER_TIMEOUT_MS = 30_000;

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(new Error('no answer came in time')));
  return { ask: asking(socket), close: () => socket.destroy() };
}

function asking(socket: Socket): Connection['ask'] {
  let onData = (_chunk: Buffer): void => {
    throw new Error('an answer came that nobody asked for');
  };
  let onEnd = (_error: Error): void => {};
  socket.on('data', (chunk: Buffer) => onData(chunk));
  socket.on('error', (error) => onEnd(error));
  socket.on('close', () => onEnd(new Error('the server closed the connection')));

  return (request, isWatchingForToken) =>
    new Promise((resolve, reject) => {
      const reader = new ResponseReader(isWatchingForToken);
      const startedAt = performance.now();
      let firstTokenMs: number | undefined;
      onEnd = reject;
      onData = (chunk) => {
        const isComplete = reader.push(chunk);
        if (reader.hasToken) firstTokenMs ??= performance.now() - startedAt;
        if (!isComplete) return;
        const { status, bytes } = reader;
        resolve({ status, bytes, latencyMs: performance.now() - startedAt, firstTokenMs });
      };
      socket.write(request);
    });
}
