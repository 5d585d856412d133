/** What scanners that ask somebody else are given: the guarded transport, the vault, and the configured models. */
import { createTurnstile } from '../base/turnstile.ts';
import type { Transport } from '../modules/inference/transport.ts';
import type {
  ModelQuestion,
  ScannerServices,
  SecretReference,
  ServiceAnswer,
  ServiceRequest,
} from '../modules/scanning/scanner.ts';

/** Exchanges that scanners have open at once, and those that wait for a place. */
const MAX_EXCHANGES = 64;
const MAX_WAITING = 2_000;

export interface ScannerServicesOptions {
  readonly transport: Transport;
  /** @throws Error where the credential is not set */
  readonly secretOf: (reference: SecretReference) => Promise<string>;
  readonly ask: (question: ModelQuestion, signal: AbortSignal) => Promise<string>;
}

/** For one snapshot: a secret is read once, and anew when configuration or secrets change. */
export function createScannerServices({ transport, secretOf, ask }: ScannerServicesOptions): ScannerServices {
  const turnstile = createTurnstile(MAX_EXCHANGES, MAX_WAITING);
  const secrets = new Map<string, Promise<string>>();
  return {
    post(request) {
      const signal = AbortSignal.timeout(request.timeoutMs);
      return turnstile.pass(signal, () => post(transport, request, signal));
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
    ask(question) {
      const signal = AbortSignal.timeout(question.timeoutMs);
      return turnstile.pass(signal, () => ask(question, signal));
    },
  };
}

async function post(
  transport: Transport,
  { url, headers, body, timeoutMs, maxAnswerBytes, allowPrivateNetwork }: ServiceRequest,
  signal: AbortSignal,
): Promise<ServiceAnswer> {
  const answer = await transport.send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body,
    signal,
    timeouts: { connectMs: timeoutMs, firstByteMs: timeoutMs, idleMs: timeoutMs },
    allowPrivateNetwork,
    maxAnswerBytes,
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return { status: answer.status, body: Buffer.concat(chunks).toString('utf8') };
}
