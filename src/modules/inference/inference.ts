/** Calls a provider: retries before the first byte, falls back to the next grant, breaks the circuit, times out. */
import { systemClock, type Clock } from '../../base/clock.ts';
import { sleep as realSleep } from '../../base/sleep.ts';
import type { ClearedPrompt, Grant } from '../../domain/proofs.ts';
import type { RecordedAttempt } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { InferenceAsk } from './ask.ts';
import type { AttemptResult } from './attempt.ts';
import { bodies, tryCandidate, type CandidateContext, type Progress } from './candidate.ts';
import { createCircuit, type Circuit, type CircuitState } from '../../base/circuit.ts';
import type { ConfiguredProvider } from './configured-provider.ts';
import { countedLocally } from './local-count.ts';
import type { WireAnswer } from './provider.ts';
import type { Transport } from './transport.ts';

export type { InferenceAsk } from './ask.ts';
export type { ConfiguredProvider } from './configured-provider.ts';
export { refusalOfTransport } from './transport-refusal.ts';

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
  call(
    grants: readonly Grant[],
    prompt: ClearedPrompt,
    ask: InferenceAsk,
    attempts: RecordedAttempt[],
  ): Promise<Answered>;
}

export interface ProviderHealth {
  readonly provider: string;
  readonly state: CircuitState;
  readonly consecutiveFailures: number;
}

/** What outlives a snapshot: the circuits, by provider id. */
export interface InferenceRoom {
  withProviders(providers: ReadonlyMap<string, ConfiguredProvider>): Inference;
  /** Of the providers given last, sorted by id. */
  health(): readonly ProviderHealth[];
}

export interface InferenceOptions {
  readonly transport: Transport;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Resolves early when the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export function createInferenceRoom(options: InferenceOptions): InferenceRoom {
  const { transport, clock = systemClock, random = Math.random, sleep = realSleep } = options;
  const circuits = new Map<string, Circuit>();
  let current: ReadonlyMap<string, ConfiguredProvider> = new Map();

  const circuitOf = (id: string): Circuit => {
    const known = circuits.get(id) ?? createCircuit(clock);
    circuits.set(id, known);
    return known;
  };
  return {
    withProviders(providers) {
      current = providers;
      for (const id of circuits.keys()) if (!providers.has(id)) circuits.delete(id);
      return createInference({ transport, clock, random, sleep, circuitOf }, providers);
    },
    health: () =>
      [...current.values()]
        .map(({ id, circuit }) => {
          const known = circuitOf(id);
          const { consecutiveFailures } = known;
          return { provider: id, state: known.state(circuit), consecutiveFailures };
        })
        .sort((a, b) => (a.provider < b.provider ? -1 : 1)),
  };
}

function createInference(
  context: CandidateContext,
  providers: ReadonlyMap<string, ConfiguredProvider>,
): Inference {
  const call: Inference['call'] = async (grants, prompt, ask, attempts) => {
    const progress: Progress = { context, ask, attempts, bodyFor: bodies(prompt, ask), waitedMs: 0 };
    let refusal: Refusal | undefined;
    for (const grant of grants) {
      const target = providers.get(grant.route.providerId);
      if (target === undefined || !target.provider.supports(ask.operation)) continue;
      const result = await tryCandidate(progress, grant, target);
      if (result.kind === 'answered') {
        const native = ask.dialect !== undefined && target.provider.speaks(ask.dialect, ask.operation);
        return { grant, answer: result.answer, native, attempts };
      }
      if (result.kind === 'stop') throw result.refusal;
      refusal = later(refusal, withRetryAfter(result));
    }
    const [first] = grants;
    const { dialect, operation } = ask;
    if (refusal === undefined && operation === 'count_tokens' && first && dialect !== undefined) {
      const answer = countedLocally(dialect, ask.countTokens());
      return { grant: first, answer, native: false, attempts };
    }
    throw refusal ?? new Refusal('unsupported_parameter', 'no provider of this model has this operation');
  };
  return { call };
}

/** The refusal to tell: the last one, but a passing failure rather than that another candidate cannot take the request. */
function later(before: Refusal | undefined, now: Refusal): Refusal {
  return before !== undefined && now.code === 'unsupported_parameter' ? before : now;
}

function withRetryAfter({ refusal, retryAfterMs }: Exclude<AttemptResult, { kind: 'answered' }>): Refusal {
  if (retryAfterMs === undefined || refusal.details.retryAfterMs !== undefined) return refusal;
  const { code, message, status, clientMessage, cause, details } = refusal;
  return new Refusal(code, message, {
    ...details,
    status,
    retryAfterMs,
    ...(clientMessage === undefined ? {} : { clientMessage }),
    ...(cause === undefined ? {} : { cause }),
  });
}
