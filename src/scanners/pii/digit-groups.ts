/** Runs of digits that spaces, dashes and the like set in groups: what cards and phone numbers look like. */

/** What may stand between groups: space, no-break and thin spaces, the hyphens that models like to write. */
export const JOINT = ' \\u00a0\\u2009\\u202f\\u2010-\\u2013-';

export interface DigitRun {
  readonly start: number;
  readonly digits: string;
  /** For each digit the offset behind it. */
  readonly ends: readonly number[];
  /** Counts of digits at which a group ends, longest first. */
  readonly lengths: readonly number[];
}

export function digitRunOf(match: string, start: number): DigitRun {
  let digits = '';
  const ends: number[] = [];
  const lengths: number[] = [];
  for (let i = 0; i < match.length; i++) {
    const code = match.charCodeAt(i);
    if (code < 0x30 || code > 0x39) continue;
    digits += match[i];
    ends.push(start + i + 1);
    const next = match.charCodeAt(i + 1);
    if (!(next >= 0x30 && next <= 0x39)) lengths.push(digits.length);
  }
  return { start, digits, ends, lengths: lengths.reverse() };
}
