/** So many connections, each asking again as soon as it was answered, for a time or for a number of requests. */
import { openConnection, type Answer, type Connection } from './connection.ts';

export interface LoopOptions {
  readonly port: number;
  readonly connections: number;
  /** Asked in turn. */
  readonly requests: readonly Buffer[];
  readonly isWatchingForToken: boolean;
  readonly until: { readonly seconds: number } | { readonly answers: number };
}

export interface LoopResult {
  /** Whole answers that came in time, in no particular order. */
  readonly answers: readonly Answer[];
  /** Whole answers that were begun in time and ended later: they count where processor time is shared out. */
  readonly late: readonly Answer[];
  readonly failures: number;
  /** What went wrong, once each. */
  readonly faults: ReadonlySet<string>;
  readonly seconds: number;
}

/** Above this a server is not being measured but broken. */
const MAX_FAILURES = 100;

export async function runLoop(options: LoopOptions): Promise<LoopResult> {
  const { until } = options;
  const answers: Answer[] = [];
  const late: Answer[] = [];
  const faults = new Set<string>();
  let failures = 0;
  let asked = 0;

  function fail(fault: string): void {
    faults.add(fault);
    if (++failures > MAX_FAILURES) throw new Error(`too many requests failed: ${[...faults].join('; ')}`);
  }

  const startedAt = performance.now();
  const deadline = 'seconds' in until ? startedAt + until.seconds * 1_000 : Number.POSITIVE_INFINITY;
  const most = 'answers' in until ? until.answers : Number.POSITIVE_INFINITY;

  async function askOnce(connection: Connection): Promise<boolean> {
    const request = options.requests[asked++ % options.requests.length];
    if (request === undefined) throw new Error('there is nothing to ask');
    try {
      const answer = await connection.ask(request, options.isWatchingForToken);
      if (answer.status !== 200) fail(`status ${answer.status}`);
      else (performance.now() <= deadline ? answers : late).push(answer);
      return true;
    } catch (error) {
      fail(String(error));
      return false;
    }
  }

  async function keepAsking(): Promise<void> {
    let connection = await openConnection(options.port);
    while (performance.now() < deadline && asked < most) {
      if (await askOnce(connection)) continue;
      connection.close();
      connection = await openConnection(options.port);
    }
    connection.close();
  }

  await Promise.all(Array.from({ length: options.connections }, keepAsking));
  const seconds = 'seconds' in until ? until.seconds : (performance.now() - startedAt) / 1_000;
  return { answers, late, failures, faults, seconds };
}
