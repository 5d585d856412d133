import { describe, expect, test } from 'vitest';
import { defaultGuardrails } from '../scan/default-guardrails.ts';
import { evaluate, type EvaluationSettings } from './evaluate.ts';
import { parseLabelledRow } from './labelled-row.ts';

const settings: EvaluationSettings = {
  guardrails: defaultGuardrails(['pii']),
  direction: 'request',
  channel: 'user',
  minConfidence: undefined,
  maxCharacters: 10_000,
  positive: [],
  threads: 1,
};

async function* linesOf(rows: readonly unknown[]) {
  for (const row of rows) yield JSON.stringify(row);
}

test('texts are counted by label, in all and by slice', async () => {
  const { texts, rows } = await evaluate(
    linesOf([
      { text: 'mail joe@example.com', label: 'pii', language: 'en' },
      { text: 'mail the office', label: 'pii', language: 'de' },
      { text: 'nothing', label: 'benign', channel: 'tool' },
      { text: `card 4111 1111 1111 1111 ${'word '.repeat(100)}`, label: 'benign' },
    ]),
    settings,
  );
  expect(rows).toBe(4);
  expect([...texts.keys()]).toEqual([
    'all',
    'channel tool',
    'channel user',
    'language de',
    'language en',
    'length 200 to 1000',
    'length under 200',
  ]);
  expect(texts.get('all')).toMatchObject({
    positives: 2,
    negatives: 2,
    recall: { value: 0.5 },
    precision: { value: 0.5 },
    falsePositiveRate: { value: 0.5 },
    f1: 0.5,
    area: { value: 0.5 },
  });
  expect(texts.get('channel tool')).toMatchObject({ positives: 0, negatives: 1 });
});

test('spans are counted by type, found where they overlap', async () => {
  const { spans } = await evaluate(
    linesOf([
      {
        text: 'mail joe@example.com or 10.1.2.3',
        spans: [
          { start: 5, end: 12, type: 'EMAIL_ADDRESS' },
          { start: 24, end: 32, type: 'IP_ADDRESS' },
          { start: 0, end: 4, type: 'PERSON' },
        ],
      },
    ]),
    settings,
  );
  expect(spans.get('EMAIL_ADDRESS')).toMatchObject({
    recall: { value: 1 },
    precision: { value: 1 },
    exactF1: 0,
  });
  expect(spans.get('IP_ADDRESS')).toMatchObject({ f1: 1, exactF1: 1 });
  expect(spans.get('all')).toMatchObject({ expected: 3, told: 2, recall: { value: 2 / 3 } });
});

test('a row that is none stops the measurement, and says which', async () => {
  async function* lines() {
    yield '{"text":"a","label":"benign"}';
    yield '{"label":"benign"}';
  }
  await expect(evaluate(lines(), settings)).rejects.toThrow('line 2');
});

describe('a label', () => {
  test.each<[unknown, readonly string[], boolean | undefined]>([
    ['benign', [], false],
    ['not_secret', [], false],
    ['Neither', [], false],
    [0, [], false],
    [false, [], false],
    [1, [], true],
    ['injection', [], true],
    ['harmful', ['injection'], false],
    ['injection', ['injection'], true],
    [null, [], undefined],
  ])('%j, where %j count, is positive: %s', (label, positive, expected) => {
    expect(parseLabelledRow(JSON.stringify({ text: '', label }), 1, positive).isPositive).toBe(expected);
  });
});
