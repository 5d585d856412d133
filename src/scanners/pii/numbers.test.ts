import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { CONTEXT_WORDS } from './context-words.ts';
import { pii } from './pii.ts';
import { nobodys, samples, seeded, valueOf } from './testdata/samples.ts';

const [scanner] = [pii.create(pii.config.parse({}), [])].flat();

function told(text: string): readonly Sighting[] {
  const sightings = scanner?.scan(
    text,
    0,
    { direction: 'request', role: 'user', channel: 'user' },
    true,
    Infinity,
  );
  if (!sightings || sightings instanceof Promise) throw new Error('this scanner answers at once');
  return sightings.filter(({ confidence }) => confidence >= 0.5);
}

/** Numbers that are well known as examples of their check digits: they hold the rules against others' reading of them. */
const EXAMPLES: readonly (readonly [string, string, string])[] = [
  ['UK_NHS', 'NHS', '943 476 5919'],
  ['DE_TAX_ID', 'Steuer-ID', '36574261809'],
  ['DE_SOCIAL_SECURITY', 'RV-Nummer', '15070649C103'],
  ['FR_NIR', 'NIR', '295109912611193'],
  ['ES_NIF', 'NIF', '54362315K'],
  ['ES_NIE', 'NIE', 'X2482300W'],
  ['IT_FISCAL_CODE', 'codice fiscale', 'RCCMNL83S18D969H'],
  ['NL_BSN', 'BSN', '111222333'],
  ['BE_NATIONAL_NUMBER', 'rijksregisternummer', '85.07.30-033.28'],
  ['PL_PESEL', 'PESEL', '44051401359'],
  ['FI_PERSONAL_IDENTITY_CODE', 'HETU', '131052-308T'],
  ['NO_FODSELSNUMMER', 'fødselsnummer', '15108695088'],
  ['IE_PPS', 'PPS', '6433435F'],
  ['AT_SVNR', 'SVNR', '1237 010180'],
  ['CH_AHV', 'AHV', '756.9217.0769.85'],
  ['SE_PERSONNUMMER', 'personnummer', '880320-0016'],
  ['CA_SIN', 'SIN', '123-456-782'],
  ['AU_TFN', 'TFN', '123 456 782'],
  ['AU_ABN', 'ABN', '83 914 571 673'],
  ['IN_AADHAAR', 'Aadhaar', '2341 2341 2346'],
  ['SG_NRIC_FIN', 'NRIC', 'S0000001I'],
  ['BR_CPF', 'CPF', '390.533.447-05'],
  ['BR_CNPJ', 'CNPJ', '16.727.230/0001-97'],
  ['MX_CURP', 'CURP', 'BOXW310820HNERXN09'],
  ['US_NPI', 'NPI', '1234567893'],
  ['ABA_ROUTING_NUMBER', 'routing number', '111000025'],
  ['MEDICAL_LICENSE', 'DEA', 'AB1234563'],
  ['EU_VAT', 'VAT', 'DE136695976'],
];

/** A changed digit may leave these right: one check digit stands for two remainders, or a weight shares a factor with ten. */
const HAS_GAPS: ReadonlySet<string> = new Set(['BR_CPF', 'EU_VAT', 'MEDICAL_LICENSE', 'MX_CURP']);

describe('a number with check digits', () => {
  test.each(EXAMPLES)('%s is told after "%s": %s', (kind, word, number) => {
    expect(told(`${word} ${number}`)).toMatchObject([{ kind, end: word.length + 1 + number.length }]);
  });

  test.each(EXAMPLES.filter(([kind]) => !HAS_GAPS.has(kind)))(
    '%s is not told when any one digit of it is another',
    (kind, word, number) => {
      for (const [index, digit] of number.split('').entries()) {
        if (!/\d/.test(digit)) continue;
        for (let other = 0; other < 10; other++) {
          if (String(other) === digit) continue;
          const changed = `${number.slice(0, index)}${other}${number.slice(index + 1)}`;
          expect(told(`${word} ${changed}`).map((sighting) => sighting.kind)).not.toContain(kind);
        }
      }
    },
  );

  test('is told after its word however it is drawn', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('###.###.###-##', '###########'), (seed, written) => {
        const number = valueOf('BR_CPF', written, seeded(seed));
        expect(told(`CPF: ${number}.`)).toMatchObject([{ kind: 'BR_CPF', start: 5, end: 5 + number.length }]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('on the made-up set', () => {
  const positives = samples(seeded(2_026), 40);
  const found = positives.map((sample) => ({ sample, sightings: told(sample.text) }));
  const isRight = (sample: (typeof positives)[number], sighting: Sighting): boolean =>
    sighting.kind === sample.kind && sighting.start === sample.start && sighting.end === sample.end;
  const right = found.filter(({ sample, sightings }) => sightings.some((each) => isRight(sample, each)));
  const wrong = found.flatMap(({ sample, sightings }) => sightings.filter((each) => !isRight(sample, each)));

  test('at least 95 of 100 are told, of every kind at least 85', () => {
    expect(right.length / positives.length).toBeGreaterThanOrEqual(0.95);
    for (const kind of new Set(positives.map((sample) => sample.kind))) {
      const all = positives.filter((sample) => sample.kind === kind).length;
      expect([kind, right.filter(({ sample }) => sample.kind === kind).length / all >= 0.85]).toEqual([
        kind,
        true,
      ]);
    }
  });

  test('at least 98 of 100 that are told are right, with the numbers that are nobody’s among the texts', () => {
    const mistaken = nobodys(seeded(2_027), 40).flatMap(told);
    expect(right.length / (right.length + wrong.length + mistaken.length)).toBeGreaterThanOrEqual(0.98);
  });
});

describe('the words before', () => {
  test.each((CONTEXT_WORDS['AGE'] ?? '').split(', '))('"%s" makes a number an age', (word) => {
    expect(told(`${word}: 47`)).toMatchObject([{ kind: 'AGE' }]);
  });

  test('decide by which stands nearest', () => {
    expect(told('SIN or TFN 123456782')).toMatchObject([{ kind: 'AU_TFN' }]);
    expect(told('TFN or SIN 123456782')).toMatchObject([{ kind: 'CA_SIN' }]);
    expect(told('SIN, order number 123456782')).toEqual([]);
  });

  test('are found as names in code are written', () => {
    expect(told('{"taxFileNumber":"123456782","nhs_number":"9434765919"}').map(({ kind }) => kind)).toEqual([
      'AU_TFN',
      'UK_NHS',
    ]);
  });
});

describe('what is not asked for', () => {
  test('is not told, and dates are told to those who ask for them by name', () => {
    const scan = (kinds: readonly string[]): readonly string[] => {
      const [each] = [pii.create(pii.config.parse({}), kinds)].flat();
      const sightings = each?.scan(
        'born 12 March 1985',
        0,
        { direction: 'request', role: 'user', channel: 'user' },
        true,
        Infinity,
      );
      if (!sightings || sightings instanceof Promise) throw new Error('this scanner answers at once');
      return sightings.map(({ kind }) => kind);
    };
    expect(scan([])).toEqual(['DATE_OF_BIRTH']);
    expect(scan(['DATE_TIME'])).toEqual(['DATE_TIME']);
    expect(scan(['DATE_TIME', 'DATE_OF_BIRTH'])).toEqual(['DATE_OF_BIRTH']);
    expect(scan(['US_SSN'])).toEqual([]);
  });
});

test.each([
  ['digits', '1'.repeat(200_000)],
  ['digits in groups', '123 456 782 '.repeat(15_000)],
  ['capitals', 'A'.repeat(200_000)],
  ['capitals and digits', 'AB12 '.repeat(40_000)],
  ['beginnings of phrases', 'Via Via '.repeat(20_000)],
  ['beginnings of dates', '12 March '.repeat(20_000)],
  ['beginnings of hardware addresses', '3D:F2:'.repeat(30_000)],
  ['words of context', 'tel 030 901 '.repeat(15_000)],
])('%s without end are looked through in time', (_, text) => {
  const began = performance.now();
  told(text);
  expect(performance.now() - began).toBeLessThan(4_000);
});
