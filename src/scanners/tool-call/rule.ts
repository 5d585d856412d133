/** What a dangerous argument looks like: how it begins, how it goes on, and how sure that makes it. */
import type { Sighting } from '../../modules/scanning/scanner.ts';

export interface Rule {
  /** Any of these, in lower case and without white space; one that begins like a word begins a word. */
  readonly begins: readonly string[];
  /** A regular expression for what follows it; it sees `RULE_DECISION` characters and no more. */
  readonly rest: string;
  /** A look at the one character before it. */
  readonly before?: string;
  readonly confidence: number;
}

export interface RuleFinder {
  /** Those that start in text[from, until), leftmost first; none overlaps another. */
  find(text: string, from: number, until: number): readonly Sighting[];
  /** Where text that may still grow could hold the beginning of one; its length where it could not. */
  undecidedFrom(text: string, from: number): number;
}

/** Characters from a beginning on that decide it. */
export const RULE_DECISION = 400;
/** Characters before it that do. */
export const RULE_REACH = 1;

interface Compiled {
  readonly pattern: RegExp;
  readonly confidence: number;
}

export function createRuleFinder(kind: string, rules: readonly Rule[]): RuleFinder {
  const all = new Set(rules.flatMap(({ begins }) => begins));
  const beginnings = new RegExp([...all].map(escaped).join('|'), 'gi');
  const longest = Math.max(...[...all].map(({ length }) => length));
  const byFirst = compiledByFirst(rules);

  /** The surest rule that holds there. */
  function sightingAt(text: string, start: number): Sighting | null {
    const base = Math.max(0, start - RULE_REACH);
    // One less than what decides: a sighting's end looks at the character behind it.
    const near = text.slice(base, start + RULE_DECISION - 1);
    for (const { pattern, confidence } of byFirst.get(text.charAt(start).toLowerCase()) ?? []) {
      pattern.lastIndex = start - base;
      if (!pattern.test(near)) continue;
      return { start, end: wholeCharacters(text, base + pattern.lastIndex), kind, confidence };
    }
    return null;
  }

  return {
    find(text, from, until) {
      const found: Sighting[] = [];
      let end = from;
      beginnings.lastIndex = from;
      for (let match = beginnings.exec(text); match && match.index < until; match = beginnings.exec(text)) {
        beginnings.lastIndex = match.index + 1;
        const sighting =
          match.index < end || isInsideWord(text, match.index) ? null : sightingAt(text, match.index);
        if (!sighting) continue;
        found.push(sighting);
        end = sighting.end;
      }
      return found;
    },
    undecidedFrom(text, from) {
      let open = text.length;
      const stop = Math.max(from, text.length - longest);
      while (open > stop && text.charCodeAt(open - 1) > 0x20) open--;
      beginnings.lastIndex = Math.max(from, text.length - RULE_DECISION + 1);
      for (let match = beginnings.exec(text); match && match.index < open; match = beginnings.exec(text)) {
        if (!isInsideWord(text, match.index)) return match.index;
        beginnings.lastIndex = match.index + 1;
      }
      return open;
    },
  };
}

/** By the first character, the surest first. */
function compiledByFirst(rules: readonly Rule[]): ReadonlyMap<string, readonly Compiled[]> {
  const byFirst = new Map<string, Compiled[]>();
  for (const { begins, rest, before = '', confidence } of rules.toSorted(
    (a, b) => b.confidence - a.confidence,
  )) {
    const compiled = {
      pattern: new RegExp(`${before}(?:${begins.map(escaped).join('|')})${rest}`, 'iy'),
      confidence,
    };
    for (const first of new Set(begins.map((beginning) => beginning.charAt(0))))
      byFirst.set(first, [...(byFirst.get(first) ?? []), compiled]);
  }
  return byFirst;
}

/** Whether a beginning that is a word goes on from a word before it. */
function isInsideWord(text: string, at: number): boolean {
  return isWord(text.charCodeAt(at)) && (isWord(text.charCodeAt(at - 1)) || text.charAt(at - 1) === '-');
}

function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f
  );
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** No sighting cuts a surrogate pair. */
function wholeCharacters(text: string, end: number): number {
  const code = text.charCodeAt(end);
  return code >= 0xdc00 && code <= 0xdfff ? end - 1 : end;
}
