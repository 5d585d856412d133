import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openMemoryStores } from '../adapters/memory/memory.ts';
import { createUndiciTransport } from '../adapters/undici/transport.ts';
import { systemClock as clock } from '../base/clock.ts';
import { configurationSchema } from '../contract/configuration.ts';
import type { Authentication } from '../domain/principal.ts';
import { createIdentityRoom } from '../modules/identity/identity.ts';
import { createInferenceRoom } from '../modules/inference/inference.ts';
import { createPrivacy } from '../modules/privacy/privacy.ts';
import { createScannerServices } from './scanner-services.ts';
import { compileSnapshot } from './snapshot.ts';

const transport = createUndiciTransport();
/** A detector at `/scan`, and anything else is a model that finds fault with everything. */
const server = createServer((request, response) => {
  void textOf(request).then((raw) => {
    const id = /END ([0-9a-f]{32})/.exec(raw)?.[1] ?? '';
    const found =
      request.headers.authorization === 'Bearer t0ken' ? [{ kind: 'NAME', start: 0, end: 4 }] : [];
    const verdict = JSON.stringify({ id, violates: true, confidence: 1 });
    const choices = [{ index: 0, message: { role: 'assistant', content: verdict }, finish_reason: 'stop' }];
    response.end(
      JSON.stringify(request.url === '/scan' ? { findings: found } : { id: 'c', model: 'm', choices }),
    );
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

test('a snapshot gives its scanners the transport, the secrets and the models of its configuration', async () => {
  const configuration = configurationSchema.parse({
    version: 1,
    providers: { local: { kind: 'openai-compatible', base_url: `${url}/v1`, allow_private_network: true } },
    applications: { demo: {} },
    models: { reviewer: { candidates: [{ provider: 'local' }] } },
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
      rule: { scanner: 'judge', action: 'flag', config: { model: 'reviewer', rule: 'It may not be.' } },
    },
  });
  const snapshot = await compileSnapshot(
    {
      clock,
      identity: createIdentityRoom({
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
    ['rule', 'RULE_VIOLATION', 0, 10],
  ]);
});

test('a secret is read once, and again where it could not be read', async () => {
  const secretOf = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new Error('the credential is not set'))
    .mockResolvedValue('value');
  const services = createScannerServices({ transport, secretOf, ask: () => Promise.resolve('') });
  await expect(services.secret({ env: 'TOKEN' })).rejects.toThrow('not set');
  expect(await Promise.all([services.secret({ env: 'TOKEN' }), services.secret({ env: 'TOKEN' })])).toEqual([
    'value',
    'value',
  ]);
  expect(secretOf).toHaveBeenCalledTimes(2);
  await services.secret({ secret: 'TOKEN' });
  expect(secretOf).toHaveBeenCalledTimes(3);
});
