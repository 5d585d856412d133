/** The API's OpenAPI 3.1 document, out of the operations' own schemas. */
import { z } from 'zod';
import { REFUSALS, type RefusalCode } from '../../domain/refusal.ts';
import { API_BASE } from './client.ts';
import type { Operation } from './operation.ts';
import { OPERATION_NAMES, OPERATIONS } from './operations.ts';
import { problemSchema } from './problem.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly components: Readonly<Record<string, unknown>>;
}

/** What any operation may be refused for. */
const ALWAYS: readonly RefusalCode[] = ['invalid_request', 'internal', 'overloaded'];
const SIGNED_IN: readonly RefusalCode[] = ['missing_credential', 'expired_credential', 'permission_denied'];
const WITH_BODY: readonly RefusalCode[] = ['invalid_json', 'body_too_large', 'unsupported_media_type'];
const CHANGES: readonly RefusalCode[] = ['record_unavailable', 'csrf_missing', 'idempotency_conflict'];

export function openApiDocument(version: string): OpenApiDocument {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const name of OPERATION_NAMES) {
    const operation: Operation = OPERATIONS[name];
    const methods = (paths[operation.path] ??= {});
    methods[operation.method.toLowerCase()] = describeOperation(name, operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bartizan control plane',
      version,
      description:
        'Everything that the product can do. Sessions of the console authenticate by cookie, programs by an access token.',
    },
    servers: [{ url: API_BASE }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'bartizan_session' },
      },
    },
  };
}

/** A schema as JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function describeOperation(name: string, operation: Operation): JsonSchema {
  const { summary, description, permission, body } = operation;
  return {
    operationId: name,
    tags: [operation.path.split('/')[1]],
    summary,
    description: [description, permissionText(permission)].filter(Boolean).join('\n\n'),
    security: permission === 'anyone' ? [] : [{ token: [] }, { session: [] }],
    parameters: parametersOf(operation),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body, 'input') } },
          },
        }),
    responses: { ...successOf(operation), ...refusalsOf(operation) },
  };
}

function permissionText(permission: Operation['permission']): string {
  if (permission === 'anyone') return 'Open to anyone.';
  return permission === 'signed-in'
    ? 'Open to whoever has signed in.'
    : `Needs the permission \`${permission}\`.`;
}

function parametersOf({ parameters, query, etag, method }: Operation): readonly JsonSchema[] {
  const header = (name: string, required: boolean, description: string): JsonSchema => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  return [
    ...members(parameters).map(({ name, schema }) => ({ name, in: 'path', required: true, schema })),
    ...members(query).map(({ name, schema, required }) => ({ name, in: 'query', required, schema })),
    ...(etag === 'needs'
      ? [header('if-match', true, 'The etag of what is changed, as it was read, in double quotes')]
      : []),
    ...(method === 'POST'
      ? [header('idempotency-key', false, 'The same key twice is one change, and gets the same answer')]
      : []),
  ];
}

interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly schema: unknown;
}

function members(schema: z.ZodObject | undefined): readonly Member[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, member]) => ({
    name,
    required: required.includes(name),
    schema: member,
  }));
}

function successOf({
  answer,
  events,
  download,
  redirects,
  status,
  etag,
}: Operation): Record<string, JsonSchema> {
  const headers = etag === undefined ? {} : { headers: { etag: { schema: { type: 'string' } } } };
  if (events)
    return {
      200: {
        description: 'Server-sent events; the data of each:',
        content: { 'text/event-stream': { schema: schemaOf(events, 'output') } },
      },
    };
  if (download) return { 200: { description: 'The file', content: { [download]: {} } } };
  if (redirects)
    return { 303: { description: 'Elsewhere', headers: { location: { schema: { type: 'string' } } } } };
  if (!answer) return { 204: { description: 'Done', ...headers } };
  return {
    [status ?? 200]: {
      description: 'As asked',
      ...headers,
      content: { 'application/json': { schema: schemaOf(answer, 'output') } },
    },
  };
}

function refusalsOf(operation: Operation): Record<string, JsonSchema> {
  const codes = [
    ...ALWAYS,
    ...(operation.permission === 'anyone' ? [] : SIGNED_IN),
    ...(operation.body ? WITH_BODY : []),
    ...(operation.method === 'GET' ? [] : CHANGES),
    ...(operation.parameters ? (['not_found'] as const) : []),
    ...(operation.etag === 'needs' ? (['etag_missing', 'etag_stale'] as const) : []),
    ...(operation.refusals ?? []),
  ];
  const byStatus = Map.groupBy(new Set(codes), (code) => REFUSALS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map((code) => `\`${code}\`: ${REFUSALS[code].title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}
