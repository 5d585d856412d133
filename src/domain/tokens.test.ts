import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countTokens } from './tokens.ts';

test.each([
  ['', 0],
  ['Hello, world!', 4],
  ['<|endoftext|>', 7],
])('%j has %i tokens', (text, tokens) => {
  expect(countTokens(text)).toBe(tokens);
});

test('a long run without a break takes no longer than its length allows', { retry: 2 }, () => {
  for (const run of [
    'a'.repeat(200_000),
    `${' word'.repeat(100)}${'x'.repeat(15_000)}`,
    '语'.repeat(16_000),
  ]) {
    const startedMs = performance.now();
    expect(countTokens(run)).toBeGreaterThan(100);
    expect(performance.now() - startedMs).toBeLessThan(500);
  }
});

test('no run of 512 characters reaches the tokenizer in one piece, wherever it stands', { retry: 2 }, () => {
  fc.assert(
    fc.property(fc.nat(2_000), (before) => {
      const text = `${'to be '.repeat(before / 6)}${'q'.repeat(8_000)}`;
      const startedMs = performance.now();
      countTokens(text);
      expect(performance.now() - startedMs).toBeLessThan(200);
    }),
    { numRuns: 50 },
  );
});
