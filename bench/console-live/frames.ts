/** Activity in a real browser: every frame that it draws, every task that is long, and how old the newest row is that it shows. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { median, quantile } from '../figures.ts';

export interface FrameFigures {
  readonly seconds: number;
  readonly framesPerSecond: number;
  /** Seconds with fewer than 57 frames: 60, and three that may fall to the edges of the second. */
  readonly slowSeconds: number;
  /** Frames that were not drawn one after the other, at most. */
  readonly longestGap: number;
  readonly dropped: number;
  readonly longTasks: number;
  readonly longestTaskMs: number;
  /** Undefined where no row is looked at. */
  readonly behind: { readonly p50Ms: number; readonly p95Ms: number; readonly worstMs: number } | undefined;
}

interface Seen {
  readonly frames: readonly number[];
  readonly tasks: readonly number[];
  readonly behind: readonly number[];
}

const FRAME_MS = 1_000 / 60;
const FEWEST = 57;
const SAMPLE_MS = 100;

const WATCH = `(() => {
  const seen = { frames: [], tasks: [], behind: [] };
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration);
  });
  observer.observe({ type: 'longtask' });
  const frame = (at) => { seen.frames.push(at); handle = requestAnimationFrame(frame); };
  let handle = requestAnimationFrame(frame);
  const timer = setInterval(() => {
    const newest = document.querySelector('tbody time')?.dateTime;
    if (newest) seen.behind.push(Date.now() - Date.parse(newest));
  }, ${SAMPLE_MS});
  window.benchEnd = () => {
    cancelAnimationFrame(handle);
    clearInterval(timer);
    observer.disconnect();
    return seen;
  };
})()`;

export async function watchFrames(page: Page, seconds: number, isLive: boolean): Promise<FrameFigures> {
  await page.evaluate(WATCH);
  await sleep(seconds * 1_000);
  const seen = await page.evaluate<Seen>('window.benchEnd()');
  return figuresOf(seen, isLive);
}

function figuresOf({ frames, tasks, behind }: Seen, isLive: boolean): FrameFigures {
  const first = frames[0] ?? 0;
  const seconds = Math.floor(((frames.at(-1) ?? first) - first) / 1_000);
  const counts = Array.from({ length: seconds }, () => 0);
  for (const at of frames) {
    const second = Math.floor((at - first) / 1_000);
    if (second < seconds) counts[second] = (counts[second] ?? 0) + 1;
  }
  const gaps = frames.slice(1).map((at, before) => Math.round((at - (frames[before] ?? at)) / FRAME_MS) - 1);
  return {
    seconds,
    framesPerSecond: median(counts),
    slowSeconds: counts.filter((count) => count < FEWEST).length,
    longestGap: Math.max(0, ...gaps),
    dropped: gaps.reduce((sum, gap) => sum + Math.max(0, gap), 0),
    longTasks: tasks.length,
    longestTaskMs: Math.max(0, ...tasks),
    behind: isLive
      ? { p50Ms: median(behind), p95Ms: quantile(behind, 0.95), worstMs: Math.max(0, ...behind) }
      : undefined,
  };
}
