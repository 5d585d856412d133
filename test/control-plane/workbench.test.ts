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

test('of their own request a member is told what was found where and what was done, of others’ nothing', async () => {
  const { client, gateway } = house;
  const { token } = await client.call('createVoucher');
  const content = 'My mail is joe@example.com';
  const said = async (key: string) => {
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'simulator', stream: true, messages: [{ role: 'user', content }] }),
    });
    await response.text();
    const id = response.headers.get('x-bartizan-request-id') ?? '';
    await gateway.recorded(id);
    return id;
  };
  const own = await client.call('getOwnInteraction', { path: { id: await said(token) } });
  expect(own).toMatchObject({
    model: 'simulator',
    isOver: true,
    action: 'pseudonymize',
    refusal: null,
    guardrails: [
      {
        id: 'personal-data',
        description: 'The model sees stand-ins; the answer shows what they stood for.',
        direction: 'request',
        action: 'pseudonymize',
        findings: 1,
      },
    ],
    policies: [{ id: 'workbench' }],
  });
  const [finding] = own.findings;
  expect(finding).toMatchObject({
    direction: 'request',
    kind: 'EMAIL_ADDRESS',
    pointer: '/messages/0/content',
  });
  expect(content.slice(finding?.start, finding?.end)).toBe('joe@example.com');
  const another = client.call('getOwnInteraction', { path: { id: await said(gateway.key) } });
  expect((await problemOf(another)).code).toBe('not_found');
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

test('a refusal can be contested by the one who was refused, and by nobody else', async () => {
  const { gateway } = house;
  const { client } = house;
  const { yaml, etag } = await client.call('getConfiguration');
  const stricter = yaml.replace(
    'guardrails:',
    'guardrails:\n  bird: { scanner: keywords, action: block, config: { lists: { birds: [bluebird] } } }',
  );
  const withBench = stricter.replace('applications:', 'applications:\n  workbench: {}');
  const permitted = withBench.replace(
    'policies:',
    "policies:\n  bench: { cedar: 'permit (principal is Person, action, resource);' }",
  );
  await client.call('applyConfiguration', { body: { yaml: permitted }, ifMatch: etag });
  await expect.poll(async () => (await client.call('getWorkbench')).application).toBe('workbench');
  const { token } = await client.call('createVoucher');
  const said = async (key: string) => {
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'simulator', messages: [{ role: 'user', content: 'bluebird' }] }),
    });
    await response.text();
    expect(response.status).toBe(400);
    const id = response.headers.get('x-bartizan-request-id') ?? '';
    await gateway.recorded(id);
    return id;
  };
  const own = await said(token);
  const contest = await client.call('contestRefusal', {
    body: { interaction: own, message: 'A bird is no project.' },
  });
  expect(contest).toMatchObject({ state: 'open', by: ['bird'], principal: OWNER });
  expect((await client.call('listOwnContests')).items).toHaveLength(1);
  expect((await client.call('listContests', { query: { state: 'open' } })).items).toEqual([contest]);
  const another = await said(gateway.key);
  const message = 'x';
  for (const [interaction, code] of [
    [another, 'not_found'],
    ['req_none', 'not_found'],
    [own, 'conflict'],
  ] as const)
    expect((await problemOf(client.call('contestRefusal', { body: { interaction, message } }))).code).toBe(
      code,
    );
  const decided = client.call('decideContest', {
    path: { id: contest.id },
    body: { decision: 'granted', answer: 'mine' },
  });
  expect((await problemOf(decided)).code).toBe('permission_denied');
});
