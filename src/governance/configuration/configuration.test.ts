import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryConfigurationStore } from '../../adapters/memory/memory-configuration-store.ts';
import { configurationSchema, type Configuration } from '../../contract/configuration.ts';
import { ACTIONS } from '../../domain/guardrail.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { policyProblems } from '../../modules/policy/policy.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import {
  ConfigurationConflict,
  ConfigurationError,
  createConfigurationRoom,
  exportYaml,
  parseConfiguration,
  plan,
  renderChanges,
  startingConfiguration,
  startingYaml,
  type Validator,
} from './configuration.ts';
import type { ConfigurationStore } from './store.ts';

/** Problems as `line:column message`, in order. */
function problemsOf(text: string, validators: readonly Validator[] = []): string[] {
  try {
    parseConfiguration(text, validators);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(
      ({ line, column, path, message }) => `${line}:${column} ${path.join('.')} ${message}`,
    );
  }
  return [];
}

describe('a configuration that is wrong', () => {
  test.each<[string, string, readonly (string | RegExp)[]]>([
    ['an unknown key', 'version: 1\nlimts: {}\n', ['2:1 limts unknown key']],
    [
      'an unknown key deep inside',
      'version: 1\napplications:\n  demo:\n    purpose: x\n    modles: []\n',
      ['5:5 applications.demo.modles unknown key'],
    ],
    [
      'a wrong type',
      'version: 1\napplications:\n  demo:\n    purpose: [1]\n',
      [/^4:14 applications\.demo\.purpose expected string/],
    ],
    [
      'a wrong choice',
      'version: 1\nguardrails:\n  g:\n    scanner: pii\n    action: delete\n',
      [/^5:13 guardrails\.g\.action .*expected one of/],
    ],
    ['a missing key', 'version: 1\nguardrails:\n  g:\n    scanner: pii\n', [/^3:3 guardrails\.g\.action /]],
    [
      'a wrong item of a list',
      'version: 1\ngroups: {a: {}}\nprincipals:\n  p: {kind: person, groups: [a, 7]}\n',
      [/^4:33 principals\.p\.groups\.1 expected string/],
    ],
    ['a name that is none', 'version: 1\ngroups:\n  "a b": {}\n', [/^3:3 groups\.a b not a name: letters/]],
    ['the same key twice', 'version: 1\ngroups:\n  a: {}\n  a: {}\n', [/^4:3 .*unique/]],
    [
      'the same key twice in two spellings',
      'version: 1\ngroups:\n  1: {}\n  "1": {}\n',
      ['4:3 groups.1 the same key twice'],
    ],
    ['a broken text', 'version: 1\ngroups: [\n', [/^3:1 /]],
    ['two documents', 'version: 1\n---\nversion: 1\n', [/^2:1 .*multiple documents/]],
    ['an unknown tag', 'version: 1\norganization: !secret x\n', [/^2:15 /]],
    ['an alias of nothing', 'version: 1\ngroups: *nothing\n', [/alias/i]],
    [
      'a wrong form of a credential',
      'version: 1\nproviders:\n  p:\n    kind: openai\n    credential: {env: lower}\n',
      [/^5:23 providers\.p\.credential\.env/],
    ],
    [
      'a raw credential',
      'version: 1\nproviders:\n  p: {kind: openai, credential: sk-123}\n',
      [/^3:33 providers\.p\.credential expected object/],
    ],
    [
      'a number that loses digits',
      'version: 1\nguardrails:\n  g: {scanner: pii, action: flag, config: {n: 12345678901234567890}}\n',
      ['3:47 guardrails.g.config.n this number cannot be represented exactly'],
    ],
    [
      'a number that is none',
      'version: 1\nguardrails:\n  g: {scanner: pii, action: flag, config: {n: .nan}}\n',
      [/cannot be represented/],
    ],
    [
      'a key that is a trap',
      'version: 1\nguardrails:\n  g: {scanner: pii, action: flag, config: {__proto__: {a: 1}}}\n',
      [/this cannot be a key/],
    ],
    ['nothing at all', '', [/expected object/]],
    ['no tree', '- 1\n', [/expected object/]],
    [
      'several things at once',
      'version: 2\nfoo: 1\ngroups:\n  a: {bar: 1}\n',
      [/^1:10 version/, '2:1 foo unknown key', '4:7 groups.a.bar unknown key'],
    ],
  ])('is refused for %s, with line and column', (_, text, expected) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThanOrEqual(expected.length);
    for (const [index, each] of expected.entries()) {
      if (typeof each === 'string') expect(problems).toContain(each);
      else expect(problems[index]).toMatch(each);
    }
  });

  test.each<[string, string, string]>([
    [
      'groups of a principal',
      'principals:\n  p: {kind: person, groups: [nobody]}',
      '3:30 principals.p.groups.0 there is no group nobody',
    ],
    [
      'owners',
      'applications:\n  a: {owners: [nobody]}',
      '3:16 applications.a.owners.0 there is no principal and no group nobody',
    ],
    [
      'models of an application',
      "applications:\n  a: {models: ['*', none]}",
      '3:21 applications.a.models.1 there is no model none',
    ],
    [
      'groups of an application',
      'applications:\n  a: {groups: [none]}',
      '3:16 applications.a.groups.0 there is no group none',
    ],
    [
      'a provider',
      'models:\n  m:\n    candidates:\n      - provider: none',
      '5:19 models.m.candidates.0.provider there is no provider none',
    ],
    [
      'applications of a guardrail',
      'guardrails:\n  g: {scanner: x, action: flag, applications: [none]}',
      '3:48 guardrails.g.applications.0 there is no application none',
    ],
    [
      'groups of a guardrail',
      'guardrails:\n  g: {scanner: x, action: flag, groups: [none]}',
      '3:42 guardrails.g.groups.0 there is no group none',
    ],
    [
      'models of a guardrail',
      "guardrails:\n  g: {scanner: x, action: flag, models: ['gpt-*', gpt-9]}",
      '3:51 guardrails.g.models.1 there is no model gpt-9',
    ],
    [
      'what a limit counts',
      'limits:\n  l: {measure: requests, capacity: 1, window: day, principals: [none]}',
      '3:65 limits.l.principals.0 there is no principal none',
    ],
    [
      'a window where one is needed',
      'limits:\n  l: {measure: requests, capacity: 1}',
      '3:3 limits.l.window a limit on requests needs a window: second, minute, hour, day, week or month',
    ],
    [
      'a window where none is',
      'limits:\n  l: {measure: concurrent_requests, capacity: 1, window: day}',
      '3:58 limits.l.window concurrent requests are counted now, not in a window',
    ],
    [
      'the application of an issuer',
      "issuers:\n  i: {issuer: 'https://id.example', audience: a, application: none}",
      '3:63 issuers.i.application there is no application none',
    ],
    [
      'an issuer without an application',
      "issuers:\n  i: {issuer: 'https://id.example', audience: a}",
      '3:3 issuers.i.application an issuer needs `application`, or `application_claim` that names it',
    ],
    [
      'a name that every object has',
      'principals:\n  p: {kind: person, groups: [toString]}',
      '3:30 principals.p.groups.0 there is no group toString',
    ],
  ])('is refused for a reference that leads nowhere: %s', (_, text, expected) => {
    expect(problemsOf(`version: 1\n${text}\n`)).toEqual([expected]);
  });

  test('is refused where two issuers cannot be told apart', () => {
    const issuer = "{issuer: 'https://id.example', audience: a, application_claim: azp}";
    expect(problemsOf(`version: 1\nissuers:\n  one: ${issuer}\n  two: ${issuer}\n`)).toEqual([
      '4:17 issuers.two.issuer the issuer one has the same address and audience',
    ]);
  });

  test.each([
    ['a block', 'cedar: |\n      permit (principal,\n        actoin, resource);\n', '6:9'],
    ['a block after an empty line', 'cedar: |\n\n      permit (\n', '5:7'],
    ['one line', 'cedar: permit (principal, actoin, resource);\n', '4:12'],
    ['one quoted line', 'cedar: "permit (principal, actoin, resource);"\n', '4:13'],
  ])('points into the text of a policy that is %s', (_, cedar, place) => {
    const within = place.startsWith('6') ? { line: 2, column: 3 } : { line: 1, column: 1 };
    const told: Validator = () => [{ path: ['policies', 'p', 'cedar'], message: 'broken', within }];
    expect(problemsOf(`version: 1\npolicies:\n  p:\n    ${cedar}`, [told])).toEqual([
      `${place} policies.p.cedar broken`,
    ]);
  });

  test('is refused for what validators know, in the order of the text', () => {
    const validators: Validator[] = [
      ({ groups }) =>
        Object.keys(groups).map((name) => ({ path: ['groups', name], message: 'no groups today' })),
      () => [{ path: ['organization'], message: 'no names today' }],
    ];
    expect(problemsOf('version: 1\norganization: x\ngroups:\n  a: {}\n', validators)).toEqual([
      '2:15 organization no names today',
      '4:3 groups.a no groups today',
    ]);
  });
});

describe('a configuration that means harm', () => {
  const bomb = Array.from(
    { length: 12 },
    (_, level) =>
      `x${level}: &x${level} [${Array.from({ length: 9 }, () => (level === 0 ? '1' : `*x${level - 1}`)).join(', ')}]`,
  ).join('\n');
  test.each([
    ['multiplies itself by aliases', bomb, /aliases/],
    [
      'contains itself',
      'version: 1\nguardrails:\n  g: {scanner: x, action: flag, config: &a {b: *a}}\n',
      /stands within what it refers to/,
    ],
    ['is nested without end', `version: 1\na: ${'['.repeat(50_000)}`, /./],
    [
      'is nested deeply',
      `version: 1\na: ${'{a: '.repeat(500)}1${'}'.repeat(500)}`,
      /nested deeper than 64 levels/,
    ],
    ['is nested deeply by dashes', `${'- '.repeat(20_000)}1`, /./],
    ['is longer than any', `# ${'x'.repeat(5 * 1024 * 1024)}`, /longer than/],
  ])('is refused in good time when it %s', (_, text, message) => {
    const started = performance.now();
    expect(problemsOf(text).join('\n')).toMatch(message);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('never ends in anything but a configuration or a ConfigurationError', () => {
    const piece = fc.constantFrom(
      'version: 1',
      '\n',
      '  ',
      'groups:',
      'a',
      ': ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&x',
      '*x',
      '|',
      '"',
      "'",
      '!t ',
      '? ',
      '#',
      '<<',
      '\t',
      '\u0000',
      '~',
      '1',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        problemsOf(pieces.join(''));
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['person:*', 'there'],
  ['p', 'there'],
  ['person:p', 'there'],
  ['service:guardrail/g', 'there'],
  ['guardrail/g', 'there'],
  ['service:p', 'missing'],
  ['person:guardrail/g', 'missing'],
  ['service:guardrail/other', 'missing'],
])('a limit may name the principal %s: it is %s', (name, state) => {
  const yaml = `version: 1
principals: { p: { kind: person } }
guardrails: { g: { scanner: pii, action: flag } }
limits: { l: { measure: requests, capacity: 1, window: day, principals: ['${name}'] } }
`;
  if (state === 'there') expect(parseConfiguration(yaml).limits.l?.principals).toEqual([name]);
  else expect(() => parseConfiguration(yaml)).toThrow(`there is no principal ${name}`);
});

test('an alias that repeats a part once is welcome', () => {
  const configuration = parseConfiguration(
    'version: 1\ngroups: &g {a: {}}\nprincipals:\n  p: &p {kind: person, groups: &l [a]}\n  q: *p\n',
  );
  expect(configuration.principals.q).toEqual(configuration.principals.p);
});

/** Any configuration that holds together. */
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,12}$/);
const text = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .filter((value) => !value.includes('\0') && value.isWellFormed());
const anyConfiguration: fc.Arbitrary<Configuration> = fc
  .record({
    organization: text,
    groups: fc.dictionary(name, fc.record({ description: text }), { maxKeys: 3 }),
    applications: fc.dictionary(
      name,
      fc.record({
        purpose: text,
        data_class: fc.constantFrom('public', 'internal'),
        capture: fc.constantFrom('none', 'full'),
      }),
      { maxKeys: 3 },
    ),
    policies: fc.dictionary(
      name,
      fc.record({
        description: text,
        cedar: fc.array(text, { maxLength: 4 }).map((lines) => lines.join('\n')),
      }),
      { maxKeys: 3 },
    ),
    guardrails: fc.dictionary(
      name,
      fc.record({
        scanner: name,
        action: fc.constantFrom(...ACTIONS),
        config: fc.dictionary(
          fc.string({ unit: 'grapheme-ascii', maxLength: 8 }).filter((key) => key !== '__proto__'),
          fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null), fc.array(text)),
        ),
        min_confidence: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
        block: fc.constantFrom(undefined, { status: 451 }, { as: 'completion', message: 'no' }),
      }),
      { maxKeys: 3 },
    ),
    limits: fc.dictionary(
      name,
      fc.record({
        measure: fc.constant('requests'),
        capacity: fc.integer({ min: 1 }),
        window: fc.constantFrom('day', 'month'),
      }),
      { maxKeys: 3 },
    ),
  })
  .map((tree) => configurationSchema.parse({ version: 1, ...tree }));

test('what is exported reads as the same configuration', () => {
  fc.assert(
    fc.property(anyConfiguration, (configuration) => {
      expect(canonicalJson(parseConfiguration(exportYaml(configuration)))).toBe(canonicalJson(configuration));
    }),
    { numRuns: 300 },
  );
});

test('what is exported leaves out what reading would fill in', () => {
  expect(
    exportYaml(
      parseConfiguration(
        'version: 1\ngroups: {a: {}}\npolicies:\n  p:\n    cedar: |\n      permit (principal, action, resource);\n      // all\n',
      ),
    ),
  ).toBe(
    'version: 1\ngroups:\n  a: {}\npolicies:\n  p:\n    cedar: |\n      permit (principal, action, resource);\n      // all\n',
  );
});

describe('a plan', () => {
  const before = parseConfiguration(
    'version: 1\ngroups: {a: {}, b: {}}\nmodels: {}\nlimits:\n  l.1: {measure: requests, capacity: 10, window: day}\npolicies:\n  p:\n    cedar: |\n      one\n      two\n      three\n',
  );
  const after = parseConfiguration(
    'version: 1\ngroups: {b: {description: new}, c: {}}\nlimits:\n  l.1: {measure: requests, capacity: 20, window: day, groups: [c]}\npolicies:\n  p:\n    cedar: |\n      one\n      2\n      three\n',
  );

  test('tells what is added, removed and changed, in a stable order', () => {
    expect(plan(before, after).map(({ kind, path }) => `${kind} ${path.join('/')}`)).toEqual([
      'removed groups/a',
      'changed groups/b/description',
      'added groups/c',
      'changed limits/l.1/capacity',
      'changed limits/l.1/groups',
      'changed policies/p/cedar',
    ]);
  });

  test('reads as a person would write it', () => {
    expect(renderChanges(plan(before, after))).toBe(
      [
        '- groups.a',
        '~ groups.b.description: "" → new',
        '+ groups.c',
        '    {',
        '      "description": ""',
        '    }',
        '~ limits."l.1".capacity: 10 → 20',
        '~ limits."l.1".groups: [] → ["c"]',
        '~ policies.p.cedar',
        '    - two',
        '    + 2',
      ].join('\n'),
    );
  });

  test('is empty for the same tree, and only then', () => {
    fc.assert(
      fc.property(anyConfiguration, anyConfiguration, (one, other) => {
        expect(plan(one, one)).toEqual([]);
        expect(plan(one, other).length === 0).toBe(canonicalJson(one) === canonicalJson(other));
      }),
      { numRuns: 100 },
    );
  });
});

function roomWith(
  change: {
    store?: Partial<ConfigurationStore>;
    append?: (entry: AdministrationEntry) => Promise<unknown>;
    validators?: readonly Validator[];
  } = {},
) {
  const memory = createMemoryConfigurationStore();
  const store = { ...memory, ...change.store };
  const entries: AdministrationEntry[] = [];
  const append = change.append ?? ((entry: AdministrationEntry) => Promise.resolve(entries.push(entry)));
  const room = createConfigurationRoom({
    store,
    validators: change.validators ?? [],
    append,
    clock: { now: () => 1_000 },
  });
  return { room, memory, entries };
}
const withGroups = (...groups: string[]) =>
  configurationSchema.parse({ version: 1, groups: Object.fromEntries(groups.map((group) => [group, {}])) });

describe('applying', () => {
  test('puts a tree in force and records who changed what, once', async () => {
    const { room, entries } = roomWith();
    expect(await room.current()).toBeUndefined();
    expect(await room.apply(withGroups('a'), { actor: 'root@host' })).toMatchObject({
      version: 1,
      changes: [{ kind: 'added', path: ['groups', 'a'] }],
    });
    expect(await room.apply(withGroups('a'), { actor: 'root@host' })).toMatchObject({
      version: 1,
      changes: [],
    });
    expect(await room.apply(withGroups('a', 'b'), { actor: 'root@host' })).toMatchObject({ version: 2 });
    expect(await room.current()).toMatchObject({
      version: 2,
      actor: 'root@host',
      configuration: withGroups('a', 'b'),
    });
    expect(
      entries.map(({ action, actor, before, after, changes }) => ({ action, actor, before, after, changes })),
    ).toEqual([
      { action: 'configuration.apply', actor: 'root@host', before: '0', after: '1', changes: ['+ groups.a'] },
      { action: 'configuration.apply', actor: 'root@host', before: '1', after: '2', changes: ['+ groups.b'] },
    ]);
  });

  test('changes nothing where the record cannot be written', async () => {
    const { room, memory } = roomWith({ append: () => Promise.reject(new Error('the disk is full')) });
    await expect(room.apply(withGroups('a'), { actor: 'root' })).rejects.toThrow('the disk is full');
    expect(await memory.current()).toBeUndefined();
  });

  test('records before the tree takes force', async () => {
    const seen: unknown[] = [];
    const { room, memory } = roomWith({ append: async () => seen.push(await memory.current()) });
    await room.apply(withGroups('a'), { actor: 'root' });
    expect(seen).toEqual([undefined]);
  });

  test('changes nothing where anything is wrong, and what was in force stays so', async () => {
    const { room, memory, entries } = roomWith({
      validators: [({ groups }) => (groups.bad ? [{ path: ['groups', 'bad'], message: 'is bad' }] : [])],
    });
    await room.apply(withGroups('a'), { actor: 'root' });
    await expect(room.apply(withGroups('bad'), { actor: 'root' })).rejects.toThrow('groups.bad: is bad');
    await expect(room.plan(withGroups('bad'))).rejects.toThrow(ConfigurationError);
    const dangling = {
      ...withGroups('a'),
      principals: { p: { kind: 'person' as const, groups: ['gone'], gates: {} } },
    };
    await expect(room.apply(dangling, { actor: 'root' })).rejects.toThrow('there is no group gone');
    expect(await memory.current()).toMatchObject({ version: 1 });
    expect(entries).toHaveLength(1);
  });

  test('refuses a plan that was made against another version', async () => {
    const { room } = roomWith();
    await room.apply(withGroups('a'), { actor: 'root' });
    await expect(room.apply(withGroups('b'), { actor: 'root', expectedVersion: 0 })).rejects.toThrow(
      ConfigurationConflict,
    );
    expect(await room.apply(withGroups('b'), { actor: 'root', expectedVersion: 1 })).toMatchObject({
      version: 2,
    });
  });

  test('comes again where another was faster, and the record says which attempt failed', async () => {
    const { room, memory, entries } = roomWith({
      store: {
        async put(next, expected) {
          if (expected === 0)
            await memory.put({ ...next, tree: canonicalJson(withGroups('theirs')), digest: 'x' }, 0);
          return memory.put(next, expected);
        },
      },
    });
    expect(await room.apply(withGroups('mine'), { actor: 'root' })).toMatchObject({ version: 2 });
    expect(entries.map(({ action, before }) => `${action} ${before}`)).toEqual([
      'configuration.apply 0',
      'configuration.apply.failed 0',
      'configuration.apply 1',
    ]);
  });

  test('gives up where others are always faster', async () => {
    const { room } = roomWith({ store: { put: () => Promise.resolve(false) } });
    await expect(room.apply(withGroups('a'), { actor: 'root' })).rejects.toThrow(ConfigurationConflict);
  });

  test('says in the record that a store which broke took nothing', async () => {
    const { room, entries } = roomWith({
      store: { put: () => Promise.reject(new Error('connection lost')) },
    });
    await expect(room.apply(withGroups('a'), { actor: 'root' })).rejects.toThrow('connection lost');
    expect(entries.map(({ action }) => action)).toEqual([
      'configuration.apply',
      'configuration.apply.failed',
    ]);
  });

  test('of many at once ends with versions that follow one another', async () => {
    const { room, memory } = roomWith();
    await Promise.all(
      Array.from({ length: 4 }, (_, index) => room.apply(withGroups(`g${index}`), { actor: 'root' })),
    );
    expect(await memory.current()).toMatchObject({ version: 4 });
  });
});

test('a rollback is a new version with an earlier tree', async () => {
  const { room, entries } = roomWith();
  await room.apply(withGroups('a'), { actor: 'root' });
  await room.apply(withGroups('b'), { actor: 'root' });
  expect(await room.rollback(1, { actor: 'root' })).toMatchObject({ version: 3 });
  expect((await room.current())?.configuration).toEqual(withGroups('a'));
  expect(entries.at(-1)).toMatchObject({
    action: 'configuration.rollback',
    before: '2',
    after: '3',
    changes: ['+ groups.a', '- groups.b'],
  });
  await expect(room.rollback(9, { actor: 'root' })).rejects.toThrow('there is no version 9');
});

describe('watching', () => {
  const unexpected = (error: unknown) => expect.fail(String(error));
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  test('gives the current version and each that follows, until it is stopped', async () => {
    const { room } = roomWith();
    await room.apply(withGroups('a'), { actor: 'root' });
    const versions: number[] = [];
    const stop = room.watch(({ version }) => void versions.push(version), unexpected);
    await settled();
    await room.apply(withGroups('b'), { actor: 'root' });
    await settled();
    stop();
    await room.apply(withGroups('c'), { actor: 'root' });
    await settled();
    expect(versions).toEqual([1, 2]);
  });

  test('tells of a listener that fails, and gives the next version all the same', async () => {
    const { room } = roomWith();
    const versions: number[] = [];
    const errors: unknown[] = [];
    const stop = room.watch(
      ({ version }) => {
        versions.push(version);
        if (version === 1) throw new Error('cannot be compiled');
      },
      (error) => errors.push(error),
    );
    await room.apply(withGroups('a'), { actor: 'root' });
    await settled();
    await room.apply(withGroups('b'), { actor: 'root' });
    await settled();
    stop();
    expect(versions).toEqual([1, 2]);
    expect(errors).toEqual([new Error('cannot be compiled')]);
  });

  test('never gives an older version after a newer one, however slow the store and the listener are', async () => {
    const { room } = roomWith();
    const versions: number[] = [];
    let inside = 0;
    const stop = room.watch(async ({ version }) => {
      expect(++inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 3));
      versions.push(version);
      inside--;
    }, unexpected);
    for (let index = 0; index < 10; index++) await room.apply(withGroups(`g${index}`), { actor: 'root' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    stop();
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(versions.at(-1)).toBe(10);
  });
});

describe('the configuration of a first start', () => {
  test.each([
    [[]],
    [['OPENAI_API_KEY']],
    [['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY']],
  ] as const)('holds together with the keys %j', (providerKeys) => {
    const configuration = startingConfiguration({ providerKeys });
    expect(Object.keys(configuration.providers)).toHaveLength(1 + providerKeys.length);
    expect(
      Object.values(configuration.providers).flatMap(({ credential }) =>
        credential && 'env' in credential ? [credential.env] : [],
      ),
    ).toEqual(providerKeys);
    expect(Object.keys(configuration.applications)).toEqual(['demo', 'workbench']);
    expect(Object.keys(configuration.guardrails)).toEqual([
      'personal-data',
      'secrets',
      'invisible-text',
      'prompt-injection',
    ]);
    expect(policyProblems(configuration)).toEqual([]);
    expect(startingYaml({ providerKeys })).toMatch(/bartizan apply -f/);
  });
});
