/** Finds credentials: keys and tokens of known structure, private keys, passwords that are called so. */
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
} from '../../modules/scanning/scanner.ts';
import { ACCOUNT_REACH, findInAccountLines } from './account-line.ts';
import { ASSIGNED_DECISION, assignedUndecidedFrom, findAssigned } from './assigned.ts';
import { ASSIGNMENT_REACH } from './assignment.ts';
import { chain } from './chain.ts';
import { NAMED_SERVICES } from './named-services.ts';
import { findPositional, POSITIONAL_REACH } from './positional.ts';
import { createPrefixed } from './prefixed.ts';
import { findPrivateKeys, MAX_PRIVATE_KEY, privateKeyUndecidedFrom } from './private-key.ts';
import { RULES } from './rules.ts';
import { findUrlPasswords, URL_PASSWORD_REACH } from './url-password.ts';
import { hasLongRun, startOfRun } from './visible-run.ts';

const GENERIC_KINDS = [
  'aws_secret_access_key',
  'connection_string_password',
  'generic_secret',
  'password',
  'private_key',
] as const;
const KINDS: readonly string[] = [
  ...new Set([...RULES.map(({ id }) => id), ...NAMED_SERVICES.map(({ id }) => id), ...GENERIC_KINDS]),
];
/** Kinds that are found by what stands before them. */
const NAMED_KINDS: readonly string[] = [
  ...NAMED_SERVICES.map(({ id }) => id),
  'aws_secret_access_key',
  'generic_secret',
  'password',
];
const REACH = 8 + Math.max(ACCOUNT_REACH, ASSIGNMENT_REACH, POSITIONAL_REACH, URL_PASSWORD_REACH);
const kind = z.enum(KINDS as [string, ...string[]]);

const config = z.strictObject({
  /** What to look for; everything unless told. */
  kinds: z
    .array(kind)
    .min(1)
    .default([...KINDS]),
  /** Kinds that are not told. */
  except: z.array(kind).default([]),
  /** Values that are not told, exactly as they are written: keys of the documentation, for example. */
  allow: z.array(z.string().min(1).max(8_192)).max(10_000).default([]),
});
type Config = z.infer<typeof config>;

/** The shortest credential with a prefix of its own. */
const SHORTEST = 18;

export const secrets = defineScanner<Config>({
  id: 'secrets',
  title: 'Secrets',
  description:
    'API keys and tokens by the structure their issuers publish, private keys, passwords and connection strings.',
  risks: ['LLM02:2025', 'LLM02:2026'],
  kinds: KINDS,
  config,
  create: createSecrets,
});

function createSecrets({ kinds, except, allow }: Config, wanted: readonly string[]): Scanner {
  const asked = new Set(
    kinds.filter((each) => !except.includes(each) && (wanted.length === 0 || wanted.includes(each))),
  );
  const prefixed = createPrefixed(asked);
  const hasKeys = asked.has('private_key');
  const hasUrls = asked.has('connection_string_password');
  const hasPasswords = asked.has('password');
  const hasAccounts = hasPasswords || asked.has('password_hash');
  const hasNamed = NAMED_KINDS.some((each) => asked.has(each));
  const allowed = new Set(allow);
  const decision = ASSIGNED_DECISION + prefixed.decision('', 0);
  const maxDecision = ASSIGNED_DECISION + prefixed.maxDecision;

  function chained(text: string, from: number, until: number): readonly Sighting[] {
    const found = candidates(text, from, until);
    if (found.length === 0) return found;
    if (until >= text.length) return found.length === 1 ? found : chain(found);
    // What begins inside a guess ends it.
    return chain(candidates(text, from, until + ASSIGNED_DECISION));
  }

  function candidates(text: string, from: number, limit: number): readonly Sighting[] {
    const found: Sighting[] = [];
    if (hasNamed) found.push(...findAssigned(text, from, limit, asked));
    if (hasUrls) found.push(...findUrlPasswords(text, from, limit));
    if (hasPasswords) found.push(...findPositional(text, from, limit));
    if (hasAccounts) found.push(...findInAccountLines(text, from, limit, asked));
    if (hasLongRun(text, from, SHORTEST)) found.push(...prefixed.find(text, from, limit));
    if (hasKeys) found.push(...findPrivateKeys(text, from, limit));
    return found;
  }

  /** Where a run that is longer than what decides its beginning is decided; `run` where it is not that long. */
  function decidedInRun(text: string, from: number, run: number): number {
    if (text.length - run < stepped(decision)) return run;
    const needed = ASSIGNED_DECISION + prefixed.decision(text, from);
    return text.length - from < stepped(needed)
      ? Math.min(run, startOfRun(text, from))
      : Math.max(from, text.length - needed);
  }

  return {
    reach: REACH,
    maxHold: Math.max(stepped(maxDecision), hasKeys ? MAX_PRIVATE_KEY : 0),
    scan(text, from, _place, _final, until) {
      const found = chained(text, from, until);
      return allowed.size === 0
        ? found
        : found.filter(({ start, end }) => !allowed.has(text.slice(start, end)));
    },
    settled(text, from) {
      const key = hasKeys ? privateKeyUndecidedFrom(text, from) : null;
      if (key === from) return from;
      const run = startOfRun(text, Math.max(from, text.length - stepped(decision)));
      const decided = decidedInRun(text, from, run);
      if (decided === from) return from;
      const quoted = hasNamed ? assignedUndecidedFrom(text, from) : text.length;
      const open = Math.min(decided, quoted, key ?? decided);
      // Only private keys and quoted values cross spaces, so elsewhere nothing crosses the beginning of a run.
      const isApart = open === run && key === null && !/["'`]/.test(text.slice(run));
      return isApart ? open : afterSightings(open, chained(text, from, open));
    },
  };
}

/** Beyond what decides a candidate, so that a long run is not scanned again with every character that comes. */
function stepped(decision: number): number {
  return decision + Math.max(128, decision >> 2);
}
