/** Finds personal data that has a shape: addresses and numbers, with their checksums where they have one. */
import { isSupportedCountry } from 'libphonenumber-js/min';
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
} from '../../modules/scanning/scanner.ts';
import { chain, REACH, type Finder } from './candidate.ts';
import { creditCard } from './credit-card.ts';
import { emailAddress } from './email-address.ts';
import { ibanCode } from './iban-code.ts';
import { ipAddress } from './ip-address.ts';
import { PHONE_DECISION, phoneNumber } from './phone-number.ts';
import { createTagger } from './tagger/tagger.ts';
import { ENTITY_KINDS } from './tagger/tags.ts';
import { undecidedFrom } from './undecided.ts';
import { mayHoldUrl, url } from './url.ts';
import { usSsn } from './us-ssn.ts';

/** Presidio's entity names, in the order in which they win where two begin together. */
const KINDS = [
  'EMAIL_ADDRESS',
  'URL',
  'IBAN_CODE',
  'CREDIT_CARD',
  'US_SSN',
  'IP_ADDRESS',
  'PHONE_NUMBER',
] as const;

/** What has a shape, and what the tagger knows by how it is spoken of. */
const ALL_KINDS = [...KINDS, ...ENTITY_KINDS] as const;

const config = z.strictObject({
  /** What to look for; everything unless told. */
  kinds: z
    .array(z.enum(ALL_KINDS))
    .min(1)
    .default([...ALL_KINDS]),
  /** ISO 3166 code of the country whose national telephone numbers are told; null: international ones alone. */
  default_region: z
    .custom<Parameters<typeof phoneNumber>[0] | null>(
      (value) => value === null || (typeof value === 'string' && isSupportedCountry(value)),
      'an ISO 3166 country code in capitals, or null',
    )
    .default('US'),
  /** Values that are not told, exactly as they are written. */
  allow: z.array(z.string().min(1).max(1_024)).max(10_000).default([]),
});
type Config = z.infer<typeof config>;

/** A guess gives way to what is checked. */
const GUESSES: ReadonlySet<string> = new Set(['PHONE_NUMBER']);
/** Beyond what decides a candidate, so that a long word is not scanned again with every character that comes. */
const STEP = 48;
const WORTH_A_LOOK = /\d|@|:\/\/|:[0-9A-Fa-f]{0,4}:|www\./i;

export const pii = defineScanner<Config>({
  id: 'pii',
  title: 'Personal data with a shape',
  description: 'Mail and IP addresses, URLs, payment cards, IBANs, US social security and telephone numbers.',
  risks: ['LLM02:2025', 'LLM02:2026'],
  kinds: ALL_KINDS,
  config,
  create(configured, wanted) {
    const asked = configured.kinds.filter((kind) => wanted.length === 0 || wanted.includes(kind));
    const entities = new Set<string>(ENTITY_KINDS.filter((kind) => asked.includes(kind)));
    if (entities.size === 0) return createStructured(configured, wanted);
    const tagger = createTagger(entities, new Set(configured.allow));
    return asked.length === entities.size ? tagger : [createStructured(configured, wanted), tagger];
  },
});

function createStructured({ kinds, default_region, allow }: Config, wanted: readonly string[]): Scanner {
  const asked = new Set<string>(wanted.length === 0 ? kinds : kinds.filter((kind) => wanted.includes(kind)));
  const finders = allFinders(default_region ?? undefined).filter(({ kind }) => asked.has(kind));
  const allowed = new Set(allow);
  const decisionOf = (some: readonly Finder[]): number =>
    PHONE_DECISION + Math.max(0, ...some.map(({ decision }) => decision));
  const decision = decisionOf(finders.filter((finder) => finder !== url));
  const decisionInUrl = decisionOf(finders);
  const hasUrl = finders.includes(url);

  /** A guess that starts before `until` may give way to what starts inside it. */
  const chained = (text: string, from: number, until: number): readonly Sighting[] =>
    chain(finders, GUESSES, text, from, until + PHONE_DECISION);

  function sightings(text: string, from: number, until: number): readonly Sighting[] {
    const found = chained(text, from, until);
    if (allowed.size === 0 || found.length === 0) return found;
    return found.filter(({ start, end }) => !allowed.has(text.slice(start, end)));
  }

  return {
    reach: REACH,
    maxHold: (hasUrl ? decisionInUrl : decision) + STEP,
    scan: (text, from, _place, _final, until) =>
      isWorthALook(text, from) ? sightings(text, from, until) : [],
    settled(text, from) {
      const open = undecidedFrom(text, from, decision + STEP);
      if (open !== null && text.length - open < decision + STEP) return open;
      const isInUrl = hasUrl && mayHoldUrl(text, from);
      if (isInUrl && text.length - from < decisionInUrl + STEP)
        return undecidedFrom(text, from, decisionInUrl + STEP) ?? from;
      const decided = Math.max(from, text.length - (isInUrl ? decisionInUrl : decision));
      return afterSightings(decided, chained(text, from, decided));
    },
  };
}

function allFinders(region: Parameters<typeof phoneNumber>[0]): readonly Finder[] {
  return [emailAddress, url, ibanCode, creditCard, usSsn, ipAddress, phoneNumber(region)];
}

/** Cheap, and silent on most prose. */
function isWorthALook(text: string, from: number): boolean {
  return WORTH_A_LOOK.test(from === 0 ? text : text.slice(from));
}
