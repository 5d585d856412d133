/** The page that verifies an auditor's kit, opened from disk in a real browser. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { busyHouse, editLines, tamper } from '../../src/modules/audit/kit/testdata/house.ts';
import { describeWithChromium, openPage, type BrowserPage } from '../chromium.ts';

const PAGE = pathToFileURL(
  resolve(import.meta.dirname, '..', '..', 'packs', 'verifier', 'verifier.html'),
).href;
const WAIT_MS = 15_000;

describeWithChromium("the verifier's page", () => {
  let page: BrowserPage;
  let folder: string;
  let key: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bartizan-page-'));
    const house = await busyHouse();
    key = house.log.verifierKey;
    const kit = await house.makeKit({ role: 'full', hasProofs: true });
    await writeFile(join(folder, 'kit.zip'), kit);
    const forged = tamper(kit, (files) =>
      editLines(files, (lines) => lines.filter(({ index }) => index !== 10)),
    );
    await writeFile(join(folder, 'forged.zip'), forged);
    page = await openPage();
    await page.send('Page.enable');
    await page.send('DOM.enable');
  }, 60_000);

  afterAll(async () => {
    await page?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function verify(file: string, trust: string): Promise<void> {
    await page.send('Page.navigate', { url: PAGE });
    await page.until(
      `document.readyState === 'complete' && document.getElementById('kit') !== null`,
      WAIT_MS,
    );
    const { root } = (await page.send('DOM.getDocument')) as { root: { nodeId: number } };
    const { nodeId } = await page.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#kit' });
    await page.send('DOM.setFileInputFiles', { nodeId, files: [join(folder, file)] });
    await page.until(`!document.getElementById('verify').disabled`, WAIT_MS);
    await page.evaluate(
      `document.getElementById('trust').value = ${JSON.stringify(trust)}; document.getElementById('verify').click()`,
    );
    await page.until(`!document.getElementById('result').hidden`, WAIT_MS);
  }

  const textOf = (selector: string) =>
    page.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`);

  test('verifies a kit by a key, and says so in words', async () => {
    await verify('kit.zip', key);
    expect(await textOf('#verdict')).toBe('Verified: 39 entries of log.test/house.');
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('#checks > li')].map((item) => item.className).join()`,
      ),
    ).toBe('passed,passed,passed,passed,skipped,passed,passed,passed,passed,passed');
    expect(await page.evaluate(`document.activeElement.id`)).toBe('result-title');
  });

  test('without a key it says that nothing but inner consistency was checked', async () => {
    await verify('kit.zip', '');
    expect(await textOf('#verdict')).toMatch(/NOT verified against a key/);
  });

  test('names what fails in a forged kit', async () => {
    await verify('forged.zip', key);
    expect(await textOf('#verdict')).toBe('NOT verified: see below what fails.');
    expect(await textOf('#checks')).toMatch(/leaf_missing: .*counter_missing: /s);
  });

  test('finds entries, and shows what they are', async () => {
    await verify('kit.zip', key);
    await page.evaluate(
      `document.getElementById('query').value = '#10'; document.getElementById('search').click()`,
    );
    await page.until(`document.querySelectorAll('#entries details').length === 1`, WAIT_MS);
    expect(await textOf('#entries')).toMatch(/#10 .*"principal"/s);
  });

  test('asks nobody: it has no address to ask', async () => {
    await verify('kit.zip', key);
    const refused = await page.evaluate(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
      fetch('http://127.0.0.1:9/').catch(() => undefined);
    })`);
    expect(refused).toBe('connect-src');
    expect(await page.evaluate(`performance.getEntriesByType('resource').length`)).toBe(0);
  });
});
