/** IP addresses: version 4 in dotted form, version 6 in any form of RFC 4291 §2.2. */
import { isIPv6 } from 'node:net';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { contextBefore } from './context.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const VERSION_4 = new RegExp(`(?<![\\w.]|[A-Za-z]-)(?:${OCTET}\\.){3}${OCTET}(?![\\w]|\\.\\d)`, 'g');
const VERSION_6 = /(?<![\w:.])(?=[0-9A-Fa-f:.]{3})[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,41}(?![0-9A-Fa-f:])/g;
/** Every computer's own, none, and masks. */
const NOBODYS = /^(?:0\.0\.0\.0|127\.0\.0\.1|255\.255\..+)$/;
const RELEASE_REACH = 12;
const HAS_VERSION_6 = /:[0-9A-Fa-f]{0,4}:/;

export const ipAddress: Finder = {
  decision: 48,
  find(text, from, until) {
    const found: Sighting[] = [];
    VERSION_4.lastIndex = from;
    for (let match = VERSION_4.exec(text); match && match.index < until; match = VERSION_4.exec(text)) {
      found.push({
        start: match.index,
        end: VERSION_4.lastIndex,
        kind: 'IP_ADDRESS',
        confidence: NOBODYS.test(match[0]) || isRelease(text, match.index) ? 0.3 : 0.7,
      });
      VERSION_4.lastIndex = match.index + 1;
    }
    if (HAS_VERSION_6.test(from === 0 ? text : text.slice(from))) addVersion6(text, from, until, found);
    return found.length > 1 ? found.sort((a, b) => a.start - b.start) : found;
  },
};

/** "Version 10.0.19.1": software is numbered in four parts, too. */
function isRelease(text: string, start: number): boolean {
  return (contextBefore(text, start).get('RELEASE') ?? Infinity) < RELEASE_REACH;
}

function addVersion6(text: string, from: number, until: number, found: Sighting[]): void {
  VERSION_6.lastIndex = from;
  for (let match = VERSION_6.exec(text); match && match.index < until; match = VERSION_6.exec(text)) {
    const address = match[0].replace(/(?<!:):$|\.+$/, '');
    if (/\d/.test(address) && isIPv6(address)) {
      found.push({
        start: match.index,
        end: match.index + address.length,
        kind: 'IP_ADDRESS',
        confidence: 0.8,
      });
    }
    VERSION_6.lastIndex = match.index + 1;
  }
}
