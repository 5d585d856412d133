/** A guardrail whose scanner threw, hung, answered nonsense, or saw more than can be judged. */
import type { Guardrail } from '../../domain/guardrail.ts';

export interface ScanFailure {
  readonly guardrail: Guardrail;
  readonly fault: 'threw' | 'timed_out' | 'nonsense' | 'too_many';
}
