/** Requests at a steady pace, whether or not answers keep up with it: as people and programs ask, who do not wait for one another. */
import { setTimeout as sleep } from 'node:timers/promises';
import { requestsFor, type Contender } from '../contenders.ts';
import { quantile } from '../figures.ts';
import { openConnection, type Connection } from '../load/connection.ts';
import { LOADS } from '../loads.ts';

export interface TrafficFigures {
  readonly asked: number;
  readonly answersPerSecond: number;
  /** From when a request was due. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

const CONNECTIONS = 32;
const TICK_MS = 5;

export async function runTraffic(
  contender: Contender,
  perSecond: number,
  seconds: number,
): Promise<TrafficFigures> {
  const requests = requestsFor(contender, LOADS['answers-64']);
  const free: Connection[] = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openConnection(contender.process.port)),
  );
  const all = [...free];
  const due: number[] = [];
  const latencies: number[] = [];
  let failures = 0;

  async function ask(connection: Connection, dueAt: number, request: Buffer): Promise<void> {
    const { status } = await connection.ask(request, false);
    if (status === 200) latencies.push(performance.now() - dueAt);
    else failures++;
    free.push(connection);
    send();
  }

  let asked = 0;
  function send(): void {
    while (free.length > 0 && due.length > 0) {
      // In turn: the gateway hangs up on those that nothing comes from.
      const [connection, dueAt] = [free.shift(), due.shift()];
      const request = requests[asked++ % requests.length];
      if (!connection || dueAt === undefined || !request) throw new Error('there is nothing to ask');
      // A connection that breaks is lost to this run, and told.
      void ask(connection, dueAt, request).catch(() => failures++);
    }
  }

  const startedAt = performance.now();
  let planned = 0;
  for (let now = startedAt; now - startedAt < seconds * 1_000; now = performance.now()) {
    const wanted = Math.floor(((now - startedAt) / 1_000) * perSecond);
    for (; planned < wanted; planned++) due.push(startedAt + (planned / perSecond) * 1_000);
    send();
    await sleep(TICK_MS);
  }
  const answered = latencies.length;
  while (free.length + failures < CONNECTIONS && performance.now() - startedAt < (seconds + 10) * 1_000)
    await sleep(TICK_MS);
  for (const connection of all) connection.close();
  return {
    asked,
    answersPerSecond: answered / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    failures,
  };
}
