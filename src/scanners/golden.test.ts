/**
 * Golden files: the input, a line of ten dashes, and for each sighting a line `KIND start-end`, in UTF-16 offsets.
 * `bad_…` holds what must be found, `good_…` what must be left alone. `config.json` beside them is the configuration, and
 * `place.json` says where the texts stand, unless it is a question.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SCANNERS } from '../compose/scanners.ts';
import type { TextPlace } from '../modules/scanning/scanner.ts';

/** Scanners that ask somebody else have tests of their own. */
const MANIFESTS = SCANNERS.filter(({ id }) => goldenFiles(id).length > 0);
const QUESTION: TextPlace = { direction: 'request', role: 'user', channel: 'user' };
const SEPARATOR = '\n----------\n';

/** What a guardrail reports unless it says otherwise. */
const MIN_CONFIDENCE = 0.5;

describe.each(MANIFESTS.map((manifest) => [manifest.id, manifest] as const))('%s', (id, manifest) => {
  const folder = new URL(`./${id}/testdata/`, import.meta.url);
  const files = goldenFiles(id);
  const configFile = new URL('config.json', folder);
  const config = manifest.config.parse(
    existsSync(configFile) ? JSON.parse(readFileSync(configFile, 'utf8')) : {},
  );
  const placeFile = new URL('place.json', folder);
  const place: TextPlace = {
    ...QUESTION,
    ...(existsSync(placeFile) ? JSON.parse(readFileSync(placeFile, 'utf8')) : {}),
  };
  const scanners = [manifest.create(config, [])].flat();

  test.each(files)('%s', (name) => {
    const [input = '', expected = ''] = readFileSync(new URL(name, folder), 'utf8').split(SEPARATOR);
    const seen = scanners.flatMap((scanner) => {
      const sightings = scanner.scan(input, 0, place, true, Infinity);
      if (sightings instanceof Promise) throw new Error('golden files are for scanners that answer at once');
      return sightings.filter(({ confidence }) => confidence >= MIN_CONFIDENCE);
    });
    const told = seen
      .sort((a, b) => a.start - b.start)
      .map(({ kind, start, end }) => `${kind} ${start}-${end}`);
    expect(told).toEqual(expected.split('\n').filter((line) => line !== ''));
    if (name.startsWith('good_')) expect(told).toEqual([]);
  });

  test('has files of both sorts', () => {
    expect(
      files.some((name) => name.startsWith('good_')) && files.some((name) => name.startsWith('bad_')),
    ).toBe(true);
  });
});

function goldenFiles(id: string): readonly string[] {
  const folder = new URL(`./${id}/testdata/`, import.meta.url);
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^(?:good|bad)_.*\.txt$/.test(name)) : [];
}
