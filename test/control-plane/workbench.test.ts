/** The workbench: a member talks to models at the gateway's own addresses, as themself, and as far as policy permits. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, startOwned, OWNER, type Owned } from './owner.ts';

let house: Owned;
beforeAll(async () => {
  house = await startOwned();
});
afterAll(() => house.gateway.stop());

test('the models that policy permits are offered, and a voucher calls them as the one who signed in', async () => {
  const { client, gateway } = house;
  expect(await client.call('getWorkbench')).toMatchObject({
    application: 'workbench',
    capture: 'none',
    models: ['simulator'],
    closedGates: [],
  });
  const { token, expiresAtMs } = await client.call('createVoucher');
  expect(expiresAtMs - Date.now()).toBeLessThan(15 * 60_000);
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'simulator',
      messages: [{ role: 'user', content: 'My mail is joe@example.com' }],
    }),
  });
  expect(response.status).toBe(200);
  expect(JSON.stringify(await response.json())).toContain('joe@example.com');
  const [entry] = await gateway.recorded(response.headers.get('x-bartizan-request-id') ?? '');
  expect(entry).toMatchObject({ principal: { kind: 'person', id: OWNER }, application: 'workbench' });
});

test('without an application for it, the workbench says so', async () => {
  const { client } = house;
  const { etag } = await client.call('getApplication', { path: { name: 'workbench' } });
  const policy = await client.call('getPolicy', { path: { name: 'workbench' } });
  await client.call('removePolicy', { path: { name: 'workbench' }, ifMatch: policy.etag });
  await client.call('removeApplication', { path: { name: 'workbench' }, ifMatch: etag });
  expect(await client.call('getWorkbench')).toMatchObject({ application: null, models: [] });
  expect((await problemOf(client.call('createVoucher'))).code).toBe('unacceptable');
});
