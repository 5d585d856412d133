import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Checkpoint,
  checkEmptyTree,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
} from './checkpoint.ts';
import { cosign, verifyCosignature } from './cosignature.ts';
import { concatBytes, utf8 } from './encoding.ts';
import { EMPTY_ROOT } from './hashes.ts';
import { formatNote, parseNote } from './note.ts';
import { codeOf } from './testdata/failures.ts';
import { LOG, OTHER_LOG, TIME, witness } from './testdata/keys.ts';
import { hex, withBitFlipped } from './testdata/trees.ts';

/** The example of the specifications of checkpoints and of cosignatures. */
const EXAMPLE = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;
const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';

describe('the text', () => {
  test('of the example is read and written to the byte', () => {
    const { text } = parseNote(utf8(EXAMPLE));
    const checkpoint = parseCheckpoint(text);
    expect(checkpoint).toMatchObject({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      extensions: [],
    });
    expect(hex(checkpoint.root)).toBe(Buffer.from(ROOT, 'base64').toString('hex'));
    expect(formatCheckpoint(checkpoint)).toBe(text);
  });

  test('is what it is parsed from', () => {
    const line = fc.string({ minLength: 1 }).filter((text) => !text.includes('\n'));
    const checkpoints: fc.Arbitrary<Checkpoint> = fc.record({
      origin: line,
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      extensions: fc.array(line, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(checkpoints, (checkpoint) => {
        expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
      }),
    );
  });

  test.each([
    ['accepted', `o\n0\n${ROOT}\n`],
    ['accepted', `o\n9007199254740991\n${ROOT}\nmore\n`],
    ['number_too_large', `o\n9007199254740992\n${ROOT}\n`],
    ['number_too_large', `o\n18446744073709551616\n${ROOT}\n`],
    ['malformed_number', `o\n01\n${ROOT}\n`],
    ['malformed_number', `o\n+1\n${ROOT}\n`],
    ['malformed_number', `o\n-1\n${ROOT}\n`],
    ['malformed_number', `o\n1 \n${ROOT}\n`],
    ['malformed_number', `o\n1e3\n${ROOT}\n`],
    ['malformed_number', `o\n0x1\n${ROOT}\n`],
    ['malformed_number', `o\n١\n${ROOT}\n`],
    ['malformed_number', `o\n\n${ROOT}\n`],
    ['malformed_base64', `o\n1\n${ROOT.slice(0, -1)}\n`],
    ['malformed_base64', `o\n1\n${ROOT.replace('I=', 'J=')}\n`],
    ['malformed_base64', `o\n1\n ${ROOT}\n`],
    ['hash_wrong_length', 'o\n1\nAAAA\n'],
    ['hash_wrong_length', 'o\n1\n\n'],
    ['malformed_checkpoint', `\n1\n${ROOT}\n`],
    ['malformed_checkpoint', `o\n1\n${ROOT}`],
    ['malformed_checkpoint', `o\n1\n${ROOT}\n\n`],
    ['malformed_checkpoint', `o\n1\n${ROOT}\n\nmore\n`],
    ['malformed_checkpoint', 'o\n1\n'],
    ['malformed_checkpoint', ''],
  ])('%s: %j', (code, text) => {
    expect(codeOf(() => parseCheckpoint(text))).toBe(code);
  });

  test('is not written with an origin, a size, a root or an extension that could not be read', () => {
    const good = { origin: 'o', size: 1, root: EMPTY_ROOT, extensions: [] };
    expect(codeOf(() => formatCheckpoint({ ...good, origin: '' }))).toBe('malformed_checkpoint');
    expect(codeOf(() => formatCheckpoint({ ...good, origin: 'a\nb' }))).toBe('malformed_checkpoint');
    expect(codeOf(() => formatCheckpoint({ ...good, extensions: [''] }))).toBe('malformed_checkpoint');
    expect(codeOf(() => formatCheckpoint({ ...good, size: 1.5 }))).toBe('size_out_of_range');
    expect(codeOf(() => formatCheckpoint({ ...good, root: new Uint8Array(31) }))).toBe('hash_wrong_length');
  });
});

describe('a signed checkpoint', () => {
  const [w1, w2] = [witness(1), witness(2)];
  const checkpoint: Checkpoint = { origin: LOG.verifier.name, size: 5, root: EMPTY_ROOT, extensions: [] };
  const text = formatCheckpoint(checkpoint);
  const bytes = formatNote({
    text,
    signatures: [LOG.sign(text), w1.sign(text, TIME), w2.sign(text, TIME + 1)],
  });
  const trust = {
    origin: LOG.verifier.name,
    logKeys: [LOG.verifier],
    witnessKeys: [w1.verifier, w2.verifier],
  };

  test('tells who signed it, and when', () => {
    const opened = openCheckpoint(bytes, trust);
    expect(opened.checkpoint).toEqual(checkpoint);
    expect(opened.logSignatures.map(({ verifier }) => verifier)).toEqual([LOG.verifier]);
    expect(opened.cosignatures.map(({ verifier, timestamp }) => [verifier, timestamp])).toEqual([
      [w1.verifier, TIME],
      [w2.verifier, TIME + 1],
    ]);
    expect(openCheckpoint(bytes, { ...trust, witnessKeys: [] }).cosignatures).toEqual([]);
  });

  test('of another log, or that only others signed, is refused', () => {
    expect(codeOf(() => openCheckpoint(bytes, { ...trust, origin: 'x' }))).toBe('wrong_origin');
    expect(codeOf(() => openCheckpoint(bytes, { ...trust, logKeys: [OTHER_LOG.verifier] }))).toBe(
      'unsigned_by_log',
    );
    expect(codeOf(() => openCheckpoint(bytes, { ...trust, logKeys: [] }))).toBe('unsigned_by_log');
    expect(codeOf(() => openCheckpoint(bytes, { ...trust, witnessKeys: [LOG.verifier] }))).toBe(
      'ambiguous_key',
    );
  });

  test('never opens to another text, and never with all its signatures, once a bit is changed', () => {
    for (let position = 0; position < bytes.length; position++) {
      const changed = withBitFlipped(bytes, position);
      if (codeOf(() => openCheckpoint(changed, trust)) !== 'accepted') continue;
      const opened = openCheckpoint(changed, trust);
      expect(opened.text).toBe(text);
      expect(opened.cosignatures).toHaveLength(1);
    }
  });

  test('without leaves has the empty root', () => {
    expect(codeOf(() => checkEmptyTree({ size: 0, root: EMPTY_ROOT }))).toBe('accepted');
    const empty = formatCheckpoint({ ...checkpoint, size: 0, root: new Uint8Array(32) });
    const note = formatNote({ text: empty, signatures: [LOG.sign(empty)] });
    expect(codeOf(() => openCheckpoint(note, trust))).toBe('empty_root_mismatch');
  });
});

describe('a cosignature', () => {
  const text = formatCheckpoint({ origin: 'o', size: 1, root: EMPTY_ROOT, extensions: [] });
  const key = witness(1);
  const { signature } = key.sign(text, TIME);

  test('signs two lines of its own before the text, as the example shows', () => {
    const example = parseNote(utf8(EXAMPLE));
    let message = '';
    const bytes = cosign(example.text, 1_679_315_147, (signed) => {
      message = Buffer.from(signed).toString();
      return new Uint8Array(64);
    });
    expect(message).toBe(`cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n${ROOT}\n`);
    expect(hex(bytes.subarray(0, 8))).toBe(
      hex(example.signatures[1]?.signature.subarray(0, 8) ?? new Uint8Array()),
    );
  });

  test('is refused with another time, another text, another length, or as a signature of another type', () => {
    expect(key.verifier.verify(text, signature)).toEqual({ timestamp: TIME });
    for (let i = 1; i < signature.length; i++) {
      const code = codeOf(() => key.verifier.verify(text, withBitFlipped(signature, i)));
      expect(['bad_signature', 'timestamp_out_of_range']).toContain(code);
    }
    expect(codeOf(() => key.verifier.verify(`${text}x\n`, signature))).toBe('bad_signature');
    expect(codeOf(() => key.verifier.verify(text, signature.subarray(1)))).toBe('malformed_signature');
    expect(codeOf(() => key.verifier.verify(text, LOG.sign(text).signature))).toBe('malformed_signature');
  });

  test('has a time, in whole seconds', () => {
    expect(codeOf(() => key.sign(text))).toBe('zero_timestamp');
    expect(codeOf(() => key.sign(text, 0))).toBe('zero_timestamp');
    expect(codeOf(() => key.sign(text, -1))).toBe('timestamp_out_of_range');
    expect(codeOf(() => key.sign(text, 1.5))).toBe('timestamp_out_of_range');
    const accepted = () => true;
    expect(codeOf(() => verifyCosignature(text, new Uint8Array(72), accepted))).toBe('zero_timestamp');
    const late = concatBytes([new Uint8Array(8).fill(255), new Uint8Array(64)]);
    expect(codeOf(() => verifyCosignature(text, late, accepted))).toBe('timestamp_out_of_range');
  });
});
