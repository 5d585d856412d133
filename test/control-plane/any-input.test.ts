/**
 * Every operation of the API with inputs that its own document allows, and with inputs that it does not: whatever comes, the
 * answer is of a class that the document names, in the form that it describes, and never a failure of ours.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_BASE } from '../../src/contract/api/client.ts';
import type { Operation } from '../../src/contract/api/operation.ts';
import { OPERATION_NAMES, OPERATIONS } from '../../src/contract/api/operations.ts';
import { problemSchema } from '../../src/contract/api/problem.ts';
import type { OpenApiDocument } from '../../src/contract/api/openapi.ts';
import { anythingBut, arbitraryOf, type Schema } from './arbitrary.ts';
import { startOwned, type Owned } from './owner.ts';

/** What ends the session that all others need, or the house itself. */
const LEFT_OUT = new Set<string>(['signOut', 'endOtherSessions', 'changePassword']);
const RUNS = Number(process.env['BARTIZAN_FUZZ_RUNS'] ?? 8);

let house: Owned;
let document: OpenApiDocument;
let csrf = '';
beforeAll(async () => {
  house = await startOwned();
  ({ csrf } = await house.client.call('getSession'));
  document = (await house.client.call('getOpenApi')) as unknown as OpenApiDocument;
});
afterAll(() => house.gateway.stop());

interface Described {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, unknown>>;
}

function described({ path, method }: Operation): Described {
  return document.paths[path]?.[method.toLowerCase()] as unknown as Described;
}

interface Input {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly ifMatch: string;
}

function inputs(operation: Operation, isValid: boolean): fc.Arbitrary<Input> {
  const { parameters, requestBody } = described(operation);
  const form = isValid ? arbitraryOf : anythingBut;
  const of = (place: string) =>
    fc.record(
      Object.fromEntries(
        parameters.filter((each) => each.in === place).map(({ name, schema }) => [name, form(schema)]),
      ),
    );
  const schema = requestBody?.content['application/json'].schema;
  return fc.record({
    path: of('path'),
    query: of('query'),
    body: schema === undefined ? fc.constant(undefined) : form(schema),
    ifMatch: fc.constantFrom('"etag"', '"x"', 'broken', ''),
  });
}

async function ask(operation: Operation, { path, query, body, ifMatch }: Input): Promise<Response> {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(wellFormed(path[name]) || 'x'),
  );
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, wellFormed(value)] as [string, string]],
    ),
  );
  return house.browser.fetch(`${API_BASE}${filled}?${search.toString()}`, {
    method: operation.method,
    signal: AbortSignal.timeout(20_000),
    headers: {
      'x-bartizan-csrf': csrf,
      'x-bartizan-reason': 'a%20test',
      ...(ifMatch === '' ? {} : { 'if-match': ifMatch }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function wellFormed(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  // What is longer than a header may be never comes as far as an operation.
  return text
    .slice(0, 2_000)
    .toWellFormed()
    .replace(/^\.{1,2}$/, 'x');
}

async function examine(name: string, operation: Operation, input: Input): Promise<void> {
  const response = await ask(operation, input);
  const where = `${name} ${JSON.stringify(input)?.slice(0, 500)}`;
  expect(response.status, where).toBeLessThan(500);
  if (operation.events && response.ok) {
    await response.body?.cancel();
    return;
  }
  const told = await response.text();
  expect(Object.keys(described(operation).responses), where).toContain(String(response.status));
  if (response.ok || response.status === 303) return;
  expect(response.headers.get('content-type'), where).toBe('application/problem+json; charset=utf-8');
  expect(problemSchema.safeParse(JSON.parse(told)).success, where).toBe(true);
}

const operations = OPERATION_NAMES.filter((name) => !LEFT_OUT.has(name)).map((name): [string, Operation] => [
  name,
  OPERATIONS[name],
]);

describe.each([
  ['allowed', true],
  ['not allowed', false],
] as const)('with inputs that are %s', (_, isValid) => {
  test.each(operations)('%s', async (name, operation) => {
    await fc.assert(
      fc.asyncProperty(inputs(operation, isValid), (input) => examine(name, operation, input)),
      { numRuns: RUNS },
    );
  });
});

test('an overview whose whole buckets would begin before 1970 begins with it', async () => {
  const overview = await house.client.call('getOverview', { query: { fromMs: 0, toMs: 388_800_001 } });
  expect(overview).toMatchObject({ fromMs: 0, toMs: 392_400_000 });
  expect(overview.series.startMs[0]).toBe(0);
});

test('the house still stands, with its owner', async () => {
  expect(await house.client.call('getSession')).toMatchObject({
    administrator: { assignments: [{ role: 'owner' }] },
  });
});
