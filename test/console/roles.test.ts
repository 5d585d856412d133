/** Each role at each page: what it is shown and offered, that what is not its own is told plainly, and that its own part works. */
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { barriersOf, type Watched } from './browser.ts';
import { ACTS, ROLES, SCREENS, type RoleRow } from './role-table.ts';
import { startRolesHouse, type RolesHouse } from './roles-house.ts';

interface Person extends Watched {
  /** Refusals and errors of the API since they were last taken: `403 /api/v1/…`. */
  takeFailed(): readonly string[];
  /** Nothing is on its way any more, but what never ends. */
  settled(): Promise<void>;
}

const QUIET_MS = 120;

describeWithChromium('in the console', () => {
  let world: RolesHouse;
  const people = new Map<string, Person>();
  /** Layouts that were looked at already. */
  const judged = new Set<string>();

  beforeAll(async () => {
    world = await startRolesHouse();
  }, 180_000);
  afterAll(() => world?.visit.end());

  async function personOf({ role, scope }: RoleRow): Promise<Person> {
    const known = people.get(role);
    if (known !== undefined) return known;
    const person = follow(await world.visit.visitAs(role, scope));
    people.set(role, person);
    return person;
  }
  const pathOf = (screen: string) =>
    `/console/${screen
      .replace('{desk}', world.interactions.desk)
      .replace('{shop}', world.interactions.shop)}`;

  /** As a link leads there: within the page that is loaded. */
  async function go({ page, settled }: Person, screen: string): Promise<string> {
    await page.evaluate<unknown>(
      `document.querySelector('h1').dataset.left = '';
       history.pushState({}, '', ${JSON.stringify(pathOf(screen))});
       dispatchEvent(new PopStateEvent('popstate'));`,
    );
    await page.locator('main h1:not([data-left])').waitFor();
    await settled();
    return stateOf(page);
  }

  async function stateOf(page: Page): Promise<string> {
    const main = page.getByRole('main');
    if (await main.getByText('Your roles do not reach this page').isVisible()) return 'closed';
    if (await main.getByText('It is not here').isVisible()) return 'absent';
    const alerts = await main.getByRole('alert').allInnerTexts();
    return alerts.length === 0 ? 'open' : alerts.join(' ');
  }

  async function offered({ page }: Person, screen: string): Promise<readonly string[]> {
    const acts: Readonly<Record<string, readonly string[]>> = ACTS;
    const main = page.getByRole('main');
    const found: string[] = [];
    for (const name of acts[screen] ?? []) {
      const ways = (['button', 'link', 'textbox'] as const).map((kind) =>
        main.getByRole(kind, { name: new RegExp(`^${name}( \\(required\\))?$`) }).count(),
      );
      if ((await Promise.all(ways)).some((count) => count > 0)) found.push(name);
    }
    return found;
  }

  /** Judged once for each way that it is laid out. */
  async function judge({ page }: Person, screen: string): Promise<void> {
    const layout = await page.evaluate<string>(
      `document.querySelector('main').outerHTML.replace(/>[^<]+</g, '><').replace(/ (id|for|href|aria-[a-z]+|data-[a-z-]+|style)="[^"]*"/g, '')`,
    );
    if (judged.has(layout)) return;
    judged.add(layout);
    expect(await barriersOf(page, true), screen).toEqual([]);
  }

  describe.each(ROLES)('the role $role', (row) => {
    const { role, navigation, closed, absent = [], acts } = row;

    test('has its pages in the navigation, and is told by an address alone what is not', async () => {
      const { page } = await personOf(row);
      const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
      expect(await links.allInnerTexts()).toEqual(navigation);
      const [first] = closed;
      if (first === undefined) return;
      await page.goto(`${world.visit.house.gateway.url}${pathOf(first)}`);
      await page.getByText('Your roles do not reach this page').waitFor();
      await page.getByText(/^It needs .*Whoever administers this house can give you/).waitFor();
    }, 120_000);

    test('opens its screens, is offered its acts, and is told plainly what is not its own', async () => {
      const person = await personOf(row);
      // From elsewhere: whoever is there already goes nowhere.
      await go(person, 'account');
      const before = person.complaints.length;
      person.takeFailed();
      const states: Record<string, string> = {};
      const offers: Record<string, readonly string[]> = {};
      const failed: Record<string, readonly string[]> = {};
      for (const screen of SCREENS) {
        states[screen] = await go(person, screen);
        const offer = await offered(person, screen);
        if (offer.length > 0) offers[screen] = offer;
        const failures = person.takeFailed();
        // That it is not there is what was asked.
        const isMeant =
          absent.some((each) => each === screen) && failures.every((each) => each.startsWith('404 '));
        if (failures.length > 0 && !isMeant) failed[screen] = failures;
        await judge(person, `${role}: ${screen}`);
      }
      expect(states).toEqual(
        Object.fromEntries(
          SCREENS.map((screen) => [
            screen,
            closed.includes(screen) ? 'closed' : absent.includes(screen) ? 'absent' : 'open',
          ]),
        ),
      );
      expect(offers).toEqual(acts);
      expect(failed).toEqual({});
      expect(person.complaints.slice(before).filter((text) => !/status of 404/.test(text))).toEqual([]);
    }, 300_000);
  });
});

function follow(watched: Watched): Person {
  const { page } = watched;
  const underWay = new Set<Request>();
  const failed: string[] = [];
  let quietSince = performance.now();
  const note = (change: (request: Request) => void) => (request: Request) => {
    // What is watched has no end.
    if (/-stream\b/.test(request.url())) return;
    change(request);
    quietSince = performance.now();
  };
  page.on(
    'request',
    note((request) => underWay.add(request)),
  );
  page.on(
    'requestfinished',
    note((request) => underWay.delete(request)),
  );
  page.on(
    'requestfailed',
    note((request) => underWay.delete(request)),
  );
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  return {
    ...watched,
    takeFailed: () => failed.splice(0),
    async settled() {
      await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
      while (underWay.size > 0 || performance.now() - quietSince < QUIET_MS) await page.waitForTimeout(20);
    },
  };
}
