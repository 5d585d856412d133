/** A witness over HTTP (C2SP tlog-witness): one address, with limits on size, time and connections. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withDeadline } from '../../base/deadline.ts';
import type { Witness, WitnessResponse } from '../../tlog/witness.ts';

export interface WitnessServerOptions {
  readonly witness: Witness;
  /** What `GET /` says. */
  readonly about: string;
  /** Each decision of the witness. */
  readonly onAnswer?: (response: WitnessResponse) => void;
  readonly onError: (error: unknown) => void;
  readonly maxBodyBytes?: number;
  /** For a request to arrive, and again for it to be decided. */
  readonly timeoutMs?: number;
}

export interface WitnessServer {
  /** Resolves to the port. */
  listen(host: string, port: number): Promise<number>;
  /** Ends what is being answered; nobody else is let in. */
  close(): Promise<void>;
}

/** A proof of 63 hashes, and a checkpoint with all the signatures that it is likely to have. */
const MAX_BODY_BYTES = 128 * 1024;
const TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 512;
const PLAIN_TEXT = 'text/plain; charset=utf-8';

export function createWitnessServer(options: WitnessServerOptions): WitnessServer {
  const { timeoutMs = TIMEOUT_MS, onError } = options;
  const server = createServer(
    {
      requestTimeout: timeoutMs,
      headersTimeout: timeoutMs,
      connectionsCheckingInterval: Math.min(timeoutMs, 1_000),
      keepAliveTimeout: 60_000,
      maxHeaderSize: 8 * 1024,
    },
    (request, response) => {
      answer(options, request, response).catch((error: unknown) => {
        onError(error);
        if (!response.headersSent) send(response, 500, 'the witness failed\n');
      });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  return {
    async listen(host, port) {
      server.listen(port, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), timeoutMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

async function answer(
  options: WitnessServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url } = request;
  const isAsked = url === '/add-checkpoint';
  if (!isAsked && url !== '/') return send(response, 404, 'there is nothing here\n');
  const allowed = isAsked ? 'POST' : 'GET';
  if (method !== allowed) return send(response, 405, `${allowed} only\n`, { allow: allowed });
  if (!isAsked) return send(response, 200, options.about);
  const body = await read(request, options.maxBodyBytes ?? MAX_BODY_BYTES);
  if (body === 'too_large') return send(response, 413, 'the request is too large\n');
  // The client left.
  if (body === 'cut') return undefined;
  const work = options.witness.addCheckpoint(body);
  const decided = await withDeadline(work, options.timeoutMs ?? TIMEOUT_MS, 'the decision');
  options.onAnswer?.(decided);
  return send(response, decided.status, decided.body, { 'content-type': decided.contentType });
}

function send(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  // What of the body is still to come would be taken for the next request.
  const closing = response.req.complete ? {} : { connection: 'close' };
  response.writeHead(status, {
    'content-type': PLAIN_TEXT,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...closing,
    ...headers,
  });
  response.end(body);
}

async function read(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too_large' | 'cut'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) return 'too_large';
      chunks.push(chunk);
    }
  } catch {
    return 'cut';
  }
  return Buffer.concat(chunks);
}
