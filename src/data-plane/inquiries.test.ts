import { expect, test } from 'vitest';
import { Inquiries } from './inquiries.ts';

test('where nothing was asked nothing is said', () => {
  expect(new Inquiries().recorded()).toBeUndefined();
});

test('alike inquiries are one line with their sums, others stand apart', () => {
  const inquiries = new Inquiries();
  const end = { result: 'answered', provider: 'judges', attempts: 1, inputTokens: 10, costMicros: 3 };
  inquiries.add('advice', 'request', end, 5);
  inquiries.add('advice', 'request', { ...end, attempts: 2, inputTokens: 20 }, 7.006);
  inquiries.add('advice', 'response', end, 1);
  inquiries.add('advice', 'request', { result: 'limit_exceeded' }, 0.001);
  const alike = { guardrail: 'advice', direction: 'request' };
  expect(inquiries.recorded()).toEqual([
    {
      ...alike,
      result: 'answered',
      provider: 'judges',
      count: 2,
      attempts: 3,
      durationMs: 12.01,
      longestMs: 7.01,
      inputTokens: 30,
      costMicros: 6,
    },
    { ...alike, ...end, direction: 'response', count: 1, durationMs: 1, longestMs: 1 },
    { ...alike, result: 'limit_exceeded', count: 1, durationMs: 0, longestMs: 0 },
  ]);
});

test('however many are unlike, the entry stays short and the sums right', () => {
  const inquiries = new Inquiries();
  for (let i = 0; i < 500; i++)
    inquiries.add(
      `advice-${i}`,
      i % 2 ? 'request' : 'response',
      { result: 'answered', provider: 'p', inputTokens: 2 },
      1,
    );
  const recorded = inquiries.recorded() ?? [];
  expect(recorded).toHaveLength(52);
  expect(recorded.at(-1)).toEqual({
    guardrail: '(others)',
    direction: 'request',
    result: '(others)',
    count: 225,
    durationMs: 225,
    longestMs: 1,
    inputTokens: 450,
  });
  expect(recorded.reduce((sum, { count }) => sum + count, 0)).toBe(500);
});

test('what is under way is told as unfinished, until it has ended', () => {
  const inquiries = new Inquiries();
  const end = inquiries.begin('advice', 'request');
  inquiries.begin('advice', 'request');
  expect(inquiries.recorded()).toMatchObject([{ result: 'unfinished', count: 2 }]);
  end({ result: 'answered' });
  expect(inquiries.recorded()).toMatchObject([
    { result: 'answered', count: 1 },
    { result: 'unfinished', count: 1 },
  ]);
});
