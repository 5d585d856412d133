/** Bodies over real connections: what is refused, with which code, and how little of it is read. */
import { createServer, request as httpRequest, type Server } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../domain/refusal.ts';
import { readBody } from './request-body.ts';

const LIMITS = { maxBytes: 1_000, timeoutMs: 200, maxDepth: 5, maxElements: 50 };
let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    readBody(incoming, LIMITS).then(
      ({ json }) => outgoing.end(JSON.stringify(json)),
      (error: unknown) => {
        outgoing.setHeader('connection', 'close');
        outgoing.end(error instanceof Refusal ? error.code : `unexpected: ${String(error)}`);
      },
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port was expected');
  port = address.port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Sent {
  readonly body?: Buffer | string;
  readonly headers?: Record<string, string>;
  /** Leaves the body unfinished. */
  readonly open?: boolean;
}

async function answerTo({ body = '', headers = {}, open = false }: Sent): Promise<string> {
  const request = httpRequest({
    port,
    host: '127.0.0.1',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  });
  request.on('error', () => undefined);
  request.write(body);
  if (!open) request.end();
  const [response] = (await once(request, 'response')) as [AsyncIterable<Buffer>];
  let text = '';
  for await (const chunk of response) text += chunk.toString('utf8');
  request.destroy();
  return text;
}

test.each<[string, Sent, string]>([
  ['an object', { body: '{"a":[1,"ä😀"]}' }, '{"a":[1,"ä😀"]}'],
  [
    'an object with a charset',
    { body: '{}', headers: { 'content-type': 'application/json; charset=utf-8' } },
    '{}',
  ],
  ['nothing', {}, 'invalid_json'],
  ['half an object', { body: '{"a":' }, 'invalid_json'],
  ['text after the object', { body: '{} {}' }, 'invalid_json'],
  ['an array', { body: '[]' }, 'invalid_request'],
  ['a string', { body: '"text"' }, 'invalid_request'],
  [
    'a form',
    { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    'unsupported_media_type',
  ],
  ['a compressed body', { body: '{}', headers: { 'content-encoding': 'gzip' } }, 'unsupported_media_type'],
  ['too many bytes', { body: `{"a":"${'x'.repeat(2_000)}"}` }, 'body_too_large'],
  [
    'a promise of too many bytes',
    { body: '{', open: true, headers: { 'content-length': '1000000' } },
    'body_too_large',
  ],
  [
    'a body that never ends',
    { body: '{"a":', open: true, headers: { 'transfer-encoding': 'chunked' } },
    'request_timeout',
  ],
  ['invalid UTF-8', { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }, 'invalid_json'],
  ['the same key twice', { body: '{"a":1,"a":2}' }, 'invalid_json'],
  ['the same key twice, once escaped', { body: String.raw`{"a":1,"\u0061":2}` }, 'invalid_json'],
  ['the same key in two objects', { body: '{"a":{"b":1},"c":{"b":2}}' }, '{"a":{"b":1},"c":{"b":2}}'],
  ['a lone surrogate', { body: String.raw`{"a":"\ud83d"}` }, 'invalid_json'],
  ['a pair of surrogates', { body: String.raw`{"a":"\ud83d\ude00"}` }, '{"a":"😀"}'],
  ['U+0000', { body: String.raw`{"a":"\u0000"}` }, 'invalid_json'],
  ['a raw NUL', { body: Buffer.from('{"a":"\0"}') }, 'invalid_json'],
  ['nesting as deep as allowed', { body: '{"a":[[[[]]]]}' }, '{"a":[[[[]]]]}'],
  ['nesting that is too deep', { body: '{"a":[[[[[]]]]]}' }, 'invalid_json'],
  ['too many elements', { body: `{"a":[${'1,'.repeat(60)}1]}` }, 'invalid_json'],
  ['braces in a string', { body: '{"a":"{[{[{[{["}' }, '{"a":"{[{[{[{["}'],
])('%s', async (_name, sent, expected) => {
  expect(await answerTo(sent)).toBe(expected);
});
