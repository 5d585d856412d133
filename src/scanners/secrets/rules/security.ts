/** Vaults, identity providers, password hashes and tokens that prove who somebody is. */
import { hasCrc32OfRandomPart } from '../checksum.ts';
import {
  base36,
  base62,
  base64,
  capitals,
  digits,
  either,
  hex,
  optional,
  rule,
  sequence,
  url64,
  type Part,
  type SecretRule,
} from './rule.ts';

/** The alphabet of crypt(3). */
const crypt = (min: number, max = min): Part => ({
  source: `[./0-9A-Za-z]{${min},${max}}`,
  min,
  max,
  stop: min === max ? '[./0-9A-Za-z]' : '',
});
/** Bech32 in capitals, BIP 173. */
const bech32 = (length: number): Part => ({
  source: `[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{${length}}`,
  min: length,
  max: length,
  stop: '[A-Za-z0-9]',
});

export const SECURITY_RULES: readonly SecretRule[] = [
  rule('vault_token', 'HashiCorp Vault token', ['hvs.', 'hvb.', 'hvr.'], [url64(24, 300)]),
  rule('vault_legacy_token', 'HashiCorp Vault token before 1.10', ['s.', 'b.', 'r.'], [base62(24)], {
    confidence: 0.7,
  }),
  rule(
    'doppler_token',
    'Doppler token',
    ['dp.pt.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    [base62(40, 44)],
  ),
  rule('doppler_token', 'Doppler service token', ['dp.st.'], [optional(url64(2, 35), '.'), base62(40, 44)]),
  rule('infisical_token', 'Infisical service token', ['st.'], [hex(24), '.', hex(32), '.', hex(32)]),
  rule('akeyless_access_id', 'Akeyless access id', ['p-'], [base36(14), either('am', 'km', 'um')]),
  rule('onepassword_token', '1Password service account token', ['ops_eyJ'], [base64(200, 1_000)]),
  rule(
    'onepassword_secret_key',
    '1Password secret key',
    ['A3-'],
    [
      capitals(6),
      '-',
      either(capitals(11), sequence(capitals(6), '-', capitals(5))),
      '-',
      capitals(5),
      '-',
      capitals(5),
      '-',
      capitals(5),
    ],
  ),
  rule('age_secret_key', 'age secret key', ['AGE-SECRET-KEY-1'], [bech32(58)]),
  rule(
    'encoded_private_key',
    'Private key in PEM, in base 64 once more',
    [
      'LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVkt',
      'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0t',
      'LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0t',
      'LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZ',
      'LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFURSBLRVkt',
    ],
    [base64(24, 5_600)],
    { isPlain: true },
  ),
  rule(
    'age_plugin_identity',
    'age plug-in identity',
    ['AGE-PLUGIN-'],
    [capitals(2, 20), '-1', capitals(20, 120)],
  ),
  rule(
    'kubernetes_bootstrap_token',
    'Kubernetes bootstrap token',
    ['bootstrap-token-'],
    [base36(6), '.', base36(16)],
  ),
  rule('bartizan_api_key', 'Bartizan API key', ['bz_'], [base62(49)], { hasChecksum: hasCrc32OfRandomPart }),
  rule('stytch_secret', 'Stytch secret', ['secret-live-', 'secret-test-'], [url64(32, 48)]),
  rule(
    'json_web_token',
    'JSON Web Token',
    ['eyJ', 'ewog'],
    [url64(14, 512), '.', either('eyJ', 'ewog'), url64(14, 4_096), '.', url64(10, 1_024)],
    { confidence: 0.9, isPlain: true },
  ),
  rule('password_hash', 'bcrypt hash', ['$2a$', '$2b$', '$2y$', '$2x$'], [digits(2), '$', crypt(53)], {
    confidence: 0.7,
  }),
  rule('password_hash', 'MD5 crypt hash', ['$1$', '$apr1$'], [crypt(0, 8), '$', crypt(22)], {
    confidence: 0.7,
  }),
  rule(
    'password_hash',
    'SHA crypt hash',
    ['$5$', '$6$'],
    [optional('rounds=', digits(4, 9), '$'), crypt(1, 16), '$', either(crypt(86), crypt(43))],
    { confidence: 0.7 },
  ),
  rule(
    'password_hash',
    'yescrypt or scrypt hash',
    ['$y$', '$7$', '$gy$'],
    [crypt(1, 12), '$', crypt(1, 64), '$', crypt(43)],
    { confidence: 0.7 },
  ),
  rule(
    'password_hash',
    'Argon2 hash',
    ['$argon2id$', '$argon2i$', '$argon2d$'],
    [
      'v=',
      digits(2),
      '$m=',
      digits(1, 9),
      ',t=',
      digits(1, 4),
      ',p=',
      digits(1, 3),
      '$',
      base64(11, 64),
      '$',
      base64(16, 128),
    ],
    { confidence: 0.7 },
  ),
  rule('password_hash', 'phpass hash', ['$P$', '$H$'], [crypt(31)], { confidence: 0.7 }),
  rule('password_hash', 'Drupal hash', ['$S$'], [crypt(52)], { confidence: 0.7 }),
  rule(
    'password_hash',
    'PBKDF2 hash as Django writes it',
    ['pbkdf2_sha256$', 'pbkdf2_sha1$'],
    [digits(1, 8), '$', base62(8, 40), '$', base64(28, 60)],
    { confidence: 0.7 },
  ),
  rule(
    'password_hash',
    'LDAP hash',
    ['{SHA}', '{SSHA}', '{SMD5}', '{SSHA256}', '{SSHA512}'],
    [base64(24, 140)],
    {
      confidence: 0.7,
    },
  ),
  rule(
    'kerberos_hash',
    'Captured Kerberos ticket',
    ['$krb5tgs$', '$krb5asrep$'],
    [digits(2), '$', { source: '[A-Za-z0-9*$@./_-]{40,300}', min: 40, max: 300, stop: '' }],
    { confidence: 0.7 },
  ),
  rule(
    'salesforce_token',
    'Salesforce session id',
    ['00D'],
    [base62(12, 15), '!', { source: '[A-Za-z0-9._]{80,120}', min: 80, max: 120, stop: '' }],
  ),
  rule(
    'authress_key',
    'Authress service client key',
    ['authress_', 'ext_', 'scauth_'],
    [base62(5, 30), '.', base62(4, 6), '.acc_', base62(10, 32), '.', base64(30, 120)],
  ),
];
