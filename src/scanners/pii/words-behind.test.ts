import { expect, test } from 'vitest';
import { contextBehind, waitingFrom } from './words-behind.ts';

test.each([
  ['219099999 is my SSN.', 'US_SSN'],
  ['219099999 (SSN)', 'US_SSN'],
  ['219099999 = social security number', 'US_SSN'],
  ['219099999 - order number', 'ADVERSE'],
  ['219099999 ist meine Bestellnummer', 'ADVERSE'],
])('what is said behind the number in "%s" is %s', (text, topic) => {
  expect(contextBehind(text, 9)?.has(topic)).toBe(true);
});

test.each(['219099999, SSN follows', '219099999. SSN', '219099999 SSN', '219099999'])(
  'nothing is said of the number in "%s"',
  (text) => {
    expect(contextBehind(text, 9)).toBeNull();
  },
);

test.each([
  ['call 219099999', 5],
  ['call 219099999 ', 5],
  ['call 219099999 is m', 5],
  ['call 219099999 (', 5],
  ['call 219099999 is my social security number and so on', 53],
  ['call 12 34 56 C', 5],
  ['call 219099999, i', 17],
  ['call 219099999 ab', 17],
])('of "%s" more text could say something from %i on', (text, start) => {
  // What may stand before a number's first digit waits with it.
  expect(waitingFrom(text, 0)).toBe(start === 5 ? 0 : start);
});
