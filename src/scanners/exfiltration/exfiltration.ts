/** Finds images and links that take data out of the house: to hosts nobody allowed, or with data in the address. */
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
  type TextPlace,
} from '../../modules/scanning/scanner.ts';
import { createHostMatcher, hostList } from '../reading/host-list.ts';
import {
  ADDRESS_DECISION,
  addressUndecidedFrom,
  findAddresses,
  type WebAddress,
} from '../reading/web-address.ts';
import { addressesIn, unveiledIn, VEILED_REACH, veiledUndecidedFrom } from '../reading/veiled-address.ts';
import { asksForConversation, carriedData } from './carried-data.ts';
import { ROLE_REACH, roleOf, type LinkRole } from './link-role.ts';

const KINDS = ['DATA_IN_URL', 'IMAGE_TO_UNKNOWN_HOST', 'LINK_TO_UNKNOWN_HOST'] as const;
type Kind = (typeof KINDS)[number];

const config = z.strictObject({
  /**
   * Hosts that may be linked to and loaded from; `*.example.com` for all below one. Unless given, every image's host is
   * unknown and no link's is.
   */
  allowed_hosts: hostList.optional(),
  /** Whether requests are looked at like answers; otherwise only for addresses that ask for the conversation. */
  everywhere: z.boolean().default(false),
});
type Config = z.infer<typeof config>;

/** Hosts that nobody but IANA can listen on (RFC 2606 §3, RFC 6761 §6.3): what examples are written with. */
const HARMLESS = createHostMatcher(
  ['example.com', 'example.net', 'example.org'].flatMap((host) => [host, `www.${host}`]).concat('localhost'),
);
const IMAGE_PATH = /\.(?:png|jpe?g|gif|svg|webp|bmp|ico|avif)$/i;

export const exfiltration = defineScanner<Config>({
  id: 'exfiltration',
  title: 'Exfiltration by links',
  description: 'Images and links in answers to hosts that are not allowed, or with data in the address.',
  risks: ['LLM01:2025', 'LLM02:2025', 'LLM05:2025', 'LLM01:2026', 'LLM02:2026'],
  kinds: KINDS,
  config,
  create: createExfiltration,
});

function createExfiltration({ allowed_hosts, everywhere }: Config, wanted: readonly string[]): Scanner {
  const isAllowed = createHostMatcher(allowed_hosts ?? []);
  const isAsked = (kind: Kind): boolean => wanted.length === 0 || wanted.includes(kind);

  function judge(address: WebAddress, text: string, place: TextPlace): Sighting | null {
    const { hostname } = address.url;
    if (isAllowed(hostname) || HARMLESS(hostname)) return null;
    if (!everywhere && place.direction === 'request' && !isPlanted(address, place)) return null;
    const role = roleOf(text, address.start);
    // Without a scheme it is an address only where one is expected.
    if (role === 'bare' && /^[\\/]/.test(address.raw)) return null;
    const confidences = confidencesOf(address, role, allowed_hosts !== undefined);
    const [first] = KINDS.filter(isAsked).sort((a, b) => confidences[b] - confidences[a]);
    return first && confidences[first] > 0
      ? { start: address.start, end: address.end, kind: first, confidence: confidences[first] }
      : null;
  }

  function sightings(text: string, from: number, place: TextPlace, until: number): readonly Sighting[] {
    const found: Sighting[] = [];
    let end = from;
    for (const address of addressesFrom(text, from, until)) {
      const sighting = address.start < end ? null : judge(address, text, place);
      if (!sighting) continue;
      found.push(sighting);
      end = sighting.end;
    }
    return found;
  }

  return {
    reach: Math.max(ROLE_REACH + 1, VEILED_REACH),
    maxHold: ADDRESS_DECISION,
    scan: (text, from, place, _final, until) => sightings(text, from, place, until),
    settled(text, from, place) {
      const open = Math.min(addressUndecidedFrom(text, from), veiledUndecidedFrom(text, from));
      return open === from ? from : afterSightings(open, sightings(text, from, place, open));
    },
  };
}

/** Those in entities and escapes too, which a client reads; escaped as a whole, or in base64, none is loaded or followed. */
function addressesFrom(text: string, from: number, until: number): readonly WebAddress[] {
  const addresses = findAddresses(text, from, until);
  const unveiled = unveiledIn(text, from, until).filter(
    ({ veil }) => veil !== 'percent' && veil !== 'base64',
  );
  if (unveiled.length === 0) return addresses;
  // Where both begin together, what a client reads is meant.
  return [...addressesIn(unveiled, text), ...addresses].sort((a, b) => a.start - b.start);
}

/** What somebody wrote into a document or a tool's result for a model to follow. */
function isPlanted(address: WebAddress, { channel }: TextPlace): boolean {
  return (channel === 'document' || channel === 'tool') && asksForConversation(address);
}

/** Where two kinds are equally sure the first of `KINDS` is told. */
function confidencesOf(address: WebAddress, role: LinkRole, isListed: boolean): Record<Kind, number> {
  const loads = role === 'image' || (role === 'definition' && IMAGE_PATH.test(address.url.pathname));
  const data = carriedData(address);
  return {
    DATA_IN_URL: loads ? data.image : data.link,
    IMAGE_TO_UNKNOWN_HOST: imageConfidence(role, loads, isListed),
    LINK_TO_UNKNOWN_HOST: isListed && !loads ? 0.6 : 0,
  };
}

/** A definition (`[1]: https://…`) may serve a link or an image, and nothing near it says which. */
function imageConfidence(role: LinkRole, loads: boolean, isListed: boolean): number {
  if (loads) return isListed ? 0.85 : 0.7;
  if (role !== 'definition') return 0;
  return isListed ? 0.65 : 0;
}
