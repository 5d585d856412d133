/** One question that a guardrail asks a model: every guard in its way, failing in each way that its interface allows. */
import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { openMemoryStores } from '../adapters/memory/memory.ts';
import { systemClock as clock } from '../base/clock.ts';
import { compileSnapshot } from '../compose/snapshot.ts';
import { Refusal } from '../domain/refusal.ts';
import { parseConfiguration } from '../governance/configuration/configuration.ts';
import { createAudit, createKeyring } from '../modules/audit/audit.ts';
import { createIdentityRoom } from '../modules/identity/identity.ts';
import { createInferenceRoom } from '../modules/inference/inference.ts';
import { createMetering, loadPrices } from '../modules/metering/metering.ts';
import { createPrivacy } from '../modules/privacy/privacy.ts';
import type { ModelQuestion } from '../modules/scanning/scanner.ts';
import { askModel, type Behalf } from './ask-model.ts';
import type { House, Snapshot } from './house.ts';
import type { InquiryEnd } from './inquiries.ts';

const SECRET = 'Zebra-Quartz';
const QUESTION: ModelQuestion = {
  model: 'reviewer',
  instructions: 'Judge.',
  prompt: `Say ${SECRET}.`,
  maxOutputTokens: 100,
  timeoutMs: 1_000,
  maxTokensPerHour: 100_000,
};
const PRICES = {
  version: 1,
  date: '2026-01-01',
  currency: 'USD',
  unit: 'million tokens',
  sources: { none: { url: 'https://example.com/', read: '2026-01-01' } },
  models: [{ provider: 'simulator', models: ['simulator'], input: 1, output: 2, source: 'none' }],
};

interface Setting {
  readonly house: House;
  readonly snapshot: Snapshot;
  readonly faults: unknown[];
  readonly used: () => Promise<readonly { readonly principal: string; readonly requests: number }[]>;
  /** Tokens in use of the guardrail's budget. */
  readonly budget: () => Promise<number>;
}
let setting: Setting;

beforeEach(async () => {
  const stores = openMemoryStores({ instance: 'test' });
  const faults: unknown[] = [];
  const transport = { send: () => Promise.reject(new Error('no network')), close: () => Promise.resolve() };
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
      onError: (_, error) => faults.push(error),
    },
    parseConfiguration(`
version: 1
applications: { demo: {} }
providers: { simulator: { kind: simulator } }
models: { reviewer: { candidates: [{ provider: simulator, model: simulator }] } }
policies: { all: { cedar: 'permit (principal, action, resource);' } }`),
    'v1',
  );
  const metering = createMetering({
    store: stores.usage,
    prices: loadPrices(PRICES),
    flushMs: 1_000_000,
    clock,
    onError: (error) => faults.push(error),
  });
  const keyring = await createKeyring({
    store: stores.keys,
    masterKeys: [{ id: 'master', key: randomBytes(32) }],
    clock,
  });
  const house: House = {
    snapshot: () => snapshot,
    audit: createAudit({ store: stores.audit, keyring, origin: 'log.test', timeoutMs: 100, clock }),
    metering,
    observer: { interaction: () => undefined, fault: (_, error) => faults.push(error) },
  };
  setting = {
    house,
    snapshot,
    faults,
    async used() {
      await metering.close();
      return stores.usage.read({ fromMs: 0, toMs: clock.now() + 3_600_000 });
    },
    async budget() {
      const windowStartMs = Math.floor(clock.now() / 3_600_000) * 3_600_000;
      const [used = -1] = await stores.limits.usage(
        [
          {
            key: 'budget guardrail/advice',
            windowStartMs,
            windowEndMs: windowStartMs + 3_600_000,
            amount: 0,
            capacity: 1,
            kind: 'window',
          },
        ],
        clock.now(),
      );
      return used;
    },
  };
});

interface Came {
  readonly said: string | undefined;
  readonly error: unknown;
  readonly noted: readonly InquiryEnd[];
}

async function asked(rooms: object = {}, timeoutMs = 1_000): Promise<Came> {
  const { house, snapshot } = setting;
  const noted: InquiryEnd[] = [];
  const behalf: Behalf = {
    house,
    snapshot: { ...snapshot, ...rooms },
    requestId: 'req_1',
    authentication: {
      method: 'api_key',
      credentialId: 'k',
      applicationId: 'demo',
      principal: { kind: 'person', id: 'ada', groups: [] },
      scopes: new Set(['inference']),
    },
    application: snapshot.routing.application('demo'),
  };
  const context = {
    nowMs: clock.now(),
    address: '127.0.0.1',
    labels: new Set<string>(),
    gates: new Set<string>(),
  };
  const signal = AbortSignal.timeout(timeoutMs);
  const work = askModel(behalf, 'advice', QUESTION, context, signal, (end) => void noted.push(end));
  return work.then(
    (said) => ({ said, error: undefined, noted }),
    (error: unknown) => ({ said: undefined, error, noted }),
  );
}

test('an answer is charged to the guardrail: usage, budget and note say the same', async () => {
  const { said, noted } = await asked();
  expect(said).toContain(SECRET);
  const [{ inputTokens = 0, outputTokens = 0, costMicros }] = noted as [InquiryEnd];
  expect(noted).toEqual([
    {
      result: 'answered',
      configuredModel: 'reviewer',
      provider: 'simulator',
      providerModel: 'simulator',
      attempts: 1,
      inputTokens: expect.any(Number),
      outputTokens: expect.any(Number),
      costMicros: inputTokens + 2 * outputTokens,
    },
  ]);
  expect(await setting.budget()).toBe(inputTokens + outputTokens);
  expect(await setting.used()).toMatchObject([
    {
      principal: 'service:guardrail/advice',
      application: 'demo',
      model: 'reviewer',
      requests: 1,
      refused: 0,
      inputTokens,
      outputTokens,
      costMicros,
    },
  ]);
});

const broken = () => {
  throw new Error(`broken: ${SECRET}`);
};
const refusing = () => {
  throw new Refusal('limit_exceeded');
};
const hanging = () => new Promise<never>(() => undefined);

/** Rooms that break their contract are the point; and what the note says then. */
const FAULTS: readonly (readonly [string, string, (snapshot: Snapshot) => object])[] = [
  ['routing throws', 'internal', ({ routing }) => ({ routing: { ...routing, named: broken } })],
  ['routing answers nonsense', 'internal', ({ routing }) => ({ routing: { ...routing, named: () => null } })],
  ['policy throws', 'internal', ({ policy }) => ({ policy: { ...policy, authorizeInquiry: broken } })],
  [
    'policy gives no grant',
    'internal',
    ({ policy }) => ({ policy: { ...policy, authorizeInquiry: () => [] } }),
  ],
  ['limits throw', 'internal', () => ({ limits: { reserve: broken } })],
  ['limits refuse', 'limit_exceeded', () => ({ limits: { reserve: refusing } })],
  ['limits answer nonsense', 'internal', () => ({ limits: { reserve: () => Promise.resolve(undefined) } })],
  ['privacy throws', 'internal', ({ privacy }) => ({ privacy: { ...privacy, clearForInquiry: broken } })],
  ['inference throws', 'internal', () => ({ inference: { call: broken } })],
  ['inference answers nonsense', 'internal', () => ({ inference: { call: () => Promise.resolve({}) } })],
];

test.each(FAULTS)(
  'where %s nothing is answered, nothing stays reserved, and the note says %s',
  async (_, result, fault) => {
    const { error, noted } = await asked(fault(setting.snapshot));
    expect(error).toBeInstanceOf(Error);
    expect(noted).toMatchObject([{ result }]);
    expect(await setting.budget()).toBe(0);
    expect((await setting.used()).filter(({ requests }) => requests > 1)).toEqual([]);
    expect(setting.faults.length > 0).toBe(result === 'internal');
  },
);

test('a provider that hangs is given up when nobody waits for it, and the question is counted', async () => {
  const { snapshot } = setting;
  const inference: Snapshot['inference'] = {
    async call(grants, _prompt, ask) {
      await ask.enter(grants[0]!);
      await new Promise((resolve) => ask.signal.addEventListener('abort', resolve));
      throw new Refusal('client_closed');
    },
  };
  const { noted } = await asked({ ...snapshot, inference }, 30);
  expect(noted).toMatchObject([{ result: 'timed_out', outputTokens: 0 }]);
  const { inputTokens } = noted[0]!;
  expect(inputTokens).toBeGreaterThan(0);
  expect(await setting.budget()).toBe(inputTokens);
  expect(await setting.used()).toMatchObject([{ requests: 1, refused: 0, inputTokens }]);
});

test('a store of limits that hangs refuses, and asks nobody', async () => {
  const { snapshot } = setting;
  const call = vi.fn<Snapshot['inference']['call']>((...all) => snapshot.inference.call(...all));
  const limits = { reserve: () => Promise.race([hanging(), Promise.reject(new Refusal('internal'))]) };
  const { error, noted } = await asked({ inference: { call }, limits });
  expect(error).toMatchObject({ code: 'internal' });
  expect(noted).toMatchObject([{ result: 'internal' }]);
});
