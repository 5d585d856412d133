import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCheckpoint } from './checkpoint.ts';
import { utf8 } from './encoding.ts';
import { EMPTY_ROOT } from './hashes.ts';
import { COSIGNATURE_V1, ED25519, formatVerifierKey, type NoteSigner, noteSigner } from './keys.ts';
import { formatNote } from './note.ts';
import { isQuorum, openTrustedCheckpoint, policyOfKeys } from './policy.ts';
import { formatPolicy, parsePolicy } from './policy-text.ts';
import { codeOf } from './testdata/failures.ts';
import { LOG, OTHER_LOG, seedOf, TIME, witness } from './testdata/keys.ts';

const key = (signer: NoteSigner) => formatVerifierKey(signer.verifier);
const [w1, w2, w3, w4] = [witness(1), witness(2), witness(3), witness(4)];

/** The shape of the specification's example, with keys. */
const EXAMPLE = `# two of three, and one of the others
log ${key(LOG)} https://log.example/audit

witness X1 ${key(w1)}
\twitness  X2\t${key(w2)} https://w2.example \t
witness X3 ${key(w3)}
group X-witnesses 2 X1 X2 X3
witness Y1 ${key(w4)}
group Y-witnesses any Y1
  # both
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;

describe('a policy', () => {
  const policy = parsePolicy(utf8(EXAMPLE));

  test('has the logs, witnesses, groups and the quorum of its lines', () => {
    expect(policy.logs).toMatchObject([
      { url: 'https://log.example/audit', verifier: { name: LOG.verifier.name } },
    ]);
    expect(policy.witnesses.map(({ name, url }) => [name, url])).toEqual([
      ['X1', undefined],
      ['X2', 'https://w2.example'],
      ['X3', undefined],
      ['Y1', undefined],
    ]);
    expect(policy.groups.map(({ threshold }) => threshold)).toEqual([2, 1, 2]);
    expect(policy.quorum).toBe('X-and-Y');
  });

  test.each([
    [true, ['X1', 'X2', 'Y1']],
    [true, ['X1', 'X2', 'X3', 'Y1']],
    [false, ['X1', 'X2', 'X3']],
    [false, ['X1', 'Y1']],
    [false, []],
    [false, ['X-and-Y']],
    [false, ['X-witnesses', 'Y-witnesses']],
    [false, ['X1', 'X2', 'Z1']],
  ])('is met (%s) by %j', (isMet, cosigners) => {
    expect(isQuorum(policy, new Set(cosigners))).toBe(isMet);
  });

  test('is what it is parsed from', () => {
    const bytes = formatPolicy(policy);
    const again = parsePolicy(bytes);
    expect(formatPolicy(again)).toEqual(bytes);
    expect(JSON.stringify(again)).toBe(JSON.stringify(policy));
  });

  test('keeps names of any bytes apart, and reads key names as UTF-8', () => {
    const signer = noteSigner('прибор.example', COSIGNATURE_V1, seedOf(50));
    const kelvin = `witness \u212a ${key(signer)}\nwitness K ${key(w1)}\nquorum \u212a\n`;
    const parsed = parsePolicy(utf8(kelvin));
    expect(parsed.witnesses[0]?.verifier.name).toBe('прибор.example');
    expect(isQuorum(parsed, new Set(['K']))).toBe(false);
    expect(isQuorum(parsed, new Set([parsed.quorum]))).toBe(true);
    expect(formatPolicy(parsed)).toEqual(utf8(kelvin));
  });
});

const log = `log ${key(LOG)}\n`;
const witnesses = `witness a ${key(w1)}\nwitness b ${key(w2)}\n`;

test.each([
  ['accepted', 'quorum none\n'],
  ['accepted', `${log}quorum none\n`],
  ['accepted', `${witnesses}quorum a\n`],
  ['accepted', `${witnesses}group g 2 a b\nquorum g\n`],
  ['policy_quorum_count', ''],
  ['policy_quorum_count', log],
  ['policy_quorum_count', `quorum none\nquorum none\n`],
  ['policy_malformed', 'quorum none'],
  ['policy_malformed', 'quorum\n'],
  ['policy_malformed', 'quorum none none\n'],
  ['policy_malformed', 'Quorum none\n'],
  ['policy_malformed', 'quorum none\r\n'],
  ['policy_malformed', 'quorum\u000bnone\n'],
  ['policy_malformed', `log\nquorum none\n`],
  ['policy_malformed', `log ${key(LOG)} url more\nquorum none\n`],
  ['policy_malformed', `witness a\nquorum none\n`],
  ['policy_malformed', `${witnesses}group g any\nquorum none\n`],
  ['policy_malformed', `${witnesses}group g some a\nquorum none\n`],
  ['policy_malformed', `${witnesses}group g 01 a\nquorum none\n`],
  ['policy_malformed', `${witnesses}group g -1 a\nquorum none\n`],
  ['policy_bad_threshold', `${witnesses}group g 0 a b\nquorum g\n`],
  ['policy_bad_threshold', `${witnesses}group g 3 a b\nquorum g\n`],
  ['policy_undefined_name', `quorum a\n`],
  ['policy_undefined_name', `quorum a\n${witnesses}`],
  ['policy_undefined_name', `${witnesses}group g any a c\nquorum g\n`],
  ['policy_undefined_name', `${witnesses}group g any g\nquorum g\n`],
  ['policy_undefined_name', `${witnesses}group g any none\nquorum g\n`],
  ['policy_member_reused', `${witnesses}group g any a a\nquorum g\n`],
  ['policy_member_reused', `${witnesses}group g any a\ngroup h any a b\nquorum h\n`],
  ['policy_duplicate_name', `${witnesses}witness a ${key(w3)}\nquorum a\n`],
  ['policy_duplicate_name', `${witnesses}group a any b\nquorum a\n`],
  ['policy_duplicate_name', `witness none ${key(w1)}\nquorum none\n`],
  ['policy_duplicate_key', `${log}${log}quorum none\n`],
  [
    'policy_duplicate_key',
    `${witnesses}witness c ${key(noteSigner('x', COSIGNATURE_V1, seedOf(101)))}\nquorum a\n`,
  ],
  ['unsupported_key_type', `log ${key(w1)}\nquorum none\n`],
  ['unsupported_key_type', `witness a ${key(LOG)}\nquorum none\n`],
  ['malformed_key', 'log x\nquorum none\n'],
  ['policy_too_large', `${'#'.repeat(1_000_000)}\nquorum none\n`],
])('%s: %j', (code, text) => {
  expect(codeOf(() => parsePolicy(utf8(text)))).toBe(code);
});

test('a policy has room for 32 logs, witnesses and groups, and not for 257 witnesses', () => {
  const many = (count: number) =>
    Array.from(
      { length: count },
      (_, i) => `witness w${i} ${key(noteSigner('w', COSIGNATURE_V1, numbered(i)))}\n`,
    );
  const logs = Array.from({ length: 32 }, (_, i) => `log ${key(noteSigner('l', ED25519, numbered(i)))}\n`);
  const groups = Array.from({ length: 32 }, (_, i) => `group g${i} any w${i}\n`);
  const text = [...logs, ...many(32), ...groups, 'quorum g31\n'].join('');
  expect(codeOf(() => parsePolicy(utf8(text)))).toBe('accepted');
  expect(codeOf(() => parsePolicy(utf8([...many(257), 'quorum w0\n'].join(''))))).toBe('policy_too_large');
});

function numbered(number: number): Uint8Array {
  const seed = seedOf(7);
  seed.set([number & 255, number >> 8]);
  return seed;
}

describe('a checkpoint under a policy', () => {
  const text = formatCheckpoint({ origin: LOG.verifier.name, size: 9, root: EMPTY_ROOT, extensions: [] });
  const noteBy = (...signers: readonly NoteSigner[]) =>
    formatNote({ text, signatures: signers.map((signer) => signer.sign(text, TIME)) });
  const policy = parsePolicy(utf8(EXAMPLE));

  test('is accepted by the log and a quorum, and names the witnesses', () => {
    expect(openTrustedCheckpoint(noteBy(LOG, w4, w3, w1), policy).witnesses).toEqual(['X1', 'X3', 'Y1']);
  });

  test('is refused without a quorum, without its log, and of an unknown log', () => {
    expect(codeOf(() => openTrustedCheckpoint(noteBy(LOG, w1, w2), policy))).toBe('quorum_not_met');
    expect(codeOf(() => openTrustedCheckpoint(noteBy(LOG, w1, w1, w1, w4), policy))).toBe('quorum_not_met');
    expect(codeOf(() => openTrustedCheckpoint(noteBy(w1, w2, w4), policy))).toBe('unsigned_by_log');
    expect(
      codeOf(() =>
        openTrustedCheckpoint(noteBy(OTHER_LOG), parsePolicy(utf8(`log ${key(OTHER_LOG)}\nquorum none\n`))),
      ),
    ).toBe('unknown_log');
    expect(codeOf(() => openTrustedCheckpoint(noteBy(LOG), parsePolicy(utf8('quorum none\n'))))).toBe(
      'unknown_log',
    );
  });

  test('is refused with a bad cosignature by a known witness, though others are a quorum', () => {
    const bad = { ...w2.sign(`${text}x\n`, TIME) };
    const note = formatNote({
      text,
      signatures: [LOG, w1, w3, w4].map((s) => s.sign(text, TIME)).concat(bad),
    });
    expect(codeOf(() => openTrustedCheckpoint(note, policy))).toBe('bad_signature');
  });

  test('needs just as many of the keys as asked for', () => {
    fc.assert(
      fc.property(fc.subarray([w1, w2, w3, w4]), fc.nat(4), (cosigners, threshold) => {
        const of = policyOfKeys(
          [LOG.verifier],
          [w1, w2, w3, w4].map(({ verifier }) => verifier),
          threshold,
        );
        const code = codeOf(() => openTrustedCheckpoint(noteBy(LOG, ...cosigners), of));
        expect(code).toBe(cosigners.length >= threshold ? 'accepted' : 'quorum_not_met');
        expect(parsePolicy(formatPolicy(of)).quorum).toBe(of.quorum);
      }),
      { numRuns: 40 },
    );
    expect(codeOf(() => policyOfKeys([], [], 1))).toBe('policy_bad_threshold');
    expect(codeOf(() => policyOfKeys([], [], -1))).toBe('policy_bad_threshold');
  });

  test('is not accepted by nobody through a group put together in code', () => {
    const open = {
      ...policyOfKeys([LOG.verifier], [w1.verifier], 1),
      groups: [{ name: 'witnesses', threshold: 0, members: ['w1'] }],
    };
    expect(isQuorum(open, new Set())).toBe(false);
  });
});
