import { expect, test } from 'vitest';
import { csvLine } from './exported-text.ts';

test.each([
  ['plain', '"plain"'],
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['|calc', `"'|calc"`],
  ['%0A=1', `"'%0A=1"`],
  ['  =1', `"'  =1"`],
  ['\t=1', `"'\t=1"`],
  ['\u202e=1', `"'\u202e=1"`],
  ['\r\nx', `"'\r\nx"`],
  ['say "hi", all', '"say ""hi"", all"'],
  ['', '""'],
  [null, ''],
  [-5, '-5'],
  [true, 'true'],
])('%j is the cell %j', (cell, expected) => {
  expect(csvLine([cell])).toBe(`${expected}\r\n`);
});
