/** A client that stops reading, over a real connection. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createExchange } from './connection.ts';
import { openaiChatEndpoint } from './endpoints/openai-chat/openai-chat.ts';
import type { Exchange } from './exchange.ts';

const LIMITS = { maxBytes: 1_000, timeoutMs: 1_000, maxDepth: 5, maxElements: 50 };
const PIECE = Buffer.alloc(1_000_000, 'x');

/** Runs `answer` for a client that asks and then reads nothing; resolves when the connection is gone. */
async function withDeafClient(answer: (exchange: Exchange) => Promise<void> | void): Promise<void> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const exchange = createExchange({
      request,
      response,
      endpoint: openaiChatEndpoint,
      path: {},
      address: '127.0.0.1',
      limits: LIMITS,
      stallMs: 150,
    });
    void answer(exchange);
    response.once('close', () => server.close());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port was expected');
  const client = connect(address.port, '127.0.0.1');
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
