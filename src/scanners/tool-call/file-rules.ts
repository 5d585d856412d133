/** Files that hold credentials and accounts, and paths that climb out of where they should stay. */
import type { Rule } from './rule.ts';

const SEPARATOR = '[\\\\/]{1,2}';
/** A hidden file's name by itself, or at the end of a path. */
const HIDDEN = '(?<!\\w)';
/** A name by itself, or at the end of a path. */
const NAME = '(?<![\\w.-])';
const END = '(?![\\w-]|\\.\\w)';
const ENCODED_DOT = '(?:\\.|%2e|%252e)';
const ENCODED_SLASH = '(?:[\\\\/]|%2f|%5c|%252f|%255c)';

export const FILE_RULES: readonly Rule[] = [
  // Climbs.
  {
    begins: ['../', '..\\'],
    rest: `(?:\\.\\.${SEPARATOR}){1,20}(?:etc|proc|root|windows|winnt|boot\\.ini)${END}`,
    confidence: 0.9,
  },
  { begins: ['../', '..\\'], rest: `(?:\\.\\.${SEPARATOR}){5,20}`, confidence: 0.65 },
  {
    begins: ['..%', '.%2e%', '.%252e%'],
    rest: `(?:2f|5c|252f|255c)(?:${ENCODED_DOT}{2}${ENCODED_SLASH}){0,20}`,
    confidence: 0.85,
  },
  {
    begins: ['%2e', '%252e'],
    rest: `${ENCODED_DOT}${ENCODED_SLASH}(?:${ENCODED_DOT}{2}${ENCODED_SLASH}){0,20}`,
    confidence: 0.85,
  },
  { begins: ['....//'], rest: '(?:\\.{4}//){0,20}', confidence: 0.85 },

  // Accounts of the system.
  { begins: ['/etc/shadow', '/etc/gshadow', '/etc/master.passwd'], rest: `-?${END}`, confidence: 0.95 },
  { begins: ['/etc/passwd', '/etc/sudoers'], rest: `-?${END}`, confidence: 0.8 },
  { begins: ['/proc/'], rest: '(?:self|\\d{1,7})/(?:environ|mem|maps|cmdline|fd/)', confidence: 0.9 },
  {
    begins: ['system32/', 'system32\\'],
    rest: `[\\\\/]?config${SEPARATOR}(?:sam|system|security)${END}`,
    confidence: 0.95,
  },
  { begins: ['ntds.dit'], rest: END, confidence: 0.95 },
  { begins: ['unattend.xml'], before: NAME, rest: END, confidence: 0.75 },

  // Keys of people.
  {
    begins: ['.ssh/', '.ssh\\'],
    rest: `[\\\\/]?(?:id_\\w{2,16}|identity|[\\w.-]{1,40}\\.(?:pem|key))(?!\\w|\\.pub)`,
    confidence: 0.95,
  },
  {
    begins: ['.ssh/', '.ssh\\'],
    rest: `[\\\\/]?(?:authorized_keys|config|known_hosts|\\*)`,
    confidence: 0.75,
  },
  {
    begins: ['id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519'],
    before: NAME,
    rest: '(?!\\w|\\.pub)',
    confidence: 0.75,
  },
  { begins: ['.gnupg/', '.gnupg\\'], rest: '', confidence: 0.85 },
  {
    begins: ['wallet.dat', 'key3.db', 'key4.db', 'logins.json', 'login.keychain', 'login.keychain-db'],
    before: NAME,
    rest: END,
    confidence: 0.85,
  },
  { begins: ['/login', '\\login'], rest: ' data(?![\\w])', confidence: 0.75 },

  // Credentials of programs.
  { begins: ['.aws/', '.aws\\'], rest: '[\\\\/]?(?:credentials|config|sso)', confidence: 0.95 },
  {
    begins: ['gcloud/', 'gcloud\\'],
    rest: '[\\\\/]?(?:application_default_credentials|credentials\\.db|access_tokens|legacy_credentials)',
    confidence: 0.95,
  },
  {
    begins: ['.azure/', '.azure\\'],
    rest: '[\\\\/]?(?:accesstokens|msal_token_cache|azureprofile)',
    confidence: 0.9,
  },
  { begins: ['.kube/', '.kube\\'], rest: `[\\\\/]?config${END}`, confidence: 0.85 },
  { begins: ['.docker/', '.docker\\'], rest: '[\\\\/]?config\\.json', confidence: 0.85 },
  {
    begins: ['.git-credentials', '.vault-token', '.pgpass', '.netrc', '.pypirc', '.htpasswd'],
    before: HIDDEN,
    rest: END,
    confidence: 0.9,
  },
  {
    begins: ['.env'],
    before: '(?<![\\w\\])])',
    rest: `(?:\\.(?:local|prod|production|dev|development|staging|live))?(?![\\w.-]|\\s{0,2}[=(])`,
    confidence: 0.6,
  },
  { begins: ['.npmrc'], before: HIDDEN, rest: END, confidence: 0.6 },
  { begins: ['wp-config.php'], before: NAME, rest: END, confidence: 0.75 },
  { begins: ['/run/secrets/'], rest: '(?:kubernetes\\.io)?', confidence: 0.85 },
  { begins: ['/docker.sock'], rest: END, confidence: 0.85 },

  // What was typed.
  {
    begins: ['bash', 'zsh', 'sh', 'mysql', 'psql', 'python', 'node_repl', 'rediscli'].map(
      (name) => `.${name}_history`,
    ),
    before: HIDDEN,
    rest: END,
    confidence: 0.85,
  },
  { begins: ['consolehost_history.txt'], rest: '', confidence: 0.9 },
];
