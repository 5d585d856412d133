/** Finds credentials that begin with a prefix of their own. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { RULES, type SecretRule } from './rules.ts';

/** Rules whose match may be so long that a text is held for them only where their prefix stands. */
const LONG = 450;

interface Compiled {
  readonly rule: SecretRule;
  readonly pattern: RegExp;
}

export interface Prefixed {
  find(text: string, from: number, until: number): readonly Sighting[];
  /** Characters from a candidate's start on that decide it, for the prefixes that stand in text[from, …). */
  decision(text: string, from: number): number;
  readonly maxDecision: number;
}

export function createPrefixed(kinds: ReadonlySet<string>): Prefixed {
  const rules = RULES.filter(({ id }) => kinds.has(id));
  const byPrefix = new Map<string, Compiled[]>();
  for (const rule of rules) {
    const compiled = { rule, pattern: new RegExp(rule.pattern, 'y') };
    for (const prefix of rule.prefixes) byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), compiled]);
  }
  const prefixes = anyOf([...byPrefix.keys()]);
  const short = rules.filter(({ maxLength }) => maxLength <= LONG);
  const long = rules.filter(({ maxLength }) => maxLength > LONG);
  const decision = longest(short) + 1;
  const maxDecision = Math.max(decision, longest(long) + 1);
  const longPrefixes =
    long.length > 0 ? new RegExp(long.flatMap((rule) => rule.prefixes.map(escaped)).join('|')) : null;
  return {
    find: (text, from, until) => (prefixes ? find(prefixes, byPrefix, text, from, until) : []),
    decision: (text, from) => (longPrefixes?.test(text.slice(from)) ? maxDecision : decision),
    maxDecision,
  };
}

function longest(rules: readonly SecretRule[]): number {
  return Math.max(0, ...rules.map(({ maxLength }) => maxLength));
}

/** Every prefix, longest first, at the beginning of a word; those that begin with a sign stand anywhere. */
function anyOf(prefixes: readonly string[]): RegExp | null {
  if (prefixes.length === 0) return null;
  const sorted = prefixes.toSorted((a, b) => b.length - a.length).map(escaped);
  const words = sorted.filter((prefix) => /^\w/.test(prefix));
  const signs = sorted.filter((prefix) => !/^\w/.test(prefix));
  return new RegExp([`(?<![A-Za-z0-9])(?:${words.join('|')})`, ...signs].join('|'), 'g');
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** Every place is tried for itself, so that it makes no difference where the search began. */
function find(
  prefixes: RegExp,
  byPrefix: ReadonlyMap<string, readonly Compiled[]>,
  text: string,
  from: number,
  until: number,
): readonly Sighting[] {
  const found: Sighting[] = [];
  prefixes.lastIndex = from;
  for (let match = prefixes.exec(text); match && match.index < until; match = prefixes.exec(text)) {
    const sighting = sightingAt(byPrefix, match[0], text, match.index);
    if (sighting) found.push(sighting);
    prefixes.lastIndex = match.index + 1;
  }
  return found;
}

/** The longest prefix that stands there first, then those that it begins with. */
function sightingAt(
  byPrefix: ReadonlyMap<string, readonly Compiled[]>,
  longestPrefix: string,
  text: string,
  start: number,
): Sighting | null {
  for (let length = longestPrefix.length; length > 0; length--) {
    for (const { rule, pattern } of byPrefix.get(longestPrefix.slice(0, length)) ?? []) {
      pattern.lastIndex = start;
      if (pattern.test(text))
        return { start, end: pattern.lastIndex, kind: rule.id, confidence: rule.confidence };
    }
  }
  return null;
}
