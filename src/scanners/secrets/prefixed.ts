/** Finds credentials that have a structure of their own: one search for all anchors, patterns tried only there. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { createLiteralSearch, type LiteralSearch } from './literal-search.ts';
import { looksMadeUp } from './placeholder.ts';
import { RULES } from './rules.ts';
import type { SecretRule } from './rules/rule.ts';

/** Rules whose match may be so long that a text is held for them only where their anchor stands. */
const LONG = 450;
/** A wrong checksum may be a slip of the finger, and the rest is still nobody else's business. */
const WRONG_CHECKSUM = 0.6;
const RIGHT_CHECKSUM = 0.99;

const FULL_STOP = 0x2e;

interface Compiled {
  readonly rule: SecretRule;
  readonly pattern: RegExp;
}
type ByAnchor = ReadonlyMap<string, readonly Compiled[]>;

export interface Prefixed {
  find(text: string, from: number, until: number): readonly Sighting[];
  /** Characters from a candidate's start on that decide it, for the anchors that stand in text[from, …). */
  decision(text: string, from: number): number;
  readonly maxDecision: number;
}

export function createPrefixed(kinds: ReadonlySet<string>): Prefixed {
  const rules = RULES.filter(({ id }) => kinds.has(id));
  const byAnchor = new Map<string, Compiled[]>();
  for (const rule of rules) {
    const compiled = { rule, pattern: new RegExp(rule.pattern, 'y') };
    for (const anchor of rule.anchors) byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), compiled]);
  }
  const search = createLiteralSearch([...byAnchor.keys()]);
  const short = rules.filter(({ maxLength }) => maxLength <= LONG);
  const long = rules.filter(({ maxLength }) => maxLength > LONG);
  const longSearch = createLiteralSearch(long.flatMap(({ anchors }) => anchors));
  const lead = Math.max(0, ...rules.flatMap(({ leads }) => leads));
  const decision = longest(short) + 1;
  const maxDecision = Math.max(decision, longest(long) + 1);
  return {
    find: (text, from, until) => (rules.length === 0 ? [] : find(search, byAnchor, lead, text, from, until)),
    decision: (text, from) => (longSearch.some(text, from, text.length, () => true) ? maxDecision : decision),
    maxDecision,
  };
}

function longest(rules: readonly SecretRule[]): number {
  return Math.max(0, ...rules.map(({ maxLength }) => maxLength));
}

/** Every place is tried for itself, so that it makes no difference where the search began. */
function find(
  search: LiteralSearch,
  byAnchor: ByAnchor,
  lead: number,
  text: string,
  from: number,
  until: number,
): readonly Sighting[] {
  const found: Sighting[] = [];
  search.some(text, from, until + lead, (at, anchors) => {
    for (const anchor of anchors) {
      const sighting = sightingAt(byAnchor.get(anchor) ?? [], anchor, text, at);
      if (!sighting || sighting.start < from) continue;
      found.push(sighting);
      return;
    }
  });
  return found;
}

function sightingAt(
  candidates: readonly Compiled[],
  anchor: string,
  text: string,
  at: number,
): Sighting | null {
  const isWord = isInWord(anchor.charCodeAt(0));
  for (const { rule, pattern } of candidates) {
    for (const lead of rule.leads) {
      if (lead > at || (lead === 0 && isWord && !isStartOfWord(text, at))) continue;
      pattern.lastIndex = at - lead;
      const secret = pattern.exec(text)?.[0];
      if (secret === undefined || (!rule.isPlain && looksMadeUp(secret, lead === 0 ? anchor.length : 0)))
        continue;
      return {
        start: at - lead,
        end: at - lead + secret.length,
        kind: rule.id,
        confidence: confidenceOf(rule, secret),
      };
    }
  }
  return null;
}

function confidenceOf({ confidence, hasChecksum }: SecretRule, secret: string): number {
  if (!hasChecksum) return confidence;
  return hasChecksum(secret) ? RIGHT_CHECKSUM : WRONG_CHECKSUM;
}

/** No letter or digit in front, unless it belongs to an escape: `\n`, or `%3D` in a URL. No file's extension either. */
function isStartOfWord(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  if (!isInWord(before)) return before !== FULL_STOP || !isInWord(text.charCodeAt(at - 2));
  return /\\[nrt]$|%[0-9A-Fa-f]{2}$/.test(text.slice(Math.max(0, at - 3), at));
}

function isInWord(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
