/** Roles over one application, at a gateway that runs: what is somebody else's is not there. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '../../src/contract/api/client.ts';
import type { Assignment } from '../../src/domain/administrator.ts';
import { problemOf, startOwned, type Owned } from './owner.ts';

const YAML = `version: 1
groups: {support: {}}
applications:
  desk: {groups: [support]}
  shop: {}
administration_policies:
  no-tokens-for-holds:
    cedar: |
      forbid (principal, action == Action::"retention.write", resource) when { context.by == "token" };
`;

let owned: Owned;
beforeAll(async () => {
  owned = await startOwned(YAML);
});
afterAll(() => owned.gateway.stop());

let people = 0;
/** An access token of somebody with these roles. */
async function clientOf(...assignments: readonly Assignment[]): Promise<Client> {
  const id = `person${++people}@example.com`;
  const { accounts, tokens } = owned.gateway.gateway.office.stores.administrators;
  const nowMs = Date.now();
  await accounts.edit(id, () => ({
    id,
    reference: `adr_${people}`,
    displayName: id,
    source: 'company',
    subject: id,
    assignments,
    providerAssignments: [],
    passwordHash: null,
    totp: null,
    createdAtMs: nowMs,
    disabledAtMs: null,
    lastSignInAtMs: null,
    isOwner: false,
  }));
  const token = `bza_${String(people).padStart(43, 'a')}`;
  await tokens.add({
    id: `tok_${people}`,
    hash: createHash('sha256').update(token).digest('hex'),
    administrator: id,
    name: 'test',
    hint: 'bza_aaaaaa',
    permissions: null,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + 600_000,
    lastUsedAtMs: null,
  });
  return createClient({
    baseUrl: owned.gateway.url,
    fetch,
    headers: () => ({ authorization: `Bearer ${token}` }),
  });
}
const over = (role: string, kind: 'application' | 'group', id: string): Assignment => ({
  role,
  scope: { kind, id },
});
const everywhere = (role: string): Assignment => ({ role, scope: { kind: 'organization' } });
const seenBy = async (client: Client) =>
  (await client.call('listApplications')).items.map(({ name }) => name);
const codeOf = async (work: Promise<unknown>) => (await problemOf(work)).code;

describe('an application owner', () => {
  test('of one application does not see the other', async () => {
    const client = await clientOf(over('application-owner', 'application', 'desk'));
    expect(await seenBy(client)).toEqual(['desk']);
    expect(await client.call('getApplication', { path: { name: 'desk' } })).toMatchObject({ name: 'desk' });
    expect(await codeOf(client.call('getApplication', { path: { name: 'shop' } }))).toBe('not_found');
    expect(await codeOf(client.call('getApplication', { path: { name: 'none' } }))).toBe('not_found');
  });

  test('of a group sees the applications that name it', async () => {
    expect(await seenBy(await clientOf(over('application-owner', 'group', 'support')))).toEqual(['desk']);
  });

  test('does not read the whole tree, of which the other is a part', async () => {
    const client = await clientOf(over('owner', 'application', 'desk'));
    for (const work of [
      client.call('getConfiguration'),
      client.call('listConfigurationVersions'),
      client.call('getConfigurationVersion', { path: { version: 1 } }),
    ])
      expect(await codeOf(work)).toBe('permission_denied');
  });

  test('over the organization sees both', async () => {
    expect(await seenBy(await clientOf(everywhere('application-owner')))).toEqual(['desk', 'shop']);
  });
});

describe('who may not name administrators', () => {
  const apply = async (client: Client, change: (yaml: string) => string) => {
    const { yaml, etag } = await client.call('getConfiguration');
    return client.call('applyConfiguration', { body: { yaml: change(yaml) }, ifMatch: etag });
  };
  test.each([
    ['a role', 'roles: {mine: {title: Mine, permissions: [administrators.write]}}\n'],
    ['how content is read', 'content_access: {valid_minutes: 5}\n'],
    ['what a directory gives', 'provisioning: {roles: [{group: Us, role: owner}]}\n'],
  ])('does not write %s into the tree either', async (_, more) => {
    const client = await clientOf(everywhere('administrator'));
    const before = (await client.call('getConfiguration')).etag;
    expect(await codeOf(apply(client, (yaml) => yaml + more))).toBe('permission_denied');
    expect((await client.call('getConfiguration')).etag).toBe(before);
  });

  test('does not take a policy of administration away, nor roll it back', async () => {
    const client = await clientOf(everywhere('administrator'));
    expect(await codeOf(apply(client, (yaml) => yaml.replace(/administration_policies:[\s\S]*$/, '')))).toBe(
      'permission_denied',
    );
    await apply(owned.client, (yaml) => `${yaml}roles: {mine: {title: Mine, permissions: []}}\n`);
    const { etag } = await client.call('getConfiguration');
    const rollback = client.call('rollbackConfiguration', { path: { version: 1 }, ifMatch: etag });
    expect(await codeOf(rollback)).toBe('permission_denied');
  });

  test('writes everything else', async () => {
    const client = await clientOf(everywhere('administrator'));
    const { changes } = await apply(client, (yaml) => yaml.replace('shop: {', 'stall: {}\n  shop: {'));
    expect(changes).not.toEqual([]);
  });
});

test('a change that is sent twice under one key is made once', async () => {
  const ask = { body: { name: 'twice', value: { description: '' } }, idempotencyKey: 'once-only' };
  const first = await owned.client.call('createGroup', ask);
  expect(await owned.client.call('createGroup', ask)).toEqual(first);
  const other = { ...ask, body: { ...ask.body, name: 'other' } };
  expect(await codeOf(owned.client.call('createGroup', other))).toBe('idempotency_conflict');
});
