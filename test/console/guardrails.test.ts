/** A guardrail from its form to its effect on live requests, through the console. */
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { startVisit, type Visit } from './visit.ts';

const YAML = `version: 1
providers: { sim: { kind: simulator } }
models: { small: { candidates: [{ provider: sim }] } }
applications:
  kept: { capture: full }
policies: { all: { cedar: 'permit (principal, action, resource);' } }
guardrails:
  mail: { scanner: pii, action: redact, description: Mail addresses stay here. }
`;
/** Half a million characters: most of a second for the scanner of languages. */
const LONG_TEXT = 'a word about blue birds and other birds that sing. '.repeat(10_000);
const HOSTILE = '<img src=x onerror=alert(1)>\u202ebluebird';

describeWithChromium('guardrails', () => {
  let visit: Visit;
  let page: Page;
  let directory: string;
  /** A thread that has replayed is kept for a while, so that the next replay may have one that is there. */
  const replaying: Worker[] = [];
  const note = (thread: Worker): void => {
    if (thread.threadName === 'replay') replaying.push(thread);
  };
  beforeAll(async () => {
    process.on('worker', note);
    directory = await mkdtemp(join(tmpdir(), 'bartizan-guardrails-'));
    visit = await startVisit(YAML);
    ({ page } = visit);
  }, 180_000);
  afterAll(async () => {
    process.off('worker', note);
    await visit?.end();
    await rm(directory, { recursive: true, force: true });
  });

  async function say(content: string): Promise<number> {
    const response = await fetch(`${visit.house.gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${visit.house.gateway.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'small', messages: [{ role: 'user', content }] }),
    });
    await response.text();
    return response.status;
  }

  test('are listed and found', async () => {
    await page.goto(`${visit.base}/guardrails`);
    const list = page.getByRole('region', { name: 'Guardrails' });
    await list.getByRole('link', { name: 'mail' }).waitFor();
    await visit.look('guardrails');
    await page.getByRole('searchbox', { name: 'Search guardrails' }).fill('nowhere');
    await page.getByText('No guardrail matches').waitFor();
  }, 60_000);

  test('are drawn from the schema of a scanner, and tried while one types', async () => {
    await page.goto(`${visit.base}/guardrails/new`);
    await page.getByRole('list', { name: 'Scanners' }).waitFor();
    await visit.look('guardrail-scanners', 'quick');
    await page.getByRole('button', { name: /^Keywords/ }).click();
    await page.getByRole('textbox', { name: 'Name (required)', exact: true }).fill('project');
    const lists = page.getByRole('group', { name: 'Lists' }).first();
    await lists.getByRole('textbox', { name: 'New name' }).fill('birds');
    await lists.getByRole('button', { name: 'Add' }).click();
    await lists.getByRole('textbox', { name: /^birds/ }).fill('bluebird\nnightingale');
    await page.getByRole('radio', { name: /^Block/ }).click();
    await page.getByRole('textbox', { name: 'What the person is told' }).fill('Ask Ada about bluebird.');

    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(HOSTILE);
    const outcome = page.getByRole('region', { name: 'What the draft does with it' });
    await outcome.getByText('Nothing: it is blocked.').waitFor();
    await outcome.locator('mark', { hasText: 'bluebird' }).waitFor();
    expect(await outcome.innerHTML()).not.toContain('<img');
    expect(await outcome.locator('mark').innerText()).toContain('birds');
    await visit.look('guardrail-new');
  }, 60_000);

  test('are tried on a file', async () => {
    const file = join(directory, 'rows.jsonl');
    const rows = [
      { id: 1, text: 'bluebird', expect: 'block' },
      { id: 2, text: 'nothing', expect: 'allow' },
      { id: 3, text: 'missed', expect: 'block' },
    ];
    await writeFile(file, [...rows.map((row) => JSON.stringify(row)), 'broken'].join('\n'));
    await page.getByRole('tab', { name: 'A file' }).click();
    await page.locator('input[type=file]').setInputFiles(file);
    const counts = page.getByRole('region', { name: 'What became of the rows' });
    await counts.waitFor();
    expect((await counts.innerText()).replaceAll('\n', ' ')).toMatch(/Blocked\s+1/);
    await page.getByRole('region', { name: 'Against what was expected' }).waitFor();
    await page.getByText('Line 4: not JSON').waitFor();
    await visit.look('guardrail-file', 'quick');
  }, 60_000);

  test('are not tried on a file of 500 MB, and go on with the next', async () => {
    const file = join(directory, 'huge.jsonl');
    await writeFile(file, '');
    await truncate(file, 500 * 1024 ** 2);
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText(/huge\.jsonl is longer than 8,000,000 characters/).waitFor();
    await page.locator('input[type=file]').setInputFiles(join(directory, 'rows.jsonl'));
    await page.getByText('Line 4: not JSON').waitFor();
  }, 60_000);

  test('are replayed over what was recorded before they are published', async () => {
    for (let index = 0; index < 3; index++) await say('a word about bluebird');
    await say('the weather');
    await page.getByRole('tab', { name: 'Replay' }).click();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    const result = page.getByRole('region', { name: 'Result of the replay' });
    await result.getByText(/^4 of 4 interactions replayed/).waitFor();
    const records = result.getByRole('region', { name: 'Records that would change' });
    expect(await records.getByRole('link', { name: /^req_/ }).count()).toBe(3);
    await visit.look('guardrail-replay', 'quick');
  }, 60_000);

  test('go from shadow to enforcement, and back to what they were', async () => {
    await page.getByRole('button', { name: 'Publish in shadow' }).click();
    await page.getByRole('heading', { level: 1, name: 'project' }).waitFor();
    expect(await say('bluebird')).toBe(200);
    await page.getByRole('radio', { name: /^Canary/ }).check({ force: true });
    await page.getByRole('button', { name: 'Publish for 10 %' }).click();
    await page.getByText('In force now: Canary, 10 %').waitFor();
    await page.getByRole('radio', { name: /^Enforce/ }).check({ force: true });
    await page.getByRole('button', { name: 'Publish and enforce' }).click();
    await page.getByText('In force now: Enforced').waitFor();
    expect(await say('bluebird')).toBe(400);
    await visit.look('guardrail');

    await page.getByRole('tab', { name: 'Versions' }).click();
    const versions = page.getByRole('list', { name: 'Versions of this guardrail' });
    await versions.getByRole('button').nth(2).waitFor();
    expect(await versions.getByRole('button').count()).toBe(3);
    await versions.getByRole('button', { name: /Shadow/ }).click();
    await page.getByRole('region', { name: /against what is in force/ }).waitFor();
    await visit.look('guardrail-versions', 'quick');
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go back to it' }).click();
    await page.getByText('In force now: Shadow').waitFor();
    expect(await say('bluebird')).toBe(200);
  }, 90_000);

  test('show what somebody else changed meanwhile, and keep one’s own text', async () => {
    await page.goto(`${visit.base}/guardrails/project`);
    const description = page.getByRole('textbox', { name: 'Description' });
    await description.fill('mine');
    const { client } = visit.house;
    const path = { name: 'project' };
    const { etag, value } = await client.call('getGuardrail', { path });
    await client.call('changeGuardrail', {
      path,
      ifMatch: etag,
      body: { value: { ...value, timeout_ms: 1_234 } },
    });
    await page.getByRole('button', { name: 'Publish in shadow' }).click();
    const notice = page.getByRole('region', { name: 'Changed meanwhile' });
    await notice.getByText('1234').first().waitFor();
    await visit.look('guardrail-stale', 'quick');
    expect(await description.inputValue()).toBe('mine');
    await notice.getByRole('button', { name: 'Keep my text' }).click();
    await page.getByRole('button', { name: 'Publish in shadow' }).click();
    await page.getByText('In force as it stands here.').waitFor();
    expect((await client.call('getGuardrail', { path })).value.description).toBe('mine');
  }, 60_000);

  test('have an address of their own even where it is a word of the console', async () => {
    const { client } = visit.house;
    const value = { scanner: 'pii', action: 'flag', description: 'Not a form.' } as const;
    for (const name of ['new', 'team/new']) {
      await client.call('createGuardrail', { body: { name, value } });
      await page.goto(`${visit.base}/guardrails`);
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    }
    await page.goto(`${visit.base}/guardrails/new`);
    await page.getByRole('heading', { level: 1, name: 'New guardrail' }).waitFor();
  }, 60_000);

  test('are no longer replayed once one has given it up, and one is told', async () => {
    for (let index = 0; index < 12; index++) await say(LONG_TEXT);
    await page.goto(`${visit.base}/guardrails/new?scanner=language`);
    await page.getByRole('tab', { name: 'Replay' }).click();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByRole('progressbar', { name: 'Replaying' }).waitFor();
    // A thread of an earlier replay has ended by then, or is the one that is lent again.
    await expect.poll(() => replaying.at(-1)?.threadId ?? -1, { timeout: 10_000 }).not.toBe(-1);
    let endedAt = 0;
    replaying.at(-1)?.once('exit', () => (endedAt = Date.now()));
    await visit.look('guardrail-replaying', 'quick');
    expect(endedAt).toBe(0);
    // By the browser's own clock, which is this machine's: what it takes to find the button does not count.
    await page.evaluate(
      "document.addEventListener('click', () => { globalThis.clickedAt = Date.now(); }, { capture: true, once: true })",
    );
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const givenUpAt = await page.evaluate<number>('globalThis.clickedAt');
    await page.getByText('Cancelled: nothing was changed.').waitFor();
    await expect.poll(() => endedAt, { timeout: 5_000 }).not.toBe(0);
    expect(endedAt - givenUpAt).toBeLessThan(1_000);
    expect(await page.getByRole('progressbar', { name: 'Replaying' }).count()).toBe(0);
    await visit.look('guardrail-replay-cancelled', 'quick');
  }, 90_000);

  test('are removed once their name is typed', async () => {
    await page.goto(`${visit.base}/guardrails/project`);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Remove', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('project');
    await confirm.click();
    await page.getByRole('heading', { level: 1, name: 'Guardrails' }).waitFor();
    expect(await page.getByRole('link', { name: 'project' }).count()).toBe(0);
    expect(visit.unexpected()).toEqual([]);
  }, 60_000);

  test('to an auditor they are shown, like models and limits, and nothing there changes anything', async () => {
    const { page: theirs, complaints } = await visit.visitAs('auditor');
    await theirs.goto(`${visit.base}/guardrails`);
    await theirs.getByRole('link', { name: 'mail' }).click();
    await theirs.getByText('No test bench').waitFor();
    expect(await theirs.getByRole('radio', { name: /^Enforce/ }).isDisabled()).toBe(true);
    expect(await theirs.getByRole('textbox', { name: 'Description' }).isDisabled()).toBe(true);
    for (const [path, seen] of [
      ['guardrails', 'mail'],
      ['guardrails/mail', 'Test bench'],
      ['models', 'small'],
      ['models/model/small', 'Answered by'],
      ['limits', 'Nothing is limited'],
    ] as const) {
      await theirs.goto(`${visit.base}/${path}`);
      await theirs.getByRole('main').getByText(seen, { exact: true }).first().waitFor();
      const acts = theirs.getByRole('main').getByRole('button', { name: /Publish|Remove$|Stop|Try|Resume/ });
      expect(await acts.count(), path).toBe(0);
      expect(await theirs.getByRole('link', { name: /^New/ }).count(), path).toBe(0);
    }
    expect(complaints).toEqual([]);
  }, 60_000);
});
