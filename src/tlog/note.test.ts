import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf, utf8 } from './encoding.ts';
import { ED25519, noteSigner, noteVerifier, parseSignerKey, parseVerifierKey } from './keys.ts';
import { formatNote, formatSignatureLine, MAX_NOTE_BYTES, openNote, parseNote } from './note.ts';
import { codeOf } from './testdata/failures.ts';
import { LOG, OTHER_LOG, seedOf } from './testdata/keys.ts';
import { withBitFlipped } from './testdata/trees.ts';

/** The keys and the note in the documentation of golang.org/x/mod/sumdb/note, which defined the format. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const PETER_SIGNS = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const ENOCH = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const ENOCH_LINE =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

const noteOf = (...lines: readonly string[]) => utf8(`${TEXT}\n${lines.join('')}`);
const log = LOG.verifier;
const signed = formatNote({ text: TEXT, signatures: [LOG.sign(TEXT), OTHER_LOG.sign(TEXT)] });

describe('the examples of the format', () => {
  test('open, and are signed again to the byte', () => {
    const opened = openNote(noteOf(PETER_LINE, ENOCH_LINE), [PETER, ENOCH].map(parseVerifierKey));
    expect(opened.text).toBe(TEXT);
    expect(opened.verified.map(({ verifier }) => verifier.name)).toEqual(['PeterNeumann', 'EnochRoot']);
    expect(formatSignatureLine(parseSignerKey(PETER_SIGNS).sign(TEXT))).toBe(PETER_LINE);
  });

  test('open where blank lines stand in the text', () => {
    const text =
      'Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n';
    const line =
      '— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n';
    const note = parseNote(utf8(`${text}\n${line}`));
    expect(note.text).toBe(text);
    expect(note.signatures.map(formatSignatureLine)).toEqual([line]);
  });

  test('open with the key of the message at c2sp.org/signed-note', () => {
    const key = parseVerifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    const note =
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    expect(openNote(utf8(note), [key]).text).toBe('This is an example message.\n');
  });
});

describe('signatures', () => {
  test('by unknown keys are ignored, even under a known name or with a known id', () => {
    const sameName = formatSignatureLine(noteSigner(log.name, ED25519, seedOf(9)).sign(TEXT));
    const sameId = formatSignatureLine({ ...LOG.sign(TEXT), name: 'someone.example' });
    const own = formatSignatureLine(LOG.sign(TEXT));
    expect(openNote(noteOf(sameName, sameId, own), [log]).verified).toHaveLength(1);
    expect(codeOf(() => openNote(noteOf(sameName, sameId), [log]))).toBe('unknown_key');
    expect(codeOf(() => openNote(signed, []))).toBe('unknown_key');
  });

  test('by a known key that do not verify refuse the note, though another known key has signed it', () => {
    const bad = formatSignatureLine({ ...LOG.sign(`${TEXT}.\n`) });
    const good = formatSignatureLine(OTHER_LOG.sign(TEXT));
    expect(codeOf(() => openNote(noteOf(good, bad), [log, OTHER_LOG.verifier]))).toBe('bad_signature');
    expect(codeOf(() => openNote(noteOf(good, bad), [OTHER_LOG.verifier]))).toBe('accepted');
    const short = formatSignatureLine({ ...LOG.sign(TEXT), signature: new Uint8Array(63) });
    expect(codeOf(() => openNote(noteOf(short), [log]))).toBe('malformed_signature');
  });

  test('of one key count once', () => {
    const line = formatSignatureLine(LOG.sign(TEXT));
    expect(openNote(noteOf(line, line), [log]).verified).toHaveLength(1);
  });

  test('cannot be told apart by two known keys of one name and id', () => {
    const twin = { ...noteVerifier('a.example', ED25519, log.publicKey), name: log.name, keyId: log.keyId };
    expect(codeOf(() => openNote(signed, [log, twin]))).toBe('ambiguous_key');
  });

  test('number at most 100, and 16 large ones have room', () => {
    const large = formatSignatureLine({ name: 'pq.example', keyId: 1, signature: new Uint8Array(5_000) });
    const own = formatSignatureLine(LOG.sign(TEXT));
    expect(codeOf(() => openNote(noteOf(...Array(16).fill(large), own), [log]))).toBe('accepted');
    const small = formatSignatureLine({ name: 'x', keyId: 1, signature: new Uint8Array(1) });
    expect(codeOf(() => openNote(noteOf(...Array(99).fill(small), own), [log]))).toBe('accepted');
    expect(codeOf(() => openNote(noteOf(...Array(100).fill(small), own), [log]))).toBe('too_many_signatures');
  });
});

const LINE = formatSignatureLine(LOG.sign(TEXT)).trimEnd();
const SHORT = '— a AAAAAAA=\n';

test.each([
  ['note_malformed', ''],
  ['note_malformed', 'a\n'],
  ['note_malformed', 'a\n\n'],
  ['note_malformed', `a\n${LINE}\n`],
  ['note_malformed', `a\n\n${LINE}`],
  ['note_malformed', 'a\n\n\n'],
  ['malformed_signature_line', `a\n\n-${LINE.slice(1)}\n`],
  ['malformed_signature_line', `a\n\n${LINE} \n`],
  ['malformed_signature_line', `a\n\n${LINE} x\n`],
  ['malformed_signature_line', `a\n\n ${LINE}\n`],
  ['malformed_signature_line', 'a\n\n— a\n'],
  ['malformed_signature_line', 'a\n\n— a AAAAAA==\n'],
  ['bad_key_name', 'a\n\n—  AAAAAAA=\n'],
  ['bad_key_name', 'a\n\n— a+b AAAAAAA=\n'],
  ['bad_key_name', 'a\n\n— a\u00a0b AAAAAAA=\n'],
  ['bad_key_name', 'a\n\n— a\u0085b AAAAAAA=\n'],
  ['bad_key_name', 'a\n\n— a\u2028b AAAAAAA=\n'],
  ['malformed_base64', 'a\n\n— a AAAAAAA\n'],
  ['malformed_base64', 'a\n\n— a AAAAAAB=\n'],
  ['malformed_base64', 'a\n\n— a AAAA-AA=\n'],
  ['note_control_character', `a\r\n\n${LINE}\n`],
  ['note_control_character', `a\t\n\n${LINE}\n`],
  ['note_control_character', `a\u0000\n\n${LINE}\n`],
  ['accepted', `a\u007f\n\n${SHORT}`],
  ['accepted', `\ufeffa\n\n${SHORT}`],
  ['accepted', `\n\n${SHORT}`],
])('%s: %j', (code, text) => {
  expect(codeOf(() => parseNote(utf8(text)))).toBe(code);
});

test('a note that is not UTF-8, or too large, is refused', () => {
  expect(codeOf(() => parseNote(Uint8Array.of(0xff, 10, 10)))).toBe('note_not_utf8');
  expect(codeOf(() => parseNote(new Uint8Array(MAX_NOTE_BYTES + 1).fill(97)))).toBe('note_too_large');
});

test('every single changed bit of a note is refused', () => {
  const known = [log, OTHER_LOG.verifier];
  for (let position = 0; position < signed.length; position++) {
    const changed = withBitFlipped(signed, position);
    // Another key's name or id makes that signature an unknown one: the note then stands on the other alone.
    const isHeld = codeOf(() => openNote(changed, known)) !== 'accepted';
    const verified = isHeld ? 0 : openNote(changed, known).verified.length;
    expect(verified).toBeLessThan(2);
    if (verified === 1) expect(openNote(changed, known).text).toBe(TEXT);
    expect(codeOf(() => openNote(withBitFlipped(signed, position % TEXT.length), [log]))).not.toBe(
      'accepted',
    );
  }
});

test('notes are what they are parsed from', () => {
  const name = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .filter((text) => !/[\p{White_Space}+]|[^\u0020-\u{10ffff}]/u.test(text));
  const signature = fc.record({
    name,
    keyId: fc.nat(0xffffffff),
    signature: fc.uint8Array({ minLength: 1, maxLength: 80 }),
  });
  const text = fc
    .string({ unit: 'grapheme' })
    .map((line) => `${line.replaceAll(/[^\n\u0020-\u{10ffff}]/gu, '')}\n`);
  fc.assert(
    fc.property(text, fc.array(signature, { minLength: 1, maxLength: 5 }), (body, signatures) => {
      const note = { text: body, signatures };
      const bytes = formatNote(note);
      expect(parseNote(bytes)).toEqual(note);
      expect(textOf(formatNote(parseNote(bytes)))).toBe(textOf(bytes));
    }),
  );
});

test.each([
  ['note_malformed', 'no newline'],
  ['note_control_character', 'a\tb\n'],
  ['note_not_utf8', '\ud800\n'],
])('%s: a note is not written with the text %j', (code, text) => {
  expect(codeOf(() => formatNote({ text, signatures: [LOG.sign(TEXT)] }))).toBe(code);
});

test('a note is not written without signatures or with a bad name', () => {
  expect(codeOf(() => formatNote({ text: TEXT, signatures: [] }))).toBe('note_malformed');
  expect(codeOf(() => formatNote({ text: TEXT, signatures: [{ ...LOG.sign(TEXT), name: 'a b' }] }))).toBe(
    'bad_key_name',
  );
});
