/** Limits and spend through the console: consumption that moves, a budget from form to effect, cost by whom and what. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { startVisit, type Visit } from './visit.ts';

const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o',
  choices: [{ index: 0, message: { role: 'assistant', content: 'ready' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 200_000, completion_tokens: 100_000, total_tokens: 300_000 },
};

function yamlFor(port: number): string {
  return `version: 1
providers:
  priced: { kind: openai, base_url: 'http://127.0.0.1:${port}/v1', allow_private_network: true, credential: { env: MADE_UP } }
models: { gpt-4o: { candidates: [{ provider: priced }] } }
applications: { demo: {} }
policies: { all: { cedar: 'permit (principal, action, resource);' } }
limits:
  each-day: { measure: requests, capacity: 10, window: day, per: application }
  at-once: { measure: concurrent_requests, capacity: 20, per: application }
`;
}

describeWithChromium('limits and spend', () => {
  let visit: Visit;
  let page: Page;
  let provider: Server;
  beforeAll(async () => {
    provider = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(ANSWER));
      });
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    visit = await startVisit(yamlFor((provider.address() as AddressInfo).port), { MADE_UP: 'sk-made-up' });
    ({ page } = visit);
  }, 180_000);
  afterAll(async () => {
    await visit?.end();
    provider?.close();
  });

  async function say(): Promise<number> {
    const response = await fetch(`${visit.house.gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${visit.house.gateway.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'gpt-4o',
        max_tokens: 10,
        messages: [{ role: 'user', content: 'hello' }],
      }),
    });
    await response.text();
    return response.status;
  }

  test('what is used is seen while it is used, and where it leads', async () => {
    expect(await say()).toBe(200);
    await page.goto(`${visit.base}/limits`);
    const limit = page.getByRole('article', { name: 'each-day' });
    await limit.getByText('1 of 10').waitFor();
    for (let index = 0; index < 6; index++) await say();
    await limit.getByText('7 of 10').waitFor();
    const meter = limit.getByRole('meter');
    expect(await meter.getAttribute('aria-valuetext')).toMatch(/^7 of 10, 70 %\. \w+/);
    await visit.look('limits');
  }, 60_000);

  test('a budget is made by its form, refuses what is over it, and is removed by its name', async () => {
    await page.getByRole('link', { name: 'New budget' }).click();
    await page.getByRole('heading', { level: 1, name: 'New budget' }).waitFor();
    await page.getByRole('textbox', { name: /^Name/ }).fill('team');
    await page.getByRole('textbox', { name: 'At most' }).fill('1.5');
    await visit.look('limit-new', 'quick');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const budget = page.getByRole('region', { name: 'Budgets' }).getByRole('article', { name: 'team' });
    await budget.getByText('$1.50 a month, for each application').waitFor();
    expect(await say()).toBe(200);
    expect(await say()).toBe(429);
    await budget.getByText(/^Used up: refused until/).waitFor();
    await visit.look('budget', 'quick');
    await budget.getByRole('link', { name: 'team' }).click();
    await page.getByRole('heading', { level: 1, name: 'team' }).waitFor();
    await page.getByRole('textbox', { name: 'At most' }).fill('100');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('In force as it stands here.').waitFor();
    expect(await say()).toBe(200);
    await visit.look('limit', 'quick');
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('team');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('article', { name: 'each-day' }).waitFor();
    expect(await page.getByRole('article', { name: 'team' }).count()).toBe(0);
  }, 90_000);

  test('what was spent is seen over time, by application and by model', async () => {
    const query = { from: Date.now() - 3_600_000, to: Date.now() + 60_000 };
    await expect
      // Usage is written behind the requests.
      .poll(async () => (await visit.house.client.call('getCost', { query })).totals.costUsd, {
        timeout: 20_000,
      })
      .toBeCloseTo(13.5);
    await page.goto(`${visit.base}/limits/spend?last=24h`);
    const groups = page.getByRole('region', { name: 'Cost by whom or what' });
    // 9 answers of 1.50 dollars each.
    await groups.getByText('$13.50').waitFor();
    await page.locator('.uplot canvas').first().waitFor();
    await visit.look('spend');
    await page
      .getByRole('figure', { name: 'Cost over time', exact: true })
      .getByRole('button', { name: 'As a table' })
      .click();
    await page
      .getByRole('region', { name: 'Cost over time, as a table', exact: true })
      .getByText('$13.50')
      .waitFor();
    await page.getByRole('combobox', { name: 'Grouped' }).click();
    await page.getByRole('option', { name: 'By model' }).click();
    await groups.getByRole('link', { name: 'gpt-4o' }).waitFor();
    const byModel = page.getByRole('figure', { name: 'Cost over time, by model' });
    await byModel.getByRole('button', { name: 'As a table' }).click();
    await byModel.getByRole('columnheader', { name: 'gpt-4o' }).waitFor();
    await byModel.getByText('$13.50').waitFor();
    expect(await groups.getByRole('link', { name: 'gpt-4o' }).getAttribute('href')).toMatch(
      /\/activity\?model=gpt-4o&from=\d+&to=\d+$/,
    );
    await page.getByRole('button', { name: /^Time:/ }).click();
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await page.getByRole('button', { name: 'Time: Last 7 days' }).waitFor();
    await page.goto(`${visit.base}/overview?window=1h`);
    for (const [by, name] of [
      ['application', 'demo'],
      ['model', 'gpt-4o'],
    ] as const) {
      const chart = page.getByRole('figure', { name: `Spend over time, by ${by}` });
      await chart.locator('canvas').waitFor();
      await chart.getByRole('button', { name: 'As a table' }).click();
      await chart.getByRole('columnheader', { name }).waitFor();
      await chart
        .getByText(/^\$[1-9]/)
        .first()
        .waitFor();
      await chart.getByRole('button', { name: 'As a chart' }).click();
    }
    await visit.look('overview-spend');
    expect(visit.unexpected()).toEqual([]);
  }, 120_000);
});
