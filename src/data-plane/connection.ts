/** An HTTP connection as an exchange: headers in, body when it is asked for, reply with back-pressure. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { newId } from '../base/ids.ts';
import { Refusal } from '../domain/refusal.ts';
import type { PresentedCredentials } from '../modules/identity/identity.ts';
import type { Addressed, PathParameters } from './endpoint.ts';
import type { Exchange, Reply } from './exchange.ts';
import { readBody, type BodyLimits } from './request-body.ts';

/** How long a client may go on sending a body that was refused before its connection is cut. */
const LINGER_MS = 2_000;
/** Made once: an abort without a reason makes an exception with a stack for each request. */
const CLOSED = new Refusal('client_closed');

export interface Arrival<At extends Addressed> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly endpoint: At;
  readonly path: PathParameters;
  readonly address: string;
  readonly limits: BodyLimits;
  /** How long a client may take no byte of what is sent to it. */
  readonly stallMs: number;
}

export function createExchange<At extends Addressed>({
  request,
  response,
  endpoint,
  path,
  address,
  limits,
  stallMs,
}: Arrival<At>): Exchange<At> {
  const at = Date.now();
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(CLOSED);
  });
  return {
    id: newId('req', at),
    at,
    startedMs: performance.now(),
    endpoint,
    path,
    presented: presentedBy(request, path.key),
    address,
    traceparent: header(request, 'traceparent'),
    conversation: header(request, 'x-bartizan-conversation')?.slice(0, 256),
    subject: header(request, 'x-bartizan-subject'),
    signal: gone.signal,
    body: () => readBody(request, limits),
    reply: createReply(request, response, stallMs),
  };
}

export function presentedBy(request: IncomingMessage, queryKey: string | undefined): PresentedCredentials {
  return {
    authorization: authorization(request),
    xApiKey: header(request, 'x-api-key'),
    xGoogApiKey: header(request, 'x-goog-api-key') ?? queryKey,
    assertedPrincipal: header(request, 'x-bartizan-principal'),
  };
}

/** Of most headers, Node joins all values. */
function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.join(', ');
}

const AUTHORIZATION = 'authorization';

/** Node keeps only the first `authorization`, and hiding a second one is no way to refuse it. */
function authorization(request: IncomingMessage): string | undefined {
  const { rawHeaders } = request;
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === AUTHORIZATION.length && name.toLowerCase() === AUTHORIZATION) count++;
  }
  return count > 1 ? request.headersDistinct[AUTHORIZATION]?.join(', ') : request.headers[AUTHORIZATION];
}

function createReply(request: IncomingMessage, response: ServerResponse, stallMs: number): Reply {
  const writePiece = createPieceWriter(response);
  return {
    begun: () => response.headersSent,
    send(status, headers, body) {
      if (response.destroyed) return;
      const isReceiving = !request.complete;
      if (isReceiving) response.setHeader('connection', 'close');
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
      if (!isReceiving) endSoon(response, stallMs, body);
      else {
        response.write(body);
        cutWhereStalled(response, stallMs);
        endLater(request, response);
      }
    },
    begin(headers) {
      if (response.destroyed) return;
      response.writeHead(200, headers);
      response.flushHeaders();
    },
    write(piece) {
      if (piece.length === 0 || response.destroyed || writePiece(piece)) return undefined;
      return drained(response, stallMs);
    },
    end() {
      if (!response.destroyed) endSoon(response, stallMs);
    },
  };
}

/** A piece is held no longer than this for others to leave with it: first tokens are waited for. */
const MAX_HELD_MS = 0.25;

/** Node sends at the end of a turn of the event loop, and a turn goes on as long as there are frames to be scanned. */
function createPieceWriter(response: ServerResponse): (piece: Buffer | string) => boolean {
  let heldSinceMs = 0;
  return (piece) => {
    const nowMs = performance.now();
    if (response.socket?.writableCorked === 0) heldSinceMs = nowMs;
    const isTaken = response.write(piece);
    if (nowMs - heldSinceMs > MAX_HELD_MS) response.socket?.uncork();
    return isTaken;
  };
}

/** A client that stops reading keeps what is written for it in memory, so its connection is cut. */
function endSoon(response: ServerResponse, stallMs: number, body: Buffer | string = ''): void {
  response.end(body);
  if (response.writableLength > 0) cutWhereStalled(response, stallMs);
}

/** Node counts every byte that leaves as progress. */
function cutWhereStalled(response: ServerResponse, stallMs: number): void {
  response.setTimeout(stallMs, () => response.destroy());
}

function drained(response: ServerResponse, stallMs: number): Promise<void> {
  cutWhereStalled(response, stallMs);
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done).setTimeout(0);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
}

/**
 * The client is still sending: what comes is dropped, so that it may read its answer, but not for long. To end the answer
 * is to close the connection, and a connection that is closed with bytes unread is reset (RFC 9112 §9.6): the client
 * could lose the answer.
 */
function endLater(request: IncomingMessage, response: ServerResponse): void {
  const end = () => {
    clearTimeout(timer);
    if (!response.destroyed) response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once('end', end).once('close', end).resume();
}
