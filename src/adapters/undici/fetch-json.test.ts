import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFetchJson } from './fetch-json.ts';
import { createUndiciTransport } from './transport.ts';

const transport = createUndiciTransport();
const fetchJson = createFetchJson(transport);
const server = createServer((request, response) => {
  switch (request.url) {
    case '/document':
      response.end('{"keys":[]}');
      return;
    case '/moved':
      response.writeHead(302, { location: '/document' }).end();
      return;
    case '/html':
      response.end('<html>');
      return;
    case '/huge':
      response.end(`"${'a'.repeat(2 * 1024 * 1024)}"`);
      return;
    default:
      response.writeHead(404).end('{}');
  }
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await transport.close();
  await new Promise((resolve) => server.close(resolve));
});

test('a document is parsed', async () => {
  expect(await fetchJson(`${origin}/document`, { allowPrivateNetwork: true })).toEqual({ keys: [] });
});

test.each([
  ['a redirect', '/moved', true, 'http_302'],
  ['an error', '/none', true, 'http_404'],
  ['what is not JSON', '/html', true, 'not_json'],
  ['what is too large', '/huge', true, 'too_large'],
  ['a private network that is not allowed', '/document', false, 'address_forbidden'],
])('%s is an error', async (_name, path, allowPrivateNetwork, message) => {
  await expect(fetchJson(origin + path, { allowPrivateNetwork })).rejects.toThrow(message);
});
