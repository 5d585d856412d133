import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document, Segment } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import { ACTIONS, isStronger, type Action } from '../../domain/guardrail.ts';
import { matchesModel } from './guardrail-rules.ts';
import { mergeEdits } from './merge-edits.ts';
import { createPolicy, type ScanFailure } from './policy.ts';
import { alice, authenticationOf, demo, portal, refusalOf, robot, treeWith } from './testdata/world.ts';

const asAlice = authenticationOf(alice);

function policyWith(guardrails: Readonly<Record<string, unknown>>) {
  const policy = createPolicy(treeWith({}, guardrails));
  const rules = policy.guardrailsFor(asAlice, portal, 'gpt-5', 'request');
  const rule = (id: string) => rules.find((each) => each.id === id)!;
  return { policy, rules, rule };
}

const segment = (pointer: string, change: Partial<Segment> = {}): Segment => ({
  pointer,
  role: 'user',
  channel: 'user',
  text: 'x'.repeat(100),
  encoding: 'plain',
  editable: true,
  ...change,
});
const document: Document = {
  direction: 'request',
  segments: [segment('/a'), segment('/b', { channel: 'tool' }), segment('/key', { editable: false })],
};
const finding = (guardrail: string, start: number, end: number, change: Partial<Finding> = {}): Finding => ({
  guardrail,
  scanner: 'pii',
  kind: 'EMAIL_ADDRESS',
  pointer: '/a',
  confidence: 1,
  start,
  end,
  ...change,
});

describe('the guardrails in force', () => {
  const { policy } = policyWith({
    'for-all': { scanner: 'pii', action: 'flag' },
    'requests-only': { scanner: 'pii', action: 'flag', directions: ['request'] },
    'portal-only': { scanner: 'pii', action: 'flag', applications: ['portal'] },
    'clinicians-only': { scanner: 'pii', action: 'flag', groups: ['clinicians'] },
    'gpt-only': { scanner: 'pii', action: 'flag', models: ['gpt-*'] },
  });
  const ids = (...ask: Parameters<typeof policy.guardrailsFor>) =>
    policy.guardrailsFor(...ask).map(({ id }) => id);

  test.each([
    [
      'everything',
      ids(asAlice, portal, 'gpt-5', 'request'),
      ['clinicians-only', 'for-all', 'gpt-only', 'portal-only', 'requests-only'],
    ],
    [
      'the other direction',
      ids(asAlice, portal, 'gpt-5', 'response'),
      ['clinicians-only', 'for-all', 'gpt-only', 'portal-only'],
    ],
    [
      'another application',
      ids(asAlice, demo, 'gpt-5', 'response'),
      ['clinicians-only', 'for-all', 'gpt-only'],
    ],
    [
      'another principal',
      ids(authenticationOf(robot), portal, 'gpt-5', 'response'),
      ['for-all', 'gpt-only', 'portal-only'],
    ],
    ['another model', ids(asAlice, demo, 'tiny', 'response'), ['clinicians-only', 'for-all']],
  ])('are chosen by %s', (_, chosen, expected) => expect(chosen).toEqual(expected));

  test('are the same array for the same request', () => {
    expect(policy.guardrailsFor(asAlice, portal, 'gpt-5', 'request')).toBe(
      policy.guardrailsFor(asAlice, portal, 'gpt-5', 'request'),
    );
  });

  test('have a version that changes with what they do, and with nothing else', () => {
    const version = (guardrail: object) =>
      policyWith({ g: { scanner: 'pii', action: 'flag', ...guardrail } }).rule('g').version;
    expect(version({})).toMatch(/^[0-9a-f]{12}$/);
    expect(version({ config: { a: 1, b: { c: [1], d: 2 } } })).toBe(
      version({ config: { b: { d: 2, c: [1] }, a: 1 }, description: 'why' }),
    );
    expect(version({ config: { a: 1 } })).not.toBe(version({ config: { a: 2 } }));
    expect(version({ action: 'block' })).not.toBe(version({}));
  });

  test.each([
    ['gpt-5', 'gpt-5', true],
    ['gpt-5', 'gpt-5-mini', false],
    ['gpt-*', 'gpt-5-mini', true],
    ['gpt-*', 'my-gpt-5', false],
    ['*', 'anything', true],
    ['*-mini', 'gpt-5-mini', true],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'ac', false],
    ['a*a', 'a', false],
    ['gpt.5', 'gptx5', false],
  ])('the pattern %s matches the model %s: %s', (pattern, model, expected) =>
    expect(matchesModel(pattern, model)).toBe(expected),
  );
});

describe('judging', () => {
  const { policy, rules, rule } = policyWith({
    allow: { scanner: 'pii', action: 'allow' },
    flag: { scanner: 'pii', action: 'flag' },
    stand: { scanner: 'pii', action: 'pseudonymize' },
    mask: { scanner: 'pii', action: 'mask' },
    redact: { scanner: 'pii', action: 'redact' },
    block: { scanner: 'pii', action: 'block' },
    sure: { scanner: 'pii', action: 'redact', min_confidence: 0.8 },
    phones: { scanner: 'pii', action: 'redact', kinds: ['PHONE_NUMBER'] },
    tools: { scanner: 'pii', action: 'redact', channels: ['tool'] },
    lenient: { scanner: 'pii', action: 'redact', on_error: 'allow' },
  });
  const judge = (findings: readonly Finding[], failures: readonly ScanFailure[] = []) =>
    policy.judge(rules, document, findings, failures);

  test('nothing found is a verdict that costs nothing and lists what was in force', () => {
    const verdict = judge([]);
    expect(verdict).toMatchObject({ action: 'allow', edits: [] });
    expect(verdict.guardrails.map(({ id, action, findings }) => [id, action, findings])).toEqual(
      rules.map(({ id }) => [id, 'allow', 0]),
    );
    expect(judge([])).toBe(verdict);
    expect(verdict).not.toHaveProperty('blockedBy');
  });

  test.each<[Action, string, number]>([
    ['allow', 'allow', 0],
    ['flag', 'flag', 0],
    ['pseudonymize', 'stand', 1],
    ['mask', 'mask', 1],
    ['redact', 'redact', 1],
    ['block', 'block', 0],
  ])('%s does as it says', (action, id, edits) => {
    const verdict = judge([finding(id, 3, 9)]);
    expect(verdict.action).toBe(action);
    expect(verdict.edits).toHaveLength(edits);
    expect(verdict.guardrails.find((outcome) => outcome.id === id)).toEqual({
      id,
      version: rule(id).version,
      action,
      findings: 1,
    });
    expect(verdict.blockedBy?.id).toBe(action === 'block' ? 'block' : undefined);
  });

  test('overlapping findings become one edit under the strongest action, with its kind', () => {
    const verdict = judge([
      finding('redact', 10, 20, { kind: 'PERSON' }),
      finding('stand', 0, 12),
      finding('mask', 18, 30, { kind: 'URL' }),
      finding('stand', 30, 40),
      finding('stand', 0, 12, { pointer: '/b' }),
    ]);
    expect(verdict.edits).toEqual([
      { pointer: '/a', start: 0, end: 30, action: 'redact', kind: 'PERSON' },
      { pointer: '/a', start: 30, end: 40, action: 'pseudonymize', kind: 'EMAIL_ADDRESS' },
      { pointer: '/b', start: 0, end: 12, action: 'pseudonymize', kind: 'EMAIL_ADDRESS' },
    ]);
    expect(verdict.action).toBe('redact');
  });

  test('among equals the longest gives the kind', () => {
    expect(
      judge([finding('mask', 0, 10, { kind: 'SHORT' }), finding('mask', 5, 40, { kind: 'LONG' })]).edits,
    ).toEqual([{ pointer: '/a', start: 0, end: 40, action: 'mask', kind: 'LONG' }]);
  });

  test('what would edit a text that cannot be edited blocks, by the guardrail that would', () => {
    const verdict = judge([finding('mask', 0, 3, { pointer: '/key' })]);
    expect(verdict).toMatchObject({ action: 'block', edits: [], blockedBy: { id: 'mask' } });
    expect(judge([finding('flag', 0, 3, { pointer: '/key' })]).action).toBe('flag');
  });

  test('what would edit a text that is not in the document blocks too', () => {
    expect(judge([finding('mask', 0, 3, { pointer: '/nowhere' })])).toMatchObject({
      action: 'block',
      blockedBy: { id: 'mask' },
    });
  });

  test.each([
    ['a finding below the confidence asked for', finding('sure', 0, 5, { confidence: 0.79 }), 0],
    ['a finding of that confidence', finding('sure', 0, 5, { confidence: 0.8 }), 1],
    ['a kind not asked for', finding('phones', 0, 5), 0],
    ['a kind asked for', finding('phones', 0, 5, { kind: 'PHONE_NUMBER' }), 1],
    ['a channel not asked for', finding('tools', 0, 5), 0],
    ['a channel asked for', finding('tools', 0, 5, { pointer: '/b' }), 1],
  ])('%s counts, or not', (_, found, counts) => {
    const verdict = judge([found]);
    expect(verdict.guardrails.reduce((sum, { findings }) => sum + findings, 0)).toBe(counts);
    expect(verdict.edits).toHaveLength(counts);
  });

  test('a finding of a guardrail that is not in force is a bug', () => {
    expect(() => judge([finding('gone', 0, 1)])).toThrow(/guardrail gone, which is not in force/);
  });

  test.each<[ScanFailure['fault'], string]>([
    ['threw', 'failed'],
    ['timed_out', 'did not end in time'],
    ['nonsense', 'answered nonsense'],
  ])(
    'a scanner that %s refuses the request, unless its guardrail lets the text pass in writing',
    (fault, says) => {
      const refusal = refusalOf(() => judge([], [{ guardrail: rule('mask'), fault }]));
      expect(refusal).toMatchObject({ code: 'scanner_failed', details: { guardrail: 'mask' } });
      expect(refusal.message).toBe(`the scanner of guardrail mask ${says}`);
      const verdict = judge([finding('flag', 0, 3)], [{ guardrail: rule('lenient'), fault }]);
      expect(verdict.action).toBe('flag');
      expect(verdict.guardrails.filter(({ failedOpen }) => failedOpen)).toEqual([
        { id: 'lenient', version: rule('lenient').version, action: 'allow', findings: 0, failedOpen: true },
      ]);
    },
  );

  test('more findings than can be judged refuse the request as what it is: too much', () => {
    const refusal = refusalOf(() => judge([], [{ guardrail: rule('mask'), fault: 'too_many' }]));
    expect(refusal).toMatchObject({ code: 'too_many_findings', status: 413, details: { guardrail: 'mask' } });
    const verdict = judge([], [{ guardrail: rule('lenient'), fault: 'too_many' }]);
    expect(verdict.guardrails.some(({ failedOpen }) => failedOpen)).toBe(true);
  });

  test.each([
    [Number.NaN, 5],
    [3, Number.NaN],
    [-1, 5],
    [5, 5],
    [5, 3],
    [0.5, 3],
    [0, Number.POSITIVE_INFINITY],
  ])('a finding from %s to %s is a failure of its scanner', (start, end) => {
    expect(refusalOf(() => judge([finding('redact', start, end)])).code).toBe('scanner_failed');
    expect(
      judge([finding('lenient', start, end)]).guardrails.find(({ id }) => id === 'lenient')?.failedOpen,
    ).toBe(true);
  });

  test.each([Number.NaN, -0.1, 1.1])('a confidence of %s is a failure of its scanner', (confidence) => {
    expect(refusalOf(() => judge([finding('redact', 0, 3, { confidence })])).code).toBe('scanner_failed');
  });
});

test('merged edits never overlap, cover what was to be covered, and are not weaker anywhere, in whatever order they come', () => {
  const edit = fc.record({
    pointer: fc.constantFrom('/a', '/b'),
    start: fc.nat(30),
    length: fc.integer({ min: 1, max: 12 }),
    action: fc.constantFrom('redact' as const, 'mask' as const, 'pseudonymize' as const),
    kind: fc.constantFrom('A', 'B'),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), fc.nat(), (proposed, turn) => {
      const edits = proposed.map(({ length, ...rest }) => ({ ...rest, end: rest.start + length }));
      const merged = mergeEdits(edits);
      const turned = [
        ...edits.slice(turn % (edits.length + 1)),
        ...edits.slice(0, turn % (edits.length + 1)),
      ];
      expect(mergeEdits(turned)).toEqual(merged);
      for (const [index, each] of merged.entries()) {
        const next = merged[index + 1];
        if (next?.pointer === each.pointer) expect(next.start).toBeGreaterThanOrEqual(each.end);
      }
      const covered = (list: typeof merged) =>
        new Set(
          list.flatMap(({ pointer, start, end }) =>
            Array.from({ length: end - start }, (_, at) => `${pointer}${start + at}`),
          ),
        );
      expect(covered(merged)).toEqual(covered(edits));
      for (const each of edits) {
        const over = merged.find(
          ({ pointer, start, end }) => pointer === each.pointer && start <= each.start && end >= each.end,
        );
        expect(over && !isStronger(each.action, over.action)).toBe(true);
      }
    }),
  );
  expect(ACTIONS.indexOf('redact')).toBeGreaterThan(ACTIONS.indexOf('mask'));
});
