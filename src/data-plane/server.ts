/** HTTP in: limits of size, time and connections; each address leads to its endpoint, and each endpoint into the pipeline. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { newId } from '../base/ids.ts';
import { asRefusal, Refusal } from '../domain/refusal.ts';
import { createExchange, presentedBy } from './connection.ts';
import type { Endpoint, ModelListing, PathParameters } from './endpoint.ts';
import type { House } from './house.ts';
import { permittedModels } from './model-list.ts';
import { serve } from './pipeline.ts';
import { PROBLEM_CONTENT_TYPE, problemOf } from './problem.ts';
import type { BodyLimits } from './request-body.ts';

export interface ServerOptions {
  readonly house: House;
  readonly endpoints: readonly Endpoint[];
  readonly listings: readonly ModelListing[];
  readonly bodyLimits: BodyLimits;
  readonly headersTimeoutMs: number;
  /** How long a client may take no byte of what is sent to it. */
  readonly stallMs: number;
  /** Requests served at one time; those beyond are refused at once. */
  readonly maxConcurrent: number;
  readonly trustProxy: readonly string[];
  /** Prometheus text of all metrics. */
  readonly metrics: () => Promise<string>;
  /** Rejects while this instance cannot serve. */
  readonly ready: () => Promise<void>;
}

export interface Server {
  /** Resolves to the port. */
  listen(host: string, port: number): Promise<number>;
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
  for (const endpoint of options.endpoints) mount(app, endpoint, options, state);
  for (const listing of options.listings) mountListing(app, listing, options);
  mountOperations(app, options, state);
  answerErrors(app);
  return {
    async listen(host, port) {
      await app.listen({ host, port });
      const address = app.server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
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

function mount(app: FastifyInstance, endpoint: Endpoint, options: ServerOptions, state: ServingState): void {
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
    if (refusal) {
      const { status, body, headers } = endpoint.refusal(refusal, exchange.id);
      exchange.reply.send(
        status,
        { 'content-type': 'application/json', 'retry-after': '1', ...headers },
        JSON.stringify(body),
      );
      return;
    }
    const served = serve(options.house, exchange);
    state.serving.add(served);
    void served.finally(() => state.serving.delete(served));
  };
  for (const path of endpoint.paths) {
    app.route({ method: endpoint.method, url: path, handler });
    app.route({ method: OTHER_METHODS, url: path, handler: refuseMethod(endpoint.method) });
  }
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
