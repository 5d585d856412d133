/** Signing in to a gateway that runs: the first link, passwords, sessions, access tokens. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/contract/api/client.ts';
import { startGateway, type RunningGateway } from '../e2e/gateway.ts';
import { openBrowser, type Browser } from './browser.ts';
import { codeOf, OWNER, signIn } from './sign-in-world.ts';

const { id: ID, password: PASSWORD } = OWNER;
const signedIn = (gateway: RunningGateway): Promise<Browser> => signIn(gateway);

describe('behind a proxy', () => {
  const cookieFor = async (environment: NodeJS.ProcessEnv): Promise<string> => {
    const gateway = await startGateway(undefined, environment);
    try {
      const response = await openBrowser(gateway.url).fetch('/api/v1/sign-in/invitation/accept', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
        body: JSON.stringify({ token: gateway.welcome, id: ID, displayName: 'Ada', password: PASSWORD }),
      });
      return response.headers.getSetCookie().join('\n');
    } finally {
      await gateway.stop();
    }
  };

  test('that is trusted, cookies are for TLS alone', async () => {
    expect(await cookieFor({ BARTIZAN_TRUST_PROXY: '127.0.0.1' })).toMatch(/^bartizan_session=.*; Secure/);
  }, 60_000);

  test('that nobody vouches for, its word counts for nothing', async () => {
    expect(await cookieFor({})).not.toContain('Secure');
  }, 60_000);
});

describe('a new house', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  test('knows nobody and says so', async () => {
    const { client } = openBrowser(gateway.url);
    expect(await client.call('getSignInOptions')).toMatchObject({ isNew: true, password: true });
    expect(await codeOf(client.call('getSession'))).toBe('missing_credential');
    const body = { id: ID, password: PASSWORD };
    expect(await codeOf(client.call('signInWithPassword', { body }))).toBe('sign_in_failed');
  });

  test('makes its first owner by the link, once, and signs them in', async () => {
    const browser = openBrowser(gateway.url);
    const { client } = browser;
    const token = gateway.welcome ?? '';
    expect(await client.call('showInvitation', { body: { token } })).toMatchObject({ id: null });
    const body = { token, id: ID, displayName: 'Ada', password: PASSWORD };
    for (const password of ['123456789012', 'passwordpassword', 'aaaaaaaaaaaaaaaa', 'ada@example.com1'])
      expect(await codeOf(client.call('acceptInvitation', { body: { ...body, password } }))).toBe(
        'unacceptable',
      );
    expect(await client.call('acceptInvitation', { body })).toEqual({ kind: 'signed-in' });
    const session = await client.call('getSession');
    expect(session).toMatchObject({
      administrator: { id: ID, displayName: 'Ada', assignments: [{ role: 'owner' }] },
      methods: ['password'],
    });
    expect(session.permissions).toContain('administrators.write');
    expect(await codeOf(client.call('acceptInvitation', { body }))).toBe('sign_in_failed');
    expect(await client.call('getSignInOptions')).toMatchObject({ isNew: false });
  });

  test('sets cookies that no script reads and no other site sends', async () => {
    const browser = openBrowser(gateway.url);
    const response = await browser.fetch('/api/v1/sign-in/password', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: ID.toLowerCase(), password: PASSWORD }),
    });
    const [session = '', device = ''] = response.headers.getSetCookie();
    expect(session).toMatch(/^bartizan_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Expires=/);
    expect(device).toMatch(/^bartizan_device=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=/);
  });

  test('takes no change without the token of a page of ours', async () => {
    const browser = await signedIn(gateway);
    const change = (csrf: string) =>
      browser.fetch('/api/v1/account', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'x-bartizan-csrf': csrf },
        body: JSON.stringify({ displayName: 'Eve' }),
      });
    expect((await change('')).status).toBe(403);
    expect((await change('another')).status).toBe(403);
    await browser.client.call('updateAccount', { body: { displayName: 'Ada L' } });
    expect(await browser.client.call('getAccount')).toMatchObject({
      displayName: 'Ada L',
      hasPassword: true,
    });
  });

  test('signs out, and the cookie opens nothing any more', async () => {
    const browser = await signedIn(gateway);
    const cookie = browser.cookies.get('bartizan_session') ?? '';
    await browser.client.call('signOut');
    browser.cookies.set('bartizan_session', cookie);
    expect(await codeOf(browser.client.call('getSession'))).toBe('expired_credential');
  });

  test('lists sessions, and ends one or all others', async () => {
    const [here, there, elsewhere] = [
      await signedIn(gateway),
      await signedIn(gateway),
      await signedIn(gateway),
    ];
    const { items } = await there.client.call('listSessions');
    const current = items.find(({ isCurrent }) => isCurrent);
    expect(current).toMatchObject({ userAgent: 'test', methods: ['password'] });
    await here.client.call('endSession', { path: { id: current?.id ?? '' } });
    expect(await codeOf(there.client.call('getSession'))).toBe('expired_credential');
    expect(await codeOf(here.client.call('endSession', { path: { id: 'ses_none' } }))).toBe('not_found');
    expect((await here.client.call('endOtherSessions')).ended).toBeGreaterThan(0);
    expect(await codeOf(elsewhere.client.call('getSession'))).toBe('expired_credential');
    await here.client.call('getSession');
  });

  test('changes a password: other sessions end, and this one gets another cookie', async () => {
    const [here, there] = [await signedIn(gateway), await signedIn(gateway)];
    const before = here.cookies.get('bartizan_session');
    const next = 'ten green lanterns';
    const change = (current: string, wanted: string) =>
      here.client.call('changePassword', { body: { current, next: wanted } });
    expect(await codeOf(change('wrong', next))).toBe('sign_in_failed');
    expect(await codeOf(change(PASSWORD, PASSWORD))).toBe('unacceptable');
    await change(PASSWORD, next);
    expect(here.cookies.get('bartizan_session')).not.toBe(before);
    expect(await codeOf(there.client.call('getSession'))).toBe('expired_credential');
    await here.arrive();
    await change(next, PASSWORD);
  });

  test('makes access tokens, which do what they are narrowed to until they are revoked', async () => {
    const browser = await signedIn(gateway);
    const made = await browser.client.call('createToken', {
      body: { name: 'nightly', expiresInDays: 7, permissions: ['configuration.read'] },
    });
    expect(made.token).toMatch(/^bza_[\w-]{43}$/);
    const program = createClient({
      baseUrl: gateway.url,
      fetch,
      headers: () => ({ authorization: `Bearer ${made.token}` }),
    });
    expect((await program.call('getSession')).permissions).toEqual(['configuration.read']);
    await program.call('getConfiguration');
    expect(await codeOf(program.call('planConfiguration', { body: { yaml: '' } }))).toBe('permission_denied');
    expect(await codeOf(program.call('createToken', { body: { name: 'more', expiresInDays: 1 } }))).toBe(
      'permission_denied',
    );
    const [listed] = (await browser.client.call('listTokens')).items;
    expect(listed).toMatchObject({ name: 'nightly', hint: made.token.slice(0, 10) });
    expect(JSON.stringify(listed)).not.toContain(made.token);
    await browser.client.call('revokeToken', { path: { id: made.id } });
    expect(await codeOf(program.call('getSession'))).toBe('invalid_credential');
  });

  test('writes all of it down, and names nobody in a leaf', async () => {
    const entries = (await gateway.record()).map(({ entry }) => entry);
    const actions = entries.map((entry) => (entry.kind === 'administration' ? entry.action : ''));
    for (const action of [
      'administrator.first',
      'sign_in',
      'account.password',
      'token.create',
      'token.revoke',
    ])
      expect(actions).toContain(action);
    for (const entry of entries)
      if (entry.kind === 'administration')
        expect(entry.subject.toLowerCase()).not.toContain(ID.toLowerCase());
  });

  test('slows down who guesses, without shutting out the browser that was in before', async () => {
    const owner = await signedIn(gateway);
    await owner.client.call('signOut');
    const guesser = openBrowser(gateway.url);
    const codes = [];
    for (let tries = 0; tries < 8; tries++)
      codes.push(
        await codeOf(
          guesser.client.call('signInWithPassword', { body: { id: ID, password: `wrong ${tries}` } }),
        ),
      );
    expect(codes.slice(0, 5)).toEqual(Array(5).fill('sign_in_failed'));
    expect(codes.at(-1)).toBe('sign_in_delayed');
    const body = { id: ID, password: PASSWORD };
    expect(await codeOf(guesser.client.call('signInWithPassword', { body }))).toBe('sign_in_delayed');
    expect(await owner.client.call('signInWithPassword', { body })).toEqual({ kind: 'signed-in' });
  });
});
