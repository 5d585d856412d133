/** Asks a provider of identities over the transport, under its guards: small answers, no redirects, no private addresses. */
import type { BackChannel } from '../../governance/administrators/administrators.ts';
import type { Transport } from '../../modules/inference/transport.ts';

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 5_000;

export function createGuardedFetch(transport: Transport): BackChannel {
  return async ({ url, method, headers, body }, { allowPrivateNetwork }) => {
    const answer = await transport.send({
      method,
      url,
      headers,
      body,
      signal: AbortSignal.timeout(2 * TIMEOUT_MS),
      timeouts: { connectMs: TIMEOUT_MS, firstByteMs: TIMEOUT_MS, idleMs: TIMEOUT_MS },
      allowPrivateNetwork,
      maxAnswerBytes: MAX_BYTES,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    const hasBody = answer.status !== 204 && answer.status !== 304;
    return new Response(hasBody ? Buffer.concat(chunks) : null, {
      status: answer.status,
      headers: { ...answer.headers },
    });
  };
}
