/** Why something is done, where that has to be said: it goes into the record. */
import { Refusal } from '../domain/refusal.ts';
import type { SignedInAsking } from './handler.ts';

/** @throws Refusal `reason_missing` */
export function actOf({ actor, reason }: SignedInAsking): {
  readonly actor: string;
  readonly reason: string;
} {
  const said = reason?.trim() ?? '';
  if (said === '') throw new Refusal('reason_missing', 'say why, in the header x-bartizan-reason');
  return { actor, reason: said };
}
