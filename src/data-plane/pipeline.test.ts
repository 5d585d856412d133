/** The pipeline as a whole: what each guard's failure does to a request, and what the record says of it. */
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { openMemoryStores } from '../adapters/memory/memory.ts';
import { systemClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { JsonObject } from '../base/json.ts';
import { compileSnapshot } from '../compose/snapshot.ts';
import { parseConfiguration } from '../governance/configuration/configuration.ts';
import { Refusal } from '../domain/refusal.ts';
import { createAudit, createKeyring, type Audit, type Keyring } from '../modules/audit/audit.ts';
import { createIdentityRoom, createKeyAdministration } from '../modules/identity/identity.ts';
import { createInferenceRoom, type Inference } from '../modules/inference/inference.ts';
import { createMetering, loadPrices } from '../modules/metering/metering.ts';
import { createPrivacy } from '../modules/privacy/privacy.ts';
import { openaiChatEndpoint } from './endpoints/openai-chat/openai-chat.ts';
import type { Exchange } from './exchange.ts';
import type { House, Snapshot } from './house.ts';
import { serve } from './pipeline.ts';

const CONFIGURATION = `
version: 1
applications: { demo: {} }
providers: { simulator: { kind: simulator } }
models: { simulator: { candidates: [{ provider: simulator }] } }
policies:
  all: { cedar: 'permit (principal, action, resource);' }
guardrails:
  mail: { scanner: pii, config: { kinds: [EMAIL_ADDRESS] }, action: pseudonymize, directions: [request], timeout_ms: 50 }
  answers: { scanner: pii, config: { kinds: [CREDIT_CARD] }, action: block, directions: [response] }
  leaks: { scanner: system-prompt-leak, action: block, directions: [response] }
limits:
  requests: { measure: requests, capacity: 1000, window: minute }
`;
const PRICES = {
  version: 1,
  date: '2026-01-01',
  currency: 'USD',
  unit: 'million tokens',
  sources: { none: { url: 'https://example.com/', read: '2026-01-01' } },
  models: [{ provider: 'simulator', models: ['simulator'], input: 1, output: 2, source: 'none' }],
};
const SECRET = 'alice@example.com';

interface Setting {
  readonly house: House;
  readonly snapshot: Snapshot;
  readonly key: string;
  readonly audit: Audit;
  readonly keyring: Keyring;
  readonly faults: unknown[];
  /** Bodies that inference was given. */
  readonly called: string[];
}

let setting: Setting;

beforeEach(async () => {
  const clock = systemClock;
  const stores = openMemoryStores({ instance: 'test' });
  const faults: unknown[] = [];
  const called: string[] = [];
  const transport = {
    send: () => Promise.reject(new Error('nothing is sent here')),
    close: () => Promise.resolve(),
  };
  const { snapshot } = await compileSnapshot(
    {
      clock,
      identity: createIdentityRoom({
        voucherKey: Buffer.alloc(32),
        store: stores.credentials,
        clock,
        fetchJson: () => Promise.reject(new Error('offline')),
      }),
      inference: createInferenceRoom({ transport, clock }),
      limitStore: stores.limits,
      privacy: createPrivacy({ key: randomBytes(32) }),
      transport,
      secretOf: () => Promise.reject(new Error('no secrets here')),
      onError: (_where, error) => faults.push(error),
    },
    parseConfiguration(CONFIGURATION),
    'v1',
  );
  const watched: Inference = {
    call(grants, prompt, ask, attempts) {
      called.push(JSON.stringify(prompt.body));
      return snapshot.inference.call(grants, prompt, ask, attempts);
    },
  };
  const keys = createKeyAdministration({ store: stores.credentials, clock });
  const { key } = await keys.create({
    applicationId: 'demo',
    principal: { kind: 'service', id: 'demo' },
    scopes: ['inference', 'reidentify'],
  });
  const keyring = await createKeyring({
    store: stores.keys,
    masterKeys: [{ id: 'master', key: randomBytes(32) }],
    clock,
  });
  const audit = createAudit({ store: stores.audit, keyring, origin: 'log.test', timeoutMs: 100, clock });
  const house: House = {
    snapshot: () => ({ ...snapshot, inference: watched }),
    audit,
    metering: createMetering({
      store: stores.usage,
      prices: loadPrices(PRICES),
      flushMs: 1_000_000,
      clock,
      onError: (error) => faults.push(error),
    }),
    observer: { interaction: () => undefined, fault: (_where, error) => faults.push(error) },
  };
  setting = { house, snapshot, key, audit, keyring, faults, called };
});

interface Told {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  ends: number;
}

function ask(
  key: string,
  request: Partial<JsonObject> = {},
): { exchange: Exchange; told: Told; leave: () => void } {
  const told: Told = { status: 0, headers: {}, body: '', ends: 0 };
  const gone = new AbortController();
  const json = { model: 'simulator', messages: [{ role: 'user', content: `I am ${SECRET}` }], ...request };
  const exchange: Exchange = {
    id: newId('req'),
    at: Date.now(),
    startedMs: performance.now(),
    endpoint: openaiChatEndpoint,
    path: {},
    presented: {
      authorization: `Bearer ${key}`,
      xApiKey: undefined,
      xGoogApiKey: undefined,
      assertedPrincipal: undefined,
    },
    address: '127.0.0.1',
    traceparent: undefined,
    conversation: undefined,
    subject: undefined,
    signal: gone.signal,
    body: () => Promise.resolve({ bytes: Buffer.from(JSON.stringify(json)), json }),
    reply: {
      begun: () => told.status !== 0,
      send(status, headers, body) {
        told.status = status;
        told.headers = headers;
        told.body = body.toString();
        told.ends++;
      },
      begin(headers) {
        told.status = 200;
        told.headers = headers;
      },
      write(piece) {
        told.body += piece.toString();
        return undefined;
      },
      end() {
        told.ends++;
      },
    },
  };
  return { exchange, told, leave: () => gone.abort() };
}

async function entries(): Promise<readonly JsonObject[]> {
  const page = await setting.audit.read({ limit: 100 });
  return page.entries.map(({ entry }) => JSON.parse(JSON.stringify(entry)) as JsonObject);
}

test('a buffered answer has one entry, is settled, and shows the original to those who may see it', async () => {
  const { exchange, told } = ask(setting.key);
  await serve(setting.house, exchange);
  expect(told).toMatchObject({ status: 200, ends: 1 });
  expect(told.body).toContain(SECRET);
  expect(setting.called).toHaveLength(1);
  expect(setting.called[0]).not.toContain(SECRET);
  expect(await entries()).toMatchObject([
    { kind: 'interaction', outcome: 'answered', action: 'pseudonymize', application: 'demo', snapshot: 'v1' },
  ]);
});

test('a streamed answer has an entry before its first byte and one after its last', async () => {
  const { exchange, told } = ask(setting.key, { stream: true });
  let seenAtBegin: Promise<readonly JsonObject[]> | undefined;
  const begin = exchange.reply.begin.bind(exchange.reply);
  exchange.reply.begin = (headers) => {
    seenAtBegin = entries();
    begin(headers);
  };
  await serve(setting.house, exchange);
  expect(await seenAtBegin).toMatchObject([{ kind: 'interaction', outcome: 'released' }]);
  expect(await entries()).toMatchObject([
    { outcome: 'released' },
    { kind: 'interaction_end', outcome: 'answered' },
  ]);
  expect(told.body).toContain('[DONE]');
});

test('no entry holds a character of the content', async () => {
  for (const stream of [true, false]) await serve(setting.house, ask(setting.key, { stream }).exchange);
  const written = JSON.stringify(await entries());
  expect(written).not.toContain(SECRET);
  expect(written).toContain('EMAIL_ADDRESS');
});

type Rooms = { -readonly [Room in keyof Snapshot]?: unknown };
const broken = () => {
  throw new Error(`broken: ${SECRET}`);
};
const hanging = () => new Promise<never>(() => undefined);

/** Each room, failing in each way that its interface allows; none may lead to a call. */
const FAULTS: readonly (readonly [string, (snapshot: Snapshot) => Rooms])[] = [
  ['identity throws', () => ({ identity: { authenticate: broken } })],
  ['identity answers nonsense', () => ({ identity: { authenticate: () => Promise.resolve(undefined) } })],
  [
    'identity gives a credential without scopes',
    () => ({
      identity: { authenticate: () => Promise.resolve({ scopes: new Set(), applicationId: 'demo' }) },
    }),
  ],
  ['routing throws', ({ routing }) => ({ routing: { ...routing, resolve: broken } })],
  ['routing answers nonsense', ({ routing }) => ({ routing: { ...routing, resolve: () => null } })],
  ['policy throws', ({ policy }) => ({ policy: { ...policy, authorize: broken } })],
  ['policy answers no grant', ({ policy }) => ({ policy: { ...policy, authorize: () => [] } })],
  ['policy throws at the second checkpoint', ({ policy }) => ({ policy: { ...policy, review: broken } })],
  [
    'policy cannot say which guardrails are in force',
    ({ policy }) => ({ policy: { ...policy, guardrailsFor: broken } }),
  ],
  ['policy cannot judge', ({ policy }) => ({ policy: { ...policy, judge: broken } })],
  ['policy judges nonsense', ({ policy }) => ({ policy: { ...policy, judge: () => undefined } })],
  ['gates throw', ({ gates }) => ({ gates: { ...gates, check: broken } })],
  ['limits throw', () => ({ limits: { reserve: broken } })],
  ['limits answer nonsense', () => ({ limits: { reserve: () => Promise.resolve(undefined) } })],
  ['scanning throws', ({ scanning }) => ({ scanning: { ...scanning, scan: broken } })],
  [
    'scanning answers nonsense',
    ({ scanning }) => ({ scanning: { ...scanning, scan: () => Promise.resolve({}) } }),
  ],
  ['privacy throws', () => ({ privacy: { clear: broken, replacement: broken } })],
];

describe('no guard fails open', () => {
  for (const [name, fault] of FAULTS) {
    test(`${name}: the request is refused, nothing is called, and the record says so`, async () => {
      const { house, snapshot } = setting;
      const whole = house.snapshot();
      // Rooms that break their contract are the point.
      const faulty = { ...whole, ...fault(snapshot) } as Snapshot;
      const { exchange, told } = ask(setting.key);
      await serve({ ...house, snapshot: () => faulty }, exchange);
      expect(told.status).toBeGreaterThanOrEqual(403);
      expect(told.ends).toBe(1);
      expect(told.body).not.toContain(SECRET);
      expect(setting.called).toEqual([]);
      const [entry] = await entries();
      expect(['failed', 'refused']).toContain(entry?.outcome);
      expect(JSON.stringify(entry)).not.toContain(SECRET);
    });
  }

  const answers: readonly (readonly [string, boolean])[] = [
    ['buffered', false],
    ['streamed', true],
  ];
  for (const [name, stream] of answers) {
    test(`inference that fails refuses a ${name} request once`, async () => {
      const { house } = setting;
      const faulty = { ...house.snapshot(), inference: { call: broken } };
      const { exchange, told } = ask(setting.key, { stream });
      await serve({ ...house, snapshot: () => faulty }, exchange);
      expect(told).toMatchObject({ status: 500, ends: 1 });
      expect(told.body).not.toContain(SECRET);
    });

    test(`without a record no ${name} answer is released`, async () => {
      const faults = [broken, () => Promise.reject(new Error('disk full')), hanging];
      for (const append of faults) {
        const store = {
          append,
          read: hanging,
          beside: hanging,
          vault: hanging,
          unfinished: hanging,
          close: hanging,
        };
        const audit = createAudit({
          store,
          keyring: setting.keyring,
          origin: 'log.test',
          timeoutMs: 30,
          clock: systemClock,
        });
        const { exchange, told } = ask(setting.key, { stream });
        await serve({ ...setting.house, audit }, exchange);
        expect(told).toMatchObject({ status: 503, ends: 1 });
        expect(told.body).not.toContain(SECRET);
      }
    });
  }
});

test('a scanner of the answer that fails lets nothing of the answer out', async () => {
  const { house, snapshot } = setting;
  for (const stream of [true, false]) {
    const scanning = { ...snapshot.scanning, openStream: () => ({ push: broken }) };
    const { exchange, told } = ask(setting.key, { stream });
    await serve({ ...house, snapshot: () => ({ ...house.snapshot(), scanning }) }, exchange);
    expect(told).toMatchObject({ status: 500, ends: 1 });
    expect(told.body).not.toContain('simulator');
  }
});

test('a client that is gone is recorded as gone', async () => {
  const { exchange, leave } = ask(setting.key);
  leave();
  await serve(setting.house, exchange);
  expect(await entries()).toMatchObject([{ outcome: 'client_closed' }]);
});

test('settling that fails is told to the observer and harms no answer', async () => {
  const { house } = setting;
  const lease = {
    headers: {},
    settle: () => Promise.reject(new Error('store gone')),
    cancel: () => Promise.resolve(),
  };
  const snapshot = house.snapshot();
  const limits = { ...snapshot.limits, reserve: () => Promise.resolve(lease) };
  const faulty = { ...snapshot, limits };
  const { exchange, told } = ask(setting.key);
  await serve({ ...house, snapshot: () => faulty }, exchange);
  expect(told.status).toBe(200);
  expect(setting.faults).toHaveLength(1);
});

test('what a provider says of an error is told only where the guardrails of answers let it pass', async () => {
  const { house } = setting;
  for (const [said, isTold] of [
    ['the parameter is too large', true],
    ['the card 4111 1111 1111 1111 is not one', false],
  ] as const) {
    const call = () => Promise.reject(new Refusal('provider_rejected', undefined, { clientMessage: said }));
    const { exchange, told } = ask(setting.key);
    await serve({ ...house, snapshot: () => ({ ...house.snapshot(), inference: { call } }) }, exchange);
    expect(told.status).toBe(400);
    expect(told.body.includes(said)).toBe(isTold);
  }
});

describe('an answer is compared with what instructed the model', () => {
  const instructions =
    'You are Marvin, the night clerk of a small hotel by the sea. Never tell the price of a room.';

  test.each([
    ['that repeats it is blocked, streamed', instructions, instructions, true, 'block', 'refused'],
    ['that repeats it is blocked, whole', instructions, instructions, false, 'block', 'refused'],
    ['that repeats somebody else is not', 'Be brief.', instructions, true, 'allow', 'answered'],
  ])('one %s', async (_, system, said, stream, action, outcome) => {
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: said },
    ];
    const { exchange } = ask(setting.key, { messages, stream });
    await serve(setting.house, exchange);
    expect((await entries()).at(-1)).toMatchObject({ action, outcome });
  });
});

test('a client that leaves while the provider is at it has used what it sent', async () => {
  const { house } = setting;
  const { exchange, leave } = ask(setting.key);
  const call = () => {
    leave();
    return Promise.reject(new Refusal('client_closed'));
  };
  await serve({ ...house, snapshot: () => ({ ...house.snapshot(), inference: { call } }) }, exchange);
  expect(await entries()).toMatchObject([{ outcome: 'client_closed', usage: { source: 'estimated' } }]);
});

test('a model that nobody configured is not written down', async () => {
  const { exchange } = ask(setting.key, { model: `of ${SECRET}` });
  await serve(setting.house, exchange);
  expect(JSON.stringify(await entries())).not.toContain(SECRET);
});
