/** The HTTP Event Collector's documented answers. */
import { afterEach, describe, expect, test } from 'vitest';
import { createSplunkSink, type SplunkSinkOptions } from '../../src/adapters/sinks/splunk-sink.ts';
import { startHttpServer, type Answer, type HttpServer } from './http-server.ts';
import { deliver, item, items } from './items.ts';

let server: HttpServer;
afterEach(() => server.stop());

async function sinkTo(answer: Answer, options: Partial<SplunkSinkOptions> = {}) {
  server = await startHttpServer(answer);
  return createSplunkSink({
    url: server.url,
    token: '00000000-token',
    index: 'ai',
    source: 'bartizan',
    sourcetype: 'bartizan:ocsf',
    acknowledgement: false,
    allowPrivateNetwork: true,
    post: server.post,
    pollMs: 5,
    ...options,
  });
}

const SUCCESS = [200, { text: 'Success', code: 0 }] as const;

test('events are sent in one body, as objects with time, host, source, type and index', async () => {
  const sink = await sinkTo(() => SUCCESS);
  expect(await deliver(sink, [item(1), item(2, 'CEF:0|a|b')])).toEqual([]);
  const [request] = server.requests;
  expect(request).toMatchObject({ path: '/services/collector/event' });
  expect(request?.headers).toMatchObject({ authorization: 'Splunk 00000000-token' });
  expect(request?.headers).not.toHaveProperty('x-splunk-request-channel');
  const [first, second] = request!.body
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first).toEqual({
    time: 1_795_000_000.001,
    host: 'gateway-1',
    source: 'bartizan',
    sourcetype: 'bartizan:ocsf',
    index: 'ai',
    event: { entry: 1, more: 'ü ]" |=' },
    fields: { instance: 'gateway-1', sequence: '1' },
  });
  expect(second?.['event']).toBe('CEF:0|a|b');
});

test.each(['', '/', '/services/collector', '/services/collector/event', '/splunk/services/collector/'])(
  'the address may end in %j',
  async (path) => {
    server = await startHttpServer(() => SUCCESS);
    const url = `${server.url}${path}`;
    const { post, stop } = server;
    const sink = createSplunkSink({ ...(await plain()), url, post });
    await deliver(sink, items(1));
    expect(server.requests[0]?.path).toBe(
      `${path.startsWith('/splunk') ? '/splunk' : ''}/services/collector/event`,
    );
    expect(stop).toBeDefined();
  },
);

async function plain(): Promise<SplunkSinkOptions> {
  return {
    url: server.url,
    token: 't',
    index: undefined,
    source: 's',
    sourcetype: 'st',
    acknowledgement: false,
    allowPrivateNetwork: true,
    post: server.post,
  };
}

describe('with indexer acknowledgement', () => {
  test('the batch is delivered once the indexers say so, on the same channel', async () => {
    let questions = 0;
    const sink = await sinkTo(
      ({ path }) =>
        path.endsWith('/ack')
          ? [200, { acks: { '7': ++questions === 3 } }]
          : [200, { text: 'Success', code: 0, ackId: 7 }],
      { acknowledgement: true },
    );
    await deliver(sink, items(2));
    expect(questions).toBe(3);
    const channels = new Set(server.requests.map(({ headers }) => headers['x-splunk-request-channel']));
    expect(channels.size).toBe(1);
    expect([...channels][0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(server.requests[1]?.body ?? '')).toEqual({ acks: [7] });
  });

  test('an answer without an id is none, and waiting ends when it is told to', async () => {
    const sink = await sinkTo(() => SUCCESS, { acknowledgement: true });
    await expect(deliver(sink, items(1))).rejects.toThrow('no_acknowledgement');
    await server.stop();
    const never = await sinkTo(
      ({ path }) => (path.endsWith('/ack') ? [200, { acks: { '1': false } }] : [200, { code: 0, ackId: 1 }]),
      { acknowledgement: true },
    );
    await expect(deliver(never, items(1), AbortSignal.timeout(50))).rejects.toThrow();
  });
});

describe('an answer that is no success', () => {
  test.each([
    [
      400,
      { text: 'Invalid data format', code: 6, 'invalid-event-number': 1 },
      { name: 'Unacceptable', reason: 'code_6', index: 1 },
    ],
    [
      400,
      { text: 'Event field is required', code: 12, 'invalid-event-number': 0 },
      { name: 'Unacceptable', index: 0 },
    ],
    [
      400,
      { text: 'Error in handling indexed fields', code: 15 },
      { name: 'Unacceptable', reason: 'code_15' },
    ],
    [413, 'too large', { name: 'Unacceptable', reason: 'status_413' }],
    // What is wrong with the destination is no reason to pass an entry.
    [
      400,
      { text: 'Incorrect index', code: 7, 'invalid-event-number': 0 },
      { name: 'SinkError', reason: 'code_7' },
    ],
    [400, { text: 'Data channel is missing', code: 10 }, { name: 'SinkError', reason: 'code_10' }],
    [400, 'no JSON', { name: 'SinkError', reason: 'nonsense' }],
    [401, { text: 'Token is required', code: 2 }, { name: 'SinkError', reason: 'status_401' }],
    [403, { text: 'Invalid token', code: 4 }, { name: 'SinkError', reason: 'status_403' }],
    [429, 'slow down', { name: 'SinkError', reason: 'status_429' }],
    [503, { text: 'Server is busy', code: 9 }, { name: 'SinkError', reason: 'status_503' }],
    [302, '', { name: 'SinkError', reason: 'status_302' }],
    [200, { text: 'Success' }, { name: 'SinkError' }],
    [200, 'nonsense', { name: 'SinkError', reason: 'nonsense' }],
  ])('%d %j', async (status, body, error) => {
    const sink = await sinkTo(() => [status, body]);
    await expect(deliver(sink, items(2))).rejects.toMatchObject(error);
  });
});

test('a private address is not called unless that is allowed', async () => {
  const sink = await sinkTo(() => SUCCESS, { allowPrivateNetwork: false });
  await expect(deliver(sink, items(1))).rejects.toThrow('address_forbidden');
  expect(server.requests).toEqual([]);
});
