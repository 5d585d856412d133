/** What a name says of its value: whether it is a password, a secret, perhaps a key, or nothing of the sort. */

export type Meaning = 'password' | 'secret' | 'key';

/** Says where or when, not what: `password_prod`, `secret_key_base`, `token2`. */
const QUALIFIERS: ReadonlySet<string> = new Set(
  'prod production dev develop development test testing stage staging live sandbox qa uat local old new current previous primary secondary default value val str string text plain plaintext raw base base64 b64 hex enc encrypted v1 v2 env var data main override backup ro rw admin root user secure hash'.split(
    ' ',
  ),
);
const PASSWORDS: ReadonlySet<string> = new Set(
  'password passwd passphrase passwort kennwort passcode pass pwd pw pword psw passw psk senha clave contrasena contraseña motdepasse mdp haslo heslo parola wachtwoord losenord requirepass masterauth bindpw rootpw sshpass pgpassword'.split(
    ' ',
  ),
);
const SECRETS: ReadonlySet<string> = new Set(
  'secret token apikey credential credentials cred creds auth authorization salt bearer jwt secretkey accesskey authkey privatekey passkey sig nonce'.split(
    ' ',
  ),
);
const ENDS_IN_PASSWORD =
  /(?:password|passwd|passwort|passphrase|pwd|(?<!by|com|tres|sur|encom|under|over)pass)$/;
const ENDS_IN_SECRET =
  /(?:secret|salt|(?<!web)token|apikey|secretkey|accesskey|authkey|authtoken|privatekey|encryptionkey|signingkey)$/;
/** What a key has to be called to be a secret one. */
const SECRET_KEYS: ReadonlySet<string> = new Set(
  'api apis secret access private encryption encrypt encrypting decryption crypt crypto cryptokey signing sign auth authorization authentication authtoken master shared account storage service consumer session cookie hmac aes des jwt webhook ssh deploy integration ingest write read server live functions preshared subscription security app application client user project admin root host logged in nonce validation machine token license licence sdk rest http data recovery root stripe seal unseal'.split(
    ' ',
  ),
);
/** Tells that what follows is meant to be seen, or counts something. */
const OPEN: ReadonlySet<string> = new Set(
  'public pub publishable csrf xsrf authenticity next page continuation cursor cancellation max min num total count per foreign partition sort cache bucket index tokens no'.split(
    ' ',
  ),
);

export function meaningOf(name: string): Meaning | null {
  const words = wordsOf(name);
  while (words.length > 1 && isQualifier(words.at(-1) ?? '')) words.pop();
  const head = (words.at(-1) ?? '').replace(/\d{1,3}$/, '');
  if (PASSWORDS.has(head) || ENDS_IN_PASSWORD.test(head)) return 'password';
  if (words.some((word) => OPEN.has(word) || word.startsWith('pubkey'))) return null;
  if (SECRETS.has(head) || ENDS_IN_SECRET.test(head)) return 'secret';
  if (head !== 'key' && head !== 'keys') return head.endsWith('key') && head.length > 4 ? 'key' : null;
  const before = words.at(-2);
  return before !== undefined && SECRET_KEYS.has(before) ? 'secret' : 'key';
}

/** `dbPassword`, `DB_PASSWORD` and `db-password` are two words each. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-zñ0-9]+/)
    .filter((word) => word !== '');
}

function isQualifier(word: string): boolean {
  return QUALIFIERS.has(word) || /^\d+$/.test(word);
}
