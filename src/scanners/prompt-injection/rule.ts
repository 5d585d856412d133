/** A rule: a pattern over the normalized text that is an attack by itself, whatever the model thinks of it. */
import type { Channel } from '../../domain/document.ts';
import type { Span } from '../../domain/finding.ts';
import { beginFor, stopsIn } from './stops.ts';

export const KINDS = [
  'INJECTION',
  'JAILBREAK',
  'PROMPT_LEAK',
  'HIDDEN_INSTRUCTION',
  'UNREAD_ENCODING',
] as const;
export type Kind = (typeof KINDS)[number];

/** The longest text that a pattern may match: its quantifiers are bounded so that none matches more. */
export const MAX_MATCH = 240;

export interface Rule {
  readonly id: string;
  readonly kind: Kind;
  readonly channels: readonly Channel[];
  /** Plain words of which every match holds one: a cheap look that spares most texts the pattern. */
  readonly stems: readonly string[];
  /** Over lower-cased text with single spaces. Linear: bounded quantifiers alone, none inside another. */
  readonly pattern: RegExp;
  readonly confidence: number;
}

/** What adds to a sentence's score at the model, and is no finding by itself. */
export interface Shape {
  readonly id: string;
  /** In log-odds; below 0 where it speaks for the sentence. */
  readonly weight: number;
  /** Over one sentence, or over what stands behind the verb of an act in it. */
  readonly pattern: RegExp;
  /** Where it is looked for. */
  readonly place: 'sentence' | 'behind the act' | 'behind the foreign act';
}

const stops = new WeakMap<Rule, number>();

/** Where a match that ends after `start` begins at the earliest: most patterns end with the sentence. */
export function earliestFor(rule: Rule, text: string, start: number): number {
  let most = stops.get(rule);
  if (most === undefined) {
    most = stopsIn(rule.pattern);
    stops.set(rule, most);
  }
  return beginFor(text, Math.max(0, start - MAX_MATCH), start, most);
}

/** The leftmost match in `text` that ends after `start` and begins at `earliest` or later; null where there is none. */
export function matchIn(
  rule: Rule,
  text: string,
  start: number,
  earliest = earliestFor(rule, text, start),
): Span | null {
  const { pattern } = rule;
  pattern.lastIndex = earliest;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (pattern.lastIndex > start) return { start: match.index, end: pattern.lastIndex };
    pattern.lastIndex = match.index + 1;
  }
  return null;
}
