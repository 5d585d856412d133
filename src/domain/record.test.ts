import { expect, test } from 'vitest';
import { recordedFinding } from './record.ts';

test.each([
  ['/messages/0/content/1/text', '/messages/0/content/1/text'],
  ['choice:0/tool:1', 'choice:0/tool:1'],
  ['', ''],
  ['/metadata/jane@example.com', '/metadata/*'],
  ['/metadata/4111111111111111/a', '/metadata/*/a'],
  ['/tools/0/parameters/properties/the secret plan', '/tools/0/parameters/properties/*'],
  ['block:msg_0123abcd', '*'],
])('the place %j is recorded as %j', (pointer, recorded) => {
  const finding = { scanner: 's', kind: 'K', pointer, start: 0, end: 1, confidence: 1, guardrail: 'g' };
  expect(recordedFinding('request', finding).pointer).toBe(recorded);
});
