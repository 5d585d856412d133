/** What people who look at a busy gateway ask of it at once, without a browser: it would take the processor that is measured. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveHouse } from './house.ts';

export interface ControlFigures {
  readonly seconds: number;
  readonly rowsTold: number;
  readonly rowsLeftOut: number;
  readonly overviews: number;
  readonly queries: number;
  readonly replays: number;
  /** Interactions that a draft was replayed over. */
  readonly replayed: number;
  readonly failures: number;
}

export interface RunningControlLoad {
  stop(): Promise<ControlFigures>;
}

export const QUERIES_PER_SECOND = 4;
export const REPLAYED_AT_ONCE = 3_000;

const DRAFT = {
  name: 'draft',
  value: {
    scanner: 'pii',
    kinds: ['EMAIL_ADDRESS', 'PHONE_NUMBER', 'IBAN_CODE'] as string[],
    action: 'block',
  },
} as const;

/** Looked for in turn, as somebody who narrows a list does. */
const QUERIES = [
  {},
  { application: 'bench' },
  { outcome: 'refused' },
  { finding: 'EMAIL_ADDRESS' },
  { model: 'bench-answer', sort: '-latency' },
  { text: 'bench' },
  { sort: '-cost' },
] as const;

export function startControlLoad({ client }: LiveHouse): RunningControlLoad {
  const end = new AbortController();
  const { signal } = end;
  const startedAt = performance.now();
  const counts = {
    rowsTold: 0,
    rowsLeftOut: 0,
    overviews: 0,
    queries: 0,
    replays: 0,
    replayed: 0,
    failures: 0,
  };

  async function again(work: () => Promise<void>): Promise<void> {
    while (!signal.aborted)
      await work().catch(() => {
        if (!signal.aborted) counts.failures++;
      });
  }

  const activities = [
    again(async () => {
      for await (const { items, leftOut } of client.events('watchInteractions', { query: {}, signal })) {
        counts.rowsTold += items.length;
        counts.rowsLeftOut += leftOut;
      }
    }),
    again(async () => {
      for await (const _ of client.events('watchOverview', { query: { window: '24h' }, signal }))
        counts.overviews++;
    }),
    again(async () => {
      const next = sleep(1_000 / QUERIES_PER_SECOND);
      const query = QUERIES[counts.queries++ % QUERIES.length] ?? {};
      await client.call('listInteractions', { query: { ...query, limit: 50 }, signal });
      await next;
    }),
    again(async () => {
      const body = { draft: DRAFT, last: REPLAYED_AT_ONCE };
      let told = 0;
      for await (const { kind, replayed } of client.events('replayGuardrail', { body, signal })) {
        if (kind === 'done') counts.replays++;
        counts.replayed += replayed - told;
        told = replayed;
      }
    }),
  ];
  return {
    async stop() {
      end.abort();
      await Promise.all(activities);
      return { ...counts, seconds: (performance.now() - startedAt) / 1_000 };
    },
  };
}
