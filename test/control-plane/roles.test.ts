/** Each role at each operation of the API: who is let in, who is not, and who is asked to sign in first. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_BASE } from '../../src/contract/api/client.ts';
import type { Operation } from '../../src/contract/api/operation.ts';
import { OPERATION_NAMES, OPERATIONS } from '../../src/contract/api/operations.ts';
import { BUILT_IN_ROLES, PERMISSION_NAMES } from '../../src/contract/api/permissions.ts';
import { configurationSchema } from '../../src/contract/configuration.ts';
import type { DecidingEngine } from '../../src/governance/authorization/authorization.ts';
import { serve } from './served.ts';

const tree = configurationSchema.parse({ version: 1, applications: { desk: {}, shop: {} } });
const ROLES = Object.keys(BUILT_IN_ROLES) as (keyof typeof BUILT_IN_ROLES)[];

/** 401, 403, or that it came further. */
async function ask(
  app: FastifyInstance,
  operation: Operation,
  bearer?: string,
): Promise<401 | 403 | 'let in'> {
  const { statusCode } = await app.inject({
    method: operation.method,
    url: `${API_BASE}${operation.path.replace(/\{\w+\}/g, '1')}`,
    headers: {
      'if-match': '"etag"',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
  });
  return statusCode === 401 || statusCode === 403 ? statusCode : 'let in';
}

const operations = OPERATION_NAMES.map((name): [string, Operation] => [name, OPERATIONS[name]]);
const guarded = operations.filter(([, { permission }]) => permission !== 'anyone');

function has(role: keyof typeof BUILT_IN_ROLES, permission: Operation['permission']): boolean {
  return (BUILT_IN_ROLES[role].permissions as readonly string[]).includes(permission);
}

describe('at each operation', () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    ({ app } = await serve({ tree }));
  });
  afterAll(() => app.close());

  test.each(operations)('%s lets in who has its permission, and nobody else', async (_, operation) => {
    const { permission } = operation;
    expect(await ask(app, operation)).toBe(permission === 'anyone' ? 'let in' : 401);
    for (const role of ROLES) {
      const isLetIn = permission === 'anyone' || permission === 'signed-in' || has(role, permission);
      expect([role, await ask(app, operation, role)]).toEqual([role, isLetIn ? 'let in' : 403]);
    }
  });

  test.each(guarded.filter(([, { over }]) => over === 'organization'))(
    '%s is about the organization: a role over one application is not enough',
    async (_, operation) => {
      expect(await ask(app, operation, 'owner@desk')).toBe(403);
    },
  );

  test.each(guarded)('%s is not for a token that is narrowed to something else', async (_, operation) => {
    const { permission } = operation;
    if (permission === 'signed-in' || permission === 'anyone') return;
    const other = PERMISSION_NAMES.find((name) => name !== permission);
    expect(await ask(app, operation, `owner!${other}`)).toBe(403);
    expect(await ask(app, operation, `owner!${permission}`)).toBe('let in');
    // Narrowed to what its administrator may not do: still not.
    if (!has('member', permission)) expect(await ask(app, operation, `member!${permission}`)).toBe(403);
  });
});

const as = (answer: unknown) => answer as ReturnType<DecidingEngine['ask']>;
test.each<[string, DecidingEngine['ask']]>([
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  ['hangs', () => new Promise(() => {})],
  ['returns nonsense', () => as({ decision: 'Allow' })],
])('where Cedar %s, no operation lets an owner in, and no handler is reached', async (_, engine) => {
  const { app, reached } = await serve({ tree, engine: { ask: engine } });
  for (const [name, operation] of guarded) {
    if (operation.permission === 'signed-in') continue;
    expect([name, await ask(app, operation, 'owner')]).toEqual([name, 403]);
  }
  expect(reached).toEqual([]);
  await app.close();
});
