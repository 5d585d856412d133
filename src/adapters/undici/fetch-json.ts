/** Fetches a small JSON document over the transport, under its guards: discovery documents and key sets of issuers. */
import { DocumentUnusable, type FetchJson } from '../../modules/identity/identity.ts';
import { TransportError, type Transport } from '../../modules/inference/transport.ts';

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 5_000;

export function createFetchJson(transport: Transport): FetchJson {
  return async (url, { allowPrivateNetwork }) => {
    const text = await fetchText(transport, url, allowPrivateNetwork).catch((error: unknown) => {
      throw error instanceof DocumentUnusable
        ? error
        : new DocumentUnusable(reasonOf(error), { cause: error });
    });
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // What the parser says of it quotes it.
      throw new DocumentUnusable('not_json');
    }
  };
}

async function fetchText(transport: Transport, url: string, allowPrivateNetwork: boolean): Promise<string> {
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
  if (answer.status !== 200) throw new DocumentUnusable(`http_${answer.status}`);
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown): string {
  if (error instanceof TransportError) return error.fault;
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'timed_out' : 'failed';
}
