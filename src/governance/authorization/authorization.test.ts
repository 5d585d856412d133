import { describe, expect, test } from 'vitest';
import {
  BUILT_IN_ROLES,
  PERMISSION_NAMES,
  type BuiltInRoleName,
  type Permission,
} from '../../contract/api/permissions.ts';
import { configurationSchema } from '../../contract/configuration.ts';
import type { Assignment, Reach, SignedIn } from '../../domain/administrator.ts';
import {
  administrationProblems,
  createAuthorization,
  rolesOf,
  type AdministrationTree,
  type DecidingEngine,
} from './authorization.ts';

const APPLICATIONS = {
  desk: { groups: ['support'] },
  shop: { data_class: 'restricted' },
  chat: { groups: ['support'] },
};

function treeWith(more: object = {}): AdministrationTree {
  return configurationSchema.parse({
    version: 1,
    groups: { support: {}, sales: {} },
    applications: APPLICATIONS,
    ...more,
  });
}

function signedInWith(assignments: readonly Assignment[], more: Partial<SignedIn> = {}): SignedIn {
  return {
    administrator: { id: 'ada', displayName: 'Ada', assignments },
    by: 'session',
    credentialId: 'ses_1',
    methods: ['password'],
    csrf: 'csrf',
    expiresAtMs: 1,
    idleAtMs: 1,
    ...more,
  };
}

const over = {
  all: (role: string): Assignment => ({ role, scope: { kind: 'organization' } }),
  group: (role: string, id: string): Assignment => ({ role, scope: { kind: 'group', id } }),
  application: (role: string, id: string): Assignment => ({ role, scope: { kind: 'application', id } }),
};

function authorizationOf(tree: AdministrationTree, engine?: DecidingEngine) {
  const faults: unknown[] = [];
  const room = createAuthorization({
    tree: () => tree,
    onFault: (error) => faults.push(error),
    ...(engine === undefined ? {} : { createEngine: () => engine }),
    timeoutMs: 20,
  });
  return { ...room, faults };
}

const some = (applications: readonly string[], groups: readonly string[]): Reach => ({
  kind: 'some',
  applications: new Set(applications),
  groups: new Set(groups),
});
const EVERYTHING: Reach = { kind: 'everything' };
const NOTHING: Reach = { kind: 'nothing' };

describe('the roles of the house', () => {
  const { reach } = authorizationOf(treeWith());
  test.each(Object.keys(BUILT_IN_ROLES) as BuiltInRoleName[])(
    '%s may do what is written, and nothing else',
    async (role) => {
      const signedIn = signedInWith([over.all(role)]);
      const allowed: Permission[] = [];
      for (const permission of PERMISSION_NAMES)
        if ((await reach(signedIn, permission)).kind === 'everything') allowed.push(permission);
      expect(allowed).toEqual(
        PERMISSION_NAMES.filter((name) =>
          (BUILT_IN_ROLES[role].permissions as readonly Permission[]).includes(name),
        ),
      );
    },
  );
});

test.each<[string, readonly Assignment[], Permission, Reach]>([
  ['no role', [], 'overview.read', NOTHING],
  ['a role that is none', [over.all('emperor')], 'overview.read', NOTHING],
  [
    'a role over an application',
    [over.application('application-owner', 'desk')],
    'credentials.write',
    some(['desk'], []),
  ],
  [
    'a role over two applications',
    [over.application('auditor', 'desk'), over.application('auditor', 'shop')],
    'audit.read',
    some(['desk', 'shop'], []),
  ],
  [
    'a role over a group',
    [over.group('application-owner', 'support')],
    'usage.read',
    some(['desk', 'chat'], ['support']),
  ],
  ['a role over a group of nothing', [over.group('auditor', 'sales')], 'audit.read', some([], ['sales'])],
  [
    'a role over an application that is not there',
    [over.application('owner', 'gone')],
    'usage.read',
    NOTHING,
  ],
  [
    'a role that lacks the permission',
    [over.application('application-owner', 'desk')],
    'models.stop',
    NOTHING,
  ],
  [
    'a role over an application, for what is about the whole,',
    [over.application('owner', 'desk')],
    'settings.write',
    NOTHING,
  ],
  [
    'a wide role that lacks it, and a narrow one that has it',
    [over.all('member'), over.application('security-analyst', 'shop')],
    'content.read',
    some(['shop'], []),
  ],
  [
    'a wide role that has it, and a narrow one',
    [over.all('auditor'), over.application('member', 'shop')],
    'audit.read',
    EVERYTHING,
  ],
])('%s reaches so far', async (_, assignments, permission, expected) => {
  const { reach, faults } = authorizationOf(treeWith());
  const signedIn = signedInWith(assignments);
  expect(await reach(signedIn, permission)).toEqual(expected);
  expect(await reach(signedIn, permission)).toEqual(expected);
  expect(faults).toEqual([]);
});

const cedar = (...lines: readonly string[]) => ({
  administration_policies: { p: { cedar: lines.join('\n') } },
});
const analyst = [over.all('security-analyst')];

describe('a policy of the tree', () => {
  test.each<[string, string, Partial<SignedIn>, Permission, Reach]>([
    [
      'forbids one application',
      'forbid (principal, action == Action::"content.read", resource == Application::"desk");',
      {},
      'content.read',
      some(['shop', 'chat'], ['support', 'sales']),
    ],
    [
      'forbids a group, and so what is in it',
      'forbid (principal, action, resource in Group::"support");',
      {},
      'content.read',
      some(['shop'], ['sales']),
    ],
    [
      'forbids a class of data',
      'forbid (principal, action == Action::"content.read", resource is Application) when { resource.data_class == "restricted" };',
      {},
      'content.read',
      some(['desk', 'chat'], ['support', 'sales']),
    ],
    [
      'forbids another permission, which changes nothing here',
      'forbid (principal, action == Action::"models.stop", resource);',
      {},
      'content.read',
      EVERYTHING,
    ],
    [
      'forbids one application, and so what is about the whole',
      'forbid (principal, action, resource == Application::"desk");',
      {},
      'models.stop',
      NOTHING,
    ],
    [
      'forbids a person',
      'forbid (principal == Administrator::"ada", action, resource);',
      {},
      'content.read',
      NOTHING,
    ],
    [
      'forbids a way of signing in',
      'forbid (principal, action, resource) unless { context.methods.contains("passkey") };',
      {},
      'content.read',
      NOTHING,
    ],
    [
      'forbids a way of signing in that was not used',
      'forbid (principal, action, resource) unless { context.methods.contains("passkey") };',
      { methods: ['passkey'] },
      'content.read',
      EVERYTHING,
    ],
    [
      'forbids tokens',
      'forbid (principal, action, resource) when { context.by == "token" };',
      { by: 'token' },
      'content.read',
      NOTHING,
    ],
    [
      'permits more than the roles do',
      'permit (principal == Administrator::"ada", action == Action::"usage.read", resource == Application::"shop");\npermit (principal in Role::"security-analyst", action == Action::"limits.write", resource == Application::"desk");',
      {},
      'limits.write',
      some(['desk'], []),
    ],
  ])('%s', async (_, text, more, permission, expected) => {
    const { reach, faults } = authorizationOf(treeWith(cedar(text)));
    expect(await reach(signedInWith(analyst, more), permission)).toEqual(expected);
    expect(faults).toEqual([]);
  });

  test.each([
    ['is not Cedar', 'forbid everything;', /unexpected token|invalid/i],
    [
      'names an unknown permission',
      'forbid (principal, action == Action::"read.all", resource);',
      /read\.all/,
    ],
    ['names an unknown role', 'forbid (principal in Role::"boss", action, resource);', /Role::"boss"/],
    [
      'names an unknown application',
      'forbid (principal, action, resource == Application::"gone");',
      /Application::"gone"/,
    ],
    [
      'reads what is not there',
      'forbid (principal, action, resource) when { context.moon == "full" };',
      /moon/,
    ],
    [
      'is of the other kind',
      'permit (principal is Person, action == Action::"call_model", resource);',
      /Person|call_model/,
    ],
  ])('that %s is told with its place', (_, text, message) => {
    const problems = administrationProblems(treeWith(cedar(text)));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map((problem) => problem.message).join('\n')).toMatch(message);
    expect(problems.every(({ path }) => path.join('.') === 'administration_policies.p.cedar')).toBe(true);
  });

  test('that is broken in a stored tree leaves nobody any permission', async () => {
    const { reach, faults } = authorizationOf(treeWith(cedar('nonsense')));
    expect(await reach(signedInWith([over.all('owner')]), 'overview.read')).toEqual(NOTHING);
    expect(faults).toHaveLength(1);
  });
});

describe('a role of the tree', () => {
  const roles = {
    'on-call': { title: 'On call', permissions: ['models.stop', 'overview.read'] },
    guest: { title: 'Guest', permissions: [] },
  };
  test('gives what it lists', async () => {
    const { reach } = authorizationOf(treeWith({ roles }));
    const signedIn = signedInWith([over.all('on-call'), over.all('guest')]);
    expect(await reach(signedIn, 'models.stop')).toEqual(EVERYTHING);
    expect(await reach(signedIn, 'limits.write')).toEqual(NOTHING);
    expect(rolesOf(treeWith({ roles })).get('on-call')).toMatchObject({ title: 'On call', isBuiltIn: false });
  });

  test.each([
    ['is named like one of the house', { owner: { title: 'Mine', permissions: [] } }, 'roles.owner'],
    ['gives what is none', { mine: { title: 'M', permissions: ['fly'] } }, 'roles.mine.permissions.0'],
  ])('that %s is refused with its place', (_, given, place) => {
    const parsed = configurationSchema.safeParse({ version: 1, roles: given });
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([place]);
  });
});

test('a decision holds for one tree, and no longer', async () => {
  const first = treeWith({ roles: { mine: { title: 'M', permissions: ['limits.write'] } } });
  let tree = first;
  const { reach } = createAuthorization({ tree: () => tree, onFault: () => {} });
  const signedIn = signedInWith([over.all('mine')]);
  expect(await reach(signedIn, 'limits.write')).toEqual(EVERYTHING);
  tree = treeWith();
  expect(await reach(signedIn, 'limits.write')).toEqual(NOTHING);
});

test('a decision is remembered for one person, one permission, one way of signing in', async () => {
  let asked = 0;
  const yes = { failed: [], forbidding: [], permitting: ['p'] };
  const { reach } = authorizationOf(treeWith(), { ask: () => (asked++, yes) });
  const signedIn = signedInWith([over.all('owner')]);
  for (let round = 0; round < 5; round++) await reach(signedIn, 'usage.read');
  expect(asked).toBe(1);
  await reach(signedIn, 'audit.read');
  await reach({ ...signedIn, methods: ['sso'] }, 'usage.read');
  await reach({ ...signedIn, by: 'token' }, 'usage.read');
  await reach(signedInWith([over.all('auditor')]), 'usage.read');
  expect(asked).toBe(5);
});

const as = (answer: unknown) => answer as ReturnType<DecidingEngine['ask']>;
test.each<[string, DecidingEngine['ask']]>([
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken'))],
  ['hangs', () => new Promise(() => {})],
  ['says nothing', () => as(undefined)],
  ['says yes in words', () => as('permit')],
  ['says true', () => as(true)],
  ['says yes in another form', () => as({ decision: 'allow' })],
  ['names no policies', () => as({ failed: [], forbidding: [], permitting: [1] })],
  ['says yes, but not why', () => as({ failed: [], forbidding: [], permitting: [] })],
  ['says yes and no', () => as({ failed: [], forbidding: ['p'], permitting: ['q'] })],
  ['says yes, with a policy that failed', () => as({ failed: ['p'], forbidding: [], permitting: ['q'] })],
])('where Cedar %s, nobody may do anything', async (_, ask) => {
  const { reach } = authorizationOf(treeWith(), { ask });
  const signedIn = signedInWith([over.all('owner'), over.application('owner', 'desk')]);
  for (let round = 0; round < 2; round++) expect(await reach(signedIn, 'overview.read')).toEqual(NOTHING);
});

test('what failed once is asked again', async () => {
  let round = 0;
  const { reach, faults } = authorizationOf(treeWith(), {
    ask: () => {
      if (round++ === 0) throw new Error('broken');
      return { failed: [], forbidding: [], permitting: ['p'] };
    },
  });
  const signedIn = signedInWith([over.all('owner')]);
  expect(await reach(signedIn, 'usage.read')).toEqual(NOTHING);
  expect(await reach(signedIn, 'usage.read')).toEqual(EVERYTHING);
  expect(faults).toHaveLength(1);
});
