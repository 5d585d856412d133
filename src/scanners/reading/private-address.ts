/** Whether an address in numbers is of the own machine or network. */
import { BlockList } from 'node:net';

/** RFC 1918, RFC 6890: this host, private use, shared, loopback, link-local; version 6 alike. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6');

/** Takes a host in the form that the URL parser gives: dotted, or version 6 in brackets. */
export function isPrivateAddress(hostname: string): boolean {
  return hostname.startsWith('[')
    ? PRIVATE.check(hostname.slice(1, -1), 'ipv6')
    : PRIVATE.check(hostname, 'ipv4');
}
