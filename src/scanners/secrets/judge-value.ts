/** Judges whether what a name is given is a secret: a password that people think up, or a key that machines draw. */
import { lineBefore, type Assignment } from './assignment.ts';
import type { AssignedValue } from './assigned-value.ts';
import { isPlaceholder } from './placeholder.ts';
import { entropyOf, isWordy, sortsOf } from './randomness.ts';
import type { Meaning } from './secret-name.ts';

const SURE = 0.75;
const LIKELY = 0.6;

const UUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
const HEX = /^(?:0x)?[0-9a-f]+$/i;
/** A path, an address, a file, a version, a date, a public key, an image, markup. */
const VISIBLE =
  /^[.~]{0,2}\/|^[A-Za-z]:\\|:\/\/|^[^@\s]+@[^@\s]+\.[a-z]{2,}$|\.(?:pem|key|crt|cer|der|p12|pfx|jks|json|ya?ml|txt|png|jpe?g|svg|gif|html?|php|[jt]sx?|py|rb|go|java|cs|cfg|conf|ini|xml|log|sh|exe|dll|pub|asc|gpg|keytab|keystore|com|org|net|io)$|^v?\d+(?:\.\d+)+|-\d+(?:\.\d+)+$|^\d{4}-\d\d-\d\d|^ssh-|^AAAA[BCE]3Nza|^data:|^arn:|^urn:|^[A-Za-z_$][\w$]*(?:(?:\??\.|->|::)[A-Za-z_$][\w$]*)+$|^[#.]?[\w-]+[:,]$|[<>]|\$\w+$/;
/** What only code has: brackets, operators, a call. */
const EXPRESSION = /[()[\]{}|]|=>|->|::|&&|^[!=~+*/,;-]|^\\|\+$/;
/** Begins as a known credential does; whole, it would have been found by its structure. */
const SHORTENED =
  /^(?:xox[a-z]-|gh[opsur]_|github_pat_|gl[a-z]{2,4}-|sk-ant-|sk-proj-|ops_|hvs\.|npm_|pypi-|dckr_|AKIA|AIza|SG\.|eyJ)/;
/** Called so in code, in a form or in a message, so it is not the value itself. */
const SPEAKS_OF_SECRETS =
  /pass(?:w|$|phrase)|pwd|secret|token|input|field|label|error|confirm|valid|require|param|column|enter|^(?:user|login|key|auth)|(?:value|string|type|form|[_-]key)$/i;
/** `export NAME=…`, `NAME=…` of an environment file, `ENV NAME=…`, `-e NAME=…`. */
const BEFORE_VARIABLE =
  /^[ \t]*(?:#[ \t]*)?(?:export[ \t]+|setx?[ \t]+|ENV[ \t]+|ARG[ \t]+|-e[ \t]+|env[ \t]+|-[ \t]+)?$/;
/** The line begins here, or a list's item does. */
const BEFORE_KEY = /^[ \t]*(?:#[ \t]*)?(?:-[ \t]+|set[ \t]+|\?[ \t]+)?["'$]?$/;
/** The words of .netrc before its password. */
const BEFORE_NETRC = /(?:^|\s|…)(?:login|user|account)[ \t]+\S{1,60}\s+$/;
const NETRC_REACH = 90;

/** Whether a variable of a shell or of an environment file is set: there the value is all up to the next space. */
export function isVariable(text: string, { syntax, name, nameStart, start, quote }: Assignment): boolean {
  return (
    syntax === 'equals' &&
    quote === '' &&
    /^[A-Z0-9_]+$/.test(name) &&
    start === nameStart + name.length + 1 &&
    BEFORE_VARIABLE.test(lineBefore(text, nameStart))
  );
}

/** How sure it is that this is a secret; 0 where it is none. */
export function judgeValue(
  text: string,
  assignment: Assignment,
  meaning: Meaning,
  given: AssignedValue,
): number {
  const { value } = given;
  if (/\s/.test(value)) return meaning === 'key' || !isSalt(value) ? 0 : LIKELY;
  if (assignment.syntax !== 'word' && isSalt(value)) return SURE;
  if (
    isPlaceholder(value) ||
    (!given.isQuoted &&
      EXPRESSION.test(value) &&
      assignment.syntax !== 'element' &&
      !isVariable(text, assignment))
  )
    return 0;
  if (assignment.syntax === 'word' && !isWordSyntax(text, assignment, given)) return 0;
  if (meaning === 'password') return judgePassword(text, assignment, given);
  return meaning === 'secret' ? judgeSecret(text, assignment, given) : judgeKey(text, assignment, given);
}

/** As those of WordPress: long, of all sorts, spaces too. */
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

/** A name and a value with nothing between them: .netrc, redis.conf, SQL, a header that was cut. */
function isWordSyntax(
  text: string,
  { name, nameStart, quote }: Assignment,
  { value, endsLine }: AssignedValue,
): boolean {
  if (/^(?:requirepass|masterauth|bearer)$/i.test(name)) return true;
  if (/^(?:password|passwd|psk)$/i.test(name) && quote !== '') return true;
  if (!/^(?:password|passwd|pass|token|secret)$/.test(name)) return false;
  if (BEFORE_NETRC.test(`…${text.slice(Math.max(0, nameStart - NETRC_REACH), nameStart)}`)) return true;
  return (
    /^[ \t]*$/.test(lineBefore(text, nameStart)) && endsLine && /\d/.test(value) && /[A-Za-z]/.test(value)
  );
}

function judgePassword(text: string, assignment: Assignment, given: AssignedValue): number {
  const { value, isQuoted, endsLine } = given;
  const { syntax, name, nameStart } = assignment;
  if (value.length < (syntax === 'element' ? 3 : 4)) return 0;
  const isLine = endsLine && (syntax === 'pair' || BEFORE_KEY.test(lineBefore(text, nameStart)));
  const isFirm = isQuoted || isLine || (syntax !== 'colon' && syntax !== 'word') || syntax === 'word';
  if (/^[A-Za-z_]+$/.test(value)) return judgeWord(text, assignment, given, isLine);
  if (
    !isQuoted &&
    !isLine &&
    syntax !== 'element' &&
    /^[a-z_]\w*$/i.test(value) &&
    /pass|pwd|secret|token/i.test(value) &&
    !isVariable(text, assignment)
  )
    return 0;
  if (VISIBLE.test(value)) return 0;
  if (/^\d+$/.test(value))
    return (isQuoted || isLine || syntax === 'equals') && /pass.+|pwd/i.test(name) ? LIKELY : 0;
  if (!/[A-Za-z]/.test(value)) return isFirm && value.length >= 6 && /\d/.test(value) ? LIKELY : 0;
  if (syntax === 'comma' || syntax === 'call' || !isFirm)
    return /\d/.test(value) || sortsOf(value) > 2 ? SURE : 0;
  return isWordy(value) && !/\d/.test(value) && /[-_.:/]/.test(value) && !isVariable(text, assignment)
    ? 0
    : SURE;
}

/** Letters alone: only where it cannot be a word of the text, a name of the code, or a label of a form. */
function judgeWord(
  text: string,
  assignment: Assignment,
  { value, isQuoted }: AssignedValue,
  isLine: boolean,
): number {
  const { syntax } = assignment;
  if (/^[A-Z_]+$/.test(value) || SPEAKS_OF_SECRETS.test(value)) return 0;
  if (isVariable(text, assignment)) return LIKELY;
  if (/^[A-Z][a-z]+$/.test(value) || (/[a-z][A-Z]|_/.test(value) && isWordy(value))) return 0;
  if (syntax === 'comma')
    return /define\([ \t]{0,2}["']$/.test(lineBefore(text, assignment.nameStart)) ? LIKELY : 0;
  if (syntax === 'call' || syntax === 'word') return 0;
  return isQuoted || isLine || syntax === 'element' || syntax === 'flag' ? LIKELY : 0;
}

function judgeSecret(text: string, assignment: Assignment, given: AssignedValue): number {
  const { value, isQuoted } = given;
  if (
    VISIBLE.test(value) ||
    isWordy(value) ||
    SHORTENED.test(value) ||
    (HEX.test(value) && value.length < 16)
  )
    return 0;
  const isMixed = /\d/.test(value) && /[A-Za-z]/.test(value);
  if (UUID.test(value)) return entropyOf(value) > 2.5 ? LIKELY : 0;
  if (value.length >= 10 && isMixed)
    return entropyOf(value) >= (value.length < 24 ? 2.7 : 3) ||
      (HEX.test(value) && value.length >= 32 && entropyOf(value) > 2.8)
      ? SURE
      : 0;
  if (value.length >= 20 && /[a-z]/.test(value) && /[A-Z]/.test(value))
    return entropyOf(value) >= 3.6 ? LIKELY : 0;
  const isHuman = value.length >= 6 && isMixed && (isQuoted || isVariable(text, assignment));
  return isHuman && /secret$/i.test(assignment.name) ? LIKELY : 0;
}

/** Keys open doors, and also name entries of a table: only what looks drawn at random is told. */
function judgeKey(text: string, assignment: Assignment, { value, isQuoted }: AssignedValue): number {
  if (VISIBLE.test(value) || isWordy(value) || UUID.test(value) || SHORTENED.test(value)) return 0;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return 0;
  if (isVariable(text, assignment)) return value.length >= 15 && entropyOf(value) >= 3 ? LIKELY : 0;
  if (HEX.test(value) || value.length < 24 || !/[a-z]/.test(value) || !/[A-Z]/.test(value)) return 0;
  return (isQuoted || assignment.syntax === 'equals') && entropyOf(value) >= 3.8 ? LIKELY : 0;
}
