/** What a client gets and when, and one that stops reading, over a real connection. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createExchange } from './connection.ts';
import { openaiChatEndpoint } from './endpoints/openai-chat/openai-chat.ts';
import type { Exchange } from './exchange.ts';

const LIMITS = { maxBytes: 1_000, timeoutMs: 1_000, maxDepth: 5, maxElements: 50 };
const PIECE = Buffer.alloc(1_000_000, 'x');

function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  return createExchange({
    request,
    response,
    endpoint: openaiChatEndpoint,
    path: {},
    address: '127.0.0.1',
    limits: LIMITS,
    stallMs: 150,
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port was expected');
  return address.port;
}

/** Runs `answer` for a client that asks and then reads nothing; resolves when the connection is gone. */
async function withDeafClient(answer: (exchange: Exchange) => Promise<void> | void): Promise<void> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void answer(exchangeOf(request, response));
    response.once('close', () => server.close());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect(portOf(server), '127.0.0.1');
  client.on('error', () => undefined);
  client.pause();
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(server, 'close');
  client.destroy();
}

test('a streamed answer is cut, and whoever waited for it to drain goes on', async () => {
  let isDone = false;
  let isAborted = false;
  await withDeafClient(async ({ reply, signal }) => {
    reply.begin({});
    while (!signal.aborted) await reply.write(PIECE);
    isAborted = signal.aborted;
    isDone = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect([isDone, isAborted]).toEqual([true, true]);
});

test('a buffered answer is cut too', async () => {
  const startedMs = performance.now();
  await withDeafClient(({ reply }) => reply.send(200, {}, Buffer.alloc(30_000_000, 'x')));
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});

test('a piece leaves with those written soon after it, and does not wait for those that take their time', async () => {
  const waiting: (number | undefined)[] = [];
  const server = createServer((request, response) => {
    const { reply } = exchangeOf(request, response);
    reply.begin({});
    for (const piece of ['one ', 'two ', 'three']) {
      if (piece === 'three') whileTurnGoesOn(5);
      void reply.write(piece);
      waiting.push(response.socket?.writableLength);
    }
    reply.end();
    server.close();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await fetch(`http://127.0.0.1:${portOf(server)}/`);
  expect(await answer.text()).toBe('one two three');
  expect(waiting.map((bytes) => bytes === 0)).toEqual([false, false, true]);
});

function whileTurnGoesOn(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
