/** A value with all that is known of how it was given to its name: what the judges look at. */
import { lineBefore, type Assignment } from './assignment.ts';
import { readValue } from './assigned-value.ts';

export interface GivenValue extends Assignment {
  readonly value: string;
  readonly isQuoted: boolean;
  /** Whether name and value are all there is on the line. */
  readonly isLine: boolean;
  /** Whether a variable of a shell or of an environment file is set: there the value is all up to the next space. */
  readonly isVariable: boolean;
  /** Whether PHP's `define('NAME', '…')` gives it. */
  readonly isDefine: boolean;
  /** Whether it stands behind a bare name, in a place where that gives a value: .netrc, redis.conf, SQL. */
  readonly isBehindName: boolean;
}

/** `export NAME=…`, `NAME=…` of an environment file, `ENV NAME=…`, `-e NAME=…`. */
const BEFORE_VARIABLE = /^[ \t]*(?:#[ \t]*)?(?:(?:export|setx?|ENV|ARG|-e|env|-)[ \t]+)?$/;
/** The line begins here, or a list's item does. */
const BEFORE_KEY = /^[ \t]*(?:#[ \t]*)?(?:-[ \t]+|set[ \t]+|\?[ \t]+)?["'$]?$/;
/** Settings of servers that are written without a sign. */
const SETTINGS = /^(?:requirepass|masterauth|bindpw|rootpw)$/i;
/** The words of .netrc before its password. */
const BEFORE_NETRC = /\s(?:login|user|account)[ \t]+\S{1,60}\s+$/;
const NETRC_REACH = 90;

export function givenValueOf(text: string, assignment: Assignment): GivenValue | null {
  const isVariable = setsVariable(text, assignment);
  const read = readValue(text, assignment, isVariable);
  if (!read) return null;
  const { syntax, nameStart } = assignment;
  const before = lineBefore(text, nameStart);
  const isLine = read.endsLine && (syntax === 'pair' || BEFORE_KEY.test(before));
  const isDefine = syntax === 'comma' && /define\([ \t]{0,2}["']$/.test(before);
  const { value, isQuoted } = read;
  const given = { ...assignment, value, isQuoted, isLine, isVariable, isDefine };
  return { ...given, isBehindName: syntax === 'word' && standsBehindName(text, given) };
}

function setsVariable(text: string, { syntax, name, nameStart, start, quote }: Assignment): boolean {
  return (
    syntax === 'equals' &&
    quote === '' &&
    /^[A-Z0-9_]+$/.test(name) &&
    start === nameStart + name.length + 1 &&
    BEFORE_VARIABLE.test(lineBefore(text, nameStart))
  );
}

function standsBehindName(
  text: string,
  { name, nameStart, value, isQuoted, isLine }: Omit<GivenValue, 'isBehindName'>,
): boolean {
  if (/^bearer$/i.test(name) || (isLine && SETTINGS.test(name))) return true;
  if (isQuoted && /^(?:password|passwd|psk)$/i.test(name)) return true;
  if (!/^(?:password|passwd|pass|token|secret)$/.test(name)) return false;
  if (BEFORE_NETRC.test(` ${text.slice(Math.max(0, nameStart - NETRC_REACH), nameStart)}`)) return true;
  return isLine && /\d/.test(value) && /[A-Za-z]/.test(value);
}
