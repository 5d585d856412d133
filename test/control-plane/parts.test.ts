/** Parts of the configuration tree through the API: made, read, changed, refused where stale or wrong, and in force at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../src/contract/api/client.ts';
import { problemOf, startOwned, type Owned } from './owner.ts';

const YAML = `version: 1
organization: Example
groups: { staff: {}, board: {} }
principals: { alice: { kind: person, groups: [staff], gates: { terms: null } }, bob: { kind: person } }
providers: { sim: { kind: simulator } }
models: { small: { candidates: [{ provider: sim }] }, large: { candidates: [{ provider: sim }] } }
applications: { demo: { models: ['*'] }, shop: { models: [small], gates: [terms] } }
policies:
  staff: { cedar: 'permit (principal in Group::"staff", action, resource);' }
  service: { cedar: 'permit (principal is Service, action, resource);' }
  no-large: { cedar: 'forbid (principal, action, resource == Model::"large") unless { principal in Group::"board" };' }
guardrails: { mail: { scanner: pii, action: redact } }
limits: { day: { measure: requests, capacity: 100, window: day, per: application } }
`;

let house: Owned;
let client: Client;
beforeAll(async () => {
  house = await startOwned(YAML);
  ({ client } = house);
});
afterAll(() => house.gateway.stop());

describe('a guardrail', () => {
  const value = {
    scanner: 'keywords',
    action: 'block',
    config: { lists: { secret: ['bluebird'] } },
  } as const;

  test('is made, read, changed and removed, each time with the etag of what it is now', async () => {
    const made = await client.call('createGuardrail', { body: { name: 'project', value } });
    expect(made).toMatchObject({ name: 'project', value: { scanner: 'keywords', min_confidence: 0.5 } });
    const path = { name: 'project' };
    const read = await client.call('getGuardrail', { path });
    expect(read).toEqual(made);
    const body = { value: { ...read.value, action: 'flag' as const } };
    const changed = await client.call('changeGuardrail', { path, body, ifMatch: read.etag });
    expect(changed.etag).not.toBe(read.etag);
    expect((await problemOf(client.call('changeGuardrail', { path, body, ifMatch: read.etag }))).code).toBe(
      'etag_stale',
    );
    expect((await problemOf(client.call('removeGuardrail', { path, ifMatch: read.etag }))).status).toBe(412);
    await client.call('removeGuardrail', { path, ifMatch: changed.etag });
    expect((await problemOf(client.call('getGuardrail', { path }))).code).toBe('not_found');
    const { items } = await client.call('listGuardrailVersions', { path });
    expect(items.map((each) => each.value?.action ?? null)).toEqual([null, 'flag', 'block']);
  });

  test('that is there cannot be made again', async () => {
    const body = { name: 'mail', value };
    expect(await problemOf(client.call('createGuardrail', { body }))).toMatchObject({
      code: 'conflict',
      status: 409,
    });
  });

  test.each([
    [{ scanner: 'nothing', action: 'block' }, 'unacceptable', '/value/scanner'],
    [
      { scanner: 'regex', action: 'block', config: { patterns: { a: '(' } } },
      'unacceptable',
      '/value/config',
    ],
    [{ scanner: 'pii', action: 'explode' }, 'invalid_request', '/value/action'],
    [{ scanner: 'pii', action: 'flag', applications: ['gone'] }, 'unacceptable', '/value/applications/0'],
    [{ scanner: 'pii', action: 'flag', extra: 1 }, 'invalid_request', '/value'],
  ])('%j is refused as %s in its place', async (wrong, code, pointer) => {
    const problem = await problemOf(
      client.call('createGuardrail', { body: { name: 'wrong', value: wrong as never } }),
    );
    expect(problem.code).toBe(code);
    expect(problem.errors?.map((each) => each.pointer)).toContainEqual(
      expect.stringMatching(new RegExp(`^${pointer}`)),
    );
  });

  test('a change without the etag of what is changed is refused', async () => {
    const { browser } = house;
    const answer = await browser.fetch('/api/v1/guardrails/mail', {
      method: 'DELETE',
      headers: { 'x-bartizan-csrf': (await client.call('getSession')).csrf },
    });
    expect(answer.status).toBe(428);
  });

  test('two who change different parts at once both get their way', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `at-once-${index}`);
    const results = await Promise.allSettled(
      names.map((name) => client.call('createGroup', { body: { name, value: {} } })),
    );
    const made = results.filter(({ status }) => status === 'fulfilled').length;
    const { items } = await client.call('listGroups', { query: { search: 'at-once' } });
    expect(items).toHaveLength(made);
    expect(made).toBeGreaterThan(1);
  });

  test('every change stands in the record with who and what', async () => {
    const entries = (await house.gateway.record()).map(({ entry }) => entry);
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: 'configuration.apply',
        actor: 'ada@example.com',
        changes: [expect.stringContaining('guardrails.project')],
      }),
    );
  });
});

describe('a list', () => {
  test('comes page by page, by name', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.call('listPolicies', { query: { limit: 2, ...(cursor ? { cursor } : {}) } });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(['no-large', 'service', 'staff']);
  });

  test.each(['0', '-1', '1000', 'x'])('a limit of %s is refused', async (limit) => {
    expect((await problemOf(client.call('listModels', { query: { limit } }))).code).toBe('invalid_request');
  });
});

describe('who can use what', () => {
  test.each([
    ['alice', 'demo', 'small', true, /permitted by policy staff/],
    ['alice', 'demo', 'large', false, /forbidden by policy no-large/],
    ['bob', 'demo', 'small', false, /no policy permits/],
    ['alice', 'shop', 'small', true, /permitted/],
    ['alice', 'shop', 'large', false, /has no model large/],
  ])('%s through %s to %s: %s', async (id, application, model, permitted, reason) => {
    const answer = await client.call('explainAccess', {
      body: { principal: { kind: 'person', id }, application, model },
    });
    expect(answer.permitted).toBe(permitted);
    expect(answer.reason).toMatch(reason);
  });

  test('limits and guardrails are told with it, and the gate that is closed', async () => {
    const answer = await client.call('explainAccess', {
      body: {
        principal: { kind: 'person', id: 'carol' },
        application: 'shop',
        model: 'small',
        groups: ['staff'],
      },
    });
    expect(answer).toMatchObject({
      permitted: false,
      limits: ['day'],
      guardrails: { request: ['mail'], response: ['mail'] },
      gates: [{ gate: 'terms', passed: false }],
    });
    expect(answer.reason).toMatch(/has not passed the gate terms/);
  });

  test('an application that is not there is not found', async () => {
    const body = { principal: { kind: 'person', id: 'alice' } as const, application: 'gone', model: 'small' };
    expect((await problemOf(client.call('explainAccess', { body }))).code).toBe('not_found');
  });

  test.each([
    ['permit (principal, action, resource);', []],
    ['permit (principal, actoin, resource);', [{ line: 1, column: 20 }]],
    ['permit (principal in Group::"gone", action, resource);', [{ line: 1, column: 22 }]],
    ['', [{ line: null }]],
  ])('the policy %j is checked while it is written', async (cedar, expected) => {
    const { problems } = await client.call('checkPolicy', { body: { cedar } });
    expect(problems).toMatchObject(expected);
    expect(problems).toHaveLength(expected.length);
  });
});

describe('limits and cost', () => {
  test('what is used now and what it cost are told by whom', async () => {
    const { url, key } = house.gateway;
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'small', messages: [{ role: 'user', content: 'hello' }] }),
    });
    expect(response.status).toBe(200);
    await response.text();
    const { items } = await client.call('listConsumption');
    expect(items).toMatchObject([
      { limit: 'day', capacity: 100, counters: [{ scope: 'application demo', used: 1, share: 0.01 }] },
    ]);
    const now = Date.now();
    const wide = { from: now - 86_400_000, to: now + 86_400_000 };
    const cost = await client.call('getCost', { query: { ...wide, by: 'model' } });
    expect(cost.from).toBe(wide.from);
    // What cost nothing has no series.
    expect(cost.groupSeries.map(({ key }) => key)).toEqual([]);
    expect((await problemOf(client.call('getCost', { query: { from: now, to: now } }))).code).toBe(
      'invalid_request',
    );
  });
});

test('the tree as YAML can be read, planned and put in force, and an earlier version comes back', async () => {
  const { yaml, etag, version } = await client.call('getConfiguration');
  const next = yaml.replace('organization: Example', 'organization: Example Two');
  const { changes } = await client.call('planConfiguration', { body: { yaml: next } });
  expect(changes).toEqual([
    { kind: 'changed', path: ['organization'], before: 'Example', after: 'Example Two' },
  ]);
  const applied = await client.call('applyConfiguration', { body: { yaml: next }, ifMatch: etag });
  expect((await client.call('getSession')).organization).toBe('Example Two');
  expect((await problemOf(client.call('applyConfiguration', { body: { yaml }, ifMatch: etag }))).code).toBe(
    'etag_stale',
  );
  await client.call('rollbackConfiguration', { path: { version }, ifMatch: applied.etag });
  expect((await client.call('getConfiguration')).tree['organization']).toBe('Example');
  const { items } = await client.call('listConfigurationVersions', { query: { limit: 2 } });
  expect(items.map((each) => each.version)).toEqual([version + 2, version + 1]);
  const told = await client.call('getConfigurationVersion', { path: { version: version + 1 } });
  expect(told.changes).toHaveLength(1);
});

test.each([
  ['broken', 'version: 1\ngroups: [\n', 'unacceptable'],
  [
    'a bomb',
    Array.from(
      { length: 12 },
      (_, n) =>
        `x${n}: &x${n} [${Array.from({ length: 9 }, () => (n === 0 ? '1' : `*x${n - 1}`)).join(', ')}]`,
    ).join('\n'),
    'unacceptable',
  ],
  ['longer than any', `# ${'x'.repeat(6 * 1024 * 1024)}`, 'unacceptable'],
  ['half a gigabyte', undefined, 'body_too_large'],
])('YAML that is %s is refused', async (_, yaml, code) => {
  if (yaml !== undefined) {
    expect((await problemOf(client.call('planConfiguration', { body: { yaml } }))).code).toBe(code);
    return;
  }
  const { browser } = house;
  const answer = await browser
    .fetch('/api/v1/configuration/plan', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-bartizan-csrf': (await client.call('getSession')).csrf,
      },
      body: Buffer.alloc(500 * 1024 * 1024, 32),
    })
    .then(
      async (response) => ((await response.json()) as { code: string }).code,
      // The server hangs up before all of it is sent.
      () => code,
    );
  expect(answer).toBe(code);
});
