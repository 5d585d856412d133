/** What the bench tells, as a page. */
import { median } from '../figures.ts';
import { QUERIES_PER_SECOND, REPLAYED_AT_ONCE } from './control-load.ts';
import { ratio, type Round, type Slowing } from './slowing.ts';
import type { Stretch } from './tail.ts';

export interface Wish {
  readonly perSecond: number;
  readonly seconds: number;
  readonly rounds: number;
}

const MOST_SLOWED = 0.1;
const LEAST_REACHED = 0.95;
const MOST_BEHIND_MS = 1_000;
const MOST_SLOW_SECONDS = 0.1;

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : '**not met**';
}

function stretchRow({ title, frames, traffic }: Stretch): string {
  const { seconds, framesPerSecond, slowSeconds, longestGap, dropped, longTasks, longestTaskMs, behind } =
    frames;
  const age = behind ? `${number(behind.p50Ms)} / ${number(behind.p95Ms)} / ${number(behind.worstMs)}` : '–';
  const rate = traffic ? number(traffic.answersPerSecond) : '–';
  return `| ${title} | ${rate} | ${number(framesPerSecond)} | ${slowSeconds} of ${seconds} | ${dropped} | ${longestGap} | ${longTasks} (${Math.round(longestTaskMs)} ms) | ${age} |`;
}

function slowingRow(slowing: Slowing): string {
  const { title, alone, busy } = slowing;
  const of = (rounds: readonly Round[], figure: keyof Round) =>
    number(median(rounds.map((round) => round[figure])));
  const pair = (figure: keyof Round) =>
    `${of(alone, figure)} → ${of(busy, figure)} (${ratio(slowing, figure).toFixed(2)} ×)`;
  return `| ${title} | ${pair('answersPerSecond')} | ${pair('p50Ms')} | ${pair('p99Ms')} | ${pair('cores')} | ${pair('microsecondsPerAnswer')} | ${pair('askingCores')} |`;
}

function controlLine({ control }: Slowing): string {
  const rate = (of: (each: Slowing['control'][number]) => number) =>
    number(median(control.map((each) => of(each) / each.seconds)));
  return `${rate(({ rowsTold }) => rowsTold)} rows told one by one and ${rate(({ rowsLeftOut }) => rowsLeftOut)} as a count, ${rate(({ overviews }) => overviews)} overviews, ${rate(({ queries }) => queries)} lists, ${rate(({ replayed }) => replayed)} interactions replayed a second; ${control.reduce((sum, { failures }) => sum + failures, 0)} failures`;
}

/** A pace that is not kept without the control plane either says nothing of it: what waits grows from round to round. */
function hadRoom({ perSecond, alone }: Slowing): boolean {
  const reached = median(alone.map(({ answersPerSecond }) => answersPerSecond));
  return perSecond === undefined || reached >= LEAST_REACHED * perSecond;
}

function targets(tail: readonly Stretch[], slowings: readonly Slowing[]): readonly string[] {
  const live = tail.find(({ frames }) => frames.behind !== undefined)?.frames;
  return [
    ...(live?.behind
      ? [
          `| age of the newest row shown, 95 % of the time | < 1 s | ${number(live.behind.p95Ms)} ms | ${verdict(live.behind.p95Ms < MOST_BEHIND_MS)} |`,
          `| 60 frames a second, but for moments | ≤ 10 % of seconds below | ${live.slowSeconds} of ${live.seconds} | ${verdict(live.slowSeconds <= MOST_SLOW_SECONDS * live.seconds)} |`,
        ]
      : []),
    ...slowings.map((slowing) => {
      const kept = ratio(slowing, 'answersPerSecond');
      const told = hadRoom(slowing) ? verdict(kept >= 1 - MOST_SLOWED) : 'not told: the machine had no room';
      return `| answers per second beside a busy control plane, ${slowing.title} | ≥ 0.9 × | ${kept.toFixed(2)} × | ${told} |`;
    }),
  ];
}

export function pageOf(
  tail: readonly Stretch[],
  slowings: readonly Slowing[],
  { perSecond, seconds, rounds }: Wish,
  machine: readonly (readonly [string, string])[],
): string {
  return `# Bench: the console while traffic comes

Written by \`npm run bench:console-live\`; do not edit. Trust the ratios more than the figures: they depend on the machine, and on what else runs on it.

| what | target | measured | |
| --- | ---: | ---: | ---: |
${targets(tail, slowings).join('\n')}

## Activity in a browser

| | answers/s | frames/s, median | seconds under 60 | frames dropped | one after the other, at most | long tasks (longest) | age of the newest row, ms: median / 95 % / worst |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${tail.map(stretchRow).join('\n')}

## The data plane beside the control plane

Alone → beside a busy control plane (median of the ratios round by round).

| load | answers/s | p50 ms | p99 ms | gateway's processors | gateway's µs per answer | those who ask: processors |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${slowings.map(slowingRow).join('\n')}

${slowings.map((slowing) => `- ${slowing.title}: the control plane gave ${controlLine(slowing)}.`).join('\n')}

## Method

One gateway with everything on (five guardrails on questions and answers, content captured, the record before release), questions and answers of 1 KB, a mock provider. Nothing is pinned and nothing is nice: gateway, provider, load and browser share all processors of the machine, as the scheduler has it.

The browser is a headless Chromium that draws by the processor, so it takes much of it: the first two rows tell what it manages while nothing comes, and while ${perSecond} a second go through the gateway and the page shows none of them. Frames are counted by \`requestAnimationFrame\` for ${seconds} s, a second counts as under 60 where it has fewer than 57; long tasks are those above 50 ms. The age of the newest row is looked at ten times a second: from when its request came to now, so that the answer itself is in it.

The second part has no browser. A client without pages holds the live tail and the overview's stream open, asks for ${QUERIES_PER_SECOND} lists of 50 a second, and replays a draft over the last ${REPLAYED_AT_ONCE.toLocaleString('en')} interactions again and again. What this client takes of the processors is not the gateway's, but is taken from it where none is free: it is in the last column, with what the load itself takes. The gateway's time includes what its threads of low priority take of processors that would idle. ${rounds} rounds of each load, with it and without, in turns.

| machine | |
| --- | --- |
${machine.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}
`;
}
