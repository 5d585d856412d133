/** What passes for an identifier, for encoded data and for a plain number, and what is scanned as a text instead. */
import { describe, expect, it } from 'vitest';
import { digitsOf, isEncoded, isIdentifier, isMomentAt, isPlainNumber } from './no-text.ts';

describe('an identifier', () => {
  it.each([
    '',
    'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT',
    'resp_67ccd2bed1ec8190b14f964abc0542670bb6a6b452d3795b',
    'msg_01XFDUDYJgAACzvnptvVoYEL',
    'toolu_01A09q90qw90lq917835lq9',
    'claude-3-5-sonnet-20241022',
    'gpt-4o-2024-08-06',
    'anthropic/claude-sonnet-4-5@20250929'.replace('@', '-'),
    'accounts/fireworks/models/llama-v3p1-8b-instruct',
    'qwen2.5:7b',
    'fp_44709d6fcb',
    '123e4567-e89b-12d3-a456-4266141740a0',
    'chat.completion.chunk',
    '2026-11-23T12:00:00.123456Z',
    'MAX_TOKENS',
  ])('%j', (text) => {
    expect(isIdentifier(text, { last: '' })).toBe(true);
  });

  it.each([
    'ann@example.com',
    'Ann Smith',
    'Jürgen',
    '4111111111111111',
    '4111-1111-1111-1111',
    'call_4111111111111111',
    '078-05-1120',
    'DE89370400440532013000',
    '+4915112345678',
    'model-20241022-4111111111111111',
    'x'.repeat(129),
  ])('is not %j', (text) => {
    expect(isIdentifier(text, { last: '' })).toBe(false);
  });

  it('is looked at again where the place held something else', () => {
    const place = { last: '' };
    expect(['a', 'a', 'a b', 'a', 'a b'].map((text) => isIdentifier(text, place))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('encoded data', () => {
  it.each(['', 'c2lnbmVk', 'EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pk=', 'a-b_c', 'A'.repeat(2 ** 20)])(
    '%#',
    (text) => {
      expect(isEncoded(text)).toBe(true);
    },
  );

  it.each([
    'ann@example.com',
    'two words',
    '4111111111111111',
    '4111-1111-1111-1111',
    `${'A'.repeat(2 ** 20)}.`,
  ])('is not %#', (text) => {
    expect(isEncoded(text)).toBe(false);
  });
});

describe('a number', () => {
  it.each([0, -1, 12_345, -0.000_123, 1_764_000_000, 1_764_000_000_123])('%d is plain', (value) => {
    expect(isPlainNumber(value)).toBe(true);
  });

  it.each([4111111111111111, 4915112345678, 987_654_321, 4.1e30])('%d is not', (value) => {
    expect(isPlainNumber(value)).toBe(false);
  });

  it('is a moment where it is called one', () => {
    expect(isMomentAt('started_at', 1_764_000_000)).toBe(true);
    expect(isMomentAt('phone', 1_764_000_000)).toBe(false);
    expect(isMomentAt('started_at', 4111111111111111)).toBe(false);
  });

  it('is scanned with every digit', () => {
    expect([4111111111111111, 1e21].map(digitsOf)).toEqual(['4111111111111111', '1000000000000000000000']);
  });
});
