import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scanner, Sighting, TextPlace } from '../../../modules/scanning/scanner.ts';
import { loadEntityModel } from './load-entity-model.ts';
import { createTagger } from './tagger.ts';
import { ENTITY_KINDS } from './tags.ts';

const PLACE: TextPlace = { direction: 'request', role: 'user', channel: 'user' };
const MODEL = new URL('../../../../models/entities/', import.meta.url);
const tagger = createTagger(new Set(ENTITY_KINDS), new Set());

function seen(scanner: Scanner, text: string, from = 0, isFinal = true): readonly Sighting[] {
  const sightings = scanner.scan(text, from, PLACE, isFinal, Infinity);
  if (sightings instanceof Promise) throw new Error('the tagger answers at once');
  return sightings;
}

function told(scanner: Scanner, text: string): readonly string[] {
  return seen(scanner, text)
    .filter(({ confidence }) => confidence >= 0.5)
    .map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'My name is Anna Kowalska',
        'Dr. Watson',
        'Acme Inc. of New York',
        'in Paris',
        'the Swiss',
        '. ',
        ' ',
        '\n',
        ', ',
        '😀',
        'X'.repeat(90),
        'Anna '.repeat(40),
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 25 },
  )
  .map((pieces) => pieces.join(''));

/** As src/scanners/golden.test.ts reads them. Apart from the files beside the scanner, where names would be in the way. */
describe('golden files', () => {
  const folder = new URL('./testdata/', import.meta.url);

  test.each(readdirSync(folder))('%s', (name) => {
    const [input = '', expected = ''] = readFileSync(new URL(name, folder), 'utf8').split('\n----------\n');
    const sightings = seen(tagger, input)
      .filter(({ confidence }) => confidence >= 0.5)
      .map(({ kind, start, end }) => `${kind} ${start}-${end}`);
    expect(sightings).toEqual(expected.split('\n').filter((line) => line !== ''));
    if (name.startsWith('good_')) expect(sightings).toEqual([]);
  });
});

describe('the tagger', () => {
  test('tells the kinds that are asked for and no other', () => {
    const sentence = 'My name is Anna Kowalska and I live in Berlin.';
    expect(told(tagger, sentence)).toEqual(['PERSON Anna Kowalska', 'LOCATION Berlin']);
    expect(told(createTagger(new Set(['LOCATION']), new Set()), sentence)).toEqual(['LOCATION Berlin']);
  });

  test('does not tell what is allowed', () => {
    const allowing = createTagger(new Set(ENTITY_KINDS), new Set(['Berlin']));
    expect(told(allowing, 'My name is Anna Kowalska and I live in Berlin.')).toEqual([
      'PERSON Anna Kowalska',
    ]);
  });

  test('sees in a text that still grows what it sees in the whole', () => {
    fc.assert(
      fc.property(text, fc.nat(), (whole, cut) => {
        const prefix = whole.slice(0, cut % (whole.length + 1));
        const settled = tagger.settled(prefix, 0, PLACE);
        expect(settled).toBeGreaterThanOrEqual(prefix.length - tagger.maxHold);
        const early = seen(tagger, prefix, 0, false).filter(({ start }) => start < settled);
        for (const { end } of early) expect(end).toBeLessThanOrEqual(settled);
        expect(early).toEqual(seen(tagger, whole).filter(({ start }) => start < settled));
        expect([...early, ...seen(tagger, whole, settled)]).toEqual(seen(tagger, whole));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['one letter', 'A'.repeat(400_000)],
    ['names without an end', 'Anna '.repeat(40_000)],
    ['full stops', 'A. '.repeat(60_000)],
    ['half an address', 'a.'.repeat(100_000)],
    ['joiners', '\u200d'.repeat(200_000)],
  ])('takes time in proportion to %s', (_, hostile) => {
    const before = process.cpuUsage();
    tagger.settled(hostile, 0, PLACE);
    seen(tagger, hostile);
    const { user, system } = process.cpuUsage(before);
    // Half a megabyte a second is the goal; a tenth leaves room for a machine at work on other things.
    expect((user + system) / 1_000_000).toBeLessThan(hostile.length / 100_000);
  });
});

describe('a model', () => {
  function copied(): string {
    const folder = mkdtempSync(join(tmpdir(), 'entities-'));
    for (const name of ['weights.bin', 'gazetteer.bin', 'model.json'])
      copyFileSync(new URL(name, MODEL), join(folder, name));
    return folder;
  }
  const load = (folder: string): unknown => loadEntityModel(pathToFileURL(`${folder}/`));

  test('that is whole is loaded', () => {
    expect(() => load(copied())).not.toThrow();
  });

  test.each(['weights.bin', 'gazetteer.bin'])('whose %s is truncated is refused', (name) => {
    const folder = copied();
    writeFileSync(join(folder, name), readFileSync(join(folder, name)).subarray(1));
    expect(() => load(folder)).toThrow(`models/entities: ${name} has`);
  });

  test('that is missing is refused', () => {
    expect(() => load(join(tmpdir(), 'no-such-model'))).toThrow('ENOENT');
  });

  test('whose facts are of another form is refused', () => {
    const folder = copied();
    writeFileSync(join(folder, 'model.json'), '{"buckets": 3}');
    expect(() => load(folder)).toThrow('scale');
  });
});
