/** The refusal of a guardrail: as the dialect's error, or as a completion that says it was filtered. */
import type { Guardrail } from '../domain/guardrail.ts';
import { Refusal, REFUSALS } from '../domain/refusal.ts';

export class Blocked extends Refusal {
  readonly as: Guardrail['blockAs'];
  constructor(guardrail: Guardrail) {
    super(
      'content_policy_violation',
      guardrail.message ?? `${REFUSALS.content_policy_violation.title} (${guardrail.id})`,
      {
        status: guardrail.blockStatus,
        guardrail: guardrail.id,
      },
    );
    this.as = guardrail.blockAs;
  }
}
