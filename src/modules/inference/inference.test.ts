import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createUndiciTransport } from '../../adapters/undici/transport.ts';
import type { Json } from '../../base/json.ts';
import type { ClearedPrompt, Grant } from '../../domain/proofs.ts';
import type { RecordedAttempt } from '../../domain/record.ts';
import { Refusal, type RefusalCode } from '../../domain/refusal.ts';
import {
  createInferenceRoom,
  refusalOfTransport,
  type ConfiguredProvider,
  type InferenceAsk,
  type InferenceRoom,
} from './inference.ts';
import type { Provider, ProviderCall, WireAnswer } from './provider.ts';
import { TransportError, type Transport, type TransportAnswer, type TransportFault } from './transport.ts';

type Handler = (response: ServerResponse, path: string, body: string) => void;

let url = '';
let handler: Handler = (response) => response.end('{}');
let transport: Transport;
let seen: { path: string; body: string }[] = [];
const open: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  seen = [];
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const body = Buffer.concat(chunks).toString();
      seen.push({ path, body });
      handler(response, path, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  transport = createUndiciTransport();
  open.push(
    () => transport.close(),
    () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  );
});

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** The smallest provider: it sends what it is given and gives back what comes. */
function testProvider(id: string, change: Partial<Provider> = {}): Provider {
  return {
    kind: 'test',
    speaks: (dialect) => dialect === 'openai.chat',
    supports: (operation) => operation === 'chat',
    prepare: ({ model, body }) => ({
      method: 'POST',
      url: `${url}/${id}/${model}`,
      headers: { 'content-type': 'application/json' },
      body: body.kind === 'native' ? (body.bytes ?? JSON.stringify(body.json)) : JSON.stringify(body),
    }),
    open: wireAnswer,
    refusal: (status, _headers, body) => {
      const code: RefusalCode =
        status === 429
          ? 'provider_rate_limited'
          : status >= 500
            ? 'provider_unavailable'
            : 'provider_rejected';
      return new Refusal(code, undefined, {
        providerStatus: status,
        clientMessage: body.toString().slice(0, 40),
      });
    },
    ...change,
  };
}

function wireAnswer(_call: ProviderCall, answer: TransportAnswer): WireAnswer {
  const notHere = () => {
    throw new Error('not part of these tests');
  };
  return {
    dialect: 'openai.chat',
    stream: false,
    frames: framesOf(answer),
    reader: { read: notHere, decode: notHere, isComplete: () => true },
    decodeChat: notHere,
    decodeEmbeddings: notHere,
    decodeCount: notHere,
  };
}

async function* framesOf(answer: TransportAnswer) {
  for await (const bytes of answer.body) yield { json: undefined, bytes };
}

async function textOf(answer: WireAnswer): Promise<string> {
  let text = '';
  for await (const { bytes } of answer.frames) text += bytes.toString();
  return text;
}

function configured(id: string, change: Partial<ConfiguredProvider> = {}): ConfiguredProvider {
  return {
    id,
    provider: testProvider(id),
    timeouts: { connectMs: 1_000, firstByteMs: 1_000, idleMs: 1_000 },
    retries: 2,
    maxAnswerBytes: 1024 * 1024,
    allowPrivateNetwork: true,
    circuit: { failures: 100, openMs: 1_000 },
    ...change,
  };
}

/** Proofs are minted in rooms of their own; this room only carries them. */
const grantFor = (providerId: string) =>
  ({ route: { providerId, providerModel: 'm', model: 'm' } }) as unknown as Grant;
const promptOf = (text: string) =>
  ({ body: JSON.parse(text) as Json, untouched: Buffer.from(text) }) as unknown as ClearedPrompt;

interface World {
  readonly room: InferenceRoom;
  readonly waits: number[];
  readonly clock: { ms: number };
  readonly call: (
    ids: readonly string[],
    ask?: Partial<InferenceAsk>,
    attempts?: RecordedAttempt[],
  ) => Promise<string>;
}

/** A room whose clock stands still and whose waits are only written down. */
function world(...providers: readonly ConfiguredProvider[]): World {
  const waits: number[] = [];
  const clock = { ms: 0 };
  const room = createInferenceRoom({
    transport,
    clock: { now: () => clock.ms },
    random: () => 0.5,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  const inference = room.withProviders(new Map(providers.map((provider) => [provider.id, provider])));
  return {
    room,
    waits,
    clock,
    call: async (ids, ask = {}, attempts = []) => {
      const answered = await inference.call(
        ids.map(grantFor),
        promptOf('{"a": 1}'),
        {
          operation: 'chat',
          dialect: 'openai.chat',
          stream: false,
          toNeutral: () => ({ kind: 'embeddings', request: { model: 'm', inputs: ['neutral'] } }),
          countTokens: () => 42,
          enter: () => Promise.resolve(),
          signal: new AbortController().signal,
          ...ask,
        },
        attempts,
      );
      return `${answered.grant.route.providerId} ${answered.native} ${await textOf(answered.answer)}`;
    },
  };
}

function status(code: number, headers: Record<string, string> = {}): Handler {
  return (response) => void response.writeHead(code, headers).end(`status ${code}`);
}

/** The first handlers, one for each request, and the last one for all that follow. */
function inTurn(...handlers: readonly Handler[]): Handler {
  let turn = 0;
  return (...request) => handlers[Math.min(turn++, handlers.length - 1)]?.(...request);
}

const ok: Handler = (response) => void response.end('fine');
const hangUp: Handler = (response) => void response.socket?.destroy();

function results(attempts: readonly RecordedAttempt[]): string {
  return attempts.map(({ provider, result }) => `${provider}:${result}`).join(' ');
}

describe('one provider', () => {
  test('gets the body as received where it speaks the dialect', async () => {
    handler = ok;
    expect(await world(configured('a')).call(['a'])).toBe('a true fine');
    expect(seen).toEqual([{ path: '/a/m', body: '{"a": 1}' }]);
  });

  test('gets the neutral form where it does not, made once for all that need it', async () => {
    handler = inTurn(status(500), status(500), status(500), ok);
    let made = 0;
    const toNeutral: InferenceAsk['toNeutral'] = () => {
      made++;
      return { kind: 'embeddings', request: { model: 'm', inputs: ['x'] } };
    };
    const answer = await world(configured('a'), configured('b')).call(['a', 'b'], {
      dialect: 'google.generate',
      toNeutral,
    });
    expect([answer, made, seen[3]?.body]).toEqual([
      'b false fine',
      1,
      '{"kind":"embeddings","request":{"model":"m","inputs":["x"]}}',
    ]);
  });

  test.each<[string, Handler, string, readonly number[]]>([
    ['500', status(500), 'a:500 a:200', [125]],
    ['503', status(503), 'a:503 a:200', [125]],
    ['529', status(529), 'a:529 a:200', [125]],
    ['408', status(408), 'a:408 a:200', [125]],
    ['429', status(429), 'a:429 a:200', [125]],
    ['429 with Retry-After', status(429, { 'retry-after': '2' }), 'a:429 a:200', [2_000]],
    ['503 with Retry-After', status(503, { 'retry-after-ms': '300' }), 'a:503 a:200', [300]],
    ['a closed connection', hangUp, 'a:closed_early a:200', [125]],
  ])('is asked again after %s', async (_name, first, told, waits) => {
    handler = inTurn(first, ok);
    const attempts: RecordedAttempt[] = [];
    const { call, waits: waited } = world(configured('a'));
    expect(await call(['a'], {}, attempts)).toBe('a true fine');
    expect([results(attempts), waited]).toEqual([told, waits]);
  });

  test('is asked as often as its retries say, with growing waits, and then its refusal is told', async () => {
    handler = status(503);
    const attempts: RecordedAttempt[] = [];
    const { call, waits } = world(configured('a', { retries: 3 }));
    await expect(call(['a'], {}, attempts)).rejects.toMatchObject({
      code: 'provider_unavailable',
      details: { providerStatus: 503 },
    });
    expect([results(attempts), waits]).toEqual(['a:503 a:503 a:503 a:503', [125, 250, 500]]);
  });

  test('is not asked again before the time it asks for, where that is too long', async () => {
    handler = status(429, { 'retry-after': '21' });
    const { call, waits } = world(configured('a'));
    await expect(call(['a'])).rejects.toMatchObject({
      code: 'provider_rate_limited',
      details: { retryAfterMs: 21_000 },
    });
    expect([seen.length, waits]).toEqual([1, []]);
  });

  test('cannot make a call wait longer in all than the limit', async () => {
    handler = status(503, { 'retry-after': '20' });
    const { call, waits } = world(configured('a', { retries: 5 }));
    await expect(call(['a'])).rejects.toThrow(Refusal);
    expect(waits).toEqual([20_000, 20_000, 20_000]);
  });

  test('that never answers a prepared request in time is given up', async () => {
    const provider = testProvider('a', { prepare: () => new Promise(() => undefined) });
    const timeouts = { connectMs: 10, firstByteMs: 10, idleMs: 10 };
    await expect(world(configured('a', { provider, timeouts })).call(['a'])).rejects.toMatchObject({
      code: 'provider_timeout',
    });
  });

  test('that throws what it should not is a bug, and no reason to try another', async () => {
    const provider = testProvider('a', {
      prepare: () => {
        throw new TypeError('broken');
      },
    });
    await expect(world(configured('a', { provider }), configured('b')).call(['a', 'b'])).rejects.toThrow(
      TypeError,
    );
  });

  test('whose answer cannot be opened lets go of the connection', async () => {
    let closed = false;
    handler = (response) => {
      response.on('close', () => (closed = true));
      response.write('endless');
    };
    const provider = testProvider('a', {
      open: () => {
        throw new Refusal('provider_bad_answer');
      },
    });
    await expect(world(configured('a', { provider })).call(['a'])).rejects.toMatchObject({
      code: 'provider_bad_answer',
    });
    for (let i = 0; i < 100 && !closed; i++) await pause(10);
    expect(closed).toBe(true);
  });

  test('may answer without a network', async () => {
    const provider = testProvider('a', {
      answerLocally: () => ({
        status: 200,
        headers: {},
        body: (async function* () {
          yield await Promise.resolve(Buffer.from('simulated'));
        })(),
      }),
    });
    expect(await world(configured('a', { provider })).call(['a'])).toBe('a true simulated');
    expect(seen).toEqual([]);
  });

  test('that sends an error without end is heard for 64 KiB', async () => {
    handler = (response) => {
      response.writeHead(400);
      const more = (): void => {
        while (response.write('x'.repeat(16_384)));
        response.once('drain', more);
      };
      more();
    };
    let length = 0;
    const provider = testProvider('a', {
      refusal: (_status, _headers, body) => {
        length = body.length;
        return new Refusal('provider_rejected');
      },
    });
    await expect(world(configured('a', { provider })).call(['a'])).rejects.toMatchObject({
      code: 'provider_rejected',
    });
    expect(length).toBe(64 * 1024);
  });

  test('that breaks off or drips its error is still refused by its status', async () => {
    handler = (response) => void response.writeHead(400, { 'content-length': '500' }).write('half an err');
    const timeouts = { connectMs: 500, firstByteMs: 500, idleMs: 30 };
    await expect(world(configured('a', { timeouts })).call(['a'])).rejects.toMatchObject({
      code: 'provider_rejected',
      clientMessage: 'half an err',
    });
  });
});

describe('the next candidate', () => {
  test.each<[string, Handler | Partial<ConfiguredProvider>, string]>([
    ['retries are used up', status(500), 'a:500 a:500 a:500 b:200'],
    ['it asks for too much patience', status(429, { 'retry-after': '60' }), 'a:429 b:200'],
    ['our credential is refused', status(401), 'a:401 b:200'],
    ['it redirects', status(302, { location: 'http://169.254.169.254/' }), 'a:302 b:200'],
    ['it may not be called there', { allowPrivateNetwork: false }, 'a:address_forbidden b:200'],
    [
      'it never answers',
      { timeouts: { connectMs: 500, firstByteMs: 20, idleMs: 500 } },
      'a:first_byte_timeout b:200',
    ],
    ['it is not set up', { provider: refusing('provider_misconfigured') }, 'a:provider_misconfigured b:200'],
    [
      'it cannot take a parameter',
      { provider: refusing('unsupported_parameter') },
      'a:unsupported_parameter b:200',
    ],
    ['it has not the operation', { provider: testProvider('a', { supports: () => false }) }, 'b:200'],
  ])('is asked where %s', async (_name, fault, told) => {
    const bad = typeof fault === 'function' ? fault : () => undefined;
    handler = (response, path, body) => (path.startsWith('/a') ? bad : ok)(response, path, body);
    const attempts: RecordedAttempt[] = [];
    const { call } = world(configured('a', typeof fault === 'function' ? {} : fault), configured('b'));
    expect(await call(['a', 'b'], {}, attempts)).toBe('b true fine');
    expect(results(attempts)).toBe(told);
  });

  test.each([400, 403, 404, 413, 422])(
    'is not asked after %i: the request would fare no better',
    async (code) => {
      handler = status(code);
      await expect(world(configured('a'), configured('b')).call(['a', 'b'])).rejects.toMatchObject({
        code: 'provider_rejected',
        details: { providerStatus: code },
      });
      expect(seen.map(({ path }) => path)).toEqual(['/a/m']);
    },
  );

  test('is one of those granted, and no other', async () => {
    handler = status(500);
    await expect(world(configured('a'), configured('b')).call(['a'])).rejects.toThrow(Refusal);
    expect(seen.every(({ path }) => path === '/a/m')).toBe(true);
  });

  test('a passing failure is told rather than that another candidate cannot take the request', async () => {
    handler = status(503, { 'retry-after': '30' });
    const { call } = world(configured('a'), configured('b', { provider: refusing('unsupported_parameter') }));
    await expect(call(['a', 'b'])).rejects.toMatchObject({
      code: 'provider_unavailable',
      details: { retryAfterMs: 30_000 },
    });
    await expect(call(['b'])).rejects.toMatchObject({ code: 'unsupported_parameter' });
  });

  test('without a provider that has the operation, that is said', async () => {
    await expect(world(configured('a')).call(['a'], { operation: 'embeddings' })).rejects.toMatchObject({
      code: 'unsupported_parameter',
    });
    await expect(world().call(['gone'])).rejects.toMatchObject({ code: 'unsupported_parameter' });
    await expect(world().call([])).rejects.toMatchObject({ code: 'unsupported_parameter' });
  });

  test('is not needed for a count of tokens, which is then our own', async () => {
    const attempts: RecordedAttempt[] = [];
    expect(await world(configured('a')).call(['a'], { operation: 'count_tokens' }, attempts)).toBe(
      'a false 42',
    );
    expect([seen, attempts]).toEqual([[], []]);
  });

  test('is entered before its first try, once, and left where its limits refuse', async () => {
    handler = inTurn(status(500), ok);
    const entered: string[] = [];
    const enter: InferenceAsk['enter'] = ({ route }) => {
      entered.push(route.providerId);
      return route.providerId === 'a' ? Promise.reject(new Refusal('limit_exceeded')) : Promise.resolve();
    };
    const attempts: RecordedAttempt[] = [];
    expect(await world(configured('a'), configured('b')).call(['a', 'b'], { enter }, attempts)).toBe(
      'b true fine',
    );
    expect([entered, results(attempts)]).toEqual([['a', 'b'], 'a:limit_exceeded b:500 b:200']);
  });
});

function refusing(code: RefusalCode): Provider {
  return testProvider('a', {
    prepare: () => {
      throw new Refusal(code);
    },
  });
}

describe('a client that goes away', () => {
  test('cancels the call upstream, and no other candidate is asked', async () => {
    let closed = false;
    const abort = new AbortController();
    handler = (response) => {
      response.on('close', () => (closed = true));
      abort.abort();
    };
    const attempts: RecordedAttempt[] = [];
    const { call, room } = world(
      configured('a', { circuit: { failures: 1, openMs: 1_000 } }),
      configured('b'),
    );
    await expect(call(['a', 'b'], { signal: abort.signal }, attempts)).rejects.toMatchObject({
      code: 'client_closed',
    });
    for (let i = 0; i < 100 && !closed; i++) await pause(10);
    expect([closed, results(attempts), room.health()[0]?.state]).toEqual([true, 'a:client_closed', 'closed']);
  });

  test('between two attempts ends it', async () => {
    handler = status(500);
    const abort = new AbortController();
    const room = createInferenceRoom({ transport, sleep: () => Promise.resolve(abort.abort()) });
    const inference = room.withProviders(new Map([['a', configured('a')]]));
    const ask: InferenceAsk = {
      operation: 'chat',
      dialect: 'openai.chat',
      stream: false,
      toNeutral: () => ({ kind: 'embeddings', request: { model: 'm', inputs: [] } }),
      countTokens: () => 42,
      enter: () => Promise.resolve(),
      signal: abort.signal,
    };
    await expect(inference.call([grantFor('a')], promptOf('{}'), ask, [])).rejects.toMatchObject({
      code: 'client_closed',
    });
    expect(seen.length).toBe(1);
  });
});

describe('the circuit', () => {
  const circuit = { failures: 2, openMs: 1_000 };
  const broken = (id: string) => configured(id, { circuit, retries: 0 });

  test('opens after failures in a row, skips the provider for its time, and closes after a probe', async () => {
    handler = status(500);
    const attempts: RecordedAttempt[] = [];
    const { call, clock, room } = world(broken('a'));
    for (let i = 0; i < 3; i++) await expect(call(['a'], {}, attempts)).rejects.toThrow(Refusal);
    expect([results(attempts), room.health()]).toEqual([
      'a:500 a:500 a:circuit_open',
      [{ provider: 'a', state: 'open', consecutiveFailures: 2 }],
    ]);
    clock.ms = 400;
    await expect(call(['a'])).rejects.toMatchObject({
      code: 'provider_unavailable',
      details: { retryAfterMs: 600 },
    });
    clock.ms = 1_000;
    handler = ok;
    expect(await call(['a'])).toBe('a true fine');
    expect(room.health()).toEqual([{ provider: 'a', state: 'closed', consecutiveFailures: 0 }]);
  });

  test('lets exactly one probe in, however many ask at once', async () => {
    handler = status(500);
    const { call, clock } = world(broken('a'));
    for (let i = 0; i < 2; i++) await expect(call(['a'])).rejects.toThrow(Refusal);
    clock.ms = 1_000;
    seen = [];
    handler = (response) => void setTimeout(() => response.end('probed'), 50);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => call(['a'])));
    expect([answers.filter(({ status: end }) => end === 'fulfilled').length, seen.length]).toEqual([1, 1]);
  });

  test('stays closed where the provider only limits or rejects', async () => {
    const { call, room } = world(broken('a'));
    for (const code of [429, 400, 429, 404, 429]) {
      handler = status(code);
      await expect(call(['a'])).rejects.toThrow(Refusal);
    }
    expect(room.health()[0]?.state).toBe('closed');
  });

  test('counts answers that break off in their body', async () => {
    handler = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.socket?.destroy(), 20);
    };
    const { call, room } = world(broken('a'));
    for (let i = 0; i < 2; i++) await expect(call(['a'])).rejects.toMatchObject({ fault: 'closed_early' });
    expect(room.health()[0]?.state).toBe('open');
  });

  test('ends the retries of the call that opened it', async () => {
    handler = status(500);
    const attempts: RecordedAttempt[] = [];
    const { call } = world(configured('a', { circuit, retries: 5 }));
    await expect(call(['a'], {}, attempts)).rejects.toThrow(Refusal);
    expect(results(attempts)).toBe('a:500 a:500 a:circuit_open');
  });

  test('outlives a change of the configuration, and not the provider', async () => {
    handler = status(500);
    const { call, room } = world(broken('a'));
    for (let i = 0; i < 2; i++) await expect(call(['a'])).rejects.toThrow(Refusal);
    room.withProviders(
      new Map([
        ['a', broken('a')],
        ['b', broken('b')],
      ]),
    );
    expect(room.health().map(({ state }) => state)).toEqual(['open', 'closed']);
    room.withProviders(new Map());
    room.withProviders(new Map([['a', broken('a')]]));
    expect(room.health().map(({ state }) => state)).toEqual(['closed']);
  });
});

test.each<[TransportFault, RefusalCode]>([
  ['address_forbidden', 'provider_address_forbidden'],
  ['connect_timeout', 'provider_unavailable'],
  ['connect_failed', 'provider_unavailable'],
  ['first_byte_timeout', 'provider_timeout'],
  ['idle_timeout', 'provider_timeout'],
  ['closed_early', 'provider_bad_answer'],
  ['too_large', 'provider_bad_answer'],
])('the fault %s is refused as %s', (fault, code) => {
  expect(refusalOfTransport(new TransportError(fault)).code).toBe(code);
});
