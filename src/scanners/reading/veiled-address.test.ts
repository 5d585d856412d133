import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressesIn, unveiledIn } from './veiled-address.ts';

function found(text: string): readonly string[] {
  return addressesIn(unveiledIn(text, 0, Infinity), text).map(
    ({ start, end, url, veil, written }) => `${text.slice(start, end)} ${url.hostname} ${veil} ${written}`,
  );
}

test.each([
  ['(&#104;ttps://a.test/b)', '&#104;ttps://a.test/b a.test entities apart'],
  ['x https&colon;&sol;&sol;a&period;test', 'https&colon;&sol;&sol;a&period;test a.test entities apart'],
  ['u=https%3A%2F%2Fa.test%2Fb', 'https%3A%2F%2Fa.test%2Fb a.test percent within'],
  ['"\\u0068ttps://a.test"', '\\u0068ttps://a.test a.test escapes apart'],
  ['ht\u200btps://a.test', 'ht\u200btps://a.test a.test hidden apart'],
  ['aHR0cHM6Ly9hLnRlc3Q=', 'aHR0cHM6Ly9hLnRlc3Q= a.test base64 apart'],
])('%s is read as a client reads it', (text, expected) => {
  expect(found(text)).toEqual([expected]);
});

test.each([['https://a.test/?a=1&amp;b=2'], ['AT&T &#169;'], ['ahr0chm6ly9hlnrlc3q='], ['&#58;//'], ['']])(
  '%s is no veiled address',
  (text) => {
    expect(found(text)).toEqual([]);
  },
);

test('an address is found wherever it stands, with its own place', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
      const veiled = '&#104;ttps&#58;//a.test/b';
      const text = `${before} ${veiled} ${after}`;
      const start = before.length + 1;
      const own = addressesIn(unveiledIn(text, start, start + 1), text);
      expect(own.map(({ start: from, end }) => text.slice(from, end))).toEqual([veiled]);
    }),
  );
});

test('addresses that are veiled without end are read in linear time', () => {
  const text = '(&#104;ttps://a'.repeat(20_000);
  const before = process.cpuUsage();
  addressesIn(unveiledIn(text, 0, Infinity), text);
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(3_000_000);
});
