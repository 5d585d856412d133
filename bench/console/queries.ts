/** What the console's pages ask, and how long each takes. */
import type { createActivity, InteractionFilter } from '../../src/governance/activity/activity.ts';
import { quantile } from '../figures.ts';

export interface Timed {
  readonly what: string;
  readonly limitMs: number;
  readonly p50Ms: number;
  readonly worstMs: number;
}

const DAY_MS = 86_400_000;
const REPEATS = 5;
const PAGE_LIMIT_MS = 300;
const OVERVIEW_LIMIT_MS = 500;
export const EVERYTHING = { kind: 'everything' } as const;

export type BenchActivity = ReturnType<typeof createActivity>;

const PAGES: readonly (readonly [string, InteractionFilter, string?])[] = [
  ['first page of everything', {}],
  ['everything, oldest first', {}, 'at'],
  ['everything, dearest first', {}, '-cost'],
  ['everything, slowest first', {}, '-latency'],
  ['application', { application: ['application-3'] }],
  ['principal', { principal: 'sub_00000000000000000000000000000031' }],
  ['model', { model: ['claude-5'] }],
  ['provider', { provider: ['openai'] }],
  ['outcome: answered', { outcome: ['answered'] }],
  ['outcome: failed', { outcome: ['failed'] }],
  ['outcome: refused or failed', { outcome: ['refused', 'failed'] }],
  ['action', { action: ['redact', 'mask', 'pseudonymize'] }],
  ['refusal code', { refusal: ['content_policy_violation'] }],
  ['guardrail', { guardrail: ['secrets'] }],
  ['kind of finding', { finding: ['CREDIT_CARD'] }],
  ['policy', { policy: ['contractors'] }],
  ['event', { event: ['stand_in_invented'] }],
  ['streamed', { stream: 'true' }],
  ['not streamed', { stream: 'false' }],
  ['text: part of a name', { text: 'haiku' }],
  ['text: in nothing', { text: 'zzzz' }],
  [
    'text: beginning of an id',
    { text: `req_${(Date.now() - 10 * DAY_MS).toString(16).padStart(12, '0').slice(0, 8)}` },
  ],
  ['at least 3.9 s', { minTotalMs: 3_900 }],
  ['at least an hour: none', { minTotalMs: 3_600_000 }],
  [
    'one hour, ten days ago',
    { fromMs: Date.now() - 10 * DAY_MS, toMs: Date.now() - 10 * DAY_MS + 3_600_000 },
  ],
  ['refused of one application', { application: ['application-3'], outcome: ['refused'] }],
  ['failed, dearest first', { outcome: ['failed'] }, '-cost'],
  ['answered, slowest first', { outcome: ['answered'] }, '-latency'],
  ['dearest of one day', { fromMs: Date.now() - 10 * DAY_MS, toMs: Date.now() - 9 * DAY_MS }, '-cost'],
  [
    'refused of one model, by one guardrail',
    { outcome: ['refused'], model: ['claude-5'], guardrail: ['secrets'] },
  ],
  ['two that never meet', { model: ['gpt-5'], provider: ['google'] }],
];

export async function timedQueries(activity: BenchActivity): Promise<readonly Timed[]> {
  const timed: Timed[] = [];
  for (const [what, filter, sort = '-at'] of PAGES)
    timed.push(
      await time(what, PAGE_LIMIT_MS, () => activity.list({ filter, reach: EVERYTHING, sort, limit: 50 })),
    );
  for (const window of ['1h', '24h', '7d', '30d'] as const)
    for (const application of [undefined, 'application-3'])
      timed.push(
        await time(
          `Overview, ${window}${application === undefined ? '' : ', one application'}`,
          OVERVIEW_LIMIT_MS,
          // A second alone differs: what was answered just now is not answered again.
          (round) => activity.overview({ window, application, reach: EVERYTHING, toMs: Date.now() + round }),
        ),
      );
  return timed;
}

async function time(
  what: string,
  limitMs: number,
  work: (round: number) => Promise<unknown>,
): Promise<Timed> {
  const times: number[] = [];
  for (let round = 0; round < REPEATS; round++) {
    const before = performance.now();
    await work(round);
    times.push(performance.now() - before);
  }
  return { what, limitMs, p50Ms: quantile(times, 0.5), worstMs: Math.max(...times) };
}
