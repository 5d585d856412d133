/** Finds personal data that has a shape: addresses and numbers, with their checksums where they have one. */
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
} from '../../modules/scanning/scanner.ts';
import { age } from './age.ts';
import { chain, MAX_GIVING_WAY, REACH, type Finder } from './candidate.ts';
import { creditCard } from './credit-card.ts';
import { cryptoAddress } from './crypto-address.ts';
import { dateTime } from './date-time.ts';
import { emailAddress } from './email-address.ts';
import { ibanCode } from './iban-code.ts';
import { ipAddress } from './ip-address.ts';
import { KINDS, UNLESS_TOLD } from './kinds.ts';
import { macAddress } from './mac-address.ts';
import { numberingPlans } from '../../base/numbering-plans.ts';
import { numbers, TABLE } from './numbers.ts';
import { phoneNumber } from './phone-number.ts';
import { undecidedPhraseFrom } from './phrases.ts';
import { remembering, type Chained } from './remembering.ts';
import { streetAddress } from './street-address.ts';
import { createTagger } from './tagger/tagger.ts';
import { ENTITY_KINDS } from './tagger/tags.ts';
import { undecidedFrom } from './undecided.ts';
import { mayHoldUrl, url } from './url.ts';
import { waitingFrom } from './words-behind.ts';

/** What has a shape, and what the tagger knows by how it is spoken of. */
const ALL_KINDS = [...KINDS, ...ENTITY_KINDS] as const;

const config = z.strictObject({
  /** What to look for; unless told, what the guardrail asks for, and all but DATE_TIME where it asks for nothing. */
  kinds: z.array(z.enum(ALL_KINDS)).min(1).optional(),
  /** ISO 3166 code of the country whose national telephone numbers are told; null: international ones alone. */
  default_region: z
    .custom<Parameters<typeof phoneNumber>[0] | null>(
      (value) => value === null || (typeof value === 'string' && numberingPlans().isSupportedCountry(value)),
      'an ISO 3166 country code in capitals, or null',
    )
    .default('US'),
  /** Values that are not told, exactly as they are written. */
  allow: z.array(z.string().min(1).max(1_024)).max(10_000).default([]),
});
type Config = z.infer<typeof config>;
type Region = Parameters<typeof phoneNumber>[0];

/** Beyond what decides a candidate, so that a long word is not scanned again with every character that comes. */
const STEP = 256;
const WORTH_A_LOOK = /\d|@|:\/\/|:[0-9A-Fa-f]{0,4}:|www\./i;

export const pii = defineScanner<Config>({
  id: 'pii',
  title: 'Personal data',
  description:
    'Mail, network and street addresses, URLs, payment cards, bank accounts, telephone numbers, birthdays, the ' +
    'numbers that some thirty states give to people, papers and firms, and names of persons, places and organizations.',
  risks: ['LLM02:2025', 'LLM02:2026'],
  kinds: ALL_KINDS,
  config,
  create(configured, wanted) {
    const asked = askedOf(configured.kinds, wanted);
    const entities = new Set<string>(ENTITY_KINDS.filter((kind) => asked.has(kind)));
    if (entities.size === 0) return createStructured(configured, asked);
    const tagger = createTagger(entities, new Set(configured.allow));
    return asked.size === entities.size ? tagger : [createStructured(configured, asked), tagger];
  },
});

function createStructured({ default_region, allow }: Config, asked: ReadonlySet<string>): Scanner {
  const finders = findersOf(asked, default_region ?? undefined);
  const allowed = new Set(allow);
  const decisionOf = (some: readonly Finder[]): number =>
    MAX_GIVING_WAY + Math.max(0, ...some.map(({ decision }) => decision));
  const decision = decisionOf(finders.filter((finder) => finder !== url));
  const decisionInUrl = decisionOf(finders);
  const hasUrl = finders.includes(url);
  const hasStreets = asked.has('STREET_ADDRESS');
  const hasNumbers = TABLE.some(({ kind }) => asked.has(kind));
  const hasPhrases = hasStreets || ['DATE_TIME', 'DATE_OF_BIRTH', 'AGE'].some((kind) => asked.has(kind));

  /** What starts before `until` may give way to what starts inside it. */
  const chained = (text: string, from: number, until: number): readonly Sighting[] =>
    isWorthALook(text, from) ? chain(finders, text, from, until + MAX_GIVING_WAY) : [];

  const told = (found: readonly Sighting[], text: string): readonly Sighting[] =>
    allowed.size === 0 || found.length === 0
      ? found
      : found.filter(({ start, end }) => !allowed.has(text.slice(start, end)));

  const settled = (text: string, from: number, look: Chained): number => {
    const open = undecidedFrom(text, from, decision + STEP);
    if (open !== null && text.length - open < decision + STEP) {
      const waiting = hasNumbers ? waitingFrom(text, from) : open;
      if (!hasPhrases && waiting >= open) return open;
      const phrase = hasPhrases ? undecidedPhraseFrom(text, from, hasStreets) : open;
      const undecided = Math.min(open, waiting, phrase);
      if (undecided === from) return from;
      // What is decided may reach over where a phrase of another kind may begin, and over the digits that end it.
      return afterSightings(undecided, look(text, from, undecided));
    }
    const isInUrl = hasUrl && mayHoldUrl(text, from);
    if (isInUrl && text.length - from < decisionInUrl + STEP)
      return undecidedFrom(text, from, decisionInUrl + STEP) ?? from;
    const decided = Math.max(from, text.length - (isInUrl ? decisionInUrl : decision));
    return afterSightings(decided, look(text, from, decided));
  };

  return {
    reach: REACH,
    maxHold: (hasUrl ? decisionInUrl : decision) + STEP,
    scan: (text, from, _place, _final, until) => told(chained(text, from, until), text),
    settled: (text, from) => settled(text, from, chained),
    follow() {
      const { look, lookAgain } = remembering(chained);
      return {
        scan: (text, from, _place, _final, until) => told(lookAgain(text, from, until), text),
        settled: (text, from) => settled(text, from, look),
      };
    },
  };
}

function askedOf(configured: readonly string[] | undefined, wanted: readonly string[]): ReadonlySet<string> {
  if (wanted.length === 0) return new Set(configured ?? [...UNLESS_TOLD, ...ENTITY_KINDS]);
  return new Set(configured ? wanted.filter((kind) => configured.includes(kind)) : wanted);
}

/** In the order in which they win where two are as sure and begin together. */
function findersOf(asked: ReadonlySet<string>, region: Region): readonly Finder[] {
  const single: readonly (readonly [string, Finder])[] = [
    ['EMAIL_ADDRESS', emailAddress],
    ['URL', url],
    ['IBAN_CODE', ibanCode],
    ['CREDIT_CARD', creditCard],
    ['CRYPTO', cryptoAddress],
    ['MAC_ADDRESS', macAddress],
    ['IP_ADDRESS', ipAddress],
    ['PHONE_NUMBER', phoneNumber(region)],
    ['STREET_ADDRESS', streetAddress],
    ['AGE', age],
  ];
  const finders = single.flatMap(([kind, finder]) => (asked.has(kind) ? [finder] : []));
  const tables = numbers(asked);
  if (tables) finders.push(tables);
  if (asked.has('DATE_TIME') || asked.has('DATE_OF_BIRTH')) finders.push(dateTime(asked));
  return finders;
}

/** Cheap, and silent on most prose. */
function isWorthALook(text: string, from: number): boolean {
  return WORTH_A_LOOK.test(from === 0 ? text : text.slice(from));
}
