/** The newest rows are kept, whatever comes and however fast. */
import { expect, test } from 'vitest';
import type { Interaction } from './interaction-query.ts';
import { newestFirst, together, withNew } from './ring.ts';

function row(at: number, outcome: Interaction['outcome'] = 'answered'): Interaction {
  return {
    id: `req_${at}`,
    index: at,
    atMs: at,
    application: 'desk',
    requestedModel: 'simulator',
    configuredModel: 'simulator',
    provider: 'simulator',
    providerModel: 'simulator',
    outcome,
    action: 'allow',
    refusal: null,
    refusedBy: null,
    policies: [],
    endpoint: 'openai.chat/chat',
    stream: false,
    status: null,
    principal: null,
    inputTokens: 1,
    outputTokens: 1,
    costMicros: 0,
    totalMs: 1,
    timings: {},
    findings: [],
    moreFindings: 0,
    events: {},
    hasContent: false,
    isErased: false,
    isRestricted: false,
    isDemo: false,
  };
}

test('keeps the newest, and counts those that gave way', () => {
  const many = Array.from({ length: 2_000 }, (_, at) => row(at));
  const { rows, dropped } = withNew(new Map(), many, 500);
  expect(dropped).toBe(1_500);
  expect(newestFirst(rows)[0]?.id).toBe('req_1999');
  expect(rows.size).toBe(500);
});

test('shows what ended meanwhile once, as it ended', () => {
  const before = withNew(new Map(), [row(1, 'released'), row(2)]).rows;
  const after = withNew(before, [row(1)]);
  expect(newestFirst(after.rows).map(({ id, outcome }) => [id, outcome])).toEqual([
    ['req_2', 'answered'],
    ['req_1', 'answered'],
  ]);
});

test('puts what is live before what is listed, each once', () => {
  expect(
    together([row(3), row(2)], [row(2, 'released'), row(1)]).map(({ id, outcome }) => [id, outcome]),
  ).toEqual([
    ['req_3', 'answered'],
    ['req_2', 'answered'],
    ['req_1', 'answered'],
  ]);
});

test('keeps up with 500 rows a second, at a frame each', () => {
  let rows: ReadonlyMap<string, Interaction> = new Map();
  const startedAt = performance.now();
  for (let frame = 0; frame < 60; frame++)
    ({ rows } = withNew(
      rows,
      Array.from({ length: 9 }, (_, at) => row(frame * 9 + at)),
    ));
  newestFirst(rows);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
