/** Calls a provider: retries before the first byte, falls back to the next grant, breaks the circuit, times out. */
import type { Json } from '../../base/json.ts';
import type { ChatRequest, EmbeddingsRequest } from '../../domain/chat.ts';
import type { Dialect, Operation } from '../../domain/dialect.ts';
import type { ClearedPrompt, Grant } from '../../domain/proofs.ts';
import type { RecordedAttempt } from '../../domain/record.ts';
import type { WireAnswer } from './provider.ts';

export interface InferenceAsk {
  readonly operation: Operation;
  readonly dialect: Dialect;
  readonly stream: boolean;
  /** The cleared body in neutral form, for a provider that does not speak the dialect. @throws Refusal */
  readonly toNeutral: (body: Json) => { kind: 'chat'; request: ChatRequest } | { kind: 'embeddings'; request: EmbeddingsRequest };
  /** Aborted when the client goes away: the call upstream is cancelled with it. */
  readonly signal: AbortSignal;
}

export interface Answered {
  /** The grant under which the provider that answered was called. */
  readonly grant: Grant;
  readonly answer: WireAnswer;
  /** Whether the answer is in the client's own dialect, so that its bytes can be forwarded. */
  readonly native: boolean;
  readonly attempts: readonly RecordedAttempt[];
}

export interface Inference {
  /**
   * Tries the grants in order. Resolves once an answer with a status of 2xx has begun.
   * `attempts` is filled also where it throws.
   * @throws Refusal provider_*
   */
  call(grants: readonly Grant[], prompt: ClearedPrompt, ask: InferenceAsk, attempts: RecordedAttempt[]): Promise<Answered>;
}
