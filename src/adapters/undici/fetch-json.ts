/** Fetches a small JSON document over the transport, under its guards: discovery documents and key sets of issuers. */
import type { FetchJson } from '../../modules/identity/identity.ts';
import type { Transport } from '../../modules/inference/transport.ts';

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 5_000;

export function createFetchJson(transport: Transport): FetchJson {
  return async (url, { allowPrivateNetwork }) => {
    const answer = await transport.send({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      body: null,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      timeouts: { connectMs: TIMEOUT_MS, firstByteMs: TIMEOUT_MS, idleMs: TIMEOUT_MS },
      allowPrivateNetwork,
      maxAnswerBytes: MAX_BYTES,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    if (answer.status !== 200) throw new Error(`the document was answered with status ${answer.status}`);
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  };
}
