import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonStringState, isInJsonString } from './json-string-state.ts';
import { createJsonText, escapeJsonText } from './json-text.ts';

const chunks = (text: string, sizes: readonly number[]): string[] => {
  const cut: string[] = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    cut.push(text.slice(at, at + size));
    at += size;
  }
  return cut;
};
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 });

describe('JSON text', () => {
  test('reads back what was escaped, however it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), sizes, (text, cuts) => {
        const json = createJsonText();
        const read = chunks(escapeJsonText(text), cuts).map((chunk) => json.push(chunk));
        expect(read.join('') + json.finish()).toBe(text);
      }),
    );
  });

  test('finds every character again in the raw text, also after earlier ones were let go', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '\\n', '\\u0062', '\\\\', '\\q', '\\"', '😀')),
        fc.nat(),
        (parts, forget) => {
          const json = createJsonText();
          const text = json.push(parts.join('')) + json.finish();
          const from = Math.min(forget, text.length);
          json.forget(from);
          for (let at = from; at < text.length; at++) {
            const again = createJsonText();
            const raw = parts.join('').slice(json.rawOffset(at), json.rawOffset(at + 1));
            expect(again.push(raw) + again.finish()).toBe(text[at]);
          }
        },
      ),
    );
  });

  test.each([
    ['\\u00', '', '\\u00'],
    ['a\\', 'a', '\\'],
    ['a\\u12x', 'a\\u12x', ''],
    ['\\\\u0041', '\\u0041', ''],
  ])('%s: what is not complete waits, and stands for itself at the end', (raw, pushed, rest) => {
    const json = createJsonText();
    expect([json.push(raw), json.finish()]).toEqual([pushed, rest]);
  });
});

test('whether a place lies in a string is followed across any cut', () => {
  fc.assert(
    fc.property(fc.json(), sizes, (text, cuts) => {
      const state = createJsonStringState();
      let at = 0;
      for (const chunk of chunks(text, cuts)) {
        state.follow(chunk);
        at += chunk.length;
        expect(state.isInString()).toBe(isInJsonString(text, at));
      }
      expect(state.isInString()).toBe(false);
    }),
  );
});
