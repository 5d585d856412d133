import { expect, test } from 'vitest';
import { createNumberList } from './number-list.ts';

test('numbers are kept once, in the order in which they came, whether few or many', () => {
  const list = createNumberList();
  for (const count of [0, 5, 2_000, 9_000, 3]) {
    const numbers = Array.from({ length: 2 * count }, (_, at) => Math.imul(at % (count + 1), 0x9e3779b1) | 0);
    list.clear();
    for (const number of numbers) list.add(number);
    expect([...list.values()]).toEqual([...new Set(numbers)]);
  }
});

test('what was read stays as it was when the list is used again', () => {
  const list = createNumberList();
  list.add(-7);
  const values = list.values();
  list.clear();
  list.add(8);
  expect([...values]).toEqual([-7]);
});
