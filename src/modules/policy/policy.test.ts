import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPolicy, policyProblems, type RequestContext } from './policy.ts';
import { PolicyError } from './policy-problem.ts';
import {
  alice,
  authenticationOf,
  contextWith,
  demo,
  frankfurt,
  PERMIT_ALL,
  portal,
  refusalOf,
  robot,
  somewhere,
  treeWith,
  virginia,
} from './testdata/world.ts';

const HEALTH =
  'forbid (principal, action == Action::"call_model", resource) when { context.labels.contains("health") } unless { context.region like "eu-*" };';
const asAlice = authenticationOf(alice);

describe('authorize', () => {
  test('denies what no policy permits, and says so', () => {
    const policy = createPolicy(treeWith({}));
    const refusal = refusalOf(() => policy.authorize(asAlice, portal, [frankfurt], contextWith()));
    expect(refusal).toMatchObject({ code: 'policy_denied', status: 403, details: { policies: [] } });
    expect(refusal.message).toBe('no policy permits person alice calling the model gpt-5');
  });

  test('grants what a policy permits, and the grant names it', () => {
    const policy = createPolicy(treeWith({ everyone: PERMIT_ALL }));
    expect(policy.authorize(asAlice, portal, [frankfurt, virginia], contextWith())).toEqual([
      { authentication: asAlice, route: frankfurt, policies: ['everyone'] },
      { authentication: asAlice, route: virginia, policies: ['everyone'] },
    ]);
  });

  test('lets a forbid beat every permit, and the refusal names the forbid alone', () => {
    const policy = createPolicy(
      treeWith({ everyone: PERMIT_ALL, 'no-agents': 'forbid (principal is Agent, action, resource);' }),
    );
    expect(policy.authorize(asAlice, portal, [frankfurt], contextWith())).toHaveLength(1);
    const refusal = refusalOf(() =>
      policy.authorize(authenticationOf(robot), portal, [frankfurt], contextWith()),
    );
    expect(refusal.details.policies).toEqual(['no-agents']);
    expect(refusal.message).toBe('agent robot calling the model gpt-5 is forbidden by policy no-agents');
  });

  test('names every policy that forbids, and numbers those under one key as a reader counts them', () => {
    const twelve = Array.from(
      { length: 12 },
      (_, index) => `forbid (principal, action, resource) when { context.hour == ${index + 4} };`,
    );
    const policy = createPolicy(
      treeWith({
        permit: PERMIT_ALL,
        hours: twelve.join('\n'),
        all: 'forbid (principal, action, resource);',
      }),
    );
    // 15:30 UTC is forbidden by the twelfth.
    expect(
      refusalOf(() => policy.authorize(asAlice, portal, [frankfurt], contextWith())).details.policies,
    ).toEqual(['all', 'hours#12']);
  });

  test('keeps the permitted routes in the given order and leaves out the others', () => {
    const policy = createPolicy(
      treeWith({
        all: PERMIT_ALL,
        eu: 'forbid (principal, action == Action::"call_model", resource) unless { context.region like "eu-*" };',
      }),
    );
    const routesOf = (...routes: Parameters<typeof policy.authorize>[2]) =>
      policy.authorize(asAlice, portal, routes, contextWith()).map(({ route }) => route);
    expect(routesOf(virginia, frankfurt)).toEqual([frankfurt]);
    // A provider whose region nobody knows is not in the EU.
    expect(() => routesOf(somewhere, virginia)).toThrow(/forbidden by policy eu/);
  });

  test.each<[string, string, boolean, Partial<RequestContext>?]>([
    ['the principal itself', 'principal == Person::"alice"', true],
    ['a principal of another kind with the same name', 'principal == Service::"alice"', false],
    ["the principal's group", 'principal in Group::"clinicians"', true],
    ['a group the principal is not in', 'principal in Group::"staff"', false],
    ['the model', 'resource == Model::"gpt-5"', true],
    ['the provider that the model belongs to', 'resource in Provider::"frankfurt"', true],
    ['another provider', 'resource in Provider::"virginia"', false],
    ["the model's labels", 'resource.labels.contains("large")', true],
    ["the provider's labels", 'context.provider.labels.contains("certified")', true],
    ["the provider's kind", 'context.provider.kind == "openai-compatible"', true],
    ['the region', 'context.region == "eu-central-1"', true],
    ['the application', 'context.application == Application::"portal"', true],
    ["the application's group", 'context.application in Group::"staff"', true],
    ["the application's owners", 'context.application.owners.contains("alice")', true],
    ["the application's data class", 'context.application.data_class == "restricted"', true],
    ["the application's purpose", 'context.application.purpose like "patient *"', true],
    ['the second', 'context.now == 1795447800', true],
    ['the hour, UTC', 'context.hour == 15', true],
    ['the weekday, UTC', 'context.weekday == "monday"', true],
    [
      'the weekend',
      '["saturday", "sunday"].contains(context.weekday)',
      true,
      { nowMs: Date.parse('2026-11-22T00:00:00Z') },
    ],
    ['the address', 'context.address.isInRange(ip("192.0.2.0/24"))', true],
    [
      'an IPv4 address on a dual-stack socket',
      'context.address.isInRange(ip("10.0.0.0/8"))',
      true,
      { address: '::ffff:10.1.2.3' },
    ],
    ['a link-local address with its zone', 'context.address.isIpv6()', true, { address: 'fe80::1%eth0' }],
    ['a gate that was passed', 'context.gates.contains("training")', true, { gates: new Set(['training']) }],
    ['a gate that was not passed', 'context.gates.contains("training")', false],
    ['whether it is on behalf of another', 'context.on_behalf', false],
  ])('can look at %s', (_, condition, expected, change = {}) => {
    const policy = createPolicy(
      treeWith({ p: `permit (principal, action == Action::"call_model", resource) when { ${condition} };` }),
    );
    const authorize = () => policy.authorize(asAlice, portal, [frankfurt], contextWith(change));
    // Twice: a remembered decision is the same decision.
    for (let time = 0; time < 2; time++) {
      if (expected) expect(authorize()).toHaveLength(1);
      else expect(authorize).toThrow(/no policy permits/);
    }
  });

  test('knows a call on behalf of another from one of the principal itself', () => {
    const policy = createPolicy(
      treeWith({ all: PERMIT_ALL, own: 'forbid (principal, action, resource) when { context.on_behalf };' }),
    );
    expect(policy.authorize(asAlice, portal, [frankfurt], contextWith())).toHaveLength(1);
    expect(() =>
      policy.authorize(authenticationOf(alice, [], robot), portal, [frankfurt], contextWith()),
    ).toThrow(/policy own/);
  });
});

describe('review', () => {
  const policy = createPolicy(treeWith({ all: PERMIT_ALL, 'health-stays-in-the-eu': HEALTH }));
  const granted = policy.authorize(asAlice, portal, [virginia, frankfurt, somewhere], contextWith());

  test('health data never to a provider outside the EU is one policy', () => {
    expect(granted.map(({ route }) => route)).toEqual([virginia, frankfurt, somewhere]);
    const labels = new Set(['health', 'pii']);
    expect(policy.review(granted, portal, contextWith({ labels })).map(({ route }) => route)).toEqual([
      frankfurt,
    ]);
    const refusal = refusalOf(() => policy.review([granted[0]], portal, contextWith({ labels })));
    expect(refusal).toMatchObject({
      code: 'policy_denied',
      details: { policies: ['health-stays-in-the-eu'] },
    });
  });

  test('keeps every grant whose content has no such label', () => {
    expect(policy.review(granted, portal, contextWith({ labels: new Set(['pii']) }))).toEqual(granted);
  });

  test('gives back the very grants where no policy looks at labels', () => {
    const plain = createPolicy(treeWith({ all: PERMIT_ALL }));
    const grants = plain.authorize(asAlice, portal, [frankfurt], contextWith());
    expect(plain.review(grants, portal, contextWith({ labels: new Set(['health']) }))).toBe(grants);
  });

  test('forgets nothing for labels in another order, and confuses no two sets of labels', () => {
    const strict = createPolicy(
      treeWith({
        all: PERMIT_ALL,
        no: 'forbid (principal, action, resource) when { context.labels.contains("a") };',
      }),
    );
    const grants = strict.authorize(asAlice, portal, [frankfurt], contextWith());
    const label = fc.oneof(fc.constantFrom('a', 'b', 'a","b', 'a b', '"'), fc.string());
    fc.assert(
      fc.property(fc.uniqueArray(label, { maxLength: 4 }), (labels) => {
        const review = () => strict.review(grants, portal, contextWith({ labels: new Set(labels) }));
        if (labels.includes('a')) expect(review).toThrow(/policy no/);
        else expect(review()).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a guardrail that asks a model', () => {
  const asking = (cedar: Readonly<Record<string, string>>, context = contextWith(), sender = asAlice) =>
    createPolicy(treeWith(cedar)).authorizeInquiry('advice', sender, portal, [virginia, frankfurt], context);
  const ONLY_GUARDRAIL =
    'permit (principal == Service::"guardrail/advice", action == Action::"call_model", resource) when { context.application == Application::"portal" };';

  test('is permitted as a service of its own, for the application whose text it is', () => {
    const [first, second] = asking({ own: ONLY_GUARDRAIL });
    expect(first).toMatchObject({
      route: virginia,
      policies: ['own'],
      authentication: {
        applicationId: 'portal',
        credentialId: 'key_1',
        principal: { kind: 'service', id: 'guardrail/advice', groups: [] },
      },
    });
    expect(second?.route).toBe(frankfurt);
  });

  test.each([
    ['nothing permits it', {}, []],
    [
      'only the sender is permitted',
      { alice: 'permit (principal == Person::"alice", action, resource);' },
      [],
    ],
    ['another guardrail is', { other: ONLY_GUARDRAIL.replace('guardrail/advice', 'guardrail/other') }, []],
    [
      'it is forbidden for the data class of the application',
      {
        everyone: PERMIT_ALL,
        home: 'forbid (principal, action == Action::"call_model", resource) when { context.application.data_class == "restricted" };',
      },
      ['home'],
    ],
    [
      'the sender is forbidden it',
      { own: ONLY_GUARDRAIL, no: 'forbid (principal in Group::"clinicians", action, resource);' },
      ['no'],
    ],
    [
      'a policy about the sender cannot be evaluated',
      {
        own: ONLY_GUARDRAIL,
        odd: 'forbid (principal is Person, action == Action::"call_model", resource) when { context.now + 9223372036854775807 > 0 };',
      },
      ['odd'],
    ],
  ])('is refused where %s', (_, cedar, policies) => {
    expect(refusalOf(() => asking(cedar)).details.policies).toEqual(policies);
  });

  test('asks on the routes that are left, by what was found in the text', () => {
    const cedar = { own: ONLY_GUARDRAIL, health: HEALTH };
    const routesOf = (labels: readonly string[]) =>
      asking(cedar, contextWith({ labels: new Set(labels) })).map(({ route }) => route);
    expect(routesOf([])).toEqual([virginia, frankfurt]);
    expect(routesOf(['health'])).toEqual([frankfurt]);
  });
});

describe('re-identification', () => {
  const policy = createPolicy(
    treeWith({
      clinicians:
        'permit (principal in Group::"clinicians", action == Action::"reidentify", resource == Application::"portal");',
    }),
  );

  test('asks for the scope of the credential and for the word of policy', () => {
    expect(policy.mayReidentify(authenticationOf(alice, ['reidentify']), portal, contextWith())).toBe(true);
    expect(policy.mayReidentify(authenticationOf(alice), portal, contextWith())).toBe(false);
    expect(policy.mayReidentify(authenticationOf(robot, ['reidentify']), portal, contextWith())).toBe(false);
    expect(policy.mayReidentify(authenticationOf(alice, ['reidentify']), demo, contextWith())).toBe(false);
  });

  test('is no permission to call a model', () => {
    expect(() => policy.authorize(asAlice, portal, [frankfurt], contextWith())).toThrow(/no policy permits/);
  });
});

describe('a decision fails closed', () => {
  test('where a policy cannot be evaluated, even beside one that permits', () => {
    const policy = createPolicy(
      treeWith({
        all: PERMIT_ALL,
        sum: 'forbid (principal, action, resource) when { context.hour + 9223372036854775807 > 0 };',
      }),
    );
    const refusal = refusalOf(() => policy.authorize(asAlice, portal, [frankfurt], contextWith()));
    expect(refusal.details.policies).toEqual(['sum']);
    expect(refusal.message).toMatch(/is refused because policy sum could not be evaluated$/);
  });

  test.each(['', 'nonsense', '1.2.3', '192.0.2.7g["vip"]', '::ffff:1.2.3.4.5'])(
    'where a policy looks at an address that is none: %j',
    (address) => {
      const policy = createPolicy(
        treeWith({
          all: PERMIT_ALL,
          at: 'forbid (principal, action, resource) when { context.address.isLoopback() };',
        }),
      );
      const authorize = () => policy.authorize(asAlice, portal, [frankfurt], contextWith({ address }));
      expect(authorize).toThrow(/policy could not be evaluated/);
      expect(authorize).toThrow(/policy could not be evaluated/);
    },
  );

  test('but an address that no policy looks at may be anything', () => {
    const policy = createPolicy(treeWith({ all: PERMIT_ALL }));
    expect(policy.authorize(asAlice, portal, [frankfurt], contextWith({ address: 'nonsense' }))).toHaveLength(
      1,
    );
  });
});

describe('a remembered decision', () => {
  test('is asked for anew when an hour, a gate, an address, a group or an application makes the difference', () => {
    const conditions = [
      'context.hour < 16',
      'context.gates.contains("g")',
      'context.address == ip("192.0.2.7")',
      'principal in Group::"clinicians"',
      'context.application.data_class == "restricted"',
    ];
    const policy = createPolicy(
      treeWith({
        p: `permit (principal, action == Action::"call_model", resource) when { ${conditions.join(' && ')} };`,
      }),
    );
    const good = { gates: new Set(['g']) };
    const permitted = (principal = alice, application = portal, change = {}) => {
      try {
        return (
          policy.authorize(
            authenticationOf(principal),
            application,
            [frankfurt],
            contextWith({ ...good, ...change }),
          ).length === 1
        );
      } catch {
        return false;
      }
    };
    for (let time = 0; time < 2; time++) {
      expect(permitted()).toBe(true);
      expect(permitted(alice, portal, { nowMs: Date.parse('2026-11-23T16:00:00Z') })).toBe(false);
      expect(permitted(alice, portal, { gates: new Set() })).toBe(false);
      expect(permitted(alice, portal, { address: '192.0.2.8' })).toBe(false);
      expect(permitted({ ...alice, groups: [] })).toBe(false);
      expect(permitted(alice, { ...portal, dataClass: 'public' })).toBe(false);
    }
  });

  test('does not outlive the second where a policy reads the clock', () => {
    const policy = createPolicy(
      treeWith({
        all: PERMIT_ALL,
        until: 'forbid (principal, action, resource) when { context.now >= 1795447801 };',
      }),
    );
    const at = (nowMs: number) => () =>
      policy.authorize(asAlice, portal, [frankfurt], contextWith({ nowMs }));
    expect(at(1_795_447_800_999)()).toMatchObject([{ policies: ['all'] }]);
    expect(at(1_795_447_801_000)).toThrow(/policy until/);
    expect(at(1_795_447_800_000)()).toHaveLength(1);
  });
});

describe('a broken policy is refused', () => {
  test.each<[string, string, RegExp, { line: number; column: number }?]>([
    [
      'misspells an attribute',
      'permit (principal, action, resource)\nwhen { context.lables.contains("x") };',
      /`lables`.*did you mean `labels`/,
      { line: 2, column: 8 },
    ],
    [
      'misspells an action',
      'permit (principal, action == Action::"call_modl", resource);',
      /unrecognized action.*call_model/,
      { line: 1, column: 30 },
    ],
    [
      'misspells an entity',
      'permit (principal is Persn, action, resource);',
      /`Persn`/,
      { line: 1, column: 22 },
    ],
    [
      'mixes types',
      '// é\npermit (principal, action, resource) when { context.hour == "x" };',
      /Long and String/,
      { line: 2, column: 45 },
    ],
    [
      'reads what re-identification does not have',
      'forbid (principal, action, resource) when { context.region == "" };',
      /`region`.*reidentify/,
      { line: 1, column: 45 },
    ],
    [
      'is no Cedar',
      'permit (principal, action, resource) when { context.labels.contains( };',
      /unexpected token/,
    ],
    ['calls a function there is none of', 'permit (principal, action, resource) when { foo(1) };', /foo/],
    [
      'can never apply',
      'forbid (principal, action, resource) when { context.hour == 1 && false };',
      /impossible/,
    ],
    [
      'mixes alphabets',
      'forbid (principal, action == Action::"call_model", resource) when { context.region == "eυ" };',
      /mixed scripts/,
    ],
    ['is a template', 'permit (principal == ?principal, action, resource);', /template/],
    ['is empty', '// nothing', /no policy in this text/],
    [
      'names an application that is not there',
      'permit (principal, action, resource) when {\n  context.application == Application::"prtal" };',
      /names Application::"prtal", which is not in the configuration/,
      { line: 2, column: 26 },
    ],
    [
      'names a group that is not there',
      'permit (principal in Group::"clinician", action, resource);',
      /Group::"clinician"/,
      { line: 1, column: 22 },
    ],
    [
      'names a model that is not there',
      'permit (principal, action == Action::"call_model", resource == Model::"gpt-6");',
      /Model::"gpt-6"/,
    ],
    [
      'names a provider that is not there',
      'permit (principal, action == Action::"call_model", resource in [Provider::"x"]);',
      /./,
    ],
  ])('when it %s', (_, cedar, message, within) => {
    const problems = policyProblems(treeWith({ fine: PERMIT_ALL, broken: cedar }));
    expect(problems).not.toEqual([]);
    for (const problem of problems) expect(problem.path).toEqual(['policies', 'broken', 'cedar']);
    expect(problems.map((problem) => problem.message).join('\n')).toMatch(message);
    if (within) expect(problems[0]!.within).toEqual(within);
  });

  test('with all that is wrong in one error, so that it can be mended at once', () => {
    const tree = treeWith({
      one: 'permit (principal, action',
      two: PERMIT_ALL,
      three: 'permit (principal, action, resource) when { context.x };',
      four: '',
    });
    expect(() => createPolicy(tree)).toThrow(PolicyError);
    expect(() => createPolicy(tree)).toThrow(/policies\.one\.cedar.*\n?.*policies\.four\.cedar/s);
    expect(() => createPolicy(tree)).toThrow(/policies\.three\.cedar \(line 1, column 45\)/);
  });

  test('and the policy that was in force goes on deciding', () => {
    const policy = createPolicy(treeWith({ all: PERMIT_ALL }));
    expect(() => createPolicy(treeWith({ all: 'permit (' }))).toThrow(PolicyError);
    expect(policy.authorize(asAlice, portal, [frankfurt], contextWith())).toHaveLength(1);
  });
});

test('a hundred policies decide in microseconds once a decision is remembered', () => {
  const hundred = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [
      `p${index}`,
      `forbid (principal, action == Action::"call_model", resource) when { context.labels.contains("l${index}") && context.region == "us" };`,
    ]),
  );
  const policy = createPolicy(treeWith({ all: PERMIT_ALL, ...hundred }));
  const timed = (count: number, context: (index: number) => RequestContext) => {
    const contexts = Array.from({ length: count }, (_, index) => context(index));
    const started = performance.now();
    for (const each of contexts) policy.authorize(asAlice, portal, [frankfurt], each);
    return ((performance.now() - started) * 1_000) / count;
  };
  timed(20_000, () => contextWith());
  const cached = timed(50_000, () => contextWith());
  const uncached = timed(500, (index) => contextWith({ labels: new Set([`x${index}`]) }));
  console.log(
    `a decision with 101 policies: ${cached.toFixed(2)} µs remembered, ${uncached.toFixed(0)} µs asked of Cedar`,
  );
  expect(cached).toBeLessThan(50);
  expect(uncached).toBeLessThan(20_000);
});
