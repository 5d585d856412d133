/** A provider as one snapshot has it. */
import type { CircuitSettings } from '../../base/circuit.ts';
import type { Provider } from './provider.ts';
import type { Timeouts } from './transport.ts';

export interface ConfiguredProvider {
  readonly id: string;
  readonly provider: Provider;
  readonly timeouts: Timeouts;
  /** Attempts after the first, before the next candidate is tried. */
  readonly retries: number;
  readonly maxAnswerBytes: number;
  readonly allowPrivateNetwork: boolean;
  readonly circuit: CircuitSettings;
}
