/** What scanners that ask somebody else are given: the guarded transport, the vault, and the models of the request's snapshot. */
import { createBoundedCache } from '../base/bounded-cache.ts';
import { createCircuit, type Circuit } from '../base/circuit.ts';
import type { Clock } from '../base/clock.ts';
import { createTurnstile } from '../base/turnstile.ts';
import { TransportError, type Transport } from '../modules/inference/transport.ts';
import type { ScannerServices, SecretReference } from '../modules/scanning/scanner.ts';
import { jsonHeaders, post } from './post.ts';

/** Exchanges that scanners have open at once, and those that wait for a place. */
const MAX_EXCHANGES = 64;
const MAX_WAITING = 2_000;

/** Who failed so often in a row is left alone for so long: not every request waits for its timeout. */
const CIRCUIT = { failures: 5, openMs: 15_000 };
/** More than a configuration has; a circuit that is forgotten is closed. */
const MAX_CIRCUITS = 10_000;

export interface ScannerServicesOptions {
  readonly transport: Transport;
  /** @throws Error where the credential is not set */
  readonly secretOf: (reference: SecretReference) => Promise<string>;
  readonly clock: Clock;
}

/** For one snapshot: a secret is read once, and anew when configuration or secrets change. */
export function createScannerServices({
  transport,
  secretOf,
  clock,
}: ScannerServicesOptions): ScannerServices {
  const secrets = new Map<string, Promise<string>>();
  const guarded = createGuard(clock);
  return {
    async post(request, { inquiry }) {
      const { url, timeoutMs } = request;
      const startedMs = performance.now();
      let result = 'failed';
      try {
        const answer = await guarded(`post ${timeoutMs} ${url}`, timeoutMs, isServiceFailure, (signal) =>
          post(transport, { ...request, headers: jsonHeaders(request.headers), signal }),
        );
        result = answer.status === 200 ? 'answered' : String(answer.status);
        return answer;
      } catch (error) {
        result = resultOf(error);
        throw error;
      } finally {
        inquiry?.took(result, performance.now() - startedMs);
      }
    },
    secret(reference) {
      const key = JSON.stringify(reference);
      const known = secrets.get(key);
      if (known) return known;
      const value = secretOf(reference);
      secrets.set(key, value);
      value.catch(() => secrets.delete(key));
      return value;
    },
    async ask(question, { inquiry }) {
      if (!inquiry) throw new Error('a model is asked only for the sake of a request');
      const { model, timeoutMs } = question;
      const startedMs = performance.now();
      let isAsked = false;
      // Providers have circuits of their own: what counts here is that an answer takes longer than anybody waits for it.
      try {
        return await guarded(`ask ${timeoutMs} ${model}`, timeoutMs, isNoFailure, (signal) => {
          isAsked = true;
          return inquiry.ask(question, signal);
        });
      } catch (error) {
        if (!isAsked) inquiry.took(resultOf(error), performance.now() - startedMs);
        throw error;
      }
    },
  };
}

class CircuitOpen extends Error {
  constructor() {
    super('who is asked has failed again and again, and is left alone for a while');
  }
}

type Guarded = <T>(
  name: string,
  timeoutMs: number,
  isFailure: (outcome: unknown) => boolean,
  work: (signal: AbortSignal) => Promise<T>,
) => Promise<T>;

/** A place, a deadline and a circuit for each exchange; to run past the deadline is a failure in any case. */
function createGuard(clock: Clock): Guarded {
  const turnstile = createTurnstile(MAX_EXCHANGES, MAX_WAITING);
  const circuits = createBoundedCache<Circuit>(MAX_CIRCUITS);
  const circuitOf = (name: string): Circuit => {
    const circuit = circuits.get(name) ?? createCircuit(clock);
    circuits.set(name, circuit);
    return circuit;
  };
  return (name, timeoutMs, isFailure, work) => {
    const signal = AbortSignal.timeout(timeoutMs);
    return turnstile.pass(signal, async () => {
      const pass = circuitOf(name).enter(CIRCUIT);
      if (!pass) throw new CircuitOpen();
      try {
        const outcome = await work(signal);
        if (isFailure(outcome)) pass.failed();
        else {
          pass.answered();
          pass.ended(true);
        }
        return outcome;
      } catch (error) {
        if (signal.aborted || isFailure(error)) pass.failed();
        else pass.abandoned();
        throw error;
      }
    });
  };
}

const isNoFailure = (): boolean => false;

/** An address that may not be called, and an answer too large, say nothing of whether the service is there. */
function isServiceFailure(outcome: unknown): boolean {
  if (outcome instanceof TransportError)
    return outcome.fault !== 'address_forbidden' && outcome.fault !== 'too_large';
  return (
    typeof outcome === 'object' && outcome !== null && 'status' in outcome && Number(outcome.status) >= 500
  );
}

function resultOf(error: unknown): string {
  if (error instanceof CircuitOpen) return 'circuit_open';
  if (error instanceof TransportError) return error.fault;
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'timed_out' : 'failed';
}
