import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemoryLimitStore } from '../../adapters/memory/memory-limit-store.ts';
import { type Configuration, limitSchema } from '../../contract/configuration.ts';
import type { Application } from '../../domain/application.ts';
import type { Authentication } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Dialect } from '../../domain/dialect.ts';
import type { Route } from '../../domain/route.ts';
import { NO_USAGE, type Usage } from '../../domain/usage.ts';
import { createLimits, type Estimate, type Limits } from './limits.ts';
import { duration } from './rate-headers.ts';
import type { LimitStore, Reservation } from './store.ts';
import { windowAt, type WindowKind } from './window.ts';

const START = Date.parse('2026-11-23T10:20:30.500Z');
let nowMs = START;
const clock = { now: () => nowMs };
beforeEach(() => {
  nowMs = START;
});

const application: Application = {
  id: 'app',
  owners: [],
  purpose: '',
  dataClass: 'internal',
  models: ['*'],
  groups: [],
  capture: 'none',
  record: 'before_release',
};

function authentication(id = 'alice', groups: readonly string[] = ['staff', 'research']): Authentication {
  return {
    method: 'api_key',
    credentialId: 'key_1',
    applicationId: 'app',
    principal: { kind: 'person', id, groups },
    scopes: new Set(),
  };
}

function route(model = 'fast', providerId = 'openai'): Route {
  return {
    model,
    providerId,
    providerKind: 'openai',
    providerModel: 'gpt-4o',
    labels: [],
    defaultMaxOutputTokens: 100,
  };
}

const estimate: Estimate = { inputTokens: 100, outputTokens: 50, costMicros: 2_000 };
const usage = (inputTokens: number, outputTokens: number): Usage => ({
  ...NO_USAGE,
  inputTokens,
  outputTokens,
});

function limitsOf(limits: Record<string, unknown>): Configuration['limits'] {
  return Object.fromEntries(Object.entries(limits).map(([id, limit]) => [id, limitSchema.parse(limit)]));
}

interface Options {
  readonly store?: LimitStore;
  readonly onError?: (error: unknown) => void;
  readonly timeoutMs?: number;
}

function room(limits: Record<string, unknown>, options: Options = {}): Limits {
  return createLimits({
    limits: limitsOf(limits),
    store: options.store ?? createMemoryLimitStore(),
    clock,
    onError: options.onError ?? ((error) => expect.unreachable(String(error))),
    timeoutMs: options.timeoutMs ?? 1_000,
  });
}

const reserve = (
  limits: Limits,
  who = authentication(),
  where = route(),
  what = estimate,
  dialect: Dialect = 'openai.chat',
) => limits.reserve(who, application, where, what, dialect);

async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const result = await work.then(
    () => 'admitted',
    (error: unknown) => error,
  );
  expect(result).toBeInstanceOf(Refusal);
  return result as Refusal;
}

const perMinute = (capacity: number, more: object = {}) => ({
  measure: 'requests',
  capacity,
  window: 'minute',
  ...more,
});

describe('a request that no limit concerns', () => {
  test.each([
    ['there is none', {}],
    ['another application', { a: perMinute(1, { applications: ['other'] }) }],
    ['another group', { a: perMinute(1, { groups: ['board'] }) }],
    ['another principal', { a: perMinute(1, { principals: ['bob'] }) }],
    ['another model', { a: perMinute(1, { models: ['slow'] }) }],
    [
      'a model that only looks alike',
      { a: perMinute(1, { models: ['fa', 'fas*ast', '*fas', 'f*s', 's*', 'f*x*t'] }) },
    ],
    ['another provider', { a: perMinute(1, { providers: ['google'] }) }],
    ['one of two lists does not fit', { a: perMinute(1, { models: ['fast'], groups: ['board'] }) }],
  ])('is admitted without asking the store: %s', async (_, limits) => {
    const store = createMemoryLimitStore();
    const asked = vi.spyOn(store, 'reserve');
    const lease = await reserve(room(limits, { store }));
    await lease.settle(usage(1, 1), 1);
    await lease.cancel();
    expect(asked).not.toHaveBeenCalled();
    expect(lease.headers).toEqual({});
  });
});

describe('a limit concerns', () => {
  test.each([
    ['everybody, where it names nobody', {}],
    ['a principal by id', { principals: ['alice'] }],
    ['a principal by kind and id', { principals: ['person:alice'] }],
    ['a member of one of its groups', { groups: ['board', 'research'] }],
    ['an application', { applications: ['app'] }],
    ['a provider', { providers: ['google', 'openai'] }],
    ['a model', { models: ['fast'] }],
    ['all models', { models: ['*'] }],
    ['models that begin alike', { models: ['slow', 'fa*'] }],
    ['models that end alike', { models: ['*st'] }],
    ['models alike at both ends', { models: ['f*t', 'slow'] }],
    ['models alike in the middle', { models: ['*a*s*'] }],
  ])('%s', async (_, scope) => {
    const concerned = room({ a: perMinute(1, scope) });
    await reserve(concerned);
    expect((await refusal(reserve(concerned))).code).toBe('limit_exceeded');
  });
});

describe('counters', () => {
  const bob = authentication('bob', ['research', 'board']);
  test.each([
    ['all', 1],
    ['application', 1],
    ['model', 1],
    ['provider', 1],
    ['principal', 2],
  ])('per %s', async (per, admittedOfTwo) => {
    const limits = room({ a: perMinute(1, { per }) });
    const results = await Promise.allSettled([reserve(limits), reserve(limits, bob)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(admittedOfTwo);
  });

  test('per group: one for each group of the principal, and all of them must have room', async () => {
    const limits = room({ a: perMinute(2, { per: 'group' }) });
    await reserve(limits, authentication('alice', ['staff', 'research', 'staff']));
    await reserve(limits, authentication('bob', ['research']));
    await refusal(reserve(limits, authentication('carol', ['research', 'board'])));
    await reserve(limits, authentication('carol', ['board']));
    // In no group at all: nothing to count.
    await reserve(limits, authentication('dan', []));
  });

  test('per group: only of the groups that the limit names', async () => {
    const limits = room({ a: perMinute(1, { per: 'group', groups: ['staff'] }) });
    await reserve(limits, authentication('alice', ['staff', 'research']));
    await refusal(reserve(limits, authentication('bob', ['staff'])));
    await reserve(limits, authentication('carol', ['research']));
  });

  test('of different models and providers are apart', async () => {
    const limits = room({ a: perMinute(1, { per: 'model' }), b: perMinute(1, { per: 'provider' }) });
    await reserve(limits, authentication(), route('fast', 'openai'));
    await refusal(reserve(limits, authentication(), route('fast', 'google')));
    await reserve(limits, authentication(), route('slow', 'google'));
  });
});

describe('measures', () => {
  test.each([
    ['requests', 1, 1],
    ['input_tokens', 100, 30],
    ['output_tokens', 50, 7],
    ['tokens', 150, 37],
    ['cost_usd', 2_000, 450],
    ['concurrent_requests', 1, 0],
  ] as const)('%s: reserved by the estimate, settled with what was used', async (measure, reserved, used) => {
    const store = createMemoryLimitStore();
    const reserving = vi.spyOn(store, 'reserve');
    const window = measure === 'concurrent_requests' ? undefined : 'hour';
    const lease = await reserve(room({ a: { measure, capacity: 1_000, window } }, { store }));
    const charges = reserving.mock.calls[0]?.[1] ?? [];
    expect(await store.usage(charges, nowMs)).toEqual([reserved]);
    await lease.settle(usage(30, 7), 450);
    expect(await store.usage(charges, nowMs)).toEqual([used]);
    await lease.settle(usage(1_000, 1_000), 1_000);
    await lease.cancel();
    expect(await store.usage(charges, nowMs)).toEqual([used]);
  });

  test('what is canceled was never taken', async () => {
    const limits = room({ a: perMinute(1), b: { measure: 'concurrent_requests', capacity: 1 } });
    for (let times = 0; times < 3; times++) await (await reserve(limits)).cancel();
    await reserve(limits);
  });

  test('a limit in dollars counts millionths', async () => {
    const limits = room({ a: { measure: 'cost_usd', capacity: 0.0045, window: 'month' } });
    await reserve(limits);
    await reserve(limits);
    const { message } = await refusal(reserve(limits));
    expect(message).toBe(
      'The limit "a" (0.0045 US dollars per month) has no room for this request; it resets at 2026-12-01T00:00:00.000Z.',
    );
  });

  test('a limit over time without a window stops the start', () => {
    expect(() => room({ a: { measure: 'tokens', capacity: 5 } })).toThrow(/needs a window/);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('an estimate of %s refuses', async (inputTokens) => {
    const limits = room({ a: { measure: 'tokens', capacity: 5, window: 'day' } });
    await expect(
      reserve(limits, authentication(), route(), { inputTokens, outputTokens: 0, costMicros: 0 }),
    ).rejects.toThrow();
  });
});

describe('windows', () => {
  test.each<[WindowKind, string, string, string]>([
    ['second', '2026-11-23T10:20:30.500Z', '2026-11-23T10:20:30.000Z', '2026-11-23T10:20:31.000Z'],
    ['minute', '2026-11-23T10:20:30.500Z', '2026-11-23T10:20:00.000Z', '2026-11-23T10:21:00.000Z'],
    ['hour', '2026-11-23T10:00:00.000Z', '2026-11-23T10:00:00.000Z', '2026-11-23T11:00:00.000Z'],
    ['day', '2026-11-23T23:59:59.999Z', '2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    ['week', '2026-11-22T23:59:59.999Z', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['week', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['month', '2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['month', '2028-02-29T12:00:00.000Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ])('a %s at %s', (kind, at, start, end) => {
    const window = windowAt(kind, Date.parse(at));
    expect(new Date(window.startMs).toISOString()).toBe(start);
    expect(window.resetsAt).toBe(end);
  });

  test('every moment is in its window', () => {
    const kinds = fc.constantFrom<WindowKind>('second', 'minute', 'hour', 'day', 'week', 'month');
    fc.assert(
      fc.property(kinds, fc.integer({ min: 0, max: 4_000_000_000_000 }), (kind, at) => {
        const { startMs, endMs } = windowAt(kind, at);
        expect(startMs).toBeLessThanOrEqual(at);
        expect(at).toBeLessThan(endMs);
        expect(windowAt(kind, startMs)).toEqual(windowAt(kind, at));
        expect(windowAt(kind, endMs).startMs).toBe(endMs);
      }),
    );
  });

  test('a new window has room again; what settles late corrects the window that was charged', async () => {
    const store = createMemoryLimitStore();
    const reserving = vi.spyOn(store, 'reserve');
    const limits = room({ a: { measure: 'tokens', capacity: 200, window: 'minute' } }, { store });
    const lease = await reserve(limits);
    await refusal(reserve(limits));
    nowMs += 60_000;
    await reserve(limits);
    await lease.settle(usage(10, 10), 0);
    const charges = [reserving.mock.calls[0]?.[1][0], reserving.mock.calls[2]?.[1][0]].filter(
      (charge) => charge !== undefined,
    );
    expect(await store.usage(charges, nowMs)).toEqual([20, 150]);
  });
});

describe('a refusal', () => {
  test('names the limit and when it resets, and tells each dialect', async () => {
    const limits = room({
      team: perMinute(1),
      wide: { measure: 'tokens', capacity: 100_000, window: 'day' },
    });
    await reserve(limits);
    const refused = await refusal(reserve(limits));
    expect(refused.code).toBe('limit_exceeded');
    expect(refused.message).toBe(
      'The limit "team" (1 requests per minute) has no room for this request; it resets at 2026-11-23T10:21:00.000Z.',
    );
    expect(refused.details.limit).toBe('team');
    expect(refused.details.retryAfterMs).toBe(29_500);
    expect(refused.details.headers).toEqual({
      'retry-after': '30',
      'ratelimit-policy': '"team";q=1;qu="requests";w=60, "wide";q=100000;qu="tokens";w=86400',
      ratelimit: '"team";r=0;t=30, "wide";r=99850;t=49170',
      'x-ratelimit-limit-requests': '1',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '30s',
      'x-ratelimit-limit-tokens': '100000',
      'x-ratelimit-remaining-tokens': '99850',
      'x-ratelimit-reset-tokens': '13h39m30s',
    });
  });

  test('names the limit that resets last, where several are used up', async () => {
    const limits = room({ short: perMinute(1), long: { measure: 'requests', capacity: 1, window: 'day' } });
    await reserve(limits);
    expect((await refusal(reserve(limits))).details.limit).toBe('long');
  });

  test('for concurrent requests says that one must end', async () => {
    const limits = room({ a: { measure: 'concurrent_requests', capacity: 1 } });
    const lease = await reserve(limits);
    const refused = await refusal(reserve(limits));
    expect(refused.message).toBe(
      'The limit "a" (1 requests at once) is used up; it has room again when a request ends.',
    );
    expect(refused.details.headers?.['ratelimit-policy']).toBe('"a";q=1;qu="concurrent-requests"');
    await lease.settle(NO_USAGE, 0);
    await reserve(limits);
  });

  test('of what could never fit says so, and not when to try again', async () => {
    const limits = room({ a: { measure: 'tokens', capacity: 149, window: 'minute' } });
    const refused = await refusal(reserve(limits));
    expect(refused.message).toMatch(/may take 150 tokens, .* never has room for that/);
    expect(refused.details.retryAfterMs).toBeUndefined();
    expect(refused.details.headers?.['retry-after']).toBeUndefined();
  });

  test('takes nothing of the limits that had room', async () => {
    const limits = room({ a: perMinute(5), b: { measure: 'requests', capacity: 1, window: 'hour' } });
    await reserve(limits);
    for (let times = 0; times < 5; times++) await refusal(reserve(limits));
    nowMs += 3_600_000;
    expect((await reserve(limits)).headers['ratelimit']).toBe('"a";r=4;t=30, "b";r=0;t=2370');
  });
});

test('a burst admits exactly as many as fit', async () => {
  const limits = room({ a: perMinute(7), b: { measure: 'concurrent_requests', capacity: 100 } });
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => reserve(limits)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
});

test.each<[Dialect, Record<string, string>]>([
  [
    'openai.responses',
    {
      'x-ratelimit-limit-tokens': '1000',
      'x-ratelimit-remaining-tokens': '850',
      'x-ratelimit-reset-tokens': '39m30s',
    },
  ],
  [
    'anthropic.messages',
    {
      'anthropic-ratelimit-tokens-limit': '1000',
      'anthropic-ratelimit-tokens-remaining': '850',
      'anthropic-ratelimit-tokens-reset': '2026-11-23T11:00:00.000Z',
      'anthropic-ratelimit-input-tokens-limit': '2000',
      'anthropic-ratelimit-input-tokens-remaining': '1900',
      'anthropic-ratelimit-input-tokens-reset': '2026-11-23T11:00:00.000Z',
    },
  ],
  ['google.generate', {}],
])('an admitted request is told what is left, in %s with its own names', async (dialect, named) => {
  const limits = room({
    a: { measure: 'tokens', capacity: 1_000, window: 'hour' },
    b: { measure: 'input_tokens', capacity: 2_000, window: 'hour' },
  });
  const { headers } = await reserve(limits, authentication(), route(), estimate, dialect);
  expect(headers).toEqual({
    'ratelimit-policy': '"a";q=1000;qu="tokens";w=3600, "b";q=2000;qu="input-tokens";w=3600',
    ratelimit: '"a";r=850;t=2370, "b";r=1900;t=2370',
    ...named,
  });
});

test.each([
  [0, '0ms'],
  [1, '1ms'],
  [999.2, '1000ms'],
  [1_000, '1s'],
  [59_001, '60s'.replace('60s', '1m0s')],
  [360_000, '6m0s'],
  [3_723_000, '1h2m3s'],
])('%s ms is written as %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

describe('a store that', () => {
  const limits = { a: perMinute(5), b: { measure: 'concurrent_requests', capacity: 5 } };
  const admitted: Reservation = { admitted: true, used: [1, 1], refusedBy: -1 };

  function store(change: Partial<LimitStore>): LimitStore {
    return { ...createMemoryLimitStore(), settle: vi.fn(async () => undefined), ...change };
  }

  test.each<[string, LimitStore['reserve']]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('gone'))],
    ['hangs', () => new Promise(() => undefined)],
    ['answers nothing', () => Promise.resolve(undefined as never)],
    ['answers with too little', () => Promise.resolve({ ...admitted, used: [1] })],
    ['answers with no numbers', () => Promise.resolve({ ...admitted, used: [1, Number.NaN] })],
    ['contradicts itself', () => Promise.resolve({ ...admitted, refusedBy: 1 })],
    [
      'refuses by a limit that is not there',
      () => Promise.resolve({ ...admitted, admitted: false, refusedBy: 2 }),
    ],
    ['says neither', () => Promise.resolve({ ...admitted, admitted: 'yes' } as never)],
  ])('%s at a reservation refuses the request', async (_, reserving) => {
    const refused = await refusal(
      reserve(room(limits, { store: store({ reserve: reserving }), timeoutMs: 20 })),
    );
    expect(refused.code).toBe('internal');
    expect(refused.cause).toBeInstanceOf(Error);
  });

  test('answers too late has its reservation given back', async () => {
    const settle = vi.fn(async () => undefined);
    let answer: (reservation: Reservation) => void = () => undefined;
    const late = store({ settle, reserve: () => new Promise((resolve) => (answer = resolve)) });
    await refusal(reserve(room(limits, { store: late, timeoutMs: 10 })));
    expect(settle).not.toHaveBeenCalled();
    answer(admitted);
    await vi.waitFor(() => expect(settle).toHaveBeenCalledOnce());
    expect(settle.mock.calls[0]).toMatchObject([/^lease_/, [{ difference: -1 }, { difference: -1 }], START]);
  });

  test('fails in doubt has the place given back, which does no harm twice, and the counter left as it may be', async () => {
    const settle = vi.fn(async () => undefined);
    await refusal(
      reserve(room(limits, { store: store({ settle, reserve: () => Promise.reject(new Error('lost')) }) })),
    );
    await vi.waitFor(() => expect(settle).toHaveBeenCalledOnce());
    expect(settle.mock.calls[0]).toMatchObject([/^lease_/, [{ charge: { kind: 'concurrency' } }], START]);
  });

  test.each<[string, LimitStore['settle']]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('gone'))],
    ['hangs', () => new Promise(() => undefined)],
  ])('%s at settling is told of, and the answer goes on', async (_, settling) => {
    const onError = vi.fn();
    const lease = await reserve(room(limits, { store: store({ settle: settling }), onError, timeoutMs: 20 }));
    await lease.settle(usage(1, 1), 1);
    expect(onError).toHaveBeenCalledOnce();
  });

  test('is given usage that is no number is left as it is, and told of', async () => {
    const onError = vi.fn();
    const lease = await reserve(
      room({ a: { measure: 'tokens', capacity: 500, window: 'day' } }, { onError }),
    );
    await lease.settle(usage(Number.NaN, 1), 1);
    expect(onError).toHaveBeenCalledOnce();
  });
});

test('three limits in memory cost little', async () => {
  const limits = room({
    a: perMinute(1e12, { per: 'principal' }),
    b: { measure: 'tokens', capacity: 1e12, window: 'day', per: 'application' },
    c: { measure: 'concurrent_requests', capacity: 1e6 },
  });
  const run = async (times: number) => {
    const startedAt = performance.now();
    for (let index = 0; index < times; index++) {
      const lease = await reserve(limits);
      await lease.settle(usage(1, 1), 1);
    }
    return ((performance.now() - startedAt) * 1_000) / times;
  };
  await run(3_000);
  const microseconds = Math.min(await run(3_000), await run(3_000), await run(3_000));
  // Measured at 6 to 9; the bound is for a machine that does something else at the same time.
  expect(microseconds).toBeLessThan(60);
});

describe('a budget of whoever asks', () => {
  const budget = { id: 'service:guardrail/advice', tokensPerHour: 400 };
  const reserveWith = (limits: Limits, own = budget) =>
    limits.reserve(authentication(), application, route(), estimate, 'openai.chat', own);

  test('admits exactly what it holds of many at once, has again what was not used, and begins anew with the hour', async () => {
    const limits = room({});
    const tried = await Promise.allSettled(Array.from({ length: 20 }, () => reserveWith(limits)));
    const leases = tried.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(leases).toHaveLength(2);
    await leases[0]?.settle(usage(10, 0), 0);
    await reserveWith(limits);
    expect(await refusal(reserveWith(limits))).toMatchObject({ code: 'limit_exceeded' });
    nowMs += 3_600_000;
    await reserveWith(limits);
  });

  test('is one counter under every configuration, and each has its own', async () => {
    const store = createMemoryLimitStore();
    await reserveWith(room({}, { store }));
    await reserveWith(room({ a: perMinute(100) }, { store }));
    expect(await refusal(reserveWith(room({}, { store })))).toMatchObject({ code: 'limit_exceeded' });
    await reserveWith(room({}, { store }), { ...budget, id: 'service:guardrail/other' });
  });

  test('is taken together with the limits in force, or nothing is', async () => {
    const limits = room({ a: perMinute(1) });
    await reserveWith(limits);
    expect((await refusal(reserveWith(limits))).details.limit).toBe('a');
    nowMs += 60_000;
    await reserveWith(limits);
    nowMs += 60_000;
    expect((await refusal(reserveWith(limits))).details.limit).toBe('budget service:guardrail/advice');
    expect((await refusal(reserveWith(limits, { ...budget, tokensPerHour: 100 }))).message).toMatch(
      'never has room',
    );
  });
});
