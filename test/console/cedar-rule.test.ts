/** What the builder of rules writes is Cedar that the house takes. */
import { expect, test } from 'vitest';
import { cedarOf, NEW_RULE, type Rule } from '../../console/src/pages/access/cedar-rule.ts';
import { configurationSchema } from '../../src/contract/configuration.ts';
import { policyProblemsOf } from '../../src/control-plane/access/policy-problems.ts';

const { conditions } = NEW_RULE;
const TREE = configurationSchema.parse({
  version: 1,
  providers: { sim: { kind: 'simulator' } },
  groups: { engineers: {} },
  applications: { chat: {}, batch: {} },
});

const RULES: Readonly<Record<string, { readonly rule: Partial<Rule>; readonly says: readonly string[] }>> = {
  'anyone may call': { rule: {}, says: ['permit (', 'action == Action::"call_model"'] },
  'a group may call and read in clear through one application': {
    rule: { action: 'both', who: { kind: 'group', group: 'engineers' }, applications: ['chat'] },
    says: ['principal in Group::"engineers"', 'context.application == Application::"chat"'],
  },
  'agents may not call certain models, unless all conditions hold': {
    rule: {
      effect: 'forbid',
      who: { kind: 'kind', of: 'Agent' },
      what: { kind: 'models', models: ['large', 'small'] },
      applications: ['chat', 'batch'],
      conditions: {
        gates: ['training'],
        hours: { from: 8, to: 18 },
        workdaysOnly: true,
        addresses: ['10.0.0.0/8', '::1'],
        region: 'eu-*',
      },
    },
    says: ['principal is Agent', 'when {', 'unless {', 'context.region like "eu-*"', '["large", "small"]'],
  },
  'one person may call a provider’s models at night': {
    rule: {
      who: { kind: 'one', of: 'Person', id: 'ada@example.com' },
      what: { kind: 'provider', provider: 'sim' },
      conditions: { ...conditions, hours: { from: 22, to: 6 } },
    },
    says: ['resource in Provider::"sim"', '(context.hour >= 22 || context.hour < 6)'],
  },
  'a service may call what has a label': {
    rule: { who: { kind: 'kind', of: 'Service' }, what: { kind: 'label', label: 'cheap' } },
    says: ['resource.labels.contains("cheap")'],
  },
  'reading in clear asks for no model and no region': {
    rule: {
      action: 'reidentify',
      what: { kind: 'label', label: 'cheap' },
      conditions: { ...conditions, region: 'eu-*' },
    },
    says: ['action == Action::"reidentify"'],
  },
  'what is typed stays within its quotes': {
    rule: { who: { kind: 'one', of: 'Person', id: '"\\ );permit(principal,action,resource)' } },
    says: ['Person::"\\"\\\\ );permit(principal,action,resource)"'],
  },
};

test.each(Object.entries(RULES))('%s', (_, { rule, says }) => {
  const cedar = cedarOf({ ...NEW_RULE, ...rule });
  expect(policyProblemsOf(TREE, cedar)).toEqual([]);
  for (const words of says) expect(cedar).toContain(words);
});
