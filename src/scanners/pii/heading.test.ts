import { expect, test } from 'vitest';
import { headingOf } from './heading.ts';

function headingBefore(text: string): string | null {
  return headingOf(text, text.length);
}

test.each([
  ['name,ssn,order\nAnn,', 'ssn'],
  ['ssn,name\n1,Ann\n', 'ssn'],
  ['a;"b c";d\n1;2;3\n4;"', '"b c"'],
  ['"name","ssn"\n"Smith, Ann","', '"ssn"'],
  ['Text before it.\n\nname\tphone\nAnn\t1\nBob\t', 'phone'],
  ['| name | phone |\n|---|---|\n| Ann | ', ' phone '],
  ['[["name","ssn"],["Ann","', '"ssn"'],
  ['{"rows":[ ["name", "ssn"],\n ["Ann", "1"],\n ["Bob", "', '"ssn"'],
])('%j gives a value its heading', (text, heading) => {
  expect(headingBefore(text)).toBe(heading);
});

test.each([
  ['My ssn, and more. Then\nI said, '],
  ['name,ssn\nAnn,the number '],
  ['name,ssn\nAnn,1,2\nBob,'],
  [`name,ssn\n${'Ann,1\n'.repeat(400)}Bob,`],
  ['[["name","ssn"]] and ["Ann","'],
  ['[[1,2],["Ann","'],
  ['ssn\n'],
  [''],
])('%j gives none', (text) => {
  expect(headingBefore(text)).toBeNull();
});
