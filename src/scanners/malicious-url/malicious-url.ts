/** Finds addresses that deceive about where they lead, or lead to what nobody should open. */
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
} from '../../modules/scanning/scanner.ts';
import { createHostMatcher, hostList } from '../reading/host-list.ts';
import {
  ADDRESS_DECISION,
  ADDRESS_REACH,
  addressUndecidedFrom,
  findAddresses,
  type WebAddress,
} from '../reading/web-address.ts';
import {
  addressesIn,
  type Unveiled,
  unveiledIn,
  VEILED_REACH,
  type VeiledAddress,
  veiledUndecidedFrom,
} from '../reading/veiled-address.ts';
import { BARE_HOST_DECISION, findBareHosts } from './bare-host.ts';
import { findDangerousSchemes, SCHEME_DECISION } from './dangerous-scheme.ts';
import { executablePayloadConfidence } from './executable-payload.ts';
import { homographConfidence } from './homograph.ts';
import { loadRe2 } from './load-re2.ts';
import { createKnownNames } from './lookalike.ts';
import { numericHostConfidence } from './numeric-host.ts';
import { isShortener } from './shorteners.ts';
import { urlCredentialsConfidence } from './url-credentials.ts';

/** In the order in which one is told where two are equally sure. */
const KINDS = [
  'BLOCKED_URL',
  'HOMOGRAPH_HOST',
  'LOOKALIKE_HOST',
  'CREDENTIALS_IN_URL',
  'RAW_IP_HOST',
  'EXECUTABLE_PAYLOAD',
  'DANGEROUS_SCHEME',
  'ENCODED_URL',
  'URL_SHORTENER',
] as const;
type Kind = (typeof KINDS)[number];

const config = z.strictObject({
  /** Hosts of which nothing is told unless it is blocked; `*.example.com` for all below one. */
  allowed_hosts: hostList.default([]),
  blocked_hosts: hostList.default([]),
  /** Addresses that match are told; RE2 syntax, matched anywhere in the address. */
  blocked_patterns: z.array(z.string().min(1).max(2_000)).max(200).default([]),
  /** Hosts of the house, whose look-alikes are told beside those of well-known brands. */
  protected_hosts: hostList.default([]),
  /** Whether addresses of URL shorteners are told. */
  shorteners: z.boolean().default(false),
});
type Config = z.infer<typeof config>;

type Judgement = (address: WebAddress) => number;

const ENCODED = 0.6;

/** Bare hosts and scripts hold their text back no longer than this. */
const RUN_DECISION = Math.max(SCHEME_DECISION, BARE_HOST_DECISION);

export const maliciousUrl = defineScanner<Config>({
  id: 'malicious-url',
  title: 'Malicious addresses',
  description:
    'Look-alike and numeric hosts, credentials, executable files and scripts in addresses, and your own block-lists.',
  risks: ['LLM05:2025', 'LLM09:2025'],
  kinds: KINDS,
  config,
  create: createMaliciousUrl,
});

function createMaliciousUrl(configured: Config, wanted: readonly string[]): Scanner {
  const asked = KINDS.filter((kind) => wanted.length === 0 || wanted.includes(kind));
  const judgements = judgementsOf(configured).filter(([kind]) => asked.includes(kind));
  const isAllowed = createHostMatcher(configured.allowed_hosts);

  function judge(address: WebAddress): Sighting | null {
    let most: Sighting | null = null;
    const isTrusted = isAllowed(address.url.hostname);
    for (const [kind, confidenceOf] of judgements) {
      if (isTrusted && kind !== 'BLOCKED_URL') continue;
      const confidence = confidenceOf(address);
      if (confidence > (most?.confidence ?? 0))
        most = { start: address.start, end: address.end, kind, confidence };
    }
    return most;
  }

  function sightings(text: string, from: number, until: number): readonly Sighting[] {
    const addresses = [...findAddresses(text, from, until), ...findBareHosts(text, from, until)];
    const scripts = asked.includes('DANGEROUS_SCHEME') ? findDangerousSchemes(text, from, until) : [];
    const unveiled = unveiledIn(text, from, until);
    const all = [
      ...addresses.flatMap((address) => judge(address) ?? []),
      ...scripts,
      ...(unveiled.length > 0 ? veiledSightings(unveiled, text) : []),
    ];
    return all.length < 2 ? all : chain(all);
  }

  function veiledSightings(unveiled: readonly Unveiled[], text: string): readonly Sighting[] {
    const scripts = asked.includes('DANGEROUS_SCHEME') ? unveiled.flatMap(scriptsIn) : [];
    const addresses = addressesIn(unveiled, text);
    const encoded = asked.includes('ENCODED_URL')
      ? addresses.filter((address) => isEncoded(address) && !isAllowed(address.url.hostname))
      : [];
    return [
      ...addresses.flatMap((address) => judge(address) ?? []),
      ...encoded.map(({ start, end }) => ({ start, end, kind: 'ENCODED_URL', confidence: ENCODED })),
      ...scripts,
    ];
  }

  return {
    reach: Math.max(ADDRESS_REACH + 1, VEILED_REACH),
    maxHold: ADDRESS_DECISION,
    scan: (text, from, _place, _final, until) => sightings(text, from, until),
    settled(text, from) {
      const open = Math.min(
        addressUndecidedFrom(text, from),
        veiledUndecidedFrom(text, from),
        runUndecidedFrom(text, from),
      );
      return open === from ? from : afterSightings(open, sightings(text, from, open));
    },
  };
}

function judgementsOf(configured: Config): readonly (readonly [Kind, Judgement])[] {
  const isBlocked = createHostMatcher(configured.blocked_hosts);
  const patterns = configured.blocked_patterns.map((pattern) => loadRe2().RE2JS.compile(pattern));
  const names = createKnownNames(configured.protected_hosts);
  return [
    [
      'BLOCKED_URL',
      ({ raw, url }) => (isBlocked(url.hostname) || patterns.some((pattern) => pattern.test(raw)) ? 1 : 0),
    ],
    ['HOMOGRAPH_HOST', ({ url }) => homographConfidence(url.hostname, names.has)],
    ['LOOKALIKE_HOST', ({ url }) => names.lookalikeConfidence(url.hostname)],
    ['CREDENTIALS_IN_URL', ({ url }) => urlCredentialsConfidence(url)],
    ['RAW_IP_HOST', numericHostConfidence],
    ['EXECUTABLE_PAYLOAD', ({ url }) => executablePayloadConfidence(url)],
    ['URL_SHORTENER', ({ url }) => (configured.shorteners && isShortener(url.hostname) ? 0.6 : 0)],
  ];
}

/** A link in base64 by itself, that nothing near it needs. In another's query it is what counts its clicks. */
function isEncoded({ veil, written }: VeiledAddress): boolean {
  return veil === 'base64' && written === 'apart';
}

function scriptsIn({ text, begins, span }: Unveiled): readonly Sighting[] {
  return findDangerousSchemes(text, begins, begins + 1).map((sighting) => ({
    ...sighting,
    ...span(sighting.start, sighting.end),
  }));
}

/** Leftmost first; where two begin together the surer one. */
function chain(found: readonly Sighting[]): readonly Sighting[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.confidence - a.confidence || b.end - a.end);
  const sightings: Sighting[] = [];
  let end = 0;
  for (const sighting of sorted) {
    if (sighting.start < end) continue;
    sightings.push(sighting);
    end = sighting.end;
  }
  return sightings;
}

/** The run that ends the text, in which a bare host or a script may be under way. */
function runUndecidedFrom(text: string, from: number): number {
  const stop = Math.max(from, text.length - RUN_DECISION);
  let at = text.length;
  while (at > stop && isRun(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Neither white space nor a script of East Asia: what a bare host and a script's address are made of. */
function isRun(code: number): boolean {
  return code > 0x20 && code < 0x2e80 && code !== 0xa0;
}
