/** What providers do when they are broken or hostile, by the scenario's name. */
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { recordedStream } from './recordings.ts';
import type { Asked } from './upstream.ts';

type Misbehavior = (asked: Asked, response: ServerResponse) => void | Promise<void>;

const MISBEHAVIORS: Readonly<Record<string, Misbehavior>> = {
  html: (_asked, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Please sign in</body></html>');
  },
  'html-error': (_asked, response) => {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>Bad Gateway</body></html>');
  },
  'not-json': (_asked, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [');
  },
  'other-json': (_asked, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"greeting": "hello"}');
  },
  /** The connection breaks between two events. */
  cut: async (asked, response) => {
    for (const event of begun(asked, response)) response.write(event);
    await delay(20);
    response.destroy();
  },
  /** The body ends as if all were well, but before the stream's own end mark. */
  unfinished: (asked, response) => {
    for (const event of begun(asked, response)) response.write(event);
    response.end();
  },
  'half-event': (asked, response) => {
    const [last, ...before] = begun(asked, response).toReversed();
    for (const event of before.toReversed()) response.write(event);
    response.end(last?.subarray(0, Math.floor(last.length / 2)));
  },
  silent: () => undefined,
  /** Begins, and says no more. */
  stalls: (asked, response) => {
    for (const event of begun(asked, response)) response.write(event);
  },
  endless: async (asked, response) => {
    const events = Buffer.concat(begun(asked, response));
    const piece = events.subarray(0, events.length);
    await pour(response, Buffer.concat(Array.from({ length: 64 }, () => piece)));
  },
  /** One event that never ends. */
  'endless-event': async (asked, response) => {
    begun(asked, response);
    response.write('data: {"a":"');
    await pour(response, Buffer.alloc(64 * 1024, 0x61));
  },
  'endless-body': async (_asked, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"a":"');
    await pour(response, Buffer.alloc(64 * 1024, 0x61));
  },
  redirect: (_asked, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/iam/' }).end();
  },
  'endless-headers': async (_asked, response) => {
    const { socket } = response;
    socket?.write('HTTP/1.1 200 OK\r\n');
    for (let i = 0; i < 5_000 && socket?.destroyed === false; i++) {
      socket.write(`x-header-${i}: ${'a'.repeat(200)}\r\n`);
      if (i % 100 === 0) await delay(1);
    }
    response.destroy();
  },
};

/** Whether the scenario is one of misbehavior; the answer is then given, or never will be. */
export async function misbehave(asked: Asked, response: ServerResponse): Promise<boolean> {
  const misbehavior = MISBEHAVIORS[asked.scenario];
  if (!misbehavior) return false;
  await misbehavior(asked, response);
  return true;
}

/** Begins a stream and gives its first events, up to the middle of its text. */
function begun(asked: Asked, response: ServerResponse): Buffer[] {
  response.writeHead(200, {
    'content-type': asked.vendor === 'bedrock' ? 'application/vnd.amazon.eventstream' : 'text/event-stream',
  });
  const events = recordedStream(asked.vendor, 'plain', '');
  return events.slice(0, Math.ceil(events.length / 2));
}

/** Until nobody reads any more. */
async function pour(response: ServerResponse, bytes: Buffer): Promise<void> {
  while (!response.destroyed) {
    if (response.write(bytes)) await delay(0);
    else await Promise.race([new Promise((resolve) => response.once('drain', resolve)), delay(1_000)]);
  }
}
