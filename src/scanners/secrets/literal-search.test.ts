import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLiteralSearch } from './literal-search.ts';

const LITERALS = ['ab', 'abc', 'abcd', 'bca', 'key', 'keys', 'a_b=', 'sk-'];
/** As many characters as are looked at in one go, and a few less. */
const UP_TO_A_BORDER = fc.integer({ min: 4_085, max: 4_099 }).map((length) => '·'.repeat(length));
const text = fc
  .tuple(
    fc.option(UP_TO_A_BORDER, { nil: '' }),
    fc.array(
      fc.oneof(
        fc.constantFrom(...LITERALS, 'a', 'b', 'K', 'É', '\u0161b', '\u212aey', '😀', ' '),
        fc.string(),
      ),
      {
        maxLength: 20,
      },
    ),
  )
  .map(([before, pieces]) => before + pieces.join(''));

function standing(whole: string, at: number, ignoreCase: boolean): readonly string[] {
  const small = (some: string) => some.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return LITERALS.filter((literal) => {
    const here = whole.slice(at, at + literal.length);
    // One of two characters is only looked for where it goes on, or where the text ends.
    if (literal.length === 2 && !/^[!-~]?$/.test(whole.charAt(at + 2))) return false;
    return (ignoreCase ? small(here) : here) === literal;
  }).toSorted((a, b) => b.length - a.length);
}

describe.each([true, false])('with ignoreCase %s', (ignoreCase) => {
  const search = createLiteralSearch(LITERALS, { ignoreCase });

  test('every place where literals stand is visited, in order, with all of them', () => {
    fc.assert(
      fc.property(text, fc.nat(30), fc.option(fc.nat(5_000), { nil: Infinity }), (whole, from, until) => {
        const visited: (readonly [number, readonly string[]])[] = [];
        expect(search.some(whole, from, until, (...visit) => void visited.push(visit))).toBe(false);
        const expected: typeof visited = [];
        for (let at = from; at < Math.min(until, whole.length); at++) {
          const here = standing(whole, at, ignoreCase);
          if (here.length > 0) expected.push([at, here]);
        }
        expect(visited).toEqual(expected);
      }),
    );
  });

  test('a visit that says true is the last', () => {
    const visited: number[] = [];
    expect(search.some('key key key', 1, Infinity, (at) => visited.push(at) === 1)).toBe(true);
    expect(visited).toEqual([4]);
  });
});
