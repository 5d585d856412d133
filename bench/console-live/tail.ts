/** Somebody watches Activity in a browser: while nothing comes, while much comes and they have paused, and while it is live. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../test/console/browser.ts';
import { chromiumCommand } from '../../test/chromium.ts';
import { watchFrames, type FrameFigures } from './frames.ts';
import type { LiveHouse } from './house.ts';
import { runTraffic, type TrafficFigures } from './traffic.ts';

export interface Stretch {
  readonly title: string;
  readonly frames: FrameFigures;
  /** Undefined where nothing was sent. */
  readonly traffic: TrafficFigures | undefined;
}

const WARM_UP_S = 4;
const VIEWPORT = { width: 1_440, height: 900 };

export async function measureTail(
  house: LiveHouse,
  perSecond: number,
  seconds: number,
): Promise<readonly Stretch[]> {
  const executable = execFileSync('sh', ['-c', `command -v "${chromiumCommand}"`], {
    encoding: 'utf8',
  }).trim();
  const browser = await openBrowser(executable);
  try {
    const page = await openActivity(browser, house);
    const quiet = {
      title: 'nothing comes',
      frames: await watchFrames(page, seconds, false),
      traffic: undefined,
    };
    await runTraffic(house.contender, perSecond, WARM_UP_S);
    await page.getByRole('button', { name: 'Pause' }).click();
    const paused = await stretch(page, house, perSecond, seconds, 'paused', false);
    await page.getByRole('button', { name: /^Resume/ }).click();
    const live = await stretch(page, house, perSecond, seconds, 'live', true);
    return [quiet, paused, live];
  } finally {
    await browser.close();
  }
}

async function openActivity(browser: Browser, { url, cookies }: LiveHouse): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: VIEWPORT });
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
  const page = await context.newPage();
  await page.goto(`${url}/console/activity`);
  await page.getByText('Live', { exact: true }).waitFor();
  await sleep(1_000);
  return page;
}

/** Rows come for a while before anybody counts. */
async function stretch(
  page: Page,
  { contender }: LiveHouse,
  perSecond: number,
  seconds: number,
  title: string,
  isLive: boolean,
): Promise<Stretch> {
  const traffic = runTraffic(contender, perSecond, seconds + 2 * WARM_UP_S);
  await sleep(WARM_UP_S * 1_000);
  const frames = await watchFrames(page, seconds, isLive);
  const figures = { title: `${perSecond} a second, ${title}`, frames, traffic: await traffic };
  console.error(`${figures.title}: ${JSON.stringify(frames)}`);
  return figures;
}
