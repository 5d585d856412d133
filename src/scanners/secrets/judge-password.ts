/** Judges whether what a password's name is given is a password: people think them up, so nothing needs to be random. */
import type { GivenValue } from './given-value.ts';
import { isWordy, sortsOf } from './randomness.ts';
import { isMeantToBeSeen } from './visible-value.ts';

const SURE = 0.75;
const LIKELY = 0.6;
const NONE = 0;

/** Called so in code, in a form or in a message, so it is not the value itself. */
const SPEAKS_OF_SECRETS =
  /pass(?:w|$|phrase)|pwd|secret|token|input|field|label|error|confirm|valid|require|param|column|enter|^(?:user|login|key|auth)|(?:value|string|type|form|[_-]key)$/i;

export function judgePassword(given: GivenValue): number {
  const { value, syntax } = given;
  if (value.length < (syntax === 'element' ? 3 : 4)) return NONE;
  if (/^[A-Za-z_]+$/.test(value)) return judgeLetters(given);
  if (isMeantToBeSeen(value) || isNameInCode(given)) return NONE;
  if (/^\d+$/.test(value)) return judgeDigits(given);
  if (!/[A-Za-z]/.test(value)) return value.length >= 6 && /\d/.test(value) && isFirm(given) ? LIKELY : NONE;
  if (syntax === 'comma' || syntax === 'call' || !isFirm(given))
    return /\d/.test(value) || sortsOf(value) > 2 ? SURE : NONE;
  return /\d/.test(value) || !isHyphenated(given) ? SURE : NONE;
}

/** Whether it is written as values are, and not as prose goes on behind a colon. */
function isFirm({ isQuoted, isLine, syntax }: GivenValue): boolean {
  return isQuoted || isLine || syntax !== 'colon';
}

/** `password: form-control`, where neither the line nor an equals sign says that it is the value. */
function isHyphenated({ value, syntax, isLine, isVariable }: GivenValue): boolean {
  return isWordy(value) && /[-_.:/]/.test(value) && !isLine && !isVariable && syntax !== 'equals';
}

function isNameInCode({ value, syntax, isQuoted, isLine, isVariable }: GivenValue): boolean {
  return (
    !isQuoted &&
    !isLine &&
    !isVariable &&
    syntax !== 'element' &&
    /^[a-z_]\w*$/i.test(value) &&
    /pass|pwd|secret|token/i.test(value)
  );
}

function judgeDigits({ name, syntax, isQuoted, isLine }: GivenValue): number {
  return (isQuoted || isLine || syntax === 'equals') && /pass.+|pwd/i.test(name) ? LIKELY : NONE;
}

/** Letters alone: only where it cannot be a word of the text, a name of the code, or a label of a form. */
function judgeLetters({ value, syntax, isQuoted, quote, isLine, isVariable, isDefine }: GivenValue): number {
  if (/^[A-Z_]+$/.test(value) || SPEAKS_OF_SECRETS.test(value)) return NONE;
  if (isVariable) return LIKELY;
  if (/^[A-Z][a-z]+$/.test(value) || (/[a-z][A-Z]|_/.test(value) && isWordy(value))) return NONE;
  if (syntax === 'comma') return isDefine ? LIKELY : NONE;
  if (syntax === 'call' || quote === '`') return NONE;
  return isQuoted || isLine || syntax === 'element' || syntax === 'flag' || syntax === 'word' ? LIKELY : NONE;
}
