/** Answers of destinations that speak JSON: strangers, so nothing in them is taken for granted. */
import type { z } from 'zod';
import { SinkError, Unacceptable } from '../../governance/siem/sink.ts';

/** @throws SinkError where it is not of this form */
export function answerOf<T>(schema: z.ZodType<T>, body: string): T {
  try {
    return schema.parse(JSON.parse(body));
  } catch (cause) {
    throw new SinkError('nonsense', { cause });
  }
}

/** What a status says by itself. @throws for every one that is no success */
export function assertAccepted(status: number): void {
  if (status >= 200 && status <= 299) return;
  // RFC 9110 §15.5.14: the content is too large; a part of it may be not.
  if (status === 413) throw new Unacceptable('status_413');
  throw new SinkError(`status_${status}`);
}
