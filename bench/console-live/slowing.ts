/** The data plane alone and beside a busy control plane, in turns: what else the machine does slows both alike. */
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../figures.ts';
import { LOADS, measureRound } from '../loads.ts';
import { cpuSeconds } from '../process-figures.ts';
import { startControlLoad, type ControlFigures } from './control-load.ts';
import type { LiveHouse } from './house.ts';
import { runTraffic } from './traffic.ts';

export interface Round {
  readonly answersPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of the gateway, in cores. */
  readonly cores: number;
  /** The same for each answer. */
  readonly microsecondsPerAnswer: number;
  /** Of this process: what asks the data plane, and the control plane's client beside it. */
  readonly askingCores: number;
}

export interface Slowing {
  readonly title: string;
  /** Undefined: as many as it takes. */
  readonly perSecond: number | undefined;
  readonly alone: readonly Round[];
  readonly busy: readonly Round[];
  readonly control: readonly ControlFigures[];
}

const SETTLE_MS = 1_500;

type Measured = Omit<Round, 'microsecondsPerAnswer' | 'askingCores'>;
type Measure = () => Promise<Measured>;

/** As much as it takes: 64 connections, each asking again as soon as it was answered. */
export function saturated({ contender }: LiveHouse, seconds: number): Measure {
  return async () => {
    const { coreShare: cores, ...figures } = await measureRound(contender, LOADS['answers-64'], seconds);
    return { ...figures, cores };
  };
}

export function paced({ contender }: LiveHouse, perSecond: number, seconds: number): Measure {
  return async () => {
    const before = cpuSeconds(contender.process.pid);
    const figures = await runTraffic(contender, perSecond, seconds);
    if (figures.failures > 0) throw new Error(`${figures.failures} requests failed`);
    return { ...figures, cores: (cpuSeconds(contender.process.pid) - before) / seconds };
  };
}

export interface Load extends Pick<Slowing, 'title' | 'perSecond'> {
  readonly measure: Measure;
}

export async function measureSlowing(
  { title, perSecond, measure }: Load,
  house: LiveHouse,
  rounds: number,
): Promise<Slowing> {
  const alone: Round[] = [];
  const busy: Round[] = [];
  const control: ControlFigures[] = [];
  for (let round = 0; round < rounds; round++) {
    // Each is first in every other round.
    for (const isBusy of round % 2 === 0 ? [false, true] : [true, false]) {
      await caughtUp(house);
      const load = isBusy ? startControlLoad(house) : undefined;
      await sleep(SETTLE_MS);
      (isBusy ? busy : alone).push(await measuredRound(measure));
      if (load) control.push(await load.stop());
    }
    console.error(`${title}: ${line(alone.at(-1))} alone, ${line(busy.at(-1))} beside`);
  }
  return { title, perSecond, alone, busy, control };
}

async function measuredRound(measure: Measure): Promise<Round> {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  const measured = await measure();
  const { user, system } = process.cpuUsage(before);
  return {
    ...measured,
    microsecondsPerAnswer: (measured.cores / measured.answersPerSecond) * 1e6,
    askingCores: (user + system) / 1_000 / (performance.now() - startedAt),
  };
}

/** What one round left to be indexed shall not slow the next. */
async function caughtUp({ client }: LiveHouse): Promise<void> {
  for (;;) {
    const { index } = await client.call('getOverview', { query: { window: '1h' } });
    if (index.behindEntries === 0) return;
    await sleep(500);
  }
}

function line(round: Round | undefined): string {
  return round === undefined
    ? '-'
    : `${Math.round(round.answersPerSecond)}/s, p50 ${round.p50Ms.toFixed(1)} ms, p99 ${round.p99Ms.toFixed(1)} ms`;
}

/** The median of the ratios round by round. */
export function ratio({ alone, busy }: Slowing, figure: keyof Round): number {
  return median(busy.map((round, at) => round[figure] / (alone[at]?.[figure] ?? Number.NaN)));
}
