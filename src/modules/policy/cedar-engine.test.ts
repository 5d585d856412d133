import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import { heldPolicySets } from '../../base/cedar-engine.ts';
import { analyzePolicy } from './policy-analysis.ts';
import { createPolicy } from './policy.ts';
import {
  alice,
  authenticationOf,
  contextWith,
  frankfurt,
  PERMIT_ALL,
  portal,
  treeWith,
} from './testdata/world.ts';

test('a thousand configurations keep only the policies in use in memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const first = createPolicy(treeWith({ first: PERMIT_ALL }));
  const before = heldPolicySets();
  for (let round = 0; round < 10; round++) {
    for (let index = 0; index < 20; index++)
      createPolicy(treeWith({ later: 'forbid (principal, action, resource);' }));
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(heldPolicySets() - before).toBeLessThan(100);
  // The first is still in use, and still its own.
  expect(first.authorize(authenticationOf(alice), portal, [frankfurt], contextWith())).toMatchObject([
    { policies: ['first'] },
  ]);
});

test('a bounded cache never holds more than it may, and keeps what was asked for last', () => {
  const cache = createBoundedCache<number>(10);
  cache.set('kept', -1);
  for (let index = 0; index < 1_000; index++) {
    cache.set(`k${index}`, index);
    expect(cache.get('kept')).toBe(-1);
    expect(cache.size).toBeLessThanOrEqual(10);
  }
  expect(cache.get('k999')).toBe(999);
  expect(cache.get('k0')).toBeUndefined();
});

const context = { Var: 'context' };
test.each<[string, unknown, readonly string[]]>([
  ['an attribute', { '.': { left: context, attr: 'labels' } }, ['labels']],
  [
    'an attribute of an attribute',
    { '.': { left: { '.': { left: context, attr: 'application' } }, attr: 'purpose' } },
    ['application'],
  ],
  ['whether there is one', { has: { left: context, attr: 'hour' } }, ['hour']],
  ['whether there is one, further in', { has: { left: context, attr: ['provider', 'kind'] } }, ['provider']],
  ['nothing', { '==': { left: { Var: 'principal' }, right: { Var: 'resource' } } }, []],
  [
    'all of it, where the context is used as one',
    { '==': { left: context, right: context } },
    [
      'now',
      'hour',
      'weekday',
      'address',
      'labels',
      'gates',
      'application',
      'provider',
      'region',
      'on_behalf',
    ],
  ],
  [
    'all of it, where an attribute is not known',
    { '.': { left: context, attr: 'later' } },
    [
      'now',
      'hour',
      'weekday',
      'address',
      'labels',
      'gates',
      'application',
      'provider',
      'region',
      'on_behalf',
    ],
  ],
])('the analysis sees that a policy reads %s', (_, expression, expected) => {
  expect([...analyzePolicy({ conditions: [{ kind: 'when', body: { '!': { arg: expression } } }] })]).toEqual(
    expected,
  );
});
