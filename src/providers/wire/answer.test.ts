/** Counts of tokens are believed only where they can be. */
import { describe, expect, it } from 'vitest';
import { anthropicUsage } from './anthropic/anthropic-usage.ts';
import { asCount } from './answer.ts';
import { googleUsage } from './google/google-usage.ts';
import { chatUsage } from './openai-chat/chat-usage.ts';

describe('a count', () => {
  it.each([
    [0, 0],
    [12_345, 12_345],
    [100_000_001, 100_000_000],
    [4111111111111111, 100_000_000],
    [-5, 0],
    [1.5, 0],
    [Number.POSITIVE_INFINITY, 0],
    ['7', 0],
    [null, 0],
    [undefined, 0],
  ])('%j is taken as %d', (told, count) => {
    expect(asCount(told)).toBe(count);
  });
});

describe('usage that nobody can have', () => {
  const ABSURD = 4111111111111111;

  it('is bounded in every dialect', () => {
    expect(chatUsage({ prompt_tokens: ABSURD, completion_tokens: -1 })).toMatchObject({
      inputTokens: 100_000_000,
      outputTokens: 0,
    });
    expect(anthropicUsage({ input_tokens: ABSURD, output_tokens: 0.5 }, undefined)).toMatchObject({
      inputTokens: 100_000_000,
      outputTokens: 0,
    });
    expect(googleUsage({ promptTokenCount: ABSURD, candidatesTokenCount: '9' })).toMatchObject({
      inputTokens: 100_000_000,
      outputTokens: 0,
    });
  });

  it('replaces no usage that was told before', () => {
    const before = anthropicUsage({ input_tokens: 10, output_tokens: 3 }, undefined);
    expect(anthropicUsage({ output_tokens: -1 }, before)).toEqual(before);
  });
});
