/** How much memory the gateway holds after many requests, against after a tenth of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { requestsFor, type Contender } from './contenders.ts';
import { median } from './figures.ts';
import { runLoop } from './load/closed-loop.ts';
import { residentMegabytes } from './process-figures.ts';

export interface MemoryPoint {
  readonly requests: number;
  readonly megabytes: number;
}

export interface MemoryFigures {
  readonly points: readonly MemoryPoint[];
  /** Memory after all the requests, against after a tenth of them. */
  readonly ratio: number;
  readonly failures: number;
}

const STEPS = 10;
const CONNECTIONS = 64;
const SETTLE_MS = 3_000;
const SAMPLES = 5;
const SAMPLE_EVERY_MS = 400;

/** A process that nobody asked anything before this. */
export async function measureMemory(contender: Contender, requests: number): Promise<MemoryFigures> {
  const points: MemoryPoint[] = [];
  let failures = 0;
  for (let step = 1; step <= STEPS; step++) {
    const result = await runLoop({
      port: contender.process.port,
      connections: CONNECTIONS,
      requests: requestsFor(contender, { model: 'bench-answer', isStreaming: false }),
      isWatchingForToken: false,
      until: { answers: requests / STEPS },
    });
    failures += result.failures;
    points.push({ requests: (requests / STEPS) * step, megabytes: await settledMegabytes(contender) });
  }
  const [first, last] = [points[0], points.at(-1)];
  const ratio = first && last ? last.megabytes / first.megabytes : Number.NaN;
  return { points, ratio, failures };
}

/** At rest, so that what waits for the collector's idle work is not counted as kept. */
async function settledMegabytes({ process }: Contender): Promise<number> {
  await sleep(SETTLE_MS);
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    samples.push(residentMegabytes(process.pid));
    await sleep(SAMPLE_EVERY_MS);
  }
  return median(samples);
}
