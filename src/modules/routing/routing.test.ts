import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configurationSchema } from '../../contract/configuration.ts';
import { createRouting, type RoutingOptions } from './routing.ts';

const provider = { kind: 'simulator' };

function routingOf(
  models: Readonly<Record<string, object>>,
  applications: Readonly<Record<string, readonly string[]>> = { app: ['*'] },
  options: RoutingOptions = {},
) {
  const tree = configurationSchema.parse({
    version: 1,
    providers: {
      near: { ...provider, region: 'eu', labels: ['eu'] },
      far: { ...provider, kind: 'openai', region: 'us', labels: ['us', 'cheap'] },
    },
    models: Object.fromEntries(
      Object.entries(models).map(([name, model]) => [name, { candidates: [{ provider: 'near' }], ...model }]),
    ),
    applications: Object.fromEntries(
      Object.entries(applications).map(([id, allowed]) => [id, { purpose: 'testing', models: allowed }]),
    ),
  });
  return createRouting(tree, options);
}

function resolved(routing: ReturnType<typeof routingOf>, model: string, application = 'app'): string {
  try {
    return routing
      .resolve(routing.application(application), model, 'chat')
      .map((route) => `${route.model}@${route.providerId}/${route.providerModel}`)
      .join(' ');
  } catch (error) {
    return String((error as { code?: string }).code);
  }
}

describe('a name', () => {
  const routing = routingOf(
    {
      small: {},
      'gpt-5': { candidates: [{ provider: 'far', model: 'gpt-5-2026' }] },
      'gpt-*': { candidates: [{ provider: 'far' }] },
      'gpt-5-*': { candidates: [{ provider: 'near' }] },
      'fixed-*': { candidates: [{ provider: 'near', model: 'one' }] },
    },
    { app: ['*'], narrow: ['small', 'gpt-5*'], none: [], star: ['gpt-5-mini'] },
  );

  test.each([
    ['small', 'app', 'small@near/small'],
    ['gpt-5', 'app', 'gpt-5@far/gpt-5-2026'],
    ['gpt-4.1', 'app', 'gpt-4.1@far/gpt-4.1'],
    ['gpt-', 'app', 'gpt-@far/gpt-'],
    ['gpt-5-mini', 'app', 'gpt-5-mini@near/gpt-5-mini'],
    ['fixed-x', 'app', 'fixed-x@near/one'],
    ['claude', 'app', 'unknown_model'],
    ['', 'app', 'unknown_model'],
    ['*', 'app', 'unknown_model'],
    ['gpt-*', 'app', 'unknown_model'],
    ['gpt-../../files', 'app', 'unknown_model'],
    ['gpt-5 ', 'app', 'unknown_model'],
    ['gpt-a?b', 'app', 'unknown_model'],
    ['gpt-a\r\nx: y', 'app', 'unknown_model'],
    [`gpt-${'a'.repeat(500)}`, 'app', 'unknown_model'],
    ['__proto__', 'app', 'unknown_model'],
    ['constructor', 'app', 'unknown_model'],
    ['small', 'narrow', 'small@near/small'],
    ['gpt-5', 'narrow', 'gpt-5@far/gpt-5-2026'],
    ['gpt-5-mini', 'narrow', 'gpt-5-mini@near/gpt-5-mini'],
    ['gpt-4.1', 'narrow', 'unknown_model'],
    ['small', 'none', 'unknown_model'],
    ['small', 'gone', 'invalid_credential'],
    ['small', '__proto__', 'invalid_credential'],
  ])('%j asked for by %s becomes %s', (model, application, expected) => {
    expect(resolved(routing, model, application)).toBe(expected);
  });

  test.each([
    ['app', ['gpt-5', 'small']],
    ['narrow', ['gpt-5', 'small']],
    ['none', []],
    ['star', ['gpt-5-mini']],
  ])('is listed for %s where it can be asked for: %j', (id, expected) => {
    expect(routing.models(routing.application(id)).map(({ model }) => model)).toEqual(expected);
  });

  test('that is unknown is told to the client alone', () => {
    const ask = () => routing.resolve(routing.application('app'), 'my secret prompt', 'chat');
    expect(ask).toThrow(
      expect.objectContaining({ clientMessage: expect.stringContaining('my secret prompt') as string }),
    );
    expect(ask).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') as string }),
    );
  });
});

test('`*` alone is any model of a provider', () => {
  expect(resolved(routingOf({ '*': {} }), 'whatever/model:7b')).toBe(
    'whatever/model:7b@near/whatever/model:7b',
  );
});

test('a model is not resolved for an operation it is not configured for', () => {
  const routing = routingOf({ vectors: { operations: ['embeddings'] } });
  const app = routing.application('app');
  expect(routing.resolve(app, 'vectors', 'embeddings')).toHaveLength(1);
  expect(() => routing.resolve(app, 'vectors', 'chat')).toThrow(
    expect.objectContaining({ code: 'unknown_model' }),
  );
});

test('a route carries region, labels of model and provider, and what the provider is', () => {
  const routing = routingOf(
    { small: { labels: ['eu', 'small'], candidates: [{ provider: 'far' }] } },
    { app: ['*'] },
    { providerKindOf: (id) => `kind of ${id}` },
  );
  expect(routing.resolve(routing.application('app'), 'small', 'chat')).toEqual([
    {
      model: 'small',
      providerId: 'far',
      providerKind: 'kind of far',
      providerModel: 'small',
      region: 'us',
      labels: ['eu', 'small', 'us', 'cheap'],
      defaultMaxOutputTokens: 4_096,
    },
  ]);
});

test('a candidate whose provider is not configured stops the configuration', () => {
  expect(() => routingOf({ small: { candidates: [{ provider: 'nowhere' }] } })).toThrow(
    'model small: there is no provider nowhere',
  );
});

test('an application carries what was agreed about it', () => {
  expect(routingOf({}).application('app')).toMatchObject({
    id: 'app',
    purpose: 'testing',
    dataClass: 'internal',
    capture: 'none',
    record: 'before_release',
  });
});

describe('the order to try', () => {
  const candidates = [
    { provider: 'near', model: 'last', priority: 9, weight: 1_000 },
    { provider: 'near', model: 'light', priority: 1, weight: 1 },
    { provider: 'far', model: 'heavy', priority: 1, weight: 3 },
    { provider: 'far', model: 'first', priority: 0, weight: 0.001 },
  ];

  test('is by priority, whatever chance says, and holds every candidate once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
          minLength: 4,
          maxLength: 4,
        }),
        (draws) => {
          let at = 0;
          const routing = routingOf(
            { small: { candidates } },
            { app: ['*'] },
            { random: () => draws[at++] ?? 0 },
          );
          const order = routing
            .resolve(routing.application('app'), 'small', 'chat')
            .map(({ providerModel }) => providerModel);
          expect([order[0], order[3]]).toEqual(['first', 'last']);
          expect([...order].sort()).toEqual(['first', 'heavy', 'last', 'light']);
        },
      ),
    );
  });

  test('shares the load of one priority by weight', () => {
    const routing = routingOf({ small: { candidates: candidates.slice(1, 3) } });
    const app = routing.application('app');
    const rounds = 20_000;
    let heavy = 0;
    for (let i = 0; i < rounds; i++)
      heavy += Number(routing.resolve(app, 'small', 'chat')[0]?.providerModel === 'heavy');
    // Three quarters; the tolerance is six standard deviations.
    expect(Math.abs(heavy / rounds - 0.75)).toBeLessThan(6 * Math.sqrt((0.75 * 0.25) / rounds));
  });
});
