/** Finds addresses of the own machine, the own network and the cloud's metadata, however they are written. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { isPrivateAddress } from '../reading/private-address.ts';
import { addressUndecidedFrom, findAddresses } from '../reading/web-address.ts';
import { ADDRESS_RULES, METADATA_HOSTS } from './address-rules.ts';
import { createRuleFinder, type RuleFinder } from './rule.ts';

const KIND = 'INTERNAL_ADDRESS';
const NUMERIC = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;
const INTERNAL_NAME =
  /^localhost$|\.(?:localhost|local|internal|intranet|lan|corp|home\.arpa|svc|cluster\.local|localdomain)$|\.(?:localtest\.me|lvh\.me)$/;
/** Services that answer with the address that stands in the name. */
const NAMED_AFTER = /(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})\.(?:nip|sslip|xip)\.io$/;

export function createInternalAddressFinder(isAllowed: (hostname: string) => boolean): RuleFinder {
  const rules = createRuleFinder(KIND, ADDRESS_RULES);
  return {
    find(text, from, until) {
      const found: Sighting[] = [];
      for (const { start, end, url } of findAddresses(text, from, until)) {
        const confidence = isAllowed(url.hostname) ? 0 : confidenceOf(url.hostname);
        if (confidence > 0) found.push({ start, end, kind: KIND, confidence });
      }
      return apart([...found, ...rules.find(text, from, until)]);
    },
    undecidedFrom: (text, from) =>
      Math.min(addressUndecidedFrom(text, from), rules.undecidedFrom(text, from)),
  };
}

function confidenceOf(hostname: string): number {
  const host = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  if (METADATA_HOSTS.has(host)) return 0.95;
  if (NUMERIC.test(host)) return isPrivateAddress(host) || host.startsWith('[::ffff:') ? 0.7 : 0;
  if (INTERNAL_NAME.test(host)) return 0.65;
  const named = NAMED_AFTER.exec(host);
  return named && isPrivateAddress(named.slice(1).map(Number).join('.')) ? 0.85 : 0;
}

/** Leftmost first; of those that overlap the first, of those that begin together the longest. */
function apart(found: readonly Sighting[]): readonly Sighting[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const sightings: Sighting[] = [];
  let end = 0;
  for (const sighting of sorted) {
    if (sighting.start < end) continue;
    sightings.push(sighting);
    end = sighting.end;
  }
  return sightings;
}
