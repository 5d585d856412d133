import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import {
  TransportError,
  type Transport,
  type TransportAnswer,
  type TransportRequest,
} from '../../modules/inference/transport.ts';
import { createUndiciTransport, type UndiciTransportOptions } from './transport.ts';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((resource) => resource.close()));
});

function transportOf(options?: UndiciTransportOptions): Transport {
  const transport = createUndiciTransport(options);
  open.push(transport);
  return transport;
}

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return (server.address() as AddressInfo).port;
}

async function serve(listener: RequestListener, host?: string): Promise<string> {
  const port = await listen(createServer(listener), host);
  return `http://${host === '::1' ? '[::1]' : '127.0.0.1'}:${port}`;
}

/** A server that writes these bytes once a request has come, then does what `after` says. */
async function serveRaw(bytes: string, after: (socket: Socket) => void = () => undefined): Promise<string> {
  const server = createNetServer((socket) => {
    socket.once('data', () => socket.write(bytes, 'latin1', () => after(socket)));
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

function requestTo(url: string, change: Partial<TransportRequest> = {}): TransportRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal: new AbortController().signal,
    timeouts: { connectMs: 2_000, firstByteMs: 2_000, idleMs: 2_000 },
    allowPrivateNetwork: true,
    maxAnswerBytes: 1024 * 1024,
    ...change,
  };
}

async function textOf(answer: TransportAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

/** The fault of sending or of reading to the end. */
async function faultOf(transport: Transport, request: TransportRequest): Promise<string> {
  try {
    await textOf(await transport.send(request));
    return 'none';
  } catch (error) {
    if (error instanceof TransportError) return error.fault;
    throw error;
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 5) {
    if (waited > 3_000) throw new Error('it did not happen within 3 seconds');
    await sleep(5);
  }
}

describe('an exchange', () => {
  test('carries method, path, headers and body there, and status, headers and body back', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => seen.push(text));
      request.on('end', () => {
        seen.push(
          `${request.method} ${request.url} ${String(request.headers['x-key'])} ${request.headers['accept-encoding']}`,
        );
        response.writeHead(201, { 'x-answer': 'yes', 'set-cookie': ['a=1', 'b=2'] }).end('hello');
      });
    });
    const answer = await transportOf().send(
      requestTo(`${url}/v1/chat?beta=true`, { headers: { 'x-key': 'k' }, body: Buffer.from('{"a":1}') }),
    );
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ 'x-answer': 'yes', 'set-cookie': 'a=1, b=2' });
    expect(await textOf(answer)).toBe('hello');
    expect(seen).toEqual(['{"a":1}', 'POST /v1/chat?beta=true k identity']);
  });

  test('reuses a connection for the next request', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const transport = transportOf();
    for (let i = 0; i < 5; i++) await textOf(await transport.send(requestTo(url)));
    // The second request may come before the pool has noticed that the first connection is free again.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  test('reaches IPv6 loopback where private networks are allowed, and only there', async () => {
    const url = await serve((_request, response) => response.end('six'), '::1');
    const transport = transportOf();
    expect(await textOf(await transport.send(requestTo(url)))).toBe('six');
    expect(await faultOf(transport, requestTo(url, { allowPrivateNetwork: false }))).toBe(
      'address_forbidden',
    );
  });

  test('hands a redirect on as the answer it is', async () => {
    let calls = 0;
    const url = await serve((_request, response) => {
      calls++;
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    });
    const answer = await transportOf().send(requestTo(url));
    expect([answer.status, answer.headers['location'], calls]).toEqual([
      302,
      'http://169.254.169.254/latest/meta-data/',
      1,
    ]);
  });

  test('skips an interim answer, and gives up on a provider that sends nothing else', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
    const one = await serveRaw(`${hints}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok`);
    expect(await textOf(await transportOf().send(requestTo(one)))).toBe('ok');
    const many = await serveRaw(hints.repeat(50));
    expect(await faultOf(transportOf(), requestTo(many))).toBe('closed_early');
  });
});

describe('each fault has its name:', () => {
  const head = 'HTTP/1.1 200 OK\r\n';
  const chunked = `${head}transfer-encoding: chunked\r\n\r\n`;
  const short = { connectMs: 2_000, firstByteMs: 60, idleMs: 60 };

  test.each<[string, string, 'stay' | 'close' | 'reset', string]>([
    ['no answer at all', '', 'stay', 'first_byte_timeout'],
    ['headers that never end', `${head}x-a: 1\r\n`, 'stay', 'first_byte_timeout'],
    ['a body that stops', `${chunked}5\r\nhello\r\n`, 'stay', 'idle_timeout'],
    ['a connection closed before headers', '', 'close', 'closed_early'],
    ['a connection closed within headers', `${head}x-a: 1\r\n`, 'close', 'closed_early'],
    ['a connection closed between chunks', `${chunked}5\r\nhello\r\n`, 'close', 'closed_early'],
    ['a connection closed within a chunk', `${chunked}ff\r\nhello`, 'close', 'closed_early'],
    ['a connection reset within a chunk', `${chunked}ff\r\nhello`, 'reset', 'closed_early'],
    [
      'a body shorter than its content-length',
      `${head}content-length: 50\r\n\r\nhello`,
      'close',
      'closed_early',
    ],
    ['a chunk size that is none', `${chunked}zz\r\nhello\r\n`, 'stay', 'closed_early'],
    ['an answer that is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', 'stay', 'closed_early'],
    [
      'two lengths that differ',
      `${head}content-length: 5\r\ncontent-length: 6\r\n\r\nhello`,
      'stay',
      'closed_early',
    ],
    ['headers without end', `${head}${`x-a: ${'a'.repeat(1000)}\r\n`.repeat(40)}`, 'stay', 'too_large'],
    ['a length over the limit', `${head}content-length: 9999999\r\n\r\n`, 'stay', 'too_large'],
    ['a body over the limit', `${chunked}ffffff\r\n${'a'.repeat(1024 * 1024 + 1)}`, 'stay', 'too_large'],
    [
      'a switch of protocols',
      'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'stay',
      'closed_early',
    ],
  ])('%s', async (_name, bytes, end, fault) => {
    const url = await serveRaw(bytes, (socket) => {
      if (end === 'close') socket.end();
      if (end === 'reset') socket.resetAndDestroy();
    });
    expect(await faultOf(transportOf(), requestTo(url, { timeouts: short }))).toBe(fault);
  });

  test('a port where nobody listens', async () => {
    const server = createNetServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await faultOf(transportOf(), requestTo(`http://127.0.0.1:${port}`))).toBe('connect_failed');
  });

  test('a name that does not resolve', async () => {
    const transport = transportOf({ lookup: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(await faultOf(transport, requestTo('https://provider.test/'))).toBe('connect_failed');
    const empty = transportOf({ lookup: () => Promise.resolve([]) });
    expect(await faultOf(empty, requestTo('https://provider.test/'))).toBe('connect_failed');
  });

  test('a name whose resolution never ends, within the time for connecting', async () => {
    const transport = transportOf({ lookup: () => new Promise(() => undefined) });
    const timeouts = { connectMs: 50, firstByteMs: 5_000, idleMs: 5_000 };
    expect(await faultOf(transport, requestTo('https://provider.test/', { timeouts }))).toBe(
      'connect_timeout',
    );
  });

  test('waiting for a free connection counts as connecting', async () => {
    const url = await serve(() => undefined);
    const transport = transportOf({ maxConnectionsPerPool: 1 });
    const timeouts = { connectMs: 50, firstByteMs: 2_000, idleMs: 2_000 };
    const first = new AbortController();
    const held = transport.send(requestTo(url, { timeouts, signal: first.signal }));
    await expect(transport.send(requestTo(url, { timeouts }))).rejects.toMatchObject({
      fault: 'connect_timeout',
    });
    first.abort(new Error('enough'));
    await expect(held).rejects.toThrow('enough');
  });

  test('bytes beyond content-length are not part of the answer', async () => {
    const url = await serveRaw(`${head}content-length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\nsmuggled`);
    const transport = transportOf();
    expect(await textOf(await transport.send(requestTo(url)))).toBe('hello');
    const next = await serve((_request, response) => response.end('clean'));
    expect(await textOf(await transport.send(requestTo(next)))).toBe('clean');
  });

  test('what came before a failure can still be read', async () => {
    const url = await serveRaw(`${chunked}5\r\nhello\r\n`, (socket) => socket.end());
    const answer = await transportOf().send(requestTo(url));
    await sleep(50);
    const body = answer.body[Symbol.asyncIterator]();
    expect(String((await body.next()).value)).toBe('hello');
    await expect(body.next()).rejects.toMatchObject({ fault: 'closed_early' });
    expect((await body.next()).done).toBe(true);
  });

  test('the cause of a fault holds no byte of the answer', async () => {
    const url = await serveRaw(`${chunked}5\r\nhello\r\nzz secret-content\r\n`);
    const error: unknown = await transportOf()
      .send(requestTo(url))
      .then(textOf)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TransportError);
    const { cause } = error as TransportError;
    expect(JSON.stringify([cause, Object.getOwnPropertyNames(cause), String(cause)])).not.toContain('secret');
  });
});

describe('addresses', () => {
  test.each([
    'http://127.0.0.1:1/',
    'https://127.0.0.1:1/',
    'https://[::1]:1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::ffff:169.254.169.254]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0/',
    'https://localhost:1/',
    'https://10.0.0.8/',
    'http://8.8.8.8/',
    'http://example.com/',
    'ftp://8.8.8.8/',
    'file:///etc/passwd',
  ])('%s is refused unless private networks are allowed', async (url) => {
    expect(await faultOf(transportOf(), requestTo(url, { allowPrivateNetwork: false }))).toBe(
      'address_forbidden',
    );
  });

  test.each(['http://8.8.8.8/', 'https://224.0.0.1/', 'http://0.0.0.0:1/', 'ftp://127.0.0.1/'])(
    '%s is refused even where private networks are allowed',
    async (url) => {
      expect(await faultOf(transportOf(), requestTo(url))).toBe('address_forbidden');
    },
  );

  test('one private address among public ones refuses the whole name', async () => {
    const addresses = [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    const transport = transportOf({ lookup: () => Promise.resolve(addresses) });
    const request = requestTo('https://provider.test/', { allowPrivateNetwork: false });
    expect(await faultOf(transport, request)).toBe('address_forbidden');
  });

  test('the name is resolved once for a connection, and the address checked is the one connected to', async () => {
    const url = await serve((_request, response) => response.end('first'));
    let lookups = 0;
    // Rebinding: the second answer would lead elsewhere.
    const transport = transportOf({
      lookup: () =>
        Promise.resolve([{ address: lookups++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 }]),
    });
    const rebound = url.replace('127.0.0.1', 'provider.test');
    expect(await textOf(await transport.send(requestTo(rebound)))).toBe('first');
    expect(lookups).toBe(1);
  });

  test('a connection opened for a provider that may reach private networks is not lent to one that may not', async () => {
    const url = await serve((_request, response) => response.end('ok'));
    const transport = transportOf();
    expect(await faultOf(transport, requestTo(url))).toBe('none');
    expect(await faultOf(transport, requestTo(url, { allowPrivateNetwork: false }))).toBe(
      'address_forbidden',
    );
  });
});

describe('TLS', () => {
  const file = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
  const certificate = file('provider.test.certificate.pem');
  const lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

  async function serveTls(): Promise<number> {
    const credentials = { cert: certificate, key: file('provider.test.key.pem') };
    return listen(createTlsServer(credentials, (_request, response) => response.end('sealed')));
  }

  test('is checked against the name in the URL, not against the address', async () => {
    const port = await serveTls();
    const transport = transportOf({ lookup, certificateAuthorities: [certificate] });
    expect(await textOf(await transport.send(requestTo(`https://provider.test:${port}/`)))).toBe('sealed');
    expect(await faultOf(transport, requestTo(`https://other.test:${port}/`))).toBe('connect_failed');
    expect(await faultOf(transport, requestTo(`https://127.0.0.1:${port}/`))).toBe('connect_failed');
  });

  test('trusts no certificate of an unknown issuer', async () => {
    const port = await serveTls();
    expect(await faultOf(transportOf({ lookup }), requestTo(`https://provider.test:${port}/`))).toBe(
      'connect_failed',
    );
  });
});

describe('an abort', () => {
  test('before headers closes the connection upstream', async () => {
    let closed = false;
    let arrived = false;
    const url = await serve((request: IncomingMessage) => {
      arrived = true;
      request.socket.on('close', () => (closed = true));
    });
    const abort = new AbortController();
    const answer = transportOf().send(requestTo(url, { signal: abort.signal }));
    await until(() => arrived);
    abort.abort(new Error('the client went away'));
    await expect(answer).rejects.toThrow('the client went away');
    await until(() => closed);
  });

  test('within the body closes the connection upstream, and reading throws the reason', async () => {
    let closed = false;
    const url = await serve((request, response: ServerResponse) => {
      request.socket.on('close', () => (closed = true));
      response.write('piece');
    });
    const abort = new AbortController();
    const answer = await transportOf().send(requestTo(url, { signal: abort.signal }));
    const body = answer.body[Symbol.asyncIterator]();
    expect(String((await body.next()).value)).toBe('piece');
    const next = body.next();
    abort.abort(new Error('gone'));
    await expect(next).rejects.toThrow('gone');
    await until(() => closed);
  });

  test('before sending sends nothing', async () => {
    let calls = 0;
    const url = await serve(() => calls++);
    await expect(
      transportOf().send(requestTo(url, { signal: AbortSignal.abort(new Error('early')) })),
    ).rejects.toThrow('early');
    expect(calls).toBe(0);
  });

  test('while connecting ends the wait', async () => {
    const transport = transportOf({ lookup: () => new Promise(() => undefined) });
    const abort = new AbortController();
    const answer = transport.send(requestTo('https://provider.test/', { signal: abort.signal }));
    setTimeout(() => abort.abort(new Error('enough')), 10);
    await expect(answer).rejects.toThrow('enough');
  });

  test('by leaving the loop closes the connection upstream', async () => {
    let closed = false;
    const url = await serve((request, response) => {
      request.socket.on('close', () => (closed = true));
      response.write('a');
    });
    const answer = await transportOf().send(requestTo(url));
    for await (const chunk of answer.body) {
      expect(String(chunk)).toBe('a');
      break;
    }
    await until(() => closed);
  });
});

test('a slow reader makes the provider wait, and gets every byte', async () => {
  let written = 0;
  const total = 64 * 1024 * 1024;
  const piece = Buffer.alloc(64 * 1024, 0x61);
  const url = await serve((_request, response) => {
    const write = (): void => {
      while (written < total) {
        written += piece.length;
        if (!response.write(piece)) {
          response.once('drain', write);
          return;
        }
      }
      response.end();
    };
    write();
  });
  const answer = await transportOf().send(requestTo(url, { maxAnswerBytes: total + 1 }));
  await sleep(300);
  // What the kernel's two buffers and ours hold, and not more.
  expect(written).toBeLessThan(24 * 1024 * 1024);
  let received = 0;
  for await (const chunk of answer.body) received += chunk.length;
  expect(received).toBe(total);
});

test('an answer that nobody ever reads does not hold its connection for ever', async () => {
  let closed = false;
  const url = await serve((request, response) => {
    request.socket.on('close', () => (closed = true));
    response.write(Buffer.alloc(32 * 1024 * 1024, 0x61));
  });
  const transport = transportOf({ readerTimeoutMs: 50 });
  const answer = await transport.send(requestTo(url, { maxAnswerBytes: 64 * 1024 * 1024 }));
  await until(() => closed);
  await expect(textOf(answer)).rejects.toMatchObject({ fault: 'idle_timeout' });
});

test('a reader slower than the idle limit is not taken for a provider that is silent', async () => {
  const url = await serve((_request, response) => {
    response.end(Buffer.alloc(1024 * 1024, 0x61));
  });
  const timeouts = { connectMs: 1_000, firstByteMs: 1_000, idleMs: 50 };
  const answer = await transportOf().send(requestTo(url, { timeouts, maxAnswerBytes: 2 * 1024 * 1024 }));
  await sleep(250);
  expect((await textOf(answer)).length).toBe(1024 * 1024);
});

test.each([
  ['a line break in a value', { 'x-key': 'a\r\nx-injected: 1' }],
  ['a NUL in a value', { 'x-key': 'a\0b' }],
  ['a line break in a name', { 'x-key\r\nx-injected': '1' }],
  ['a content-length that is not the body’s', { 'content-length': '1' }],
])('%s is refused and nothing is sent', async (_name, headers) => {
  let calls = 0;
  const url = await serve((_request, response) => {
    calls++;
    response.end();
  });
  await expect(transportOf().send(requestTo(url, { headers }))).rejects.toMatchObject({
    code: 'provider_misconfigured',
  });
  expect(calls).toBe(0);
});

test('an address that is no URL is a misconfigured provider', async () => {
  await expect(transportOf().send(requestTo('not a url'))).rejects.toMatchObject({
    code: 'provider_misconfigured',
  });
});

test('pools are bounded: the one used longest ago gives way, and an exchange it serves goes on', async () => {
  const transport = transportOf({ maxPools: 2 });
  let release: (() => void) | undefined;
  const slow = await serve((_request, response) => {
    response.write('slow');
    release = () => response.end('!');
  });
  const answer = await transport.send(requestTo(slow));
  for (let i = 0; i < 4; i++) {
    const url = await serve((_request, response) => response.end(String(i)));
    expect(await textOf(await transport.send(requestTo(url)))).toBe(String(i));
  }
  release?.();
  expect(await textOf(answer)).toBe('slow!');
});

test('closing ends what is still open', async () => {
  const url = await serve((_request, response) => {
    response.write('a');
  });
  const transport = transportOf();
  const answer = await transport.send(requestTo(url));
  const text = textOf(answer);
  await transport.close();
  await expect(text).rejects.toMatchObject({ fault: 'closed_early' });
});
