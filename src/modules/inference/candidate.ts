/** One candidate: attempts with waits between them, until it answers or the next one is due. */
import type { Clock } from '../../base/clock.ts';
import type { Json } from '../../base/json.ts';
import type { ClearedPrompt, Grant } from '../../domain/proofs.ts';
import type { RecordedAttempt } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { attempt, type AttemptResult } from './attempt.ts';
import { backOffMs } from './back-off.ts';
import type { InferenceAsk } from './ask.ts';
import type { Circuit } from '../../base/circuit.ts';
import type { ConfiguredProvider } from './configured-provider.ts';
import type { ProviderBody, ProviderCall } from './provider.ts';
import type { Transport } from './transport.ts';

/** A provider that asks for more patience than this is left for the next one. */
const LONGEST_RETRY_AFTER_MS = 20_000;
/** All waits between the attempts of one call, together. */
const LONGEST_WAIT_MS = 60_000;

export interface CandidateContext {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly circuitOf: (providerId: string) => Circuit;
}

/** One call as it goes on: shared by its candidates. */
export interface Progress {
  readonly context: CandidateContext;
  readonly ask: InferenceAsk;
  readonly attempts: RecordedAttempt[];
  readonly bodyFor: (target: ConfiguredProvider) => ProviderBody;
  waitedMs: number;
}

export async function tryCandidate(
  progress: Progress,
  grant: Grant,
  target: ConfiguredProvider,
): Promise<AttemptResult> {
  const { context, ask, attempts } = progress;
  const { route } = grant;
  const record = (result: string, sinceMs: number): void => {
    const durationMs = context.clock.now() - sinceMs;
    attempts.push({ provider: route.providerId, model: route.providerModel, result, durationMs });
  };
  const circuit = context.circuitOf(target.id);
  let call: ProviderCall | Refusal | undefined;
  for (let retry = 0; ; retry++) {
    const sinceMs = context.clock.now();
    if (ask.signal.aborted) return clientClosed();
    const pass = circuit.enter(target.circuit);
    if (pass === undefined) {
      record('circuit_open', sinceMs);
      return circuitOpen(circuit.waitMs(target.circuit));
    }
    let result: AttemptResult;
    try {
      call ??= await enter(progress, grant, target);
      result =
        call instanceof Refusal
          ? { kind: 'next', refusal: call, told: call.code }
          : await attempt({ ...context, signal: ask.signal }, target, call, pass);
    } finally {
      // Does nothing where the attempt has said how it went.
      pass.abandoned();
    }
    record(result.told, sinceMs);
    if (result.kind !== 'again') return result;
    if (retry >= target.retries || !(await hasWaited(progress, retry, result.retryAfterMs))) {
      return { ...result, kind: 'next' };
    }
  }
}

/** What is asked of this candidate, once its limits have let it in; or why it cannot be asked. */
async function enter(
  { ask, bodyFor }: Progress,
  grant: Grant,
  target: ConfiguredProvider,
): Promise<ProviderCall | Refusal> {
  try {
    const body = bodyFor(target);
    await ask.enter(grant);
    return { operation: ask.operation, model: grant.route.providerModel, stream: ask.stream, body };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The body once for each form, however many candidates take it. */
export function bodies(
  prompt: ClearedPrompt,
  ask: InferenceAsk,
): (target: ConfiguredProvider) => ProviderBody {
  const { dialect, operation } = ask;
  let neutral: ProviderBody | undefined;
  const toNeutral = (json: Json): ProviderBody => (neutral ??= ask.toNeutral(json));
  if (dialect === undefined) return () => toNeutral(prompt.body);
  const native: ProviderBody = { kind: 'native', dialect, json: prompt.body, bytes: prompt.untouched };
  return ({ provider }) => (provider.speaks(dialect, operation) ? native : toNeutral(prompt.body));
}

/** Waits before the next attempt; false where it would be too long, or was cut short. */
async function hasWaited(
  progress: Progress,
  retry: number,
  retryAfterMs: number | undefined,
): Promise<boolean> {
  const { context, ask } = progress;
  const jitterMs = backOffMs(retry, context.random);
  if (retryAfterMs !== undefined && retryAfterMs > LONGEST_RETRY_AFTER_MS) return false;
  const waitMs = retryAfterMs === undefined ? jitterMs : Math.max(retryAfterMs, jitterMs);
  if (progress.waitedMs + waitMs > LONGEST_WAIT_MS) return false;
  progress.waitedMs += waitMs;
  await context.sleep(waitMs, ask.signal);
  return true;
}

function clientClosed(): AttemptResult {
  return { kind: 'stop', refusal: new Refusal('client_closed'), told: 'client_closed' };
}

function circuitOpen(waitMs: number): AttemptResult {
  const message = 'the provider has failed repeatedly and is left alone for a while';
  return {
    kind: 'next',
    refusal: new Refusal('provider_unavailable', message),
    told: 'circuit_open',
    retryAfterMs: waitMs,
  };
}
