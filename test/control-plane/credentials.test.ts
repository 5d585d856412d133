/** Credentials of applications through the API: shown once, in force at once, replaced, ended. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../src/contract/api/client.ts';
import { problemOf, startOwned, type Owned } from './owner.ts';

let house: Owned;
let client: Client;
beforeAll(async () => {
  house = await startOwned();
  ({ client } = house);
});
afterAll(() => house.gateway.stop());

async function statusWith(key: string): Promise<number> {
  const response = await fetch(`${house.gateway.url}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  });
  await response.text();
  return response.status;
}

const body = {
  application: 'demo',
  principal: { kind: 'service', id: 'crm' },
  scopes: ['inference'],
} as const;

test('a credential is made, works, is replaced and ended; each step stands in the record, without the key', async () => {
  const made = await client.call('createCredential', { body: { ...body, scopes: ['inference'] } });
  expect(await statusWith(made.key)).toBe(200);
  const { items } = await client.call('listCredentials', { query: { application: 'demo' } });
  expect(items[0]).toEqual(made.credential);
  expect(JSON.stringify(items)).not.toContain(made.key);
  const path = { id: made.credential.id };
  const next = await client.call('rotateCredential', { path, body: { overlapMs: 0 } });
  expect(await statusWith(next.key)).toBe(200);
  await expect.poll(() => statusWith(made.key), { timeout: 2_000 }).toBe(401);
  expect((await problemOf(client.call('rotateCredential', { path, body: {} }))).code).toBe('conflict');
  await client.call('revokeCredential', { path: { id: next.credential.id } });
  await expect.poll(() => statusWith(next.key), { timeout: 2_000 }).toBe(401);
  const record = JSON.stringify(await house.gateway.record());
  for (const action of ['key.create', 'key.rotate', 'key.revoke']) expect(record).toContain(action);
  expect(record).not.toContain(made.key);
});

test('the same idempotency key makes one credential, and shows it again', async () => {
  const once = () =>
    client.call('createCredential', { body: { ...body, scopes: ['inference'] }, idempotencyKey: 'first' });
  expect(await once()).toEqual(await once());
  const other = { ...body, scopes: ['scan'] as ['scan'] };
  const problem = await problemOf(client.call('createCredential', { body: other, idempotencyKey: 'first' }));
  expect(problem).toMatchObject({ code: 'idempotency_conflict', status: 422 });
});

test.each([
  ['of an application that is not there', { application: 'gone' }, 'not_found'],
  ['without a scope', { scopes: [] }, 'invalid_request'],
  ['with a scope that is none', { scopes: ['everything'] }, 'invalid_request'],
  ['that speaks for a guardrail', { principal: { kind: 'service', id: 'guardrail/x' } }, 'invalid_request'],
  ['that ends before it begins', { expiresInMs: -1 }, 'invalid_request'],
])('a credential %s is refused', async (_, change, code) => {
  const wrong = { ...body, ...change } as never;
  expect((await problemOf(client.call('createCredential', { body: wrong }))).code).toBe(code);
});

test('one that is not there cannot be ended', async () => {
  expect((await problemOf(client.call('revokeCredential', { path: { id: 'key_gone' } }))).code).toBe(
    'not_found',
  );
});
