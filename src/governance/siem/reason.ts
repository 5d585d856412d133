/** Why something failed, as a short code that may be logged and stored: a message may quote what must not be. */
import { DeadlineError } from '../../base/deadline.ts';
import { SinkError, Unacceptable } from './sink.ts';

const CODE = /^[A-Za-z0-9_.-]{1,64}$/;

export function reasonOf(error: unknown): string {
  if (error instanceof DeadlineError) return 'deadline';
  if (error instanceof SinkError || error instanceof Unacceptable) return safeReason(error.reason);
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? safeReason(error.code) : safeReason(error.name);
}

export function safeReason(reason: string): string {
  return CODE.test(reason) ? reason : 'unknown';
}
