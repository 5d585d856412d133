/** Issuers of tokens through the API: tested before they are in force, then taken at their word until they are removed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../src/contract/api/client.ts';
import { openBrowser } from './browser.ts';
import { OWNER_PASSWORD, problemOf, startOwned, type Owned } from './owner.ts';
import { AUDIENCE, startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

const YAML = `version: 1
groups: { staff: {} }
providers: { sim: { kind: simulator } }
models: { small: { candidates: [{ provider: sim }] } }
applications: { demo: {}, shop: {} }
policies: { staff: { cedar: 'permit (principal in Group::"staff", action, resource);' } }
`;

let house: Owned;
let client: Client;
let issuer: TokenIssuer;
beforeAll(async () => {
  issuer = await startTokenIssuer();
  house = await startOwned(YAML);
  ({ client } = house);
});
afterAll(async () => {
  await house?.gateway.stop();
  await issuer?.stop();
});

function settings(change: object = {}) {
  return {
    issuer: issuer.url,
    audience: AUDIENCE,
    application: 'demo',
    allow_private_network: true,
    ...change,
  };
}

const tested = (change: object = {}) => client.call('testIssuer', { body: { value: settings(change) } });

describe('tested while it is being written', () => {
  test('an issuer says where its keys are, which they are, and what they verify', async () => {
    expect(await tested({ algorithms: ['RS256', 'ES256'] })).toMatchObject({
      usable: true,
      jwksUri: `${issuer.url}/keys`,
      keys: [{ id: 'first', type: 'RSA', algorithm: 'RS256' }],
      algorithms: [
        { algorithm: 'RS256', keys: 1 },
        { algorithm: 'ES256', keys: 0 },
      ],
      failure: null,
    });
  });

  test('one whose keys verify none of its algorithms is of no use', async () => {
    expect(await tested({ algorithms: ['ES256', 'RS512'] })).toMatchObject({ usable: false, failure: null });
  });

  test('nothing at a private address is asked unless that is allowed', async () => {
    const before = issuer.asked.length;
    for (const change of [{}, { jwks_uri: `${issuer.url}/keys` }, { jwks_uri: 'http://169.254.169.254/' }])
      expect(await tested({ ...change, allow_private_network: false })).toMatchObject({
        usable: false,
        keys: [],
        failure: { reason: 'address_forbidden' },
      });
    expect(issuer.asked.length).toBe(before);
  });

  test.each([
    ['/a/.well-known/openid-configuration', undefined, 'discovery', 'http_404'],
    ['/a/.well-known/openid-configuration', '<html>secret</html>', 'discovery', 'not_json'],
    ['/a/.well-known/openid-configuration', { secret: 1 }, 'discovery', 'not_a_discovery_document'],
    [
      '/a/.well-known/openid-configuration',
      { issuer: 'https://b/', jwks_uri: 'https://b/' },
      'discovery',
      'another_issuer',
    ],
    ['/a/keys', { keys: 'secret' }, 'keys', 'not_a_key_set'],
    ['/a/keys', '"secret', 'keys', 'not_json'],
    ['/a/keys', new URL('http://127.0.0.1:1/'), 'keys', 'http_302'],
  ])('%s that is %j is told by a code, and never shown', async (path, document, at, reason) => {
    const { url, documents } = issuer;
    documents.set('/a/.well-known/openid-configuration', { issuer: `${url}/a`, jwks_uri: `${url}/a/keys` });
    if (document === undefined) documents.delete(path);
    else documents.set(path, document);
    const told = await tested({ issuer: `${url}/a` });
    expect(told).toMatchObject({ usable: false, keys: [], failure: { at, reason } });
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  test('each test is on record, with the host that was asked', async () => {
    const entries = (await house.gateway.record()).map(({ entry }) => entry);
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: 'issuer.test',
        actor: 'ada@example.com',
        subject: new URL(issuer.url).host,
      }),
    );
  });

  test.each([
    [{ issuer: 'nowhere' }, '/value/issuer'],
    [{ algorithms: ['HS256'] }, '/value/algorithms/0'],
    [{ algorithms: [] }, '/value/algorithms'],
  ])('%j is refused in its place', async (change, pointer) => {
    const problem = await problemOf(tested(change));
    expect(problem.code).toBe('invalid_request');
    expect(problem.errors?.map((each) => each.pointer)).toContain(pointer);
  });

  test.each([
    ['auditor', { kind: 'organization' }],
    ['application-owner', { kind: 'application', id: 'shop' }],
  ] as const)('%s makes this house ask nobody', async (role, scope) => {
    const id = `${role}@example.com`;
    const { invitation } = await client.call('inviteAdministrator', {
      body: { id, assignments: [{ role, scope }] },
    });
    const theirs = openBrowser(house.gateway.url);
    const token = invitation.path.split('#')[1] ?? '';
    await theirs.client.call('acceptInvitation', {
      body: { token, displayName: role, password: OWNER_PASSWORD },
    });
    await theirs.arrive();
    const problem = await problemOf(theirs.client.call('testIssuer', { body: { value: settings() } }));
    expect(problem.code).toBe('permission_denied');
  });
});

test('its tokens are taken from the next request on, and refused once it is removed', async () => {
  const token = await issuer.token({ sub: 'zoe', groups: ['staff'] });
  const ask = async () =>
    (
      await fetch(`${house.gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'small', messages: [{ role: 'user', content: 'hello' }] }),
      })
    ).status;
  expect(await ask()).toBe(401);
  const { etag } = await client.call('createIssuer', { body: { name: 'company', value: settings() } });
  expect(await ask()).toBe(200);
  const { items } = await client.call('listIssuers', { query: { search: new URL(issuer.url).port } });
  expect(items.map(({ name }) => name)).toEqual(['company']);
  await client.call('removeIssuer', { path: { name: 'company' }, ifMatch: etag });
  expect(await ask()).toBe(401);
});
