import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCheckpoint } from './checkpoint.ts';
import { textOf, utf8 } from './encoding.ts';
import { rootOfLeaves } from './integrate.ts';
import { formatNote } from './note.ts';
import { policyOfKeys } from './policy.ts';
import { formatProof, parseProof, verifyProof } from './proof.ts';
import { proveInclusion } from './prove.ts';
import { codeOf } from './testdata/failures.ts';
import { LOG, OTHER_LOG, TIME, witness } from './testdata/keys.ts';
import { leaves, TileMap, withBitFlipped } from './testdata/trees.ts';
import { hashReaderOfTiles } from './tiles.ts';

const SIZE = 300;
const LEAVES = leaves(SIZE);
const tiles = new TileMap();
tiles.append(LEAVES);
const [w1, w2] = [witness(1), witness(2)];
const text = formatCheckpoint({
  origin: LOG.verifier.name,
  size: SIZE,
  root: rootOfLeaves(LEAVES),
  extensions: [],
});
const checkpoint = formatNote({
  text,
  signatures: [LOG.sign(text), w1.sign(text, TIME), w2.sign(text, TIME)],
});
const policy = policyOfKeys([LOG.verifier], [w1.verifier, w2.verifier], 2);
const leaf = (index: number) => LEAVES[index] ?? new Uint8Array(32);

async function bundleOf(index: number, extra?: Uint8Array): Promise<Uint8Array> {
  const proof = await proveInclusion(index, SIZE, hashReaderOfTiles(SIZE, tiles.read));
  return formatProof({ index, proof, checkpoint, ...(extra && { extra }) });
}

test('a bundle shows each entry to be where it is, and no other entry', async () => {
  for (const index of [0, 1, 127, 128, 255, 256, 299]) {
    const bundle = await bundleOf(index);
    expect(verifyProof(bundle, leaf(index), policy)).toMatchObject({ index, witnesses: ['w1', 'w2'] });
    expect(codeOf(() => verifyProof(bundle, leaf(index + 1), policy))).toBe('root_mismatch');
  }
});

test('a bundle has the layout of the specification', async () => {
  const bundle = textOf(await bundleOf(299, utf8('hello'))) ?? '';
  const lines = bundle.split('\n');
  expect(lines.slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'extra aGVsbG8=', 'index 299']);
  expect(bundle.endsWith(`\n\n${textOf(checkpoint)}`)).toBe(true);
  expect(textOf(await bundleOf(299))?.startsWith('c2sp.org/tlog-proof@v1\nindex 299\n')).toBe(true);
});

test('a bundle in a log of one entry has no proof lines', () => {
  const one = formatCheckpoint({ origin: LOG.verifier.name, size: 1, root: leaf(0), extensions: [] });
  const bundle = formatProof({
    index: 0,
    proof: [],
    checkpoint: formatNote({ text: one, signatures: [LOG.sign(one)] }),
  });
  expect(verifyProof(bundle, leaf(0), policyOfKeys([LOG.verifier], [], 0)).index).toBe(0);
});

test('bundles are what they are parsed from', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const bundles = fc.record(
    {
      index: fc.maxSafeNat(),
      proof: fc.array(hash, { maxLength: 63 }),
      checkpoint: fc.constant(checkpoint),
      extra: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    },
    { requiredKeys: ['index', 'proof', 'checkpoint'] },
  );
  fc.assert(
    fc.property(bundles, (bundle) => {
      expect(parseProof(formatProof(bundle))).toEqual(bundle);
    }),
  );
});

test('no changed bit of a bundle leads to another statement, and those above the checkpoint are all refused', async () => {
  const bundle = await bundleOf(42);
  const start = bundle.length - checkpoint.length;
  for (let position = 0; position < bundle.length; position++) {
    const changed = withBitFlipped(bundle, position);
    const code = codeOf(() => verifyProof(changed, leaf(42), policy));
    expect(code).not.toBe('accepted');
    if (position >= start && position < start + text.length) expect(code).not.toBe('quorum_not_met');
  }
});

test('what is unsigned in a bundle, the extra data, changes nothing that is shown', async () => {
  const shown = verifyProof(await bundleOf(5, utf8('a')), leaf(5), policy);
  expect(JSON.stringify(verifyProof(await bundleOf(5, utf8('b')), leaf(5), policy))).toBe(
    JSON.stringify(shown),
  );
});

const BODY = 'o\n1\nAAAA\n\n— a AAAAAAA=\n';
const HASH = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';

test.each([
  ['accepted', `c2sp.org/tlog-proof@v1\nindex 0\n\n${BODY}`],
  ['accepted', `c2sp.org/tlog-proof@v1\nextra AA==\nindex 0\n${HASH}\n\n${BODY}`],
  ['malformed_proof', ''],
  ['malformed_proof', `c2sp.org/tlog-proof@v1\nindex 0\n`],
  ['malformed_proof', `c2sp.org/tlog-proof@v2\nindex 0\n\n${BODY}`],
  ['malformed_proof', `c2sp.org/tlog-proof@v1\n\n${BODY}`],
  ['malformed_proof', `c2sp.org/tlog-proof@v1\n${HASH}\nindex 0\n\n${BODY}`],
  ['malformed_proof', `c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n${BODY}`],
  ['malformed_proof', `c2sp.org/tlog-proof@v1\nextra AA==\nextra AA==\nindex 0\n\n${BODY}`],
  ['malformed_base64', `c2sp.org/tlog-proof@v1\nextra AB==\nindex 0\n\n${BODY}`],
  ['malformed_base64', `c2sp.org/tlog-proof@v1\nindex 0\nextra AA==\n\n${BODY}`],
  ['malformed_number', `c2sp.org/tlog-proof@v1\nindex 00\n\n${BODY}`],
  ['malformed_number', `c2sp.org/tlog-proof@v1\nindex  0\n\n${BODY}`],
  ['number_too_large', `c2sp.org/tlog-proof@v1\nindex 9007199254740992\n\n${BODY}`],
  ['hash_wrong_length', `c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n${BODY}`],
  ['proof_too_long', `c2sp.org/tlog-proof@v1\nindex 0\n${`${HASH}\n`.repeat(64)}\n${BODY}`],
  ['note_control_character', `c2sp.org/tlog-proof@v1\r\nindex 0\n\n${BODY}`],
])('%s: %j', (code, bundle) => {
  expect(codeOf(() => parseProof(utf8(bundle)))).toBe(code);
});

test.each([
  ['unknown_log', policyOfKeys([OTHER_LOG.verifier], [], 0)],
  ['quorum_not_met', policyOfKeys([LOG.verifier], [witness(8).verifier], 1)],
] as const)('%s: the policy decides whom to believe', async (code, other) => {
  const bundle = await bundleOf(7);
  expect(codeOf(() => verifyProof(bundle, leaf(7), other))).toBe(code);
});

test('a bundle is not written that could not be read', () => {
  expect(codeOf(() => formatProof({ index: 1.5, proof: [], checkpoint }))).toBe('malformed_number');
  expect(codeOf(() => formatProof({ index: 0, proof: [new Uint8Array(31)], checkpoint }))).toBe(
    'hash_wrong_length',
  );
  expect(codeOf(() => formatProof({ index: 0, proof: [], checkpoint, extra: new Uint8Array(0) }))).toBe(
    'malformed_proof',
  );
});
