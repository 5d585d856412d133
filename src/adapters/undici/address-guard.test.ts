import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyAddress, mayConnect } from './address-guard.ts';

test.each([
  ['8.8.8.8', 'public'],
  ['104.18.6.192', 'public'],
  ['172.15.255.255', 'public'],
  ['172.32.0.0', 'public'],
  ['100.63.255.255', 'public'],
  ['2606:4700::6812:7c0', 'public'],
  ['2a00:1450:4001:80b::200a', 'public'],
  ['127.0.0.1', 'private'],
  ['127.255.255.254', 'private'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['169.254.169.254', 'private'],
  ['100.64.0.1', 'private'],
  ['100.127.255.255', 'private'],
  ['198.18.0.1', 'private'],
  ['::1', 'private'],
  ['fd00:ec2::254', 'private'],
  ['fc00::1', 'private'],
  ['fe80::1', 'private'],
  ['fe80::1%eth0', 'private'],
  ['64:ff9b::a9fe:a9fe', 'private'],
  ['64:ff9b:1::1', 'private'],
  ['0.0.0.0', 'special'],
  ['0.1.2.3', 'special'],
  ['192.0.2.1', 'special'],
  ['198.51.100.1', 'special'],
  ['203.0.113.9', 'special'],
  ['224.0.0.1', 'special'],
  ['240.0.0.1', 'special'],
  ['255.255.255.255', 'special'],
  ['::', 'special'],
  ['::ffff:127.0.0.1', 'special'],
  ['::ffff:8.8.8.8', 'special'],
  ['::ffff:a9fe:a9fe', 'special'],
  ['::127.0.0.1', 'special'],
  ['2001:db8::1', 'special'],
  ['2001::1', 'special'],
  ['2002:7f00:1::', 'special'],
  ['3fff::1', 'special'],
  ['fec0::1', 'special'],
  ['ff02::1', 'special'],
  ['example.com', 'special'],
  ['', 'special'],
  ['127.1', 'special'],
])('the address %s is %s', (address, expected) => {
  expect(classifyAddress(address)).toBe(expected);
});

test.each([
  ['8.8.8.8', true, false, true],
  ['8.8.8.8', true, true, true],
  ['8.8.8.8', false, false, false],
  ['8.8.8.8', false, true, false],
  ['127.0.0.1', true, false, false],
  ['127.0.0.1', false, false, false],
  ['127.0.0.1', false, true, true],
  ['127.0.0.1', true, true, true],
  ['224.0.0.1', true, true, false],
  ['0.0.0.0', false, true, false],
])(
  '%s (encrypted: %s, private networks allowed: %s) may be called: %s',
  (address, isEncrypted, allow, expected) => {
    expect(mayConnect(address, isEncrypted, allow)).toBe(expected);
  },
);

test('no IPv4-mapped, translated or local IPv6 address is ever public', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
  fc.assert(
    fc.property(
      fc.constantFrom('::ffff:', '64:ff9b::', 'fe80::', 'fd12::', '::', 'ff05::'),
      group,
      group,
      (prefix, a, b) => {
        expect(classifyAddress(`${prefix}${a}:${b}`)).not.toBe('public');
      },
    ),
  );
});
