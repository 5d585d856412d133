/** Which network addresses may be called: public ones, and private ones only where the configuration says so. */
import { BlockList, isIP } from 'node:net';

/**
 * `public`: reachable from anywhere. `private`: of this machine or of a network behind it (RFC 1918, loopback,
 * link-local with the clouds' metadata service, RFC 6598, ULA, NAT64). `special`: never a provider (multicast,
 * documentation, reserved, unspecified, IPv4-mapped).
 */
export type AddressClass = 'public' | 'private' | 'special';

// Lists of one family each: a BlockList compares an IPv4 address with IPv6 rules as if it were IPv4-mapped, so
// that a rule for ::ffff:0:0/96 in a common list would hold for every IPv4 address.
const PRIVATE_IPV4 = listOf('ipv4', [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
]);
const SPECIAL_IPV4 = listOf('ipv4', [
  ['0.0.0.0', 8],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.175.48.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);
const PRIVATE_IPV6 = listOf('ipv6', [
  ['::1', 128],
  // A translator may lead anywhere, into private IPv4 too (RFC 6052 §3.1, RFC 8215).
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
]);
const GLOBAL_UNICAST = listOf('ipv6', [['2000::', 3]]);
const SPECIAL_IN_GLOBAL_UNICAST = listOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

function listOf(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}

/** Ranges of the IANA special-purpose address registries (RFC 6890); whatever they leave open in IPv6 is special. */
export function classifyAddress(address: string): AddressClass {
  const zone = address.indexOf('%');
  const bare = zone < 0 ? address : address.slice(0, zone);
  switch (isIP(bare)) {
    case 4:
      if (PRIVATE_IPV4.check(bare, 'ipv4')) return 'private';
      return SPECIAL_IPV4.check(bare, 'ipv4') ? 'special' : 'public';
    case 6:
      if (PRIVATE_IPV6.check(bare, 'ipv6')) return 'private';
      return GLOBAL_UNICAST.check(bare, 'ipv6') && !SPECIAL_IN_GLOBAL_UNICAST.check(bare, 'ipv6')
        ? 'public'
        : 'special';
    default:
      return 'special';
  }
}

/** Whether an address may be connected to. Without TLS, only a private one: a credential never crosses the internet in clear. */
export function mayConnect(address: string, isEncrypted: boolean, allowPrivateNetwork: boolean): boolean {
  const kind = classifyAddress(address);
  return kind === 'public' ? isEncrypted : kind === 'private' && allowPrivateNetwork;
}
