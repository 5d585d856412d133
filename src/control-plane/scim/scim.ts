/** SCIM 2.0 (RFC 7643, RFC 7644) below `/scim/v2`: a directory makes, changes and removes accounts. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../../base/ids.ts';
import { parseJson } from '../../base/json.ts';
import { JsonError, type JsonLimits } from '../../base/json-limits.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Provisioning } from '../../governance/provisioning/provisioning.ts';
import type { Gatekeeper } from '../gatekeeper.ts';
import { SECURITY_HEADERS } from '../security-headers.ts';
import { describeService } from './scim-discovery.ts';
import { errorBody, ScimError, scimErrorOf } from './scim-error.ts';
import { mountResource } from './scim-resources.ts';
import { GROUP_SCHEMA, USER_SCHEMA } from './scim-schema.ts';

export interface ScimOptions {
  readonly gatekeeper: Gatekeeper;
  readonly provisioning: Provisioning;
  readonly jsonLimits: JsonLimits;
  readonly onFault: (where: string, error: unknown, requestId: string) => void;
}

export const SCIM_BASE = '/scim/v2';
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const SCIM_TYPE = 'application/scim+json; charset=utf-8';

/** Gives what the server is to be furnished with. */
export function createScim(options: ScimOptions): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    await app.register(
      async (rooms) => {
        takeJson(rooms, options.jsonLimits);
        rooms.addHook('onRequest', async (request, reply) => {
          request.id = newId('req');
          reply.headers({ ...SECURITY_HEADERS, 'cache-control': 'no-store' }).type(SCIM_TYPE);
          actors.set(request, await admitted(options.gatekeeper, request));
        });
        answerErrors(rooms, options);
        describeService(rooms, SCIM_BASE);
        for (const schema of [USER_SCHEMA, GROUP_SCHEMA])
          mountResource(rooms, { schema, base: SCIM_BASE, provisioning: options.provisioning, actorOf });
        rooms.all('/*', () => {
          throw new ScimError(404, 'there is nothing at this address');
        });
      },
      { prefix: SCIM_BASE, bodyLimit: MAX_BODY_BYTES },
    );
  };
}

const actors = new WeakMap<FastifyRequest, string>();

function actorOf(request: FastifyRequest): string {
  const actor = actors.get(request);
  if (actor === undefined) throw new Error('nobody was let in');
  return actor;
}

/** An access token of somebody who may name administrators, over the whole organization: no cookie counts here. */
async function admitted(gatekeeper: Gatekeeper, { headers }: FastifyRequest): Promise<string> {
  const bearer = /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer === undefined) throw new Refusal('missing_credential');
  const signedIn = await gatekeeper.authenticate({ cookie: undefined, bearer });
  const reach = await gatekeeper.reach(signedIn, 'administrators.write');
  if (reach.kind !== 'everything')
    throw new Refusal('permission_denied', 'your roles do not allow this: it needs administrators.write');
  return signedIn.administrator.id;
}

function takeJson(rooms: FastifyInstance, limits: JsonLimits): void {
  rooms.removeAllContentTypeParsers();
  rooms.addContentTypeParser(
    ['application/scim+json', 'application/json'],
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => {
      if (body.length === 0) return undefined;
      try {
        return parseJson(body, limits);
      } catch (cause) {
        if (cause instanceof JsonError) throw new Refusal('invalid_json', cause.message, { cause });
        throw cause;
      }
    },
  );
}

function answerErrors(rooms: FastifyInstance, { onFault }: ScimOptions): void {
  rooms.setErrorHandler((error, request, reply) => {
    const told = toldOf(error);
    if (told.status >= 500) onFault('scim', error, request.id);
    return send(reply, told);
  });
}

/** The framework's own: a body too large, a media type that is not taken. */
function toldOf(error: unknown): ScimError {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new ScimError(status, 'the request cannot be taken in this form', 'invalidSyntax');
  return scimErrorOf(error);
}

function send(reply: FastifyReply, error: ScimError): FastifyReply {
  if (error.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(error.status)
    .type(SCIM_TYPE)
    .send(JSON.stringify(errorBody(error)));
}
