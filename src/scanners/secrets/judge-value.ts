/** Judges whether what a name is given is a secret, and how sure that is. */
import type { GivenValue } from './given-value.ts';
import { judgePassword } from './judge-password.ts';
import { isPlaceholder } from './placeholder.ts';
import { entropyOf, isWordy, sortsOf } from './randomness.ts';
import type { Meaning } from './secret-name.ts';
import { isMeantToBeSeen } from './visible-value.ts';

const SURE = 0.75;
const LIKELY = 0.6;
const NONE = 0;

const UUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
const HEX = /^(?:0x)?[0-9a-f]+$/i;
/** What only code has: brackets, operators, a call. */
const EXPRESSION = /[()[\]{}|]|=>|->|::|&&|^[!=~+*/,;-]|^\\|\+$/;
/** Begins as a known credential does; whole, it would have been found by its structure. */
const SHORTENED =
  /^(?:xox[a-z]-|gh[opsur]_|github_pat_|gl[a-z]{2,4}-|sk-ant-|sk-proj-|ops_|hvs\.|npm_|pypi-|dckr_|AKIA|AIza|SG\.|eyJ)/;

/** 0 where it is none. */
export function judgeValue(given: GivenValue, meaning: Meaning): number {
  const { value, syntax } = given;
  if (/[^ -~]/.test(value) || (syntax === 'word' && !given.isBehindName)) return NONE;
  if (isSalt(value)) return meaning === 'key' ? NONE : SURE;
  if (/\s/.test(value) || isPlaceholder(value) || isExpression(given)) return NONE;
  if (meaning === 'password') return judgePassword(given);
  if (isMeantToBeSeen(value) || isWordy(value) || SHORTENED.test(value)) return NONE;
  return meaning === 'secret' ? judgeSecret(given) : judgeKey(given);
}

/** As those of WordPress: long, of all sorts, with spaces and many signs. */
function isSalt(value: string): boolean {
  return (
    value.length >= 40 &&
    new Set(value.match(/[^A-Za-z0-9]/g)).size >= 8 &&
    sortsOf(value) === 4 &&
    entropyOf(value) >= 4.4 &&
    !isWordy(value) &&
    !/example/i.test(value)
  );
}

function isExpression({ value, syntax, isQuoted, isVariable }: GivenValue): boolean {
  return !isQuoted && !isVariable && syntax !== 'element' && EXPRESSION.test(value);
}

/** Drawn by a machine, or thought up where the name leaves no doubt. */
function judgeSecret({ value, name, isQuoted, isVariable }: GivenValue): number {
  const isMixed = /\d/.test(value) && /[A-Za-z]/.test(value);
  const entropy = entropyOf(value);
  if (UUID.test(value)) return entropy > 2.5 ? LIKELY : NONE;
  if (HEX.test(value)) return value.length >= 16 && isMixed && entropy >= 2.7 ? SURE : NONE;
  if (isMixed && value.length >= 10) return entropy >= (value.length < 24 ? 2.7 : 3) ? SURE : NONE;
  const hasBothCases = /[a-z]/.test(value) && /[A-Z]/.test(value);
  if (hasBothCases && value.length >= 20) return entropy >= 3.6 ? LIKELY : NONE;
  const isHuman = value.length >= 6 && isMixed && (isQuoted || isVariable);
  return isHuman && /secret$/i.test(name) ? LIKELY : NONE;
}

/** Keys open doors, and also name entries of a table: only what looks drawn at random is told. */
function judgeKey({ value, syntax, isQuoted, isVariable }: GivenValue): number {
  if (UUID.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return NONE;
  const entropy = entropyOf(value);
  if (isVariable) return value.length >= 15 && entropy >= 3 ? LIKELY : NONE;
  if (HEX.test(value) || value.length < 24 || !/[a-z]/.test(value) || !/[A-Z]/.test(value)) return NONE;
  return (isQuoted || syntax === 'equals') && entropy >= 3.8 ? LIKELY : NONE;
}
