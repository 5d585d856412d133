/** Alerts through the API: made, tried, and told by what really happens in the gateway, over real HTTP. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../src/contract/api/client.ts';
import { problemOf, startOwned, type Owned } from './owner.ts';

const YAML = `version: 1
sign_in: { public_url: 'https://bartizan.example' }
providers: { sim: { kind: simulator } }
models: { small: { candidates: [{ provider: sim }] } }
applications: { demo: { models: ['*'] } }
policies: { all: { cedar: 'permit (principal, action, resource);' } }
guardrails: { words: { scanner: keywords, action: block, config: { lists: { secret: [bluebird] } } } }
limits: { day: { measure: requests, capacity: 1000, window: day } }
`;
const KEY = 'a key that signs';

interface Taken {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let house: Owned;
let client: Client;
let receiver: Server;
let base: string;
let status = 200;
const taken: Taken[] = [];
beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      taken.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('<html>nonsense');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  house = await startOwned(YAML, { ALERT_KEY: KEY, SLACK_URL: `${base}/slack` });
  ({ client } = house);
}, 60_000);
afterAll(async () => {
  await house?.gateway.stop();
  receiver?.close();
});

const webhook = (path: string) => ({
  kind: 'webhook' as const,
  url: `${base}${path}`,
  signing_key: { env: 'ALERT_KEY' },
  allow_private_network: true,
});

async function takenAt(path: string): Promise<Taken> {
  for (let tries = 0; tries < 200; tries++) {
    const found = taken.find((each) => each.path === path);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing came to ${path}`);
}

/** Whatever else is awaited: the gateway follows the configuration a moment after the answer. */
async function create(name: string, value: Parameters<typeof make>[1]): Promise<void> {
  await make(name, value);
  for (let tries = 0; tries < 100; tries++) {
    const problem = await client.call('testAlert', { path: { name } }).catch((error: unknown) => error);
    if (!(problem instanceof Error)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  taken.length = 0;
}

const make = (name: string, value: Parameters<typeof client.call<'createAlert'>>[1]['body']['value']) =>
  client.call('createAlert', { body: { name, value } });

async function say(words: string): Promise<number> {
  const { key } = await house.gateway.newKey('demo');
  const response = await fetch(`${house.gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'small', messages: [{ role: 'user', content: words }] }),
  });
  await response.text();
  return response.status;
}

test('what is blocked again and again is told by a signed message without a word of it', async () => {
  await create('blocked', {
    on: { event: 'guardrail_hits', more_than: 1, guardrails: ['words'], applications: ['demo'] },
    to: webhook('/blocked'),
  });
  expect(await say('tell me of bluebird')).toBe(400);
  expect(await say('tell me of bluebird')).toBe(400);
  const { body, headers } = await takenAt('/blocked');
  expect(JSON.parse(body)).toMatchObject({
    alert: 'blocked',
    event: 'guardrail_hits',
    test: false,
    facts: { count: 2, more_than: 1, within_minutes: 10, applications: 'demo' },
    link: expect.stringMatching(/^https:\/\/bartizan\.example\/console\/activity\?guardrail=words&/),
  });
  expect(body).not.toMatch(/bluebird|tell me/);
  const [, seconds, signature] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['bartizan-signature'])) ?? [];
  expect(createHmac('sha256', KEY).update(`${seconds}.${body}`).digest('hex')).toBe(signature);
});

test('a model that is stopped is told as Slack takes it', async () => {
  await create('stops', {
    on: { event: 'stopped' },
    to: { kind: 'slack', url: { env: 'SLACK_URL' }, allow_private_network: true },
  });
  await client.call('stopModel', { body: { kind: 'model', name: 'small', reason: 'it is wrong' } });
  const { body } = await takenAt('/slack');
  expect(JSON.parse(body)).toEqual({
    text: '*Bartizan: stops*\nStopped: model small.\nhttps://bartizan.example/console/models',
  });
  await client.call('resumeModel', { body: { kind: 'model', name: 'small' } });
});

test('administrators that change are told, without their names', async () => {
  await create('people', { on: { event: 'administrators_changed' }, to: webhook('/people') });
  await client.call('inviteAdministrator', {
    body: { id: 'eve@example.com', assignments: [{ role: 'auditor', scope: { kind: 'organization' } }] },
  });
  const { body } = await takenAt('/people');
  expect(JSON.parse(body)).toMatchObject({ title: 'An administrator was changed: administrator.invite.' });
  expect(body).not.toMatch(/@example|Ada/);
});

test.each([
  [500, 'http_500'],
  [404, 'http_404'],
  [302, 'http_302'],
])('a try tells that the destination answers %i, and follows it nowhere', async (answered, reason) => {
  await create(`try-${answered}`, { on: { event: 'stopped' }, to: webhook('/try') });
  status = answered;
  const made = await client.call('testAlert', { path: { name: `try-${answered}` } });
  status = 200;
  expect(made).toMatchObject({ outcome: 'failed', reason, isTest: true, attempts: 1 });
  const { items } = await client.call('listAlertDeliveries');
  expect(items[0]).toEqual(made);
});

test('a private address is not called unless that is allowed, and a secret that is not set is told', async () => {
  await make('private', { on: { event: 'stopped' }, to: { kind: 'webhook', url: `${base}/private` } });
  await make('unset', { on: { event: 'stopped' }, to: { kind: 'slack', url: { env: 'NOT_SET' } } });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await client.call('testAlert', { path: { name: 'private' } })).toMatchObject({
    reason: 'address_forbidden',
  });
  expect(await client.call('testAlert', { path: { name: 'unset' } })).toMatchObject({
    reason: 'credential_not_set',
  });
  expect(taken.some(({ path }) => path === '/private')).toBe(false);
});

test('a try is recorded', async () => {
  const entries = await house.gateway.record();
  const actions = entries.map(({ entry }) => (entry.kind === 'administration' ? entry.action : ''));
  expect(actions).toContain('alert.test');
});

test.each([
  [{ on: { event: 'guardrail_hits', guardrails: ['gone'] } }, 'unacceptable', '/value/on/guardrails/0'],
  [{ on: { event: 'limit_reached', limits: ['gone'] } }, 'unacceptable', '/value/on/limits/0'],
  [{ on: { event: 'nothing' } }, 'invalid_request', '/value/on'],
  [
    {
      on: { event: 'stopped' },
      to: {
        kind: 'email',
        host: 'mail.example.com',
        sender: 'a@example.com',
        recipients: ['b@example.com'],
        user: 'a',
      },
    },
    'unacceptable',
    '/value/to/password',
  ],
])('%j is refused in its place', async (wrong, code, pointer) => {
  const value = { to: { kind: 'webhook', url: 'https://example.com' }, ...wrong };
  const problem = await problemOf(
    client.call('createAlert', { body: { name: 'wrong', value: value as never } }),
  );
  expect(problem.code).toBe(code);
  expect(problem.errors?.map((each) => each.pointer)).toContainEqual(
    expect.stringMatching(new RegExp(`^${pointer}`)),
  );
});

test('there is no try of what is not there', async () => {
  expect((await problemOf(client.call('testAlert', { path: { name: 'gone' } }))).code).toBe('not_found');
});
