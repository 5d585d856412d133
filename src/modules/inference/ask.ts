/** What is asked of inference, beside the prompt. */
import type { Json } from '../../base/json.ts';
import type { ChatRequest, EmbeddingsRequest } from '../../domain/chat.ts';
import type { Dialect, Operation } from '../../domain/dialect.ts';
import type { Grant } from '../../domain/proofs.ts';

export interface InferenceAsk {
  readonly operation: Operation;
  /** The dialect of the prompt; absent where there is none, and it goes to every provider in neutral form. */
  readonly dialect?: Dialect;
  readonly stream: boolean;
  /** The cleared body in neutral form, for a provider that does not speak the dialect. @throws Refusal */
  readonly toNeutral: (
    body: Json,
  ) => { kind: 'chat'; request: ChatRequest } | { kind: 'embeddings'; request: EmbeddingsRequest };
  /** Our own count of the prompt, for a count-tokens request that no provider of the model can answer. */
  readonly countTokens: () => number;
  /** Aborted when the client goes away: the call upstream is cancelled with it. */
  readonly signal: AbortSignal;
  /** Called before the first try of each grant: a fallback is a new route, and its limits hold. @throws Refusal: the next grant is tried */
  readonly enter: (grant: Grant) => Promise<void>;
}
