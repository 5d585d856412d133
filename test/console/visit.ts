/** A page of the console at a gateway that runs: its owner signed in, looked at in both themes and widths. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { buildConsole } from '../../scripts/console.ts';
import type { AdministrationScope } from '../../src/domain/administrator.ts';
import { chromiumCommand } from '../chromium.ts';
import { openBrowser as openApi } from '../control-plane/browser.ts';
import { OWNER, OWNER_PASSWORD, startOwned, type Owned } from '../control-plane/owner.ts';
import { barriersOf, openBrowser, openWatched, overflowOf, type Watched } from './browser.ts';

export interface Visit extends Watched {
  readonly house: Owned;
  /** Of the console: `http://127.0.0.1:PORT/console`. */
  readonly base: string;
  /** Without barriers, and not wider than the window in both widths; thoroughly: in both themes. */
  look(name: string, depth?: 'thorough' | 'quick'): Promise<void>;
  /** A page of its own for somebody with another role, over the organization unless told. */
  visitAs(role: string, scope?: AdministrationScope): Promise<Watched>;
  /** A page of its own for nobody yet. */
  open(): Promise<Watched>;
  /** As `look`, at another page than the owner's. */
  lookAt(page: Page, name: string, depth?: 'thorough' | 'quick'): Promise<void>;
  /** What the page complained of, without refusals that were asked for. */
  unexpected(): readonly string[];
  end(): Promise<void>;
}

export async function startVisit(yaml?: string, environment: NodeJS.ProcessEnv = {}): Promise<Visit> {
  buildConsole();
  const house = await startOwned(yaml, environment);
  const path = execFileSync('sh', ['-c', `command -v "${chromiumCommand}"`], { encoding: 'utf8' }).trim();
  const browser: Browser = await openBrowser(path);
  const open = async (): Promise<Watched> => {
    const opened = await openWatched(browser, { viewport: { width: 1_280, height: 900 } });
    opened.page.setDefaultTimeout(15_000);
    return opened;
  };
  const watched = await open();
  const { page } = watched;
  const base = `${house.gateway.url}/console`;
  await signIn(page, base, OWNER);
  return {
    ...watched,
    house,
    base,
    open,
    look: (name, depth = 'thorough') => look(page, name, depth),
    lookAt: (other, name, depth = 'thorough') => look(other, name, depth),
    async visitAs(role, scope = { kind: 'organization' }) {
      const id = `${role}@example.com`;
      const { invitation } = await house.client.call('inviteAdministrator', {
        body: { id, assignments: [{ role, scope }] },
      });
      const other = await open();
      const token = invitation.path.split('#')[1] ?? '';
      const { client } = openApi(house.gateway.url);
      await client.call('acceptInvitation', { body: { token, displayName: role, password: OWNER_PASSWORD } });
      await signIn(other.page, base, id);
      return other;
    },
    unexpected: () =>
      watched.complaints.filter((text) => !/status of (?:401|403|404|409|412|422|429)/.test(text)),
    async end() {
      await browser.close();
      await house.gateway.stop();
    },
  };
}

async function signIn(page: Page, base: string, id: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.getByRole('textbox', { name: 'E-mail address or login name' }).fill(id);
  await page.getByRole('textbox', { name: 'Password' }).fill(OWNER_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

async function look(page: Page, name: string, depth: 'thorough' | 'quick'): Promise<void> {
  const folder = process.env['BARTIZAN_TEST_SCREENSHOTS'];
  // What has been said and goes by itself is not looked at.
  for (const told of await page.getByLabel('Dismiss', { exact: true }).all())
    await told.click({ force: true, timeout: 1_000 }).catch(() => undefined);
  for (const colorScheme of ['light', 'dark'] as const) {
    if (depth === 'quick' && colorScheme === 'dark' && folder === undefined) break;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colors that change on their way are none.
    await page.waitForTimeout(300);
    if (depth === 'thorough' || colorScheme === 'light')
      expect(await barriersOf(page, true), `${name}, ${colorScheme}`).toEqual([]);
    for (const width of [1_280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(100);
      expect(await overflowOf(page), `${name}, ${width} px`).toBe(0);
      if (folder === undefined) continue;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1_280, height: 900 });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
