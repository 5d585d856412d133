import { expect, test } from 'vitest';
import { keccak256 } from './keccak.ts';

test.each([
  ['', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
  ['abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
])('the hash of "%s" is the published one', (message, hash) => {
  expect(Buffer.from(keccak256(Buffer.from(message))).toString('hex')).toBe(hash);
});

test('a message that does not fit one block is refused', () => {
  expect(() => keccak256(new Uint8Array(136))).toThrow(RangeError);
});
