/** Server-sent events to one browser: as fast as it takes them, with a sign of life while nothing happens. */
import { once } from 'node:events';
import type { FastifyReply } from 'fastify';

const ALIVE_EVERY_MS = 15_000;

export async function sendEvents(
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
  events: AsyncIterable<unknown>,
  signal: AbortSignal,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.flushHeaders();
  const alive = setInterval(() => raw.write(': \n\n'), ALIVE_EVERY_MS);
  try {
    for await (const event of events) {
      if (signal.aborted) break;
      if (!raw.write(`data: ${JSON.stringify(event)}\n\n`)) await once(raw, 'drain', { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(alive);
    raw.end();
  }
}
