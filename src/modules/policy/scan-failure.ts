/** A guardrail whose scanner threw, hung or answered nonsense. */
import type { Guardrail } from '../../domain/guardrail.ts';

export interface ScanFailure {
  readonly guardrail: Guardrail;
  readonly fault: 'threw' | 'timed_out' | 'nonsense';
}
