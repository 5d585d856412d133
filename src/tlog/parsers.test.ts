import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBundle } from './bundles.ts';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { textOf, utf8 } from './encoding.ts';
import { EMPTY_ROOT } from './hashes.ts';
import { formatVerifierKey, parseSignerKey, parseVerifierKey } from './keys.ts';
import { formatNote, parseNote, parseSignatureLines } from './note.ts';
import { policyOfKeys } from './policy.ts';
import { formatPolicy, parsePolicy } from './policy-text.ts';
import { formatProof, parseProof } from './proof.ts';
import { codeOf } from './testdata/failures.ts';
import { LOG, witness } from './testdata/keys.ts';
import { parseTilePath } from './tile-paths.ts';
import { formatAddCheckpoint, parseAddCheckpoint, parseConflict } from './witness-text.ts';

const text = formatCheckpoint({
  origin: 'log.example/audit',
  size: 9,
  root: EMPTY_ROOT,
  extensions: ['more'],
});
const note = formatNote({ text, signatures: [LOG.sign(text)] });
const hash = new Uint8Array(32).fill(3);
const ofText = (parse: (input: string) => unknown) => (bytes: Uint8Array) => parse(textOf(bytes) ?? '');

/** Every parser, with something that it accepts. */
const PARSERS: readonly (readonly [string, (bytes: Uint8Array) => unknown, Uint8Array])[] = [
  ['note', parseNote, note],
  ['signature lines', ofText(parseSignatureLines), utf8('— a AAAAAAA=\n')],
  ['checkpoint', ofText(parseCheckpoint), utf8(text)],
  ['verifier key', ofText(parseVerifierKey), utf8(formatVerifierKey(LOG.verifier))],
  [
    'signer key',
    ofText(parseSignerKey),
    utf8('PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'),
  ],
  [
    'policy',
    parsePolicy,
    formatPolicy(policyOfKeys([LOG.verifier], [witness(1).verifier, witness(2).verifier], 1)),
  ],
  ['proof bundle', parseProof, formatProof({ index: 3, proof: [hash, hash], checkpoint: note, extra: hash })],
  ['request', parseAddCheckpoint, formatAddCheckpoint({ oldSize: 3, proof: [hash], checkpoint: note })],
  ['conflict', parseConflict, utf8('12345\n')],
  ['bundle', (bytes) => parseBundle(bytes, 3), Uint8Array.of(0, 0, 0, 1, 7, 0, 2, 8, 9)],
  ['tile path', ofText(parseTilePath), utf8('tile/1/x001/x234/067.p/25')],
];

test.each(PARSERS)(
  'the parser of a %s accepts what is good, and refuses everything else with a code',
  (_name, parse, good) => {
    expect(codeOf(() => parse(good))).toBe('accepted');
    const edit = fc.record({
      at: fc.nat(good.length),
      drop: fc.nat(6),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.constantFrom('\n', '\n\n', ' ', '+', '—', '0', '=').map(utf8),
      ),
    });
    const edited = fc
      .array(edit, { minLength: 1, maxLength: 3 })
      .map((edits) =>
        edits.reduce(
          (bytes, { at, drop, put }) =>
            Uint8Array.of(...bytes.subarray(0, at), ...put, ...bytes.subarray(at + drop)),
          good,
        ),
      );
    // `codeOf` lets through every error that is no TlogError.
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), edited),
        (bytes) => codeOf(() => parse(bytes)) !== undefined,
      ),
    );
  },
);
