/** The keyed hash is HMAC-SHA-256, whatever the key and the message. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeyedHash } from './keyed-hash.ts';

test.each([
  ['b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7', '0b'.repeat(20), 'Hi There'],
  [
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    Buffer.from('Jefe').toString('hex'),
    'what do ya want for nothing?',
  ],
])('RFC 4231 has %s for key %s and %s', (expected, key, message) => {
  expect(createKeyedHash(Buffer.from(key, 'hex'))(message).toString('hex')).toBe(expected);
});

test('one key serves many messages, of any length and any characters', () => {
  const bytes = fc.uint8Array({ maxLength: 64 });
  fc.assert(
    fc.property(bytes, fc.array(fc.string({ unit: 'grapheme', maxLength: 300 })), (key, messages) => {
      const hashed = createKeyedHash(key);
      for (const message of messages)
        expect(hashed(message)).toEqual(createHmac('sha256', key).update(message, 'utf8').digest());
    }),
  );
});

test('a key that would have to be hashed first is refused', () => {
  expect(() => createKeyedHash(new Uint8Array(65))).toThrow('64 bytes');
});
