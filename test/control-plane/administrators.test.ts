/** Administrators over HTTP and at the command line: invited, given roles, locked out, removed; and what is sent that is wrong. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS, type OperationName } from '../../src/contract/api/operations.ts';
import type { Operation } from '../../src/contract/api/operation.ts';
import { startGateway, type RunningGateway } from '../e2e/gateway.ts';
import { openBrowser, type Browser } from './browser.ts';
import { codeOf, firstOwner, OWNER, signIn } from './sign-in-world.ts';

const organization = { kind: 'organization' } as const;
const BOB = { id: 'bob', password: 'ten green lanterns' } as const;

let gateway: RunningGateway;
let owner: Browser;
beforeAll(async () => {
  gateway = await startGateway();
  owner = await firstOwner(gateway);
});
afterAll(() => gateway.stop());

async function accepted(path: string, displayName = 'Bob'): Promise<Browser> {
  const browser = openBrowser(gateway.url);
  const token = path.split('#')[1] ?? '';
  await browser.client.call('acceptInvitation', { body: { token, displayName, password: BOB.password } });
  await browser.arrive();
  return browser;
}

describe('an owner', () => {
  test('invites somebody, who then has the role given and no more', async () => {
    const body = { id: BOB.id, assignments: [{ role: 'auditor', scope: organization }] };
    const { administrator, invitation } = await owner.client.call('inviteAdministrator', { body });
    expect(administrator).toMatchObject({
      id: 'bob',
      displayName: 'bob',
      status: 'invited',
      hasPassword: false,
    });
    expect(await codeOf(owner.client.call('inviteAdministrator', { body: { ...body, id: 'BOB' } }))).toBe(
      'conflict',
    );
    const bob = await accepted(invitation.path);
    expect((await bob.client.call('getSession')).permissions).toContain('audit.read');
    expect((await bob.client.call('listAdministrators')).items.map(({ id }) => id)).toEqual([
      OWNER.id,
      'bob',
    ]);
    expect(await codeOf(bob.client.call('inviteAdministrator', { body: { ...body, id: 'eve' } }))).toBe(
      'permission_denied',
    );
  });

  test('finds them by name, role and state, page by page', async () => {
    for (const id of ['carol', 'dave', 'erin'])
      await owner.client.call('inviteAdministrator', {
        body: { id, assignments: [{ role: 'member', scope: organization }] },
      });
    const ids = async (query: object) =>
      (await owner.client.call('listAdministrators', { query })).items.map(({ id }) => id);
    expect(await ids({ search: 'DAV' })).toEqual(['dave']);
    expect(await ids({ status: 'invited', role: 'member' })).toEqual(['carol', 'dave', 'erin']);
    expect(await ids({ role: 'owner' })).toEqual([OWNER.id]);
    const first = await owner.client.call('listAdministrators', { query: { limit: 2 } });
    const rest = await owner.client.call('listAdministrators', {
      query: { limit: 200, cursor: first.next ?? '' },
    });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([
      OWNER.id,
      'bob',
      'carol',
      'dave',
      'erin',
    ]);
    expect(rest.next).toBeNull();
  });

  test('changes roles of the version that was read, and those sessions end', async () => {
    const bob = await signIn(gateway, BOB);
    const path = { id: 'bob' };
    const { etag } = await owner.client.call('getAdministrator', { path });
    const body = { assignments: [{ role: 'security-analyst', scope: organization }] };
    const changed = await owner.client.call('updateAdministrator', { path, body, ifMatch: etag });
    expect(changed.assignments).toEqual(body.assignments);
    expect(await codeOf(owner.client.call('updateAdministrator', { path, body, ifMatch: etag }))).toBe(
      'etag_stale',
    );
    expect(await codeOf(bob.client.call('getSession'))).toBe('expired_credential');
    for (const assignment of [
      { role: 'king', scope: organization },
      { role: 'auditor', scope: { kind: 'application' as const, id: 'none' } },
    ]) {
      const wrong = { path, body: { assignments: [assignment] }, ifMatch: changed.etag };
      expect(await codeOf(owner.client.call('updateAdministrator', wrong))).toBe('unacceptable');
    }
    expect(await codeOf(owner.client.call('getAdministrator', { path: { id: 'nobody' } }))).toBe('not_found');
  });

  test('gets another cookie when they change themselves, and cannot leave as the last one', async () => {
    const ada = await signIn(gateway);
    const path = { id: OWNER.id };
    const before = ada.cookies.get('bartizan_session');
    const { etag, assignments } = await ada.client.call('getAdministrator', { path });
    const more = { assignments: [...assignments, { role: 'member', scope: organization }] };
    const changed = await ada.client.call('updateAdministrator', { path, body: more, ifMatch: etag });
    expect(ada.cookies.get('bartizan_session')).not.toBe(before);
    await ada.arrive();
    const none = { path, body: { assignments: [] }, ifMatch: changed.etag };
    expect(await codeOf(ada.client.call('updateAdministrator', none))).toBe('conflict');
    expect(await codeOf(ada.client.call('removeAdministrator', { path, ifMatch: changed.etag }))).toBe(
      'conflict',
    );
    owner = ada;
  });

  test('locks somebody out, lets them in again, and removes them', async () => {
    const path = { id: 'bob' };
    const bob = await signIn(gateway, BOB);
    const disabled = await owner.client.call('updateAdministrator', {
      path,
      body: { disabled: true },
      ifMatch: (await owner.client.call('getAdministrator', { path })).etag,
    });
    expect(disabled.status).toBe('disabled');
    expect(await codeOf(bob.client.call('getSession'))).toBe('expired_credential');
    expect(await codeOf(bob.client.call('signInWithPassword', { body: BOB }))).toBe('sign_in_failed');
    expect(await codeOf(owner.client.call('renewInvitation', { path }))).toBe('conflict');
    const enabled = await owner.client.call('updateAdministrator', {
      path,
      body: { disabled: false },
      ifMatch: disabled.etag,
    });
    await bob.client.call('signInWithPassword', { body: BOB });
    await bob.arrive();
    expect(await owner.client.call('endAdministratorSessions', { path })).toEqual({ ended: 1 });
    await owner.client.call('resetAdministratorFactors', { path });
    await owner.client.call('removeAdministrator', { path, ifMatch: enabled.etag });
    expect(await codeOf(owner.client.call('signInWithPassword', { body: BOB }))).toBe('sign_in_failed');
  });
});

describe('at the command line', () => {
  const command = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, '../../src/cli/bartizan.ts'), 'administrators', ...args],
      {
        env: { ...process.env, BARTIZAN_DATA: join(gateway.directory, 'data'), BARTIZAN_LOG_LEVEL: 'silent' },
      },
    );
    return stdout;
  };

  test('whoever has the machine gets back in, and names nobody to do so', async () => {
    const invited = await command('invite', 'Recovered@example.com', '--role', 'owner', '--name', 'Rae');
    const [, path = ''] = /(\/console\/welcome#[\w-]{43})/.exec(invited) ?? [];
    const rae = await accepted(path, 'Rae');
    expect((await rae.client.call('getSession')).permissions).toContain('administrators.write');
    expect(await command('list')).toContain('Recovered@example.com  active  local  owner');
    const again = await command('invite', 'recovered@example.com', '--role', 'owner');
    await accepted(/(\/console\/welcome#[\w-]{43})/.exec(again)?.[1] ?? '', 'Rae');
    expect(await command('reset-factors', 'recovered@example.com')).toContain('password alone');
    expect(await command('disable', 'recovered@example.com')).toContain('is disabled');
    expect(await command('list')).toContain('Recovered@example.com  disabled');
    await expect(command('disable', OWNER.id)).rejects.toThrow(/the last owner/);
    await expect(command('invite', 'x', '--role', 'king')).rejects.toThrow(/there is no role "king"/);
    await expect(command('disable', 'nobody')).rejects.toThrow(/there is no such administrator/);
  }, 240_000);
});

/** Bodies that are wrong for what takes a body, whatever it is. */
const BODIES: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['no JSON', '{'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['another member', '{"isAdmin":true}'],
  ['numbers for texts', '{"id":1,"password":2,"token":3,"pending":4,"code":5,"current":6,"next":7,"name":8}'],
  ['__proto__', '{"__proto__":{"id":"x"}}'],
  ['a member twice', '{"id":"a","id":"b","password":"x"}'],
  ['nested too deep', `${'['.repeat(500)}${']'.repeat(500)}`],
  [
    'too long texts',
    JSON.stringify({ id: 'x'.repeat(10_000), password: 'x'.repeat(10_000), token: 'x'.repeat(500) }),
  ],
];

const TAKING_BODIES = (Object.entries(OPERATIONS) as [OperationName, Operation][]).filter(
  ([, { path, body }]) => body && /^\/(?:sign-in|account|administrators)/.test(path),
);

describe('bad input', () => {
  test.each(TAKING_BODIES.map(([name, operation]) => [name, operation] as const))(
    'to %s is refused as what it is',
    async (_, { method, path, etag }) => {
      const url = `/api/v1${path.replace(/\{\w+\}/g, 'none')}`;
      const { csrf } = await owner.client.call('getSession');
      for (const [what, body] of BODIES) {
        const headers = {
          'content-type': 'application/json',
          'x-bartizan-csrf': csrf,
          ...(etag === 'needs' ? { 'if-match': '"x"' } : {}),
        };
        const response = await owner.fetch(url, { method, headers, body });
        expect([400, 404, 413], `${what}: ${response.status}`).toContain(response.status);
        expect(response.headers.get('content-type')).toContain('application/problem+json');
      }
      const text = await owner.fetch(url, {
        method,
        headers: { 'content-type': 'text/plain', 'x-bartizan-csrf': csrf },
        body: '{}',
      });
      expect([415, 428]).toContain(text.status);
    },
  );

  test.each(['%00', '..%2F..', 'x'.repeat(400), '%F0%9F%98%80', "'; drop table administrators; --"])(
    'as the id of an administrator is not found, or no id: %s',
    async (id) => {
      const response = await owner.fetch(`/api/v1/administrators/${id}`);
      expect([400, 404]).toContain(response.status);
    },
  );

  test.each(['', 'x', 'a=b', `${'x'.repeat(43)}`, '%00', '"'])(
    'as a cookie is no session: %j',
    async (value) => {
      const browser = openBrowser(gateway.url);
      browser.cookies.set('bartizan_session', value);
      expect((await browser.fetch('/api/v1/session')).status).toBe(401);
    },
  );

  test.each(['bza_', 'bza_x', `bza_${'x'.repeat(43)}`, `bza_${'x'.repeat(4_000)}`, 'bz_x'])(
    'as a token is none: %s',
    async (token) => {
      const response = await fetch(`${gateway.url}/api/v1/session`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(401);
    },
  );
});
