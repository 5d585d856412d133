/** Single sign-on against a real identity provider: there and back, roles by groups, and what must not get in. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGateway, type RunningGateway } from '../e2e/gateway.ts';
import { openBrowser, type Browser } from './browser.ts';
import { CLIENT, startIdentityProvider, type IdentityProvider } from './identity-provider.ts';
import { firstOwner, OWNER } from './sign-in-world.ts';

let gateway: RunningGateway;
let provider: IdentityProvider;
let owner: Browser;

function tree(issuer: string, more = ''): string {
  return `
version: 1
organization: Example
applications: { desk: {} }
sign_in:
  providers:
    company:
      title: Company
      issuer: ${issuer}
      client_id: ${CLIENT.id}
      client_secret: { env: COMPANY_SECRET }
      scopes: [openid, email, profile, groups]
      allow_private_network: true
      roles:
        - { group: security, role: security-analyst }
        - { group: desk-owners, role: application-owner, scope: { application: desk } }
${more}
    guarded:
      issuer: ${issuer}
      client_id: ${CLIENT.id}
      client_secret: { env: COMPANY_SECRET }
`;
}

beforeAll(async () => {
  provider = await startIdentityProvider();
  gateway = await startGateway(tree(provider.issuer), { COMPANY_SECRET: CLIENT.secret });
  provider.sendBackTo(`${gateway.url}/api/v1/sign-in/oidc/company/callback`);
  owner = await firstOwner(gateway);
});
afterAll(async () => {
  await gateway.stop();
  await provider.stop();
});
beforeEach(() => {
  provider.intercept = undefined;
});

const grace = {
  sub: 'u-1',
  email: 'grace@example.com',
  email_verified: true,
  name: 'Grace',
  groups: ['security'],
};

async function begin(browser: Browser, to = '/console/guardrails?x=1'): Promise<string> {
  const response = await browser.fetch(`/api/v1/sign-in/oidc/company/begin?to=${encodeURIComponent(to)}`);
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
}

async function comeBack(browser: Browser, address: string): Promise<string> {
  const response = await browser.fetch(address.replace(gateway.url, ''));
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
}

async function goThrough(browser: Browser, to?: string): Promise<string> {
  return comeBack(browser, await provider.visit(await begin(browser, to)));
}

describe('single sign-on', () => {
  test('is offered, and begins with code, PKCE, state and nonce', async () => {
    expect((await owner.client.call('getSignInOptions')).providers).toEqual([
      { id: 'company', title: 'Company' },
      { id: 'guarded', title: 'guarded' },
    ]);
    const browser = openBrowser(gateway.url);
    const { searchParams } = new URL(await begin(browser));
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${gateway.url}/api/v1/sign-in/oidc/company/callback`,
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(searchParams.get(name)?.length).toBeGreaterThan(40);
  });

  test('makes the account at the first time, with the roles of the groups, and comes back to the page', async () => {
    provider.person = { ...grace, groups: ['security', 'desk-owners', 'others'] };
    const browser = openBrowser(gateway.url);
    expect(await goThrough(browser)).toBe('/console/guardrails?x=1');
    const session = await browser.client.call('getSession');
    expect(session).toMatchObject({
      administrator: {
        id: grace.email,
        displayName: 'Grace',
        assignments: [
          { role: 'security-analyst', scope: { kind: 'organization' } },
          { role: 'application-owner', scope: { kind: 'application', id: 'desk' } },
        ],
      },
      methods: ['sso'],
    });
    expect(await owner.client.call('getAdministrator', { path: { id: grace.email } })).toMatchObject({
      source: 'company',
      hasPassword: false,
      assignments: [],
    });
  });

  test('takes roles away with the groups, and lets nobody in without any', async () => {
    provider.person = { ...grace, groups: ['desk-owners'] };
    const browser = openBrowser(gateway.url);
    await goThrough(browser);
    const { permissions } = await browser.client.call('getSession');
    expect(permissions).not.toContain('models.stop');
    provider.person = { ...grace, groups: [] };
    expect(await goThrough(openBrowser(gateway.url))).toBe('/console/sign-in?problem=permission_denied');
    provider.person = { ...grace, sub: 'u-2', email: 'new@example.com', groups: ['others'] };
    expect(await goThrough(openBrowser(gateway.url))).toBe('/console/sign-in?problem=permission_denied');
  });

  test('knows people by what the provider never changes, and not by their address', async () => {
    provider.person = { ...grace, email: 'grace.hopper@example.com' };
    const browser = openBrowser(gateway.url);
    await goThrough(browser);
    expect((await browser.client.call('getSession')).administrator.id).toBe(grace.email);
    provider.person = { ...grace, sub: 'u-9' };
    expect(await goThrough(openBrowser(gateway.url)), 'her address, somebody else').toBe(
      '/console/sign-in?problem=sign_in_failed',
    );
  });

  test('is the way in to an account that a directory made for it, and for it alone', async () => {
    const { accounts } = gateway.gateway.office.stores.administrators;
    const local = (await accounts.find(OWNER.id))!;
    const made = { ...local, assignments: [], isOwner: false, passwordHash: null, subject: null };
    const put = (id: string, source: string) =>
      accounts.edit(id, () => ({ ...made, id, reference: `adr_${id}`, source }));
    await put('dora@example.com', 'company');
    await put('elsa@example.com', 'elsewhere');
    provider.person = { ...grace, sub: 'u-20', email: 'dora@example.com' };
    expect(await goThrough(openBrowser(gateway.url), '/console')).toBe('/console');
    provider.person = { ...grace, sub: 'u-21', email: 'dora@example.com' };
    expect(await goThrough(openBrowser(gateway.url))).toBe('/console/sign-in?problem=sign_in_failed');
    provider.person = { ...grace, sub: 'u-22', email: 'elsa@example.com' };
    expect(await goThrough(openBrowser(gateway.url))).toBe('/console/sign-in?problem=sign_in_failed');
  });

  test.each([
    ['the address of a local account', { email: OWNER.id }],
    ['an address that nobody verified', { email: 'a@example.com', email_verified: false }],
    ['no address', { email: undefined }],
    ['an address that is no id', { email: '<script>@example.com' }],
    ['a list of addresses', { email: ['a@example.com'] }],
  ])('lets nobody in with %s', async (_, change) => {
    provider.person = { ...grace, sub: `u-${JSON.stringify(change).length}`, ...change };
    const browser = openBrowser(gateway.url);
    expect(await goThrough(browser)).toBe('/console/sign-in?problem=sign_in_failed');
    expect(browser.cookies.has('bartizan_session')).toBe(false);
  });

  test('does not finish in another browser, with another state, or twice', async () => {
    provider.person = grace;
    const browser = openBrowser(gateway.url);
    const back = await provider.visit(await begin(browser));
    const failed = '/console/sign-in?problem=sign_in_failed';
    expect(await comeBack(openBrowser(gateway.url), back), 'no cookie').toBe(failed);
    const other = openBrowser(gateway.url);
    await begin(other);
    expect(await comeBack(other, back), "another browser's cookie").toBe(failed);
    expect(await comeBack(browser, back.replace(/state=[^&]+/, 'state=made-up')), 'another state').toBe(
      failed,
    );
    const again = await provider.visit(await begin(browser));
    expect(await comeBack(browser, again)).toBe('/console/guardrails?x=1');
    expect(await comeBack(browser, again), 'twice').toBe(failed);
  });

  test.each([
    '?error=access_denied&state=x',
    '?code=made-up',
    '?code=made-up&state=',
    '?code=a&code=b',
    '',
    '?iss=https://evil.test&code=x&state=y',
  ])('does not finish with %j', async (query) => {
    const browser = openBrowser(gateway.url);
    await begin(browser);
    const at = await comeBack(browser, `/api/v1/sign-in/oidc/company/callback${query}`);
    expect(at).toBe('/console/sign-in?problem=sign_in_failed');
  });

  test.each([
    'https://evil.test/',
    '//evil.test',
    '/console//evil.test',
    '/console\\@evil.test',
    '/api/v1/session',
    'javascript:1',
    '/consoles',
  ])('leads nobody to %s', async (to) => {
    provider.person = grace;
    expect(await goThrough(openBrowser(gateway.url), to)).toBe('/console');
  });

  test('asks no private address unless it may, and no provider that there is not', async () => {
    const browser = openBrowser(gateway.url);
    const at = async (name: string) =>
      (await browser.fetch(`/api/v1/sign-in/oidc/${name}/begin`)).headers.get('location');
    expect(await at('guarded')).toBe('/console/sign-in?problem=provider_unavailable');
    expect(await at('none')).toBe('/console/sign-in?problem=not_found');
    expect(await at('__proto__')).toBe('/console/sign-in?problem=not_found');
  });

  test.each<[string, IdentityProvider['intercept']]>([
    ['answers nonsense', (_, response) => response.end('nonsense')],
    ['answers with an error', (_, response) => void response.writeHead(500).end('{}')],
    [
      'sends elsewhere',
      (_, response) => void response.writeHead(302, { location: 'https://evil.test' }).end(),
    ],
    ['hangs up', (request) => request.socket.destroy()],
    ['answers without an end', (_, response) => void response.write('x'.repeat(2_000_000))],
  ])('lets nobody in where the provider %s', async (_, intercept) => {
    provider.person = grace;
    const browser = openBrowser(gateway.url);
    const back = await provider.visit(await begin(browser));
    provider.intercept = intercept;
    expect(await comeBack(browser, back)).toBe('/console/sign-in?problem=sign_in_failed');
    expect(browser.cookies.has('bartizan_session')).toBe(false);
  });
});
