/** The check of the whole log as events: how far it is, and at last what it found. It ends where nobody listens any more. */
import type { z } from 'zod';
import type { logCheckEventSchema } from '../../contract/api/audit.ts';
import type { LogReport } from '../../modules/audit/audit.ts';

export interface CheckOrder {
  readonly from: number;
  readonly isDeep: boolean;
}

/** `onProgress` may throw, which ends it. */
export type CheckLog = (
  order: CheckOrder & { readonly onProgress: (done: number, total: number) => void },
) => Promise<LogReport>;

const TELL_EVERY_MS = 250;

export async function* checkEvents(
  check: CheckLog,
  order: CheckOrder,
  signal: AbortSignal,
): AsyncGenerator<z.output<typeof logCheckEventSchema>> {
  let progress = { done: 0, total: 0 };
  let told = -1;
  const ended = check({
    ...order,
    onProgress(done, total) {
      signal.throwIfAborted();
      progress = { done, total };
    },
  }).then(
    (report) => ({ report }),
    (error: unknown) => ({ error }),
  );
  for (;;) {
    const result = await Promise.race([ended, soon()]);
    if (result === undefined) {
      if (progress.done === told) continue;
      told = progress.done;
      yield { kind: 'progress', ...progress };
    } else if ('error' in result) {
      if (signal.aborted) return;
      throw result.error;
    } else {
      yield { kind: 'report', report: shown(result.report) };
      return;
    }
  }
}

function soon(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), TELL_EVERY_MS).unref());
}

function shown({
  checks,
  ...report
}: LogReport): z.output<(typeof logCheckEventSchema.options)[1]>['report'] {
  return {
    ...report,
    checks: checks.map(({ id, failures, failureCount }) => ({ id, failures: [...failures], failureCount })),
  };
}
