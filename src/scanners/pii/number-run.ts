/** Groups of letters and digits as numbers of offices and banks are written: `943 476 5919`, `536.390.898-20`. */

/** Longer than any number that is told. */
const MAX_GROUPS = 8;
export const MAX_RUN = 36;

/** The first groups of a run, as many as its last one says. */
export interface Written {
  /** Letters and digits, capitals. */
  readonly compact: string;
  /** Lengths of the groups and what stands between them: `3 3 4`, `3.3.3-2`. */
  readonly signature: string;
  readonly end: number;
}

/**
 * Every way to read the run at `start`: its first group, its first two, … It looks at no more than `MAX_RUN` characters
 * and the one behind them. Only what stands alone may have small letters: words follow one another too.
 */
export function writtenAt(text: string, start: number): readonly Written[] {
  const written: Written[] = [];
  const stop = Math.min(text.length, start + MAX_RUN);
  let signature = '';
  let compact = '';
  let at = start;
  while (written.length < MAX_GROUPS) {
    const end = endOfGroup(text, at, stop);
    const group = text.slice(at, end);
    if (end === stop && isAlphanumeric(text.charCodeAt(end))) break;
    const hasSmall = SMALL.test(group);
    if (signature !== '' && hasSmall) break;
    signature += String(group.length);
    compact += hasSmall ? group.toUpperCase() : group;
    const joint = jointOf(text.charCodeAt(end));
    const goesOn = joint !== '' && isAlphanumeric(text.charCodeAt(end + 1)) && end + 1 < stop;
    if (!goesOn || isBreak(text, end, joint, signature)) written.push({ compact, signature, end });
    if (!goesOn || hasSmall) break;
    signature += joint;
    at = end + 1;
  }
  return written;
}

const SMALL = /[a-z]/;

function endOfGroup(text: string, from: number, stop: number): number {
  let at = from;
  while (at < stop && isAlphanumeric(text.charCodeAt(at))) at++;
  return at;
}

/** A number may end before a space, if what follows does not go on in the same manner: digits after spaces and digits. */
function isBreak(text: string, end: number, joint: string, signature: string): boolean {
  if (joint !== ' ') return false;
  return !(signature.includes(' ') && isDigit(text.charCodeAt(end + 1)));
}

/** Ways of writing the same joint are one; empty where the code is none. */
function jointOf(code: number): string {
  if (code === 0x20 || code === 0xa0 || code === 0x2009 || code === 0x202f) return ' ';
  if (code === 0x2d || (code >= 0x2010 && code <= 0x2013)) return '-';
  return code === 0x2e || code === 0x2f || code === 0x2b ? String.fromCharCode(code) : '';
}

function isAlphanumeric(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
