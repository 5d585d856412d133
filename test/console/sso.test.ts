/** Single sign-on in a real browser: from the sign-in page through the pages of a real provider, and back. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { CLIENT, startIdentityProvider, type IdentityProvider } from '../control-plane/identity-provider.ts';
import type { Watched } from './browser.ts';
import { startVisit, type Visit } from './visit.ts';

function tree(issuer: string): string {
  return `version: 1
organization: Example
applications: { desk: {}, shop: {} }
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
    gone:
      title: Gone
      issuer: http://127.0.0.1:9
      client_id: ${CLIENT.id}
      client_secret: { env: COMPANY_SECRET }
      allow_private_network: true
`;
}

const GRACE = { email: 'grace@example.com', email_verified: true, name: 'Grace Hopper' };

describeWithChromium('single sign-on', () => {
  let provider: IdentityProvider;
  let visit: Visit;
  let begin: string;
  beforeAll(async () => {
    provider = await startIdentityProvider('pages');
    visit = await startVisit(tree(provider.issuer), { COMPANY_SECRET: CLIENT.secret });
    const way = `${visit.house.gateway.url}/api/v1/sign-in/oidc/company`;
    begin = `${way}/begin`;
    provider.sendBackTo(`${way}/callback`);
  }, 180_000);
  afterAll(async () => {
    await visit?.end();
    await provider?.stop();
  });

  /** A browser that nobody has signed in with, neither here nor there. */
  async function stranger(): Promise<Watched> {
    const watched = await visit.open();
    // The provider's page would have its letters from elsewhere.
    await watched.page.route(
      ({ hostname }) => hostname !== '127.0.0.1',
      (route) => route.fulfill({ contentType: 'text/css', body: '' }),
    );
    return watched;
  }

  /** What the provider asks: who it is, and whether they agree. */
  async function signInThere(page: Page, login: string): Promise<void> {
    await page.waitForURL(({ origin }) => origin === provider.issuer);
    await page.getByPlaceholder('Enter any login').fill(login);
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  const chooseCompany = (page: Page) => page.getByRole('link', { name: 'Continue with Company' }).click();
  const notice = (page: Page) => page.getByRole('alert');
  const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' });
  const hasSession = async (page: Page) =>
    (await page.context().cookies()).some(({ name }) => name === 'bartizan_session');

  test('leads there and back to the page that was wanted, with the role of the group', async () => {
    const { page, complaints } = await stranger();
    provider.person = { ...GRACE, sub: 'grace', groups: ['security'] };
    await page.goto(`${visit.base}/guardrails?q=x`);
    await page.waitForURL(/sign-in\?next=/);
    await chooseCompany(page);
    await signInThere(page, 'grace');
    await page.waitForURL(`${visit.base}/guardrails?q=x`);
    await page.getByRole('heading', { level: 1, name: 'Guardrails' }).waitFor();
    await page.getByRole('link', { name: 'New guardrail' }).first().waitFor();
    expect(await navigation(page).getByRole('link', { name: 'Settings' }).count()).toBe(1);
    await page.goto(`${visit.base}/account`);
    await page.getByText('Security analyst').first().waitFor();
    await visit.lookAt(page, 'sso-account');

    await page.getByRole('button', { name: /^Account: Grace Hopper/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
    expect(await hasSession(page)).toBe(false);
    await page.goto(`${visit.base}/guardrails`);
    await page.waitForURL(/sign-in\?next=/);
    // The provider knows her still, and she is asked nothing; what has changed there holds here.
    provider.person = { ...GRACE, sub: 'grace', groups: ['desk-owners'] };
    await chooseCompany(page);
    await page.waitForURL(`${visit.base}/guardrails`);
    await page.goto(`${visit.base}/access/applications`);
    const list = page.getByRole('region', { name: 'Applications' });
    await list.getByRole('link', { name: 'desk' }).waitFor();
    expect(await list.getByRole('link', { name: 'shop' }).count()).toBe(0);
    expect(complaints.filter((text) => !/status of 401/.test(text))).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('tells somebody without a group that has a role so, and lets them in nowhere', async () => {
    const { page } = await stranger();
    provider.person = { ...GRACE, sub: 'hugo', email: 'hugo@example.com', groups: ['canteen'] };
    await page.goto(`${visit.base}/sign-in`);
    await chooseCompany(page);
    await signInThere(page, 'hugo');
    await notice(page).getByText('no group that you are in there has a role here').waitFor();
    await visit.lookAt(page, 'sso-no-role');
    expect(await hasSession(page)).toBe(false);
    await page.goto(`${visit.base}/overview`);
    await page.waitForURL(/sign-in\?next=/);
    const { items } = await visit.house.client.call('listAdministrators');
    expect(items.map(({ id }) => id)).not.toContain('hugo@example.com');
    await page.context().close();
  }, 60_000);

  test('tells whoever cancels there, or finds nobody there, what to do', async () => {
    const { page } = await stranger();
    await page.goto(`${visit.base}/sign-in`);
    await chooseCompany(page);
    await page.waitForURL(({ origin }) => origin === provider.issuer);
    await page.getByRole('link', { name: '[ Cancel ]' }).click();
    await notice(page).getByText('Nobody was signed in').waitFor();
    await page.getByRole('link', { name: 'Continue with Gone' }).click();
    await notice(page).getByText('cannot be reached').waitFor();
    await page.context().close();
  }, 60_000);

  test.each(['state', 'nonce'])(
    'lets nobody in who comes back with another %s',
    async (name) => {
      const { page } = await stranger();
      provider.person = { ...GRACE, sub: 'grace', groups: ['security'] };
      const begun = await page.context().request.get(begin, { maxRedirects: 0 });
      const there = new URL(begun.headers()['location'] ?? '');
      expect(there.searchParams.get(name)?.length).toBeGreaterThan(40);
      there.searchParams.set(name, 'a'.repeat(43));
      await page.goto(there.href);
      await signInThere(page, 'grace');
      await notice(page).getByText('Nobody was signed in').waitFor();
      expect(await hasSession(page)).toBe(false);
      await page.context().close();
    },
    60_000,
  );

  test('lets nobody in by the address that another browser was sent back to', async () => {
    const victim = await stranger();
    const thief = await stranger();
    provider.person = { ...GRACE, sub: 'grace', groups: ['security'] };
    const back = victim.page.waitForRequest(/\/company\/callback\?/);
    await victim.page.goto(`${visit.base}/sign-in`);
    await chooseCompany(victim.page);
    await signInThere(victim.page, 'grace');
    await navigation(victim.page).waitFor();
    await thief.page.goto((await back).url());
    await notice(thief.page).getByText('Nobody was signed in').waitFor();
    expect(await hasSession(thief.page)).toBe(false);
    for (const { page } of [victim, thief]) await page.context().close();
  }, 60_000);
});
