import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openMemoryStores } from '../adapters/memory/memory.ts';
import { createUndiciTransport } from '../adapters/undici/transport.ts';
import { systemClock as clock } from '../base/clock.ts';
import { configurationSchema } from '../contract/configuration.ts';
import type { Authentication } from '../domain/principal.ts';
import { Refusal } from '../domain/refusal.ts';
import { createIdentityRoom } from '../modules/identity/identity.ts';
import { createInferenceRoom } from '../modules/inference/inference.ts';
import { TransportError, type TransportAnswer } from '../modules/inference/transport.ts';
import { createPrivacy } from '../modules/privacy/privacy.ts';
import type { Inquiry, ModelQuestion, ServiceRequest, TextPlace } from '../modules/scanning/scanner.ts';
import { createScannerServices } from './scanner-services.ts';
import { compileSnapshot } from './snapshot.ts';

const transport = createUndiciTransport();
/** A detector at `/scan`. */
const server = createServer((request, response) => {
  void textOf(request).then(() => {
    const found =
      request.headers.authorization === 'Bearer t0ken' ? [{ kind: 'NAME', start: 0, end: 4 }] : [];
    response.end(JSON.stringify({ findings: found }));
  });
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await transport.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a snapshot gives its scanners the transport and the secrets', async () => {
  const configuration = configurationSchema.parse({
    version: 1,
    applications: { demo: {} },
    guardrails: {
      names: {
        scanner: 'webhook',
        action: 'flag',
        config: {
          url: `${url}/scan`,
          kinds: ['NAME'],
          secret: { env: 'TOKEN' },
          allow_private_network: true,
        },
      },
    },
  });
  const { snapshot } = await compileSnapshot(
    {
      clock,
      identity: createIdentityRoom({
        voucherKey: Buffer.alloc(32),
        store: openMemoryStores({ instance: 'test' }).credentials,
        clock,
        fetchJson: () => Promise.reject(new Error('offline')),
      }),
      inference: createInferenceRoom({ transport, clock }),
      limitStore: openMemoryStores({ instance: 'test' }).limits,
      privacy: createPrivacy({ key: randomBytes(32) }),
      transport,
      secretOf: (reference) =>
        'env' in reference && reference.env === 'TOKEN'
          ? Promise.resolve('t0ken')
          : Promise.reject(new Error('the credential is not set')),
      onError: () => expect.unreachable(),
    },
    configuration,
    'v1',
  );
  const authentication: Authentication = {
    method: 'api_key',
    credentialId: 'k',
    applicationId: 'demo',
    principal: { kind: 'service', id: 'demo', groups: [] },
    scopes: new Set(['inference']),
  };
  const application = snapshot.routing.application('demo');
  const guardrails = snapshot.policy.guardrailsFor(authentication, application, 'reviewer', 'request');
  const text = { pointer: '/m', role: 'user', channel: 'user', encoding: 'plain', editable: true } as const;
  const report = await snapshot.scanning.scan(
    { direction: 'request', segments: [{ ...text, text: 'Some text.' }] },
    guardrails,
  );
  expect(report.failures).toEqual([]);
  expect(report.findings.map(({ guardrail, kind, start, end }) => [guardrail, kind, start, end])).toEqual([
    ['names', 'NAME', 0, 4],
  ]);
});

test('a secret is read once, and again where it could not be read', async () => {
  const secretOf = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new Error('the credential is not set'))
    .mockResolvedValue('value');
  const services = createScannerServices({ transport, secretOf, clock });
  await expect(services.secret({ env: 'TOKEN' })).rejects.toThrow('not set');
  expect(await Promise.all([services.secret({ env: 'TOKEN' }), services.secret({ env: 'TOKEN' })])).toEqual([
    'value',
    'value',
  ]);
  expect(secretOf).toHaveBeenCalledTimes(2);
  await services.secret({ secret: 'TOKEN' });
  expect(secretOf).toHaveBeenCalledTimes(3);
});

/** Services whose transport does as told, and what was noted of each exchange. */
function noting(send: () => Promise<TransportAnswer>) {
  let nowMs = 0;
  const noted: string[] = [];
  const sent = vi.fn(send);
  const services = createScannerServices({
    transport: { send: sent, close: () => Promise.resolve() },
    secretOf: () => Promise.reject(new Error('no secrets here')),
    clock: { now: () => nowMs },
  });
  const inquiry: Inquiry = {
    application: 'demo',
    ask: () => Promise.resolve('said'),
    took: (result) => void noted.push(result),
  };
  const place: TextPlace = { direction: 'request', role: 'user', channel: 'user', inquiry };
  const post = (more: Partial<ServiceRequest> = {}) =>
    services.post({ ...REQUEST, ...more }, place).then(
      ({ status }) => status,
      () => undefined,
    );
  return { services, place, inquiry, noted, sent, post, pass: (ms: number) => void (nowMs += ms) };
}

const REQUEST: ServiceRequest = {
  url: 'https://detector.example/scan',
  headers: {},
  body: '{}',
  timeoutMs: 20,
  maxAnswerBytes: 100,
  allowPrivateNetwork: false,
};
const QUESTION: ModelQuestion = {
  model: 'reviewer',
  instructions: '',
  prompt: '',
  maxOutputTokens: 10,
  timeoutMs: 20,
  maxTokensPerHour: 1_000,
};
const answer = (status: number): TransportAnswer => ({ status, headers: {}, body: Readable.from([]) });

describe('a service that is dead', () => {
  test.each<readonly [string, () => Promise<TransportAnswer>, string]>([
    [
      'hangs',
      () => new Promise((_, reject) => setTimeout(() => reject(new DOMException('', 'TimeoutError')), 30)),
      'timed_out',
    ],
    ['cannot be reached', () => Promise.reject(new TransportError('connect_failed')), 'connect_failed'],
    ['is out of order', () => Promise.resolve(answer(503)), '503'],
  ])(
    'since it %s is left alone after five failures in a row, and asked again by one after a while',
    async (_, send, result) => {
      const { post, sent, noted, pass } = noting(send);
      for (let i = 0; i < 7; i++) await post();
      expect(sent).toHaveBeenCalledTimes(5);
      expect(noted).toEqual([...Array.from({ length: 5 }, () => result), 'circuit_open', 'circuit_open']);
      await post({ url: 'https://other.example/' });
      expect(sent).toHaveBeenCalledTimes(6);
      pass(15_000);
      await Promise.all([post(), post(), post()]);
      expect(sent).toHaveBeenCalledTimes(7);
      pass(15_000);
      sent.mockResolvedValue(answer(200));
      expect([await post(), await post()]).toEqual([200, 200]);
      expect(noted.at(-1)).toBe('answered');
    },
  );

  test('is not one whose address may not be called, or that says no', async () => {
    const forbidden = noting(() => Promise.reject(new TransportError('address_forbidden')));
    const refusing = noting(() => Promise.resolve(answer(429)));
    for (let i = 0; i < 7; i++) await Promise.all([forbidden.post(), refusing.post()]);
    expect([forbidden.sent.mock.calls.length, refusing.sent.mock.calls.length]).toEqual([7, 7]);
    expect(refusing.noted).toContain('429');
  });
});

test('a model that hangs is left alone too, and one that is refused by a limit is not', async () => {
  const hanging = noting(() => Promise.reject(new Error('nothing is sent here')));
  const { services, inquiry, noted, place } = hanging;
  const ask = vi.fn<Inquiry['ask']>(
    (_, signal) => new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  const askAt = (of: Inquiry['ask']) =>
    services.ask(QUESTION, { ...place, inquiry: { ...inquiry, ask: of } }).catch(() => undefined);
  const limited = vi.fn<Inquiry['ask']>(() => Promise.reject(new Refusal('limit_exceeded')));
  for (let i = 0; i < 7; i++) await askAt(limited);
  expect(limited).toHaveBeenCalledTimes(7);
  for (let i = 0; i < 7; i++) await askAt(ask);
  expect(ask).toHaveBeenCalledTimes(5);
  expect(noted).toEqual(['circuit_open', 'circuit_open']);
});
