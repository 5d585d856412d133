/** Duplicate keys are found wherever they stand, and nothing else is taken for one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasDuplicateKeys } from './json-members.ts';
import { parseTrusted } from './json.ts';

function hasThem(text: string): boolean {
  return hasDuplicateKeys(text, parseTrusted(text));
}

describe('duplicate keys', () => {
  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"a" : {"b":[{"c":1, "c"\n:2}]}}',
    '{"__proto__":1,"__proto__":2}',
    '{"\\\\":1,"\\\\":2}',
    '{"x":"\\\\","a":1,"a":2}',
    '[[],{"":1,"":2}]',
  ])('are found in %s', (text) => {
    expect(hasThem(text)).toBe(true);
  });

  it.each([
    '{}',
    '[]',
    '{"a":{"a":1},"b":"a"}',
    '{"a":"\\"a\\":1,\\"a\\":2"}',
    '["a","a"]',
    '{"a":":","b":"x\\\\"}',
  ])('are not found in %s', (text) => {
    expect(hasThem(text)).toBe(false);
  });

  it('are not found in what JSON.stringify writes, and are found where one is added', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(2), (object, space) => {
        const text = JSON.stringify(object, null, space);
        expect(hasThem(text)).toBe(false);
        const key = JSON.stringify(Object.keys(object)[0]);
        expect(hasThem(text.replace(/^\{/, () => `{${key}:"hidden",`))).toBe(true);
        expect(hasThem(`{"outer":[${text.replace(/\}$/, () => `,${key}:{}}`)}]}`)).toBe(true);
      }),
    );
  });

  it('are assumed where a value is nested too deep to be counted', () => {
    expect(hasThem(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBe(true);
  });
});
