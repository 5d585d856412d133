import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../domain/finding.ts';
import type { Guardrail } from '../domain/guardrail.ts';
import { createScanning } from '../modules/scanning/scanning.ts';
import type { ScannerManifest } from '../modules/scanning/scanner.ts';
import { invisibleText } from './invisible-text/invisible-text.ts';
import { keywords } from './keywords/keywords.ts';
import { pii } from './pii/pii.ts';
import { regex } from './regex/regex.ts';
import { secrets } from './secrets/secrets.ts';

function guardrail(scanner: string, config: unknown = {}, more: Partial<Guardrail> = {}): Guardrail {
  return {
    id: `g-${scanner}`,
    version: '1',
    scanner,
    config,
    action: 'redact',
    directions: ['request', 'response'],
    channels: [],
    kinds: [],
    applications: [],
    groups: [],
    models: [],
    minConfidence: 0,
    onError: 'block',
    timeoutMs: 1_000,
    blockAs: 'error',
    blockStatus: 400,
    ...more,
  };
}

const entities = [
  'joe.bloggs@example.com',
  'x@y',
  '4111 1111 1111 1111',
  '4111111111111111',
  '4111-1111-1111-1111',
  '378282246310005',
  'GB29 NWBK 6016 1331 9268 19',
  'DE89370400440532013000',
  '123-45-6789',
  '123 45 6789',
  '(415) 555-2671',
  '+49 30 901820',
  '415.555.2671',
  '10.0.0.1',
  '2001:db8::8a2e:370:7334',
  '12 March 1985',
  'born on March 3rd, 1985',
  '1985-03-12 10:30',
  '12/03/1985',
  '47 years old',
  'aged 47',
  '1600 Grand Oak Street, Apt 4B',
  '12 rue de la Paix',
  'Calle Mayor 5',
  'Via degli Orti, n. 5',
  'am 24.01.1970 geboren',
  '47 anni di età',
  'Berliner Straße 12a',
  'SW1A 1AA',
  'NHS number 943 476 5919',
  'AB 12 34 56 C',
  'BE 0403.170.701',
  'DE136695976',
  '529.982.247-25',
  '12345678Z',
  'MRN: 00123456',
  '131052-308T',
  'phone 030 901820',
  '3D:F2:C9:A6:B3:4F',
  'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  'jürgen@müller.de',
  'https://example.com/a/b?c=d@e.f',
  'www.example.org',
  `AKIA${'ABCDEFGH23456734'}`,
  `ghp_${'a1B2'.repeat(9)}`,
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'aB3_'.repeat(8)}`,
  'password = "hunter2!X"',
  'postgres://admin:s3cr3t!pw@db.internal:5432/x',
  'api_key: a8f5f167f44f4964e6c998dee827110c',
  `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEabc/+x9'.repeat(6)}\n-----END RSA PRIVATE KEY-----`,
  '-----BEGIN RSA PRIVATE KEY-----',
  'falcon',
  'Project  Falcon',
  'project falcon nine',
  'ΟΔΟΣ',
  'EMP-123456',
  'aaab',
  'start middle end',
  '\u200b\u200c\u200d',
  '👩‍👩‍👧',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '\u{e0041}\u{e0042}\u{e0043}',
  '\u202eabc\u202c',
  '\ufe0f\ufe0f',
  'می\u200cخواهم',
];
const filler = [
  ' ',
  ' ',
  ' ',
  '  ',
  '\n',
  ', ',
  '. ',
  '-',
  '@',
  ':',
  '/',
  '(',
  'a',
  'b',
  '1',
  '22',
  '333',
  '4444',
  'The ',
  'IS ',
  'word ',
  '"',
  '\\',
  '😀',
  '日本',
  'é',
  '\u00a0',
  '=',
  'A'.repeat(30),
  '9'.repeat(20),
  '1 '.repeat(20),
];

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...entities),
      fc.constantFrom(...filler),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));
const long = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...entities) },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          ...filler,
          'x'.repeat(150),
          '7'.repeat(120),
          'Ab1_'.repeat(60),
          '\u200b'.repeat(70),
          'ABCD '.repeat(60),
          '12 '.repeat(60),
        ),
      },
    ),
    { minLength: 10, maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

/** Cuts anywhere, inside surrogate pairs too. */
function cut(whole: string, sizes: readonly number[]): string[] {
  const chunks: string[] = [];
  let at = 0;
  for (let i = 0; at < whole.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    chunks.push(whole.slice(at, at + size));
    at += size;
  }
  return chunks;
}

const chunkings = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 200 })), {
  minLength: 1,
  maxLength: 12,
});

const cases: readonly (readonly [string, ScannerManifest, unknown])[] = [
  ['pii', pii, {}],
  [
    'pii without URLs',
    pii,
    { kinds: ['EMAIL_ADDRESS', 'PHONE_NUMBER', 'CREDIT_CARD', 'IBAN_CODE', 'US_SSN'] },
  ],
  ['pii of all kinds', pii, { kinds: pii.kinds }],
  ['pii with dates and without streets', pii, { kinds: ['DATE_TIME', 'DATE_OF_BIRTH', 'AGE', 'UK_NINO'] }],
  ['secrets', secrets, {}],
  ['secrets without long ones', secrets, { except: ['json_web_token', 'private_key'] }],
  [
    'keywords',
    keywords,
    { lists: { birds: ['falcon', 'project falcon', 'falcon nine', 'οδος'], short: ['a', 'ab', 'aab'] } },
  ],
  [
    'keywords within words',
    keywords,
    { whole_word: false, lists: { birds: ['falcon', 'alco', 'con'], letters: ['aa', 'ab', 'ba'] } },
  ],
  [
    'regex',
    regex,
    {
      patterns: {
        employee: '\\bEMP-\\d{6}\\b',
        greedy: 'a+b?',
        lines: 'start.*end',
        any: '(?s)1.*2',
        tail: '\\w+$',
        bound: '\\b\\w+\\b',
      },
      max_length: 20,
    },
  ],
  [
    'regex with a long reach',
    regex,
    { patterns: { words: '(?i)the [a-z ]+', digits: '\\d{3,}' }, max_length: 256 },
  ],
  ['invisible-text', invisibleText, {}],
];

describe.each(cases)('%s', (_, manifest, config) => {
  const guardrails = [guardrail(manifest.id, config)];
  const scanning = createScanning([manifest], guardrails);

  function whole(value: string, encoding: 'plain' | 'json'): readonly Finding[] {
    const report = scanning.scan(
      {
        direction: 'response',
        segments: [
          { pointer: 'w', role: 'assistant', channel: 'answer', text: value, encoding, editable: true },
        ],
      },
      guardrails,
    );
    if (report instanceof Promise) throw new Error('all scanners here are synchronous');
    expect(report.failures).toEqual([]);
    return report.findings.toSorted((a, b) => a.start - b.start || a.end - b.end);
  }

  function streamed(chunks: readonly string[], encoding: 'plain' | 'json'): readonly Finding[] {
    const stream = scanning.openStream('response', guardrails);
    const findings: Finding[] = [];
    let settled = 0;
    let length = 0;
    for (const [index, chunk] of [...chunks, ''].entries()) {
      const progress = stream.push(
        [{ window: 'w', text: chunk, role: 'assistant', channel: 'answer', encoding }],
        index === chunks.length ? 'all' : [],
      );
      if (progress instanceof Promise) throw new Error('all scanners here are synchronous');
      expect(progress.failures).toEqual([]);
      length += chunk.length;
      for (const window of progress.windows) {
        expect(window.settled).toBeGreaterThanOrEqual(settled);
        expect(window.settled).toBeLessThanOrEqual(length);
        for (const finding of window.findings) {
          expect(finding.start).toBeGreaterThanOrEqual(settled);
          expect(finding.end).toBeLessThanOrEqual(window.settled);
        }
        settled = window.settled;
        findings.push(...window.findings);
      }
    }
    expect(settled).toBe(length);
    return findings;
  }

  function expectSame(value: string, chunks: readonly string[]): void {
    expect(streamed(chunks, 'plain')).toEqual(whole(value, 'plain'));
  }

  test('every way of cutting a text gives the findings of the whole', () => {
    fc.assert(
      fc.property(text, chunkings, (value, sizes) => expectSame(value, cut(value, sizes))),
      { numRuns: 400 },
    );
  });

  test('so it is for long runs without a pause', () => {
    fc.assert(
      fc.property(long, chunkings, (value, sizes) => expectSame(value, cut(value, sizes))),
      { numRuns: 150 },
    );
  });

  test('so it is inside JSON escapes, and offsets are those of the escaped text', () => {
    fc.assert(
      fc.property(text, chunkings, fc.boolean(), (value, sizes, all) => {
        const escaped = all
          ? [...Array(value.length).keys()]
              .map((i) => `\\u${value.charCodeAt(i).toString(16).padStart(4, '0')}`)
              .join('')
          : JSON.stringify({ a: value });
        expect(streamed(cut(escaped, sizes), 'json')).toEqual(whole(escaped, 'json'));
        if (all)
          expect(whole(escaped, 'json').map(({ start, end, kind }) => [start / 6, end / 6, kind])).toEqual(
            whole(value, 'plain').map(({ start, end, kind }) => [start, end, kind]),
          );
      }),
      { numRuns: 150 },
    );
  });
});
