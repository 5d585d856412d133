/** What policy may look at of an exchange beside principal, action and model, before its content is known. */
import type { Authentication } from '../domain/principal.ts';
import type { Gates } from '../modules/gates/gates.ts';
import type { RequestContext } from '../modules/policy/policy.ts';
import type { Addressed } from './endpoint.ts';
import type { Exchange } from './exchange.ts';

export function contextOf(
  { at, address }: Exchange<Addressed>,
  gates: Gates,
  { principal }: Authentication,
): RequestContext {
  return { nowMs: at, address, labels: new Set<string>(), gates: gates.passed(principal) };
}
