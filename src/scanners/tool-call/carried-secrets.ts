/** Credentials that a model read in the conversation: what stands behind a secret's name, or begins like a known one. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Conversation } from './conversation.ts';
import type { RuleFinder } from './rule.ts';

/** Where a credential stands among results and documents, and where a developer wrote it down for the model. */
const OF_STRANGERS = 0.8;
const OF_DEVELOPERS = 0.6;

/** Characters from where a value of an argument begins that decide it, and all that are held back. */
export const SECRET_DECISION = 300;
const MIN_SECRET = 8;
const MAX_SECRET = 256;
const MAX_SECRETS = 1_000;
const CHARACTERS = '[\\w+/.~!@#$%^*-]';
/** Characters before a point that are read, so that a value is never begun in its middle. */
export const SECRET_REACH = 2 * SECRET_DECISION;
const VALUE = new RegExp(`(?<!${CHARACTERS})${CHARACTERS}{8,${MAX_SECRET}}`, 'g');

const NAMED = new RegExp(
  `(?<![\\w-])(?:[\\w-]{0,32}(?:password|passwd|passphrase|secret|api[_ -]?key|private[_ -]?key|access[_ -]?key|auth[_ -]?key|credentials?|connection[_ -]?string)|[\\w-]{0,32}token|authorization|bearer|pwd|passwort|kennwort|mot de passe|contraseña|clave|senha|пароль|密码|密碼|パスワード|비밀번호)(?:[_ -](?:id|is|lautet|est|es|è|value|for [\\w ]{1,24} is))?["'\`*]{0,3}(?:\\s{0,3}(?:[:=：]|=>|->)|\\s{1,2}(?:is|lautet|est|es|è|是|は))?\\s{0,3}["'\`*]{0,3}(?:(?:bearer|basic|token)\\s{1,2})?(${CHARACTERS}{8,${MAX_SECRET}})`,
  'gi',
);
/** A token of a page or a form opens nothing. */
const NO_SECRET =
  /(?:page|continuation|next|sync|csrf|xsrf|pagination|upload|cancel|resume|cursor|idempotency)[_ -]?\w{0,8}token$/i;
const PREFIXED = new RegExp(
  `(?<!${CHARACTERS})(?:sk-|sk_live_|rk_live_|pk_live_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA|AIza|ya29\\.|hf_|npm_|eyJ[\\w-]{8,}\\.)${CHARACTERS}{12,${MAX_SECRET - 16}}`,
  'g',
);
const PLACEHOLDER =
  /^(?:[*x.#$-]{4,}|\W{0,2}(?:your|my|the|example|change|insert|enter|redacted|hidden|required|invalid|incorrect|expired|reset|missing|must|should|please)(?![a-z])|\$\{?\w+$|%\w+%$)|^\[?REDACTED/i;

/** Neither a word, a number, a mail address nor a path. */
const WORD_OR_NUMBER =
  /^(?:\d+(?:[.-]\d+)*|[A-Za-z]?[a-z]+(?:[-/_.][A-Za-z]?[a-z]+)*|[A-Z_-]+|[\w.+-]+@[\w.-]+|[./~].*)$/;

/** Those that the person who asks did not hand over, each with how sure it is. */
export function carriedSecrets({ strangers, instructions, said }: Conversation): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const of = [
    [strangers, OF_STRANGERS],
    [instructions, OF_DEVELOPERS],
  ] as const;
  for (const [texts, confidence] of of)
    for (const secret of texts.flatMap(secretsIn))
      if (found.size < MAX_SECRETS && !found.has(secret) && !said.includes(secret))
        found.set(secret, confidence);
  return found;
}

function secretsIn(text: string): readonly string[] {
  const named = [...text.matchAll(NAMED)].flatMap(({ 0: all, 1: value = '' }) => {
    const name = all.slice(0, all.length - value.length).replace(/\W+$/, '');
    return NO_SECRET.test(name) ? [] : [trimmed(value)];
  });
  const prefixed = [...text.matchAll(PREFIXED)].map(([value]) => trimmed(value));
  return [...named.filter((value) => isSecret(value)), ...prefixed];
}

function isSecret(value: string): boolean {
  return value.length >= MIN_SECRET && !PLACEHOLDER.test(value) && !WORD_OR_NUMBER.test(value);
}

/** A sentence's full stop is not its own. */
function trimmed(value: string): string {
  return value.replace(/[.!*]+$/, '');
}

export function createSecretFinder(secrets: ReadonlyMap<string, number>): RuleFinder {
  return {
    find(text, from, until) {
      const found: Sighting[] = [];
      VALUE.lastIndex = Math.max(0, from - SECRET_DECISION);
      for (let match = VALUE.exec(text); match && match.index < until; match = VALUE.exec(text))
        for (const { value, start } of partsOf(match[0], match.index)) {
          const confidence = secrets.get(value);
          if (confidence === undefined || start < from || start >= until) continue;
          found.push({ start, end: start + value.length, kind: 'CARRIES_SECRET', confidence });
        }
      return found;
    },
    undecidedFrom: (text, from) => Math.max(from, text.length - SECRET_DECISION),
  };

  /** The value, or the steps of a path. */
  function partsOf(
    written: string,
    at: number,
  ): readonly { readonly value: string; readonly start: number }[] {
    const value = trimmed(written);
    if (secrets.has(value) || !value.includes('/')) return [{ value, start: at }];
    let start = at;
    return value.split('/').map((step) => {
      const part = { value: trimmed(step), start };
      start += step.length + 1;
      return part;
    });
  }
}
