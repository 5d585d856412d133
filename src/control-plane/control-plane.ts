/** The control plane's door: the REST API below `/api/v1`, and the console's files for everything else. */
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { newId } from '../base/ids.ts';
import { parseJson } from '../base/json.ts';
import { JsonError, type JsonLimits } from '../base/json-limits.ts';
import { API_BASE } from '../contract/api/client.ts';
import { OPERATION_NAMES, OPERATIONS } from '../contract/api/operations.ts';
import { PROBLEM_CONTENT_TYPE, problemOf } from '../domain/problem.ts';
import { asRefusal, Refusal } from '../domain/refusal.ts';
import { mountConsole } from './console-files.ts';
import type { Handlers } from './handler.ts';
import { mountOperation, type AnyHandler, type Mounting } from './mount-operation.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

export interface ControlPlaneOptions extends Mounting {
  readonly handlers: Handlers<typeof OPERATIONS>;
  readonly jsonLimits: JsonLimits;
  /** The console as it was built; absent: the API alone. */
  readonly consoleDirectory: string | undefined;
}

/** Gives what the server is to be furnished with. */
export function createControlPlane(options: ControlPlaneOptions): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    await app.register(async (rooms) => {
      await rooms.register(fastifyCookie);
      rooms.addHook('onRequest', async (request, reply) => {
        request.id = newId('req');
        reply.headers(SECURITY_HEADERS);
      });
      takeJson(rooms, options.jsonLimits);
      answerErrors(rooms, options);
      for (const name of OPERATION_NAMES)
        mountOperation(rooms, name, OPERATIONS[name], options.handlers[name] as AnyHandler, options);
      rooms.all(`${API_BASE}/*`, () => {
        throw new Refusal('not_found');
      });
      if (options.consoleDirectory !== undefined) await mountConsole(rooms, options.consoleDirectory);
    });
  };
}

function takeJson(rooms: FastifyInstance, limits: JsonLimits): void {
  rooms.removeAllContentTypeParsers();
  rooms.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => {
      if (body.length === 0) return undefined;
      try {
        return parseJson(body, limits);
      } catch (error) {
        if (error instanceof JsonError) throw new Refusal('invalid_json', error.message, { cause: error });
        throw error;
      }
    },
  );
}

const REFUSAL_OF_STATUS = new Map<number, 'body_too_large' | 'unsupported_media_type' | 'request_timeout'>([
  [408, 'request_timeout'],
  [413, 'body_too_large'],
  [415, 'unsupported_media_type'],
]);

function answerErrors(rooms: FastifyInstance, { onFault }: Mounting): void {
  rooms.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal') onFault('control-plane', error, request.id);
    if (reply.raw.headersSent) return reply.raw.destroy();
    return send(reply, refusal, request.id);
  });
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status !== 'number' || status >= 500) return asRefusal(error);
  return new Refusal(REFUSAL_OF_STATUS.get(status) ?? 'invalid_request', undefined, { cause: error });
}

function send(reply: FastifyReply, refusal: Refusal, requestId: string): FastifyReply {
  const { retryAfterMs, headers } = refusal.details;
  return reply
    .code(refusal.status)
    .headers({
      'cache-control': 'no-store',
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) }),
      ...headers,
    })
    .type(PROBLEM_CONTENT_TYPE)
    .send(JSON.stringify(problemOf(refusal, requestId)));
}
