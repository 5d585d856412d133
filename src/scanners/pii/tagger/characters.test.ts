import { expect, test } from 'vitest';
import { CASELESS, characters, DIGIT, LINE_END, LOWER, OTHER, SPACE, UPPER } from './characters.ts';

function classOf(character: string): number {
  if (/[\n\v\f\r\u2028\u2029]/.test(character)) return LINE_END;
  if (/\p{Ll}/u.test(character)) return LOWER;
  if (/[\p{Lu}\p{Lt}]/u.test(character)) return UPPER;
  if (/[\p{L}\p{M}]/u.test(character)) return CASELESS;
  if (/\p{N}/u.test(character)) return DIGIT;
  return /[\s\u200b]/.test(character) ? SPACE : OTHER;
}

test('every code unit has the class that it has when asked alone', () => {
  const { classes } = characters();
  const wrong = [...classes.keys()].filter((code) => classes[code] !== classOf(String.fromCharCode(code)));
  expect(wrong).toEqual([]);
});

test.each([
  ['É', 'e'],
  ['ß', 's'],
  ['Ł', 'l'],
  ['’', "'"],
  ['\u0301', '\0'],
  ['日', '日'],
])('%s is read as %s', (written, plain) => {
  expect(characters().plain[written.charCodeAt(0)]).toBe(plain.charCodeAt(0));
});
