/** What must be true of the person first: consent, training, terms. */
import type { Application } from '../../domain/application.ts';
import type { Principal } from '../../domain/principal.ts';

export interface Gates {
  /** Names of the gates this principal has passed, for policies to look at. */
  passed(principal: Principal): ReadonlySet<string>;
  /** @throws Refusal `gate_closed` naming the gate that this application asks for and this principal has not passed */
  check(principal: Principal, application: Application): void;
}
