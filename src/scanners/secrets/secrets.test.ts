import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Scanner, Sighting, TextPlace } from '../../modules/scanning/scanner.ts';
import { secrets } from './secrets.ts';

const PLACE: TextPlace = { direction: 'request', role: 'user', channel: 'user' };
const scanner = create({});

function create(config: unknown): Scanner {
  const made = secrets.create(secrets.config.parse(config), []);
  if (!('scan' in made)) throw new Error('one scanner finds all secrets');
  return made;
}

function scan(text: string, from = 0, until = Infinity): readonly Sighting[] {
  const found = scanner.scan(text, from, PLACE, until === Infinity, until);
  if (found instanceof Promise) throw new Error('this scanner answers at once');
  return found;
}

const names = [
  'password',
  'DB_PASSWORD',
  'client_secret',
  'x-api-key',
  'Authorization',
  'token',
  '--pass',
  'psk',
  'heroku',
  'AUTH_KEY',
  '"pwd"',
  'requirepass',
  'secret_access_key',
  '<Pass',
  'name: API_TOKEN',
  'mysql -u root -p',
  'curl -u bob:',
  '.login("bob", "',
  'localhost:5432:db:me:',
  'postgres://me:',
  'login bob password ',
];
const operators = [
  '=',
  ' = ',
  ': ',
  ': "',
  "='",
  '" : "',
  '", "',
  "', '",
  '("',
  '>',
  ' ',
  ': string = "',
  '=> ',
  '\n  value: ',
  'Bearer ',
  ': Basic ',
  '\\"',
  ':=',
  '==',
];
const values = [
  'hunter2!',
  'correct horse',
  'a8f5f167f44f4964e6c998dee827110c',
  '7f3c9a2e-5b1d-4c8f-9e6a-2d4b8c1f7a3e',
  `ghp_${'a1B2'.repeat(9)}`,
  `AKIA${'ABCDEFGH23456734'}`,
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'aB3_'.repeat(8)}`,
  'k$F}2 v|Zq8@m!W?x7^Hn&c4*Rb(pT_e)5Lu+y=Gs6;J:9d<Ao',
  `bP88Q~${'aB3.x'.repeat(7)}`.slice(0, 40),
  `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEabc/+x9'.repeat(6)}\n-----END RSA PRIVATE KEY-----`,
  'PuTTY-User-Key-File-2: ssh-rsa\nPrivate-MAC: 0123456789012345678901234567890123456789\n',
  '-----BEGIN ',
  '$2y$05$c4WoMPo3SXsafkvaHHa6uXQZWr7oboPiC2bTr7q1BB8I2s0BRqC1',
  'Ab1_'.repeat(70),
  '@db.example.org',
];
const between = [
  '"',
  "'",
  '`',
  '\n',
  ' ',
  '\\',
  ';',
  ',',
  '<',
  '</Pass>',
  '.',
  'x',
  '-',
  '\r\n',
  '😀',
  '://',
  ' -p ',
  '%20',
];

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom(...operators),
      fc.constantFrom(...values),
      fc.constantFrom(...between),
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(''));

test('what is decided of a text that grows stays so, and the rest does not depend on where the search began', () => {
  fc.assert(
    fc.property(text, fc.nat(), (whole, at) => {
      const prefix = whole.slice(0, at % (whole.length + 1));
      const settled = scanner.settled(prefix, 0, PLACE);
      expect(settled).toBeGreaterThanOrEqual(prefix.length - scanner.maxHold);
      const all = scan(whole);
      const decided = scan(prefix, 0, settled).filter(({ start }) => start < settled);
      expect(decided).toEqual(all.filter(({ start }) => start < settled));
      for (const { end } of decided) expect(end).toBeLessThanOrEqual(settled);
      const cut = Math.max(0, settled - scanner.reach);
      const rest = scan(whole.slice(cut), settled - cut).map((sighting) => ({
        ...sighting,
        start: sighting.start + cut,
        end: sighting.end + cut,
      }));
      expect(rest).toEqual(all.filter(({ start }) => start >= settled));
    }),
    { numRuns: 1_500 },
  );
});
