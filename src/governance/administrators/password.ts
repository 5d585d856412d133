/** Passwords as Argon2id (RFC 9106) keeps them: each hash with its parameters and salt, in the PHC string format. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { createTurnstile } from '../../base/turnstile.ts';
import { Refusal } from '../../domain/refusal.ts';

export interface PasswordCost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** `hash` undefined: there is nobody to compare with, and it takes as long. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
  /** Whether it was made with other parameters than those of today. */
  isOutdated(hash: string): boolean;
}

/** OWASP's first choice where memory is dear to an attacker: 46 MiB, one pass. */
const COST: PasswordCost = { memory: 47_104, passes: 1 };
const TAG_BYTES = 32;
const SALT_BYTES = 16;
/** Each takes a thread of the pool and its memory: sign-ins must not take the house down. */
const AT_ONCE = 2;
const MAX_WAITING = 32;
const WAIT_MS = 10_000;

const derive = promisify(argon2);

interface Parsed extends PasswordCost {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

export function createPasswords(cost: PasswordCost = COST): Passwords {
  const turnstile = createTurnstile(AT_ONCE, MAX_WAITING);
  const nobody: Parsed = { ...cost, salt: randomBytes(SALT_BYTES), tag: randomBytes(TAG_BYTES) };

  async function tagOf(password: string, salt: Buffer, { memory, passes }: PasswordCost): Promise<Buffer> {
    const message = password.normalize('NFKC');
    try {
      return await turnstile.pass(AbortSignal.timeout(WAIT_MS), () =>
        derive('argon2id', { message, nonce: salt, memory, passes, parallelism: 1, tagLength: TAG_BYTES }),
      );
    } catch (cause) {
      throw new Refusal('overloaded', 'too many sign in at present', { cause });
    }
  }

  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const tag = await tagOf(password, salt, cost);
      return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=1$${unpadded(salt)}$${unpadded(tag)}`;
    },
    async verify(password, hash) {
      const known = hash === undefined ? undefined : parse(hash);
      const expected = known ?? nobody;
      const tag = await tagOf(password, expected.salt, expected);
      return timingSafeEqual(tag, expected.tag) && known !== undefined;
    },
    isOutdated(hash) {
      const parsed = parse(hash);
      return parsed?.memory !== cost.memory || parsed.passes !== cost.passes;
    },
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

/** Undefined for what is no such hash: it opens nothing. */
function parse(hash: string): Parsed | undefined {
  const match =
    /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=1\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(hash);
  const [, memory, passes, salt, tag] = match ?? [];
  if (salt === undefined || tag === undefined) return undefined;
  return {
    memory: Number(memory),
    passes: Number(passes),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

/** What stands in every list of stolen passwords, and is long enough. */
const WELL_KNOWN =
  /^(?:(?:password|passwort|qwerty|qwertz|letmein|welcome|iloveyou|admin|administrator|changeme|bartizan|secret|monkey|dragon|football|baseball|sunshine|princess)[\W\d_]*){1,3}$/i;
const FEWEST_DIFFERENT = 5;

/** Says why a password is no good, for a person; undefined where nothing speaks against it. */
export function weaknessOf(password: string, names: readonly string[]): string | undefined {
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < FEWEST_DIFFERENT) return 'has too few different characters';
  if (WELL_KNOWN.test(plain)) return 'is one of those that are tried first';
  if (isRow(plain)) return 'is a row of neighbors';
  const named = names.some((name) => name.length > 3 && plain.replace(name.toLowerCase(), '').length < 6);
  return named ? 'is little more than the name' : undefined;
}

const ROWS = [
  '0123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
];

function isRow(password: string): boolean {
  const backwards = Array.from(password).toReversed().join('');
  return ROWS.some((row) => {
    const endless = row.repeat(Math.ceil(password.length / row.length) + 1);
    return endless.includes(password) || endless.includes(backwards);
  });
}
