/** One operation at its address: who, may they, what do they ask, is it still the version they saw, do it, check the answer. */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { canonicalJson } from '../base/canonical-json.ts';
import { API_BASE } from '../contract/api/client.ts';
import type { Operation } from '../contract/api/operation.ts';
import type { SignedIn } from '../domain/administrator.ts';
import { Refusal } from '../domain/refusal.ts';
import { SESSION_COOKIE, type Gatekeeper, type Idempotency } from './gatekeeper.ts';
import type { Asking, Download, Redirect, SignedInAsking } from './handler.ts';
import { readAsk } from './read-ask.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { sendEvents } from './send-events.ts';

/** A handler, once its operation's types are left behind. */
export type AnyHandler = (asked: unknown, asking: unknown) => unknown;

export interface Mounting {
  readonly gatekeeper: Gatekeeper;
  readonly idempotency: Idempotency;
  readonly onFault: (where: string, error: unknown, requestId: string) => void;
}

const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;
const MAX_REASON = 2_000;

export function mountOperation(
  app: FastifyInstance,
  name: string,
  operation: Operation,
  handler: AnyHandler,
  mounting: Mounting,
): void {
  app.route({
    method: operation.method,
    url: `${API_BASE}${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
    bodyLimit: operation.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    async handler(request, reply) {
      const asking = await admitted(operation, mounting.gatekeeper, request, reply);
      const asked = readAsk(operation, { path: request.params, query: request.query, body: request.body });
      const work = async () => handler(asked, asking);
      // Events and files are no changes, and cannot be kept to be given again.
      const isKept = !operation.events && !operation.download;
      const given = isKept
        ? await onlyOnce(name, mounting.idempotency, { request, asked, asking }, work)
        : await work();
      return answer(operation, reply, given, asking);
    },
  });
}

async function admitted(
  operation: Operation,
  gatekeeper: Gatekeeper,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Asking | SignedInAsking> {
  const asking = askingOf(operation, request, reply);
  if (operation.permission === 'anyone') return asking;
  const signedIn = await gatekeeper.authenticate({
    cookie: request.cookies[SESSION_COOKIE],
    bearer: bearerOf(request),
  });
  if (request.method !== 'GET') requireOwnPage(signedIn, request);
  const reach =
    operation.permission === 'signed-in'
      ? ({ kind: 'everything' } as const)
      : await gatekeeper.reach(signedIn, operation.permission);
  if (reach.kind === 'nothing')
    throw new Refusal('permission_denied', `your roles do not allow this: it needs ${operation.permission}`);
  if (operation.over === 'organization' && reach.kind !== 'everything')
    throw new Refusal(
      'permission_denied',
      `your roles do not allow this: it needs ${operation.permission} over the whole organization`,
    );
  return { ...asking, signedIn, reach, actor: signedIn.administrator.id };
}

function askingOf(operation: Operation, request: FastifyRequest, reply: FastifyReply): Asking {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return {
    id: request.id,
    address: request.ip,
    origin: `${request.protocol}://${request.host}`,
    reason: reasonOf(request),
    ifMatch: operation.etag === 'needs' ? ifMatchOf(request) : '',
    signal: gone.signal,
    headers: request.headers,
    setHeader: (key, value) => void reply.header(key, value),
  };
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** A cookie comes with whatever page made the browser ask; this comes with a page of ours alone. */
function requireOwnPage({ by, csrf }: SignedIn, { headers }: FastifyRequest): void {
  if (by === 'session' && (csrf === '' || headers['x-bartizan-csrf'] !== csrf))
    throw new Refusal('csrf_missing');
}

function reasonOf({ headers }: FastifyRequest): string | undefined {
  const given = headers['x-bartizan-reason'];
  if (typeof given !== 'string' || given === '') return undefined;
  try {
    return decodeURIComponent(given).slice(0, MAX_REASON);
  } catch (cause) {
    throw new Refusal('invalid_request', 'x-bartizan-reason is not percent-encoded UTF-8', { cause });
  }
}

function ifMatchOf({ headers }: FastifyRequest): string {
  const given = headers['if-match'];
  if (given === undefined) throw new Refusal('etag_missing');
  const tag = /^"([\w-]{1,200})"$/.exec(given)?.[1];
  if (tag === undefined) throw new Refusal('invalid_request', 'if-match must be one etag in double quotes');
  return tag;
}

interface OneRequest {
  readonly request: FastifyRequest;
  readonly asked: unknown;
  readonly asking: Asking | SignedInAsking;
}

function onlyOnce(
  name: string,
  idempotency: Idempotency,
  { request, asked, asking }: OneRequest,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || typeof key !== 'string' || !('signedIn' in asking)) return work();
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw new Refusal('invalid_request', 'idempotency-key must be 1 to 200 visible ASCII characters');
  const digest = createHash('sha256')
    .update(canonicalJson([name, asked, asking.ifMatch]))
    .digest('base64url');
  return idempotency.once({ administrator: asking.signedIn.administrator.id, key, digest }, work);
}

async function answer(
  operation: Operation,
  reply: FastifyReply,
  given: unknown,
  { signal }: Asking,
): Promise<FastifyReply | void> {
  if (operation.events) return sendEvents(reply, SECURITY_HEADERS, given as AsyncIterable<unknown>, signal);
  reply.header('cache-control', 'no-store');
  if (operation.download) {
    const { filename, content } = given as Download;
    return reply
      .type(operation.download)
      .header('content-disposition', `attachment; filename="${filename.replace(/[^\w.-]/g, '_')}"`)
      .send(content);
  }
  if (operation.redirects) return reply.redirect((given as Redirect).location, 303);
  if (!operation.answer) return reply.code(204).send();
  // An answer that its own schema does not describe is a bug, and is told to nobody.
  const body: unknown = operation.answer.parse(given);
  if (operation.etag !== undefined && isTagged(body)) reply.header('etag', `"${body.etag}"`);
  return reply
    .code(operation.status ?? 200)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body));
}

function isTagged(body: unknown): body is { readonly etag: string } {
  return typeof body === 'object' && body !== null && 'etag' in body && typeof body.etag === 'string';
}
