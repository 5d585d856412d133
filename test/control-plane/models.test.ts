/** Providers and models through the API: how they are, a test call, secrets, and the switch that stops them everywhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../src/contract/api/client.ts';
import { problemOf, startOwned, type Owned } from './owner.ts';

const YAML = `version: 1
providers:
  sim: { kind: simulator, region: eu, labels: [eu] }
  inside: { kind: openai-compatible, base_url: 'http://127.0.0.1:9' }
models:
  small: { candidates: [{ provider: sim }] }
  both: { candidates: [{ provider: sim }, { provider: inside, priority: 1 }] }
  lost: { candidates: [{ provider: inside }] }
applications: { demo: {} }
policies: { all: { cedar: 'permit (principal, action, resource);' } }
`;

let house: Owned;
let client: Client;
beforeAll(async () => {
  house = await startOwned(YAML);
  ({ client } = house);
});
afterAll(() => house.gateway.stop());

async function statusOf(model: string): Promise<number> {
  const response = await fetch(`${house.gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
  });
  await response.text();
  return response.status;
}

test('models are shown as they are: candidates, regions, labels, circuits', async () => {
  const { items } = await client.call('listModelStates');
  expect(items.map(({ model }) => model)).toEqual(['both', 'lost', 'small']);
  expect(items.at(-1)).toMatchObject({
    stopped: false,
    candidates: [{ provider: 'sim', kind: 'simulator', region: 'eu', labels: ['eu'], circuit: 'closed' }],
  });
});

test('every kind of provider has a schema that a form can be drawn from', async () => {
  const { items } = await client.call('listProviderKinds');
  expect(items.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'anthropic',
      'aws.bedrock',
      'azure.openai',
      'google',
      'openai',
      'openai-compatible',
    ]),
  );
});

describe('the switch', () => {
  test.each([
    ['model', 'small', 'small'],
    ['provider', 'sim', 'small'],
  ] as const)('stops a %s within a second, and lets it go on', async (kind, name, model) => {
    expect(await statusOf(model)).toBe(200);
    await client.call('stopModel', { body: { kind, name, reason: 'it leaks' } });
    const stoppedAt = performance.now();
    while ((await statusOf(model)) === 200) expect(performance.now() - stoppedAt).toBeLessThan(1_000);
    expect(await statusOf(model)).toBe(503);
    await client.call('resumeModel', { body: { kind, name } });
    const resumedAt = performance.now();
    while ((await statusOf(model)) !== 200) expect(performance.now() - resumedAt).toBeLessThan(1_000);
    const actions = (await house.gateway.record()).map(({ entry }) =>
      entry.kind === 'administration' ? entry.action : '',
    );
    expect(actions).toEqual(expect.arrayContaining([`${kind}.stop`, `${kind}.resume`]));
  });

  test('what is not there cannot be stopped', async () => {
    const body = { kind: 'model', name: 'gone', reason: 'x' } as const;
    expect((await problemOf(client.call('stopModel', { body }))).code).toBe('not_found');
  });
});

describe('a test call', () => {
  test('goes the way of every request, and is recorded as its administrator', async () => {
    const told = await client.call('testModel', { path: { name: 'small' }, body: { application: 'demo' } });
    expect(told).toMatchObject({ answered: true, refusal: null, provider: 'sim', providerModel: 'small' });
    const [entry] = await house.gateway.recorded(told.requestId);
    expect(entry).toMatchObject({
      principal: { kind: 'person', id: 'ada@example.com' },
      application: 'demo',
    });
  });

  test('of a provider at a private address says why it was not called', async () => {
    const told = await client.call('testModel', { path: { name: 'lost' }, body: { application: 'demo' } });
    expect(told).toMatchObject({ answered: false, refusal: { code: 'provider_address_forbidden' } });
  });

  test('needs an application that is there', async () => {
    const asked = client.call('testModel', { path: { name: 'small' }, body: { application: 'gone' } });
    expect((await problemOf(asked)).code).toBe('not_found');
  });
});

describe('a secret', () => {
  test('goes in, is listed by its name, and never comes out', async () => {
    const path = { name: 'openai' };
    await client.call('setSecret', { path, body: { value: 'sk-very-secret' } });
    const listed = await client.call('listSecrets');
    expect(listed.items).toMatchObject([{ name: 'openai' }]);
    expect(JSON.stringify(listed)).not.toContain('very-secret');
    expect(JSON.stringify(await house.gateway.record())).not.toContain('very-secret');
    await client.call('removeSecret', { path });
    expect((await problemOf(client.call('removeSecret', { path }))).code).toBe('not_found');
  });
});
