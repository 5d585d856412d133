/** From the first link to a changed configuration, in a real browser at a gateway that runs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { generateSync } from 'otplib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildConsole } from '../../scripts/console.ts';
import { chromiumCommand, describeWithChromium } from '../chromium.ts';
import { startGateway, type RunningGateway } from '../e2e/gateway.ts';
import { barriersOf, openBrowser, openWatched, overflowOf, type Watched } from './browser.ts';

const ID = 'ada@example.com';
const STEP_MS = 30_000;
const PASSWORD = 'nine blue lanterns';
const NEXT_PASSWORD = 'ten green lanterns';

describeWithChromium('whoever begins', () => {
  let browser: Browser;
  let gateway: RunningGateway;
  let base: string;
  let ada: Watched;
  let page: Page;
  let secret: string;

  beforeAll(async () => {
    buildConsole();
    gateway = await startGateway();
    // A passkey belongs to a name, not to an address.
    base = `http://localhost:${new URL(gateway.url).port}`;
    const path = execFileSync('sh', ['-c', `command -v "${chromiumCommand}"`], { encoding: 'utf8' }).trim();
    browser = await openBrowser(path);
    ada = await openWatched(browser, { viewport: { width: 1_280, height: 900 } });
    page = ada.page;
    page.setDefaultTimeout(15_000);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  async function look(name: string): Promise<void> {
    const folder = process.env['BARTIZAN_TEST_SCREENSHOTS'];
    expect(await barriersOf(page, true), name).toEqual([]);
    expect(await overflowOf(page), name).toBe(0);
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1_280, 390]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(250);
        await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage: true });
        expect(await overflowOf(page), `${name}, ${width} px`).toBe(0);
      }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1_280, height: 900 });
  }

  let usedStep = -1;
  /** Each code is good once: where the last one is of this half minute, the next is waited for. */
  async function newCode(): Promise<string> {
    const stepNow = () => Math.floor(Date.now() / STEP_MS);
    while (stepNow() === usedStep) await page.waitForTimeout(200);
    usedStep = stepNow();
    return generateSync({ secret });
  }

  async function signIn(password = PASSWORD): Promise<void> {
    await page.getByRole('textbox', { name: 'E-mail address or login name' }).fill(ID);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  test('is led to the link where nobody administers the house yet', async () => {
    await page.goto(base);
    await page.waitForURL(/\/console\/sign-in\?next=/);
    await page.getByText('Nobody administers this house yet').waitFor();
    await look('sign-in');
    await page.goto(`${base}/console/welcome#bzl_wrong`);
    await page.getByRole('heading', { name: 'This link opens nothing' }).waitFor();
  }, 60_000);

  test('makes the first account by the link, told what is wrong without losing what was typed', async () => {
    await page.goto(`${base}/console/sign-in`);
    await page.goto(`${base}/console/welcome#${gateway.welcome}`);
    await page.getByRole('heading', { name: 'Welcome to Bartizan' }).waitFor();
    expect(page.url()).not.toContain('#');
    await page.getByRole('textbox', { name: 'E-mail address or login name' }).fill(ID);
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada Lovelace');
    await page.getByRole('textbox', { name: 'Password' }).fill('passwordpassword');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('Ada Lovelace');
    await look('welcome');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await page.getByRole('button', { name: /^Account: Ada Lovelace/ }).waitFor();
  }, 60_000);

  test('sets up an authenticator, and signs in with its code', async () => {
    await page.goto(`${base}/console/account`);
    await page.getByRole('button', { name: 'Set it up' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: 'The secret as a QR code' }).waitFor();
    secret = (await dialog.locator('code').innerText()).replaceAll(' ', '');
    await look('totp');
    await dialog.getByRole('textbox', { name: 'Code' }).fill(await newCode());
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    const codes = (
      await page.getByRole('group', { name: 'Recovery codes' }).locator('code').innerText()
    ).split('\n');
    expect(codes.length).toBeGreaterThan(4);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('In use').waitFor();
    await look('account');

    await page.getByRole('button', { name: /^Account: Ada Lovelace/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
    await page.goto(`${base}/console/account/sessions`);
    await page.waitForURL(/sign-in/);
    await signIn('not this one');
    await page.getByRole('alert').waitFor();
    await signIn();
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(codes[0] ?? '');
    await look('second-factor');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${base}/console/account/sessions`);
    await page.getByText('This one').waitFor();
    await look('sessions');
  }, 90_000);

  test('makes a passkey, and signs in with it alone', async () => {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${base}/console/account`);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Laptop');
    await page.getByRole('button', { name: 'Make the passkey' }).click();
    await page.getByText('Laptop').first().waitFor();
    await page.getByRole('button', { name: /^Account: Ada Lovelace/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  }, 60_000);

  test('makes an access token, which is shown once and works', async () => {
    await page.goto(`${base}/console/account/tokens`);
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('nightly report');
    await page.getByRole('button', { name: 'Make the token' }).click();
    const token = await page.getByRole('group', { name: 'Access token' }).locator('code').first().innerText();
    const answer = await fetch(`${gateway.url}/api/v1/session`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    await look('tokens');
    await page.reload();
    await page.getByText('nightly report').waitFor();
    expect(await page.content()).not.toContain(token);
  }, 60_000);

  test('loses nothing where the session ends in the middle of a form: the same dialog signs in again', async () => {
    await page.goto(`${base}/console/account`);
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Ada King');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    await look('session-ended');
    expect(await dialog.getByRole('textbox', { name: 'E-mail address or login name' }).inputValue()).toBe(ID);
    await dialog.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Code of your authenticator' }).fill(await newCode());
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: /^Account: Ada King/ }).waitFor();
    expect(await name.inputValue()).toBe('Ada King');
  }, 90_000);

  test('changes the password, and the session goes on', async () => {
    await page.getByRole('textbox', { name: 'Current password' }).fill(PASSWORD);
    await page.getByRole('textbox', { name: 'New password' }).fill(NEXT_PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByRole('heading', { name: 'The password is changed' }).waitFor();
    await page.goto(`${base}/console/account/sessions`);
    await page.getByText('This one').waitFor();
  }, 60_000);

  test('confirms with the password where a change needs a fresh sign-in, and the change is made', async () => {
    let asked = 0;
    await page.route('**/api/v1/account/recovery-codes', async (route) => {
      asked += 1;
      if (asked > 1) return route.continue();
      // What the server says once the sign-in is older than a quarter of an hour.
      const problem = {
        type: 'urn:bartizan:refusal:fresh_sign_in_needed',
        title: 'This needs a sign-in of the last few minutes: confirm that it is you',
        status: 403,
        detail: 'confirm that it is you',
        code: 'fresh_sign_in_needed',
      };
      return route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify(problem),
      });
    });
    await page.goto(`${base}/console/account`);
    await page.getByRole('button', { name: 'New recovery codes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await dialog.getByRole('textbox', { name: 'Your password' }).fill('not this one');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('textbox', { name: 'Your password' }).fill(NEXT_PASSWORD);
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    expect(asked).toBe(2);
    await page.getByRole('button', { name: 'I have kept them' }).click();
  }, 60_000);

  test('changes the configuration as text: what is wrong is said, what would change is shown, and it is put in force', async () => {
    await page.goto(`${base}/console/settings`);
    await page.getByRole('heading', { name: 'Exports' }).waitFor();
    await look('settings');
    await page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link', { name: 'Configuration' })
      .click();
    const editor = page.getByRole('textbox', { name: 'Configuration as YAML' });
    await editor.click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('nonsense: 1\n');
    await page.getByRole('button', { name: 'See what would change' }).click();
    await page.getByRole('alert').waitFor();
    await look('configuration-wrong');
    await page.getByRole('button', { name: 'Discard' }).click();
    await editor.click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('organization: Lovelace\n');
    await page.getByRole('button', { name: 'See what would change' }).click();
    await page.getByRole('heading', { name: 'What would change' }).waitFor();
    await page.getByRole('region', { name: 'What would change, line by line' }).waitFor();
    await look('configuration-plan');
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByRole('heading', { name: 'In force' }).waitFor();
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Versions' }).click();
    await page
      .getByRole('region', { name: 'Versions of the configuration' })
      .getByRole('link', { name: '1', exact: true })
      .click();
    await page.getByRole('region', { name: 'Against what is in force now' }).waitFor();
    await look('version');
    await page.getByRole('button', { name: 'Go back to this version' }).click();
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await page.getByText('Version 3, as version 1 was.').waitFor();
  }, 120_000);

  test('invites another, who comes in by the link with no more than the role allows, and removes them by name', async () => {
    await page.goto(`${base}/console/settings/administrators`);
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'E-mail address or login name' }).fill('grace@example.com');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Grace Hopper');
    await look('invite');
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
    const link = await dialog.getByRole('group', { name: 'Link' }).locator('code').innerText();
    await page.keyboard.press('Escape');

    const grace = await openWatched(browser);
    await grace.page.goto(link);
    await grace.page.getByText('Security analyst').waitFor();
    await grace.page.getByRole('textbox', { name: 'Password' }).fill('six red lanterns');
    await grace.page.getByRole('button', { name: 'Begin' }).click();
    await grace.page.getByRole('navigation', { name: 'Main' }).waitFor();
    await grace.page.goto(`${base}/console/settings`);
    await grace.page.getByRole('heading', { name: 'Organization' }).waitFor();
    expect(await grace.page.getByRole('link', { name: 'Administrators' }).count()).toBe(0);
    await grace.page.context().close();

    await page.reload();
    await page.getByRole('link', { name: /Grace Hopper/ }).waitFor();
    await look('administrators');
    await page.getByRole('link', { name: /Grace Hopper/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Grace Hopper' }).waitFor();
    await page.getByRole('button', { name: 'Add a role' }).waitFor();
    await look('administrator');
    await page.getByRole('button', { name: 'Lock out' }).click();
    await page.getByText('Locked out').first().waitFor();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('grace@example.com');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('heading', { name: 'The administrator is removed' }).waitFor();
    expect(await page.getByRole('link', { name: /Grace Hopper/ }).count()).toBe(0);
  }, 90_000);

  test('met no error that nobody meant, and no other host', () => {
    // A refusal is shown by the browser as a failed request: those above were asked for.
    expect(ada.complaints.filter((text) => !/status of (?:401|403|404|422|429)/.test(text))).toEqual([]);
    expect(ada.asked.filter((url) => !url.startsWith(`${base}/`) && !url.startsWith('blob:'))).toEqual([]);
  });
});
