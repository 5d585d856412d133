/** Finds credentials: keys and tokens of known structure, private keys, passwords that are called so. */
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
} from '../../modules/scanning/scanner.ts';
import { ASSIGNED_DECISION, ASSIGNED_REACH, findAssigned } from './assigned.ts';
import { createPrefixed } from './prefixed.ts';
import { findPrivateKeys, MAX_PRIVATE_KEY, privateKeyUndecidedFrom } from './private-key.ts';
import { RULES } from './rules.ts';
import { hasLongRun, startOfRun } from './visible-run.ts';

const KINDS: readonly string[] = [
  ...RULES.map(({ id }) => id),
  'aws_secret_access_key',
  'connection_string_password',
  'generic_secret',
  'password',
  'private_key',
];
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
const SHORTEST = 20;

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
  const allowed = new Set(allow);
  const decision = ASSIGNED_DECISION + prefixed.decision('', 0);
  const maxDecision = ASSIGNED_DECISION + prefixed.maxDecision;

  /** What begins inside a guess that starts before `until` ends the guess. */
  function chained(text: string, from: number, until: number): readonly Sighting[] {
    const limit = until + ASSIGNED_DECISION;
    const found: Sighting[] = [...findAssigned(text, from, limit, asked)];
    if (hasLongRun(text, from, SHORTEST)) found.push(...prefixed.find(text, from, limit));
    if (hasKeys) found.push(...findPrivateKeys(text, from, limit));
    return found.length < 2 ? found : chain(found);
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
    reach: ASSIGNED_REACH,
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
      if (decided === from || (decided === run && key === null)) return decided;
      const open = Math.min(decided, key ?? decided);
      return afterSightings(open, chained(text, from, open));
    },
  };
}

/** Beyond what decides a candidate, so that a long run is not scanned again with every character that comes. */
function stepped(decision: number): number {
  return decision + Math.max(128, decision >> 2);
}

/** What is secret by its name alone ends where something of known structure begins. */
const GUESSES: ReadonlySet<string> = new Set(['password', 'generic_secret']);

/** Leftmost first; where two begin together the surer one. */
function chain(found: readonly Sighting[]): readonly Sighting[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.confidence - a.confidence || b.end - a.end);
  const sightings: Sighting[] = [];
  let end = 0;
  sorted.forEach((sighting, index) => {
    if (sighting.start < end) return;
    const whole = GUESSES.has(sighting.kind) ? before(sighting, sorted, index) : sighting;
    sightings.push(whole);
    end = whole.end;
  });
  return sightings;
}

function before(guess: Sighting, sorted: readonly Sighting[], index: number): Sighting {
  for (let i = index + 1; i < sorted.length; i++) {
    const next = sorted[i];
    if (!next || next.start >= guess.end) return guess;
    if (next.start > guess.start && !GUESSES.has(next.kind)) return { ...guess, end: next.start };
  }
  return guess;
}
