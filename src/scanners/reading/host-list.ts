/** A list of hosts as an administrator writes it: `example.com` is that host, `*.example.com` every host below it. */
import { domainToASCII } from 'node:url';
import { z } from 'zod';

/** Content Security Policy's host-source, without scheme, port and path (CSP 3 §2.3.1). */
const HOST = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

export const hostList = z
  .array(
    z
      .string()
      .transform(asciiHost)
      .pipe(
        z.string().regex(HOST, 'a host name such as example.com, or *.example.com for all hosts below it'),
      ),
  )
  .max(10_000);

/** Takes a host in the form that the URL parser gives: lower case, punycode. */
export function createHostMatcher(hosts: readonly string[]): (hostname: string) => boolean {
  const exact = new Set(hosts.filter((host) => !host.startsWith('*.')));
  const below = new Set(hosts.filter((host) => host.startsWith('*.')).map((host) => host.slice(2)));
  return (hostname) => {
    const host = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
    return exact.has(host) || (below.size > 0 && isBelow(host, below));
  };
}

function isBelow(host: string, parents: ReadonlySet<string>): boolean {
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    if (parents.has(host.slice(dot + 1))) return true;
  }
  return false;
}

function asciiHost(host: string): string {
  const isBelowAll = host.startsWith('*.');
  return `${isBelowAll ? '*.' : ''}${domainToASCII(isBelowAll ? host.slice(2) : host)}`;
}
