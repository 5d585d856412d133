/** One attempt at one provider: prepare, send, and read what came as an answer or as a refusal. */
import type { Clock } from '../../base/clock.ts';
import { DeadlineError, withDeadline } from '../../base/deadline.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Pass } from '../../base/circuit.ts';
import { retryAfterMs } from './back-off.ts';
import { discard, readErrorBody } from './error-body.ts';
import type { ConfiguredProvider } from './configured-provider.ts';
import type { ProviderCall, WireAnswer, WireRequest } from './provider.ts';
import { isProviderFailure, isWorthRetrying, refusalOfTransport } from './transport-refusal.ts';
import { TransportError, type Transport, type TransportAnswer } from './transport.ts';
import { watchBody } from './watched-body.ts';

/** What an attempt came to. `again`: this provider; `next`: another candidate; `stop`: the client's own doing. */
export type AttemptResult =
  | { readonly kind: 'answered'; readonly answer: WireAnswer; readonly told: string }
  | {
      readonly kind: 'again' | 'next' | 'stop';
      readonly refusal: Refusal;
      readonly told: string;
      readonly retryAfterMs?: number;
    };

export interface AttemptContext {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** An error's body is worth so long a wait, and no more. */
const ERROR_BODY_TIMEOUT_MS = 5_000;

/** Ends `pass` in every case. @throws whatever is not expected of a provider */
export async function attempt(
  context: AttemptContext,
  target: ConfiguredProvider,
  call: ProviderCall,
  pass: Pass,
): Promise<AttemptResult> {
  try {
    const prepared = target.provider.prepare(call);
    const request = prepared instanceof Promise ? await prepareInTime(prepared, target) : prepared;
    const answer = await exchange(context, target, call, request);
    if (answer.status >= 200 && answer.status < 300) return opened(context, target, call, answer, pass);
    return await refused(context, target, answer, pass);
  } catch (error) {
    return failed(context, error, pass);
  }
}

function prepareInTime(
  prepared: Promise<WireRequest>,
  { timeouts }: ConfiguredProvider,
): Promise<WireRequest> {
  return withDeadline(prepared, timeouts.connectMs + timeouts.firstByteMs, 'preparing the request');
}

function exchange(
  { transport, signal }: AttemptContext,
  target: ConfiguredProvider,
  call: ProviderCall,
  request: WireRequest,
): Promise<TransportAnswer> | TransportAnswer {
  if (target.provider.answerLocally !== undefined)
    return target.provider.answerLocally(call, request, signal);
  const { timeouts, allowPrivateNetwork, maxAnswerBytes } = target;
  const { method, url, headers, body } = request;
  return transport.send({
    method,
    url,
    headers,
    body,
    signal,
    timeouts,
    allowPrivateNetwork,
    maxAnswerBytes,
  });
}

function opened(
  { signal }: AttemptContext,
  target: ConfiguredProvider,
  call: ProviderCall,
  answer: TransportAnswer,
  pass: Pass,
): AttemptResult {
  try {
    const wire = target.provider.open(call, watchBody(answer, pass, signal));
    pass.answered();
    return { kind: 'answered', answer: wire, told: String(answer.status) };
  } catch (error) {
    discard(answer);
    throw error;
  }
}

async function refused(
  { clock, signal }: AttemptContext,
  { provider, timeouts }: ConfiguredProvider,
  answer: TransportAnswer,
  pass: Pass,
): Promise<AttemptResult> {
  const { status, headers } = answer;
  if (status >= 500) pass.failed();
  else pass.answered();
  const body = await readErrorBody(answer, Math.min(timeouts.idleMs, ERROR_BODY_TIMEOUT_MS));
  if (status < 500) pass.ended(true);
  if (signal.aborted) throw signal.reason;
  const refusal = provider.refusal(status, headers, body);
  const waitMs = retryAfterMs(headers, clock.now()) ?? refusal.details.retryAfterMs;
  return {
    kind: afterStatus(status, refusal),
    refusal,
    told: String(status),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  };
}

function afterStatus(status: number, { code }: Refusal): 'again' | 'next' | 'stop' {
  if (status === 408 || status === 429 || status >= 500) return 'again';
  // A redirect is followed nowhere, and credentials are ours: neither is the client's doing.
  if (status < 400 || status === 401 || code === 'provider_misconfigured') return 'next';
  return 'stop';
}

function failed({ signal }: AttemptContext, error: unknown, pass: Pass): AttemptResult {
  if (signal.aborted) {
    pass.abandoned();
    return { kind: 'stop', refusal: new Refusal('client_closed'), told: 'client_closed' };
  }
  if (error instanceof TransportError) {
    if (isProviderFailure(error.fault)) pass.failed();
    else pass.abandoned();
    const kind = isWorthRetrying(error.fault) ? 'again' : 'next';
    return { kind, refusal: refusalOfTransport(error), told: error.fault };
  }
  pass.abandoned();
  if (error instanceof DeadlineError) {
    return {
      kind: 'next',
      refusal: new Refusal('provider_timeout', undefined, { cause: error }),
      told: 'prepare_timeout',
    };
  }
  // Whatever cannot be carried to this provider, or read from it, another may still take.
  if (error instanceof Refusal) return { kind: 'next', refusal: error, told: error.code };
  throw error;
}
