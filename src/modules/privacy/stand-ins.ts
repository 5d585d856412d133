/** The stand-ins of one request: made once for each value, found again in the answer however the model wrote them. */
import { CODE_LENGTH, isSameValue, labelOf, MAX_LABEL, standInFor } from './stand-in-names.ts';

/** What replaced what. Lives as long as the request. */
export interface StandIns {
  size(): number;
  /** What stands for a value in this request, where something does. */
  of(kind: string, value: string): string | undefined;
  /**
   * Stand-in shaped text that starts in [from, text.length): each with its original, or null where the model invented
   * it. One that stood in the request before is neither. `text` SHOULD hold the character before `from`, if there is one.
   */
  find(text: string, from: number): readonly FoundStandIn[];
  /** Like a scanner's `settled`: the first index at which a stand-in may begin that is not complete yet. */
  settled(text: string): number;
  /** The most characters that `settled` ever holds back. */
  readonly maxHold: number;
}

export interface FoundStandIn {
  readonly start: number;
  readonly end: number;
  readonly original: string | null;
}

export interface StandInBook extends StandIns {
  standInOf(kind: string, value: string): string;
  /** Takes note of stand-ins that the request brought along, from earlier turns. */
  know(text: string): void;
}

/** The longest way of writing one: brackets, and a backslash before every underscore, as Markdown has it. */
const MAX_WRITTEN = 2 + 2 * (MAX_LABEL + 1) + CODE_LENGTH;
const CODE = `\\\\?_[a-z2-7]{${CODE_LENGTH}}`;
const ANY_IN_BRACKETS = `<[a-z](?:[a-z0-9]|\\\\?_){0,${MAX_LABEL - 1}}?${CODE}>`;

export const NO_STAND_INS: StandIns = {
  size: () => 0,
  of: () => undefined,
  maxHold: 0,
  find: () => [],
  settled: (text) => text.length,
};

export function createStandInBook(key: Buffer, domain: string): StandInBook {
  const byValue = new Map<string, string>();
  const originals = new Map<string, { readonly kind: string; readonly value: string }>();
  const labels = new Set<string>();
  const brought = new Set<string>();
  let shape: RegExp | null = null;

  /** Two ways of writing one value share a stand-in, and the first is what comes back; two values never share one. */
  function make(kind: string, value: string): string {
    for (let attempt = 0; ; attempt++) {
      const standIn = standInFor(key, domain, kind, value, attempt);
      const name = nameOf(standIn);
      const taken = originals.get(name);
      if (taken && !isSameValue(kind, taken.value, value)) continue;
      if (!taken) originals.set(name, { kind, value });
      labels.add(labelOf(kind));
      shape = null;
      return standIn;
    }
  }

  return {
    size: () => originals.size,
    of: (kind, value) => byValue.get(`${kind} ${value}`),
    maxHold: MAX_WRITTEN,
    standInOf(kind, value) {
      const entry = `${kind} ${value}`;
      let standIn = byValue.get(entry);
      if (standIn === undefined) {
        standIn = make(kind, value);
        byValue.set(entry, standIn);
      }
      return standIn;
    },
    know(text) {
      if (!text.includes('_')) return;
      for (const [written] of text.matchAll(new RegExp(ANY_IN_BRACKETS, 'gi'))) brought.add(nameOf(written));
    },
    find(text, from) {
      if (originals.size === 0 || !text.includes('_', from)) return [];
      shape ??= shapeOf(labels);
      const found: FoundStandIn[] = [];
      shape.lastIndex = from;
      for (let match = shape.exec(text); match; match = shape.exec(text)) {
        const name = nameOf(match[0]);
        const original = originals.get(name)?.value ?? null;
        if (original === null && (brought.has(name) || !looksMade(match[0], labels))) continue;
        found.push({ start: match.index, end: shape.lastIndex, original });
      }
      return found;
    },
    settled: (text) => (originals.size === 0 ? text.length : startOfWord(text)),
  };
}

/** However it is written: without brackets, backslashes and regard to case. */
function nameOf(written: string): string {
  return written.replace(/[<>\\]/g, '').toLowerCase();
}

/** Markup and placeholders stand in brackets too; what we make has a label of this request, or capitals. */
function looksMade(written: string, labels: ReadonlySet<string>): boolean {
  const label = written.replace(/[<>\\]/g, '').slice(0, -CODE_LENGTH - 1);
  return label === label.toUpperCase() || labels.has(label.toUpperCase());
}

/**
 * Brackets may have been lost, an underscore may be escaped, letters may have changed case. Without its brackets only a
 * label of this request is one; with them any label is.
 */
function shapeOf(labels: ReadonlySet<string>): RegExp {
  const known = [...labels].map((label) => label.replaceAll('_', '\\\\?_')).join('|');
  return new RegExp(`${ANY_IN_BRACKETS}|(?<![a-z0-9_])(?:${known})${CODE}(?![a-z0-9_])`, 'gi');
}

/** Letters, digits, underscores, backslashes and brackets at the end may go on to be a stand-in. */
function startOfWord(text: string): number {
  const stop = Math.max(0, text.length - MAX_WRITTEN);
  let at = text.length;
  while (at > stop && isPart(text.charCodeAt(at - 1))) at--;
  return at;
}

function isPart(code: number): boolean {
  if (code >= 0x61 && code <= 0x7a) return true;
  if (code >= 0x30 && code <= 0x39) return true;
  if (code >= 0x41 && code <= 0x5a) return true;
  return code === 0x5f || code === 0x5c || code === 0x3c || code === 0x3e;
}
