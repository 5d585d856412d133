/** HTTP in: limits of size, time and connections; each address leads to its endpoint, and each endpoint into the pipeline. */
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { newId } from '../base/ids.ts';
import type { JsonObject } from '../base/json.ts';
import { asRefusal, Refusal } from '../domain/refusal.ts';
import { createExchange, presentedBy } from './connection.ts';
import type { Addressed, Endpoint, ModelListing, PathParameters } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import type { House } from './house.ts';
import { permittedModels } from './model-list.ts';
import { serve } from './pipeline.ts';
import { PROBLEM_CONTENT_TYPE, problemOf } from '../domain/problem.ts';
import { mountLog, type PublishedLog } from './published-log.ts';
import { readBody, type BodyLimits } from './request-body.ts';
import { preserveScan, showScan } from './verdicts/recorded-scans.ts';
import { scanRefusal } from './verdicts/scan-refusal.ts';
import { serveVerdict } from './verdicts/serve-verdict.ts';
import type { VerdictEndpoint } from './verdicts/verdict-endpoint.ts';

export interface ServerOptions {
  readonly house: House;
  readonly endpoints: readonly Endpoint[];
  readonly verdictEndpoints: readonly VerdictEndpoint[];
  readonly listings: readonly ModelListing[];
  readonly bodyLimits: BodyLimits;
  readonly headersTimeoutMs: number;
  /** How long a client may take no byte of what is sent to it. */
  readonly stallMs: number;
  /** Requests served at one time; those beyond are refused at once. */
  readonly maxConcurrent: number;
  readonly trustProxy: readonly string[];
  /** The log for monitors; absent: none of their business. */
  readonly log: PublishedLog | undefined;
  /** What else is reached through this door, and has rules of its own: the control plane. */
  readonly guests: readonly ((app: FastifyInstance) => Promise<void>)[];
  /** Prometheus text of all metrics. */
  readonly metrics: () => Promise<string>;
  /** Rejects while this instance cannot serve. */
  readonly ready: () => Promise<void>;
}

export interface Server {
  /** Resolves to the port. */
  listen(host: string, port: number): Promise<number>;
  /** Where it listens, as somebody on the same machine reaches it; empty before it does. */
  readonly address: string;
  readonly inFlight: number;
  /** Refuses what comes, waits for what is being served until the deadline, then cuts it. */
  drain(deadlineMs: number): Promise<void>;
}

export function createServer(options: ServerOptions): Server {
  const app = Fastify({
    logger: false,
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    // The body's own deadline comes first; this one ends a request whose body nobody reads.
    requestTimeout: options.bodyLimits.timeoutMs + options.headersTimeoutMs + 5_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 512 },
    http: {
      headersTimeout: options.headersTimeoutMs,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
    },
    forceCloseConnections: 'idle',
  });
  app.server.maxConnections = options.maxConcurrent * CONNECTIONS_PER_REQUEST;
  const state = { draining: false, serving: new Set<Promise<void>>() };
  acceptAnyBodyUnread(app);
  for (const endpoint of options.endpoints)
    mount(app, { endpoint, paths: endpoint.paths, serve }, options, state);
  for (const endpoint of options.verdictEndpoints)
    mount(app, { endpoint, paths: [endpoint.path], serve: serveVerdict }, options, state);
  mountRecordedScans(app, options);
  for (const listing of options.listings) mountListing(app, listing, options);
  if (options.log) mountLog(app, options.log);
  mountOperations(app, options, state);
  answerErrors(app);
  return {
    async listen(host, port) {
      for (const guest of options.guests) await guest(app);
      await app.listen({ host, port });
      return addressOf(app)?.port ?? port;
    },
    get address() {
      const at = addressOf(app);
      if (at === undefined) return '';
      const reached = LOOPBACK_OF.get(at.address) ?? at.address;
      return `http://${reached.includes(':') ? `[${reached}]` : reached}:${at.port}`;
    },
    get inFlight() {
      return state.serving.size;
    },
    async drain(deadlineMs) {
      state.draining = true;
      const deadline = new Promise((resolve) => setTimeout(resolve, deadlineMs).unref());
      await Promise.race([Promise.all(state.serving), deadline]);
      app.server.closeAllConnections();
      await Promise.all(state.serving);
      await app.close();
    },
  };
}

/** Every address of the machine has its own among them. */
const LOOPBACK_OF = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

function addressOf(app: FastifyInstance): AddressInfo | undefined {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address : undefined;
}

/** Clients keep connections open between requests. */
const CONNECTIONS_PER_REQUEST = 8;

interface ServingState {
  draining: boolean;
  readonly serving: Set<Promise<void>>;
}

/** The pipeline reads bodies itself, after it knows who is asking. */
function acceptAnyBodyUnread(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
}

/** An address, and who serves what comes to it. */
interface Mounted<At extends Addressed> {
  readonly endpoint: At;
  readonly paths: readonly string[];
  readonly serve: (house: House, exchange: Exchange<At>) => Promise<void>;
}

function mount<At extends Addressed>(
  app: FastifyInstance,
  { endpoint, paths, serve: work }: Mounted<At>,
  options: ServerOptions,
  state: ServingState,
): void {
  const handler = (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    const { raw } = request;
    const path = { ...(request.query as PathParameters), ...(request.params as PathParameters) };
    const exchange = createExchange({
      request: raw,
      response: reply.raw,
      endpoint,
      path,
      address: request.ip,
      limits: options.bodyLimits,
      stallMs: options.stallMs,
    });
    const refusal = atTheDoor(options, state);
    if (refusal) return turnAway(exchange, refusal);
    const served = work(options.house, exchange);
    state.serving.add(served);
    void served.finally(() => state.serving.delete(served));
  };
  for (const path of paths) {
    app.route({ method: 'POST', url: path, handler });
    app.route({ method: OTHER_METHODS, url: path, handler: refuseMethod('POST') });
  }
}

function turnAway({ endpoint, id, reply }: Exchange<Addressed>, refusal: Refusal): void {
  const { status, body, headers } = endpoint.refusal(refusal, id);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  reply.send(status, { 'content-type': 'application/json', 'retry-after': '1', ...headers }, text);
}

/** All methods but POST, which every endpoint takes. */
const OTHER_METHODS = ['GET', 'PUT', 'PATCH', 'DELETE'];

function refuseMethod(allowed: string) {
  return (_request: FastifyRequest, reply: FastifyReply): never => {
    reply.header('allow', allowed);
    throw new Refusal('method_not_allowed');
  };
}

function atTheDoor(
  { maxConcurrent }: ServerOptions,
  { draining, serving }: ServingState,
): Refusal | undefined {
  if (draining) return new Refusal('draining');
  return serving.size >= maxConcurrent ? new Refusal('overloaded') : undefined;
}

function mountListing(app: FastifyInstance, listing: ModelListing, { house }: ServerOptions): void {
  const models = (request: FastifyRequest) => {
    const { key } = request.query as PathParameters;
    return permittedModels(house.snapshot(), presentedBy(request.raw, key), request.ip);
  };
  for (const path of listing.paths) {
    app.get(path, async (request) => listing.list(await models(request)));
    app.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url: path, handler: refuseMethod('GET') });
    app.get(`${path}/*`, async (request) => {
      const { '*': name } = request.params as PathParameters;
      const route = (await models(request)).find(({ model }) => model === name);
      if (!route) throw new Refusal('unknown_model');
      return listing.one(route);
    });
  }
}

/** Reads and one wish: they are not exchanges, so nothing of them streams. */
function mountRecordedScans(app: FastifyInstance, { house, bodyLimits }: ServerOptions): void {
  const url = '/backend/v1/scans/:id';
  const answer =
    (work: (request: FastifyRequest, id: string) => Promise<JsonObject>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<JsonObject | string> => {
      try {
        return await work(request, (request.params as { id: string }).id);
      } catch (error) {
        const { status, body, headers = {} } = scanRefusal(asRefusal(error));
        if (!(error instanceof Refusal)) house.observer.fault('scans', error);
        reply.code(status).headers(headers);
        return body;
      }
    };
  app.get(
    url,
    answer(({ raw }, id) => showScan(house, presentedBy(raw, undefined), id)),
  );
  app.patch(
    url,
    answer(({ raw }, id) =>
      preserveScan(
        house,
        presentedBy(raw, undefined),
        id,
        async () => (await readBody(raw, bodyLimits)).json,
      ),
    ),
  );
  app.route({ method: ['POST', 'PUT', 'DELETE'], url, handler: refuseMethod('GET, PATCH') });
}

function mountOperations(app: FastifyInstance, { metrics, ready }: ServerOptions, state: ServingState): void {
  app.get('/healthz', () => ({ status: 'alive' }));
  app.get('/readyz', async () => {
    if (state.draining) throw new Refusal('draining');
    await ready();
    return { status: 'ready' };
  });
  app.get('/metrics', async (_request, reply) => {
    await reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics());
  });
}

function answerErrors(app: FastifyInstance): void {
  const send = (reply: FastifyReply, refusal: Refusal) =>
    reply
      .code(refusal.status)
      .type(PROBLEM_CONTENT_TYPE)
      .send(JSON.stringify(problemOf(refusal, newId('req'))));
  app.setNotFoundHandler((_request, reply) => send(reply, new Refusal('not_found')));
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    return send(
      reply,
      typeof status === 'number' && status < 500
        ? new Refusal('invalid_request', undefined, { status })
        : asRefusal(error),
    );
  });
}
