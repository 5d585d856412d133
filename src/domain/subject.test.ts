import { describe, expect, test } from 'vitest';
import { personalSubject, subjectsMeant } from './subject.ts';

describe('an identifier has one form however it was written', () => {
  test.each([
    ['+41 44 668 18 00', [], '+41446681800'],
    ['+41 (0)44 668 18 00', [], '+41446681800'],
    ['0041446681800', [], '+41446681800'],
    ['0041 44/668 18 00', ['DE'], '+41446681800'],
    ['044 668 18 00', ['CH'], '+41446681800'],
    ['044 668 18 00', ['US', 'CH'], '+41446681800'],
    ['(415) 555-2671', ['US'], '+14155552671'],
    // Nobody says of which country it is, or no plan knows it: as it was written.
    ['044 668 18 00', [], '0446681800'],
    ['044 668 18 00', ['US'], '0446681800'],
    ['+999 12 34 56', ['CH'], '+999123456'],
    ['12 34', ['CH', 'nowhere'], '1234'],
  ] as [string, string[], string][])('%s in %j is %s', (written, regions, form) => {
    expect(personalSubject('PHONE_NUMBER', written, regions)).toBe(`PHONE_NUMBER:${form}`);
  });

  test.each([
    ['Alice@Example.COM', 'alice@example.com'],
    [' alice@BÜCHER.example ', 'alice@xn--bcher-kva.example'],
    ['alice@xn--bcher-kva.example', 'alice@xn--bcher-kva.example'],
    ['no-domain', 'no-domain'],
    ['odd@[192.0.2.1]', 'odd@[192.0.2.1]'],
  ])('the address %s is %s', (written, form) => {
    expect(personalSubject('EMAIL_ADDRESS', written)).toBe(`EMAIL_ADDRESS:${form}`);
  });

  test('a number of anything else keeps its letters and digits', () => {
    expect(personalSubject('IBAN_CODE', 'ch93 0076 2011 6238 5295 7')).toBe(
      'IBAN_CODE:CH9300762011623852957',
    );
  });
});

describe('somebody who is asked for', () => {
  const numbers = (given: string, regions: readonly string[]) =>
    subjectsMeant(given, regions).filter((each) => each.startsWith('PHONE_NUMBER:'));

  test.each(['+41 44 668 18 00', '0041446681800', '044 668 18 00', 'PHONE_NUMBER:044 668 18 00'])(
    'by %s is found by the one number',
    (given) => expect(numbers(given, ['CH'])).toContain('PHONE_NUMBER:+41446681800'),
  );

  test('by a national number may be in each of the countries, or as it was written', () => {
    expect(numbers('0221 123456', ['DE', 'CH', 'GB'])).toEqual([
      'PHONE_NUMBER:+49221123456',
      'PHONE_NUMBER:+41221123456',
      'PHONE_NUMBER:0221123456',
    ]);
  });

  test('by a name that is no number is none', () => {
    expect(numbers('ada', ['CH'])).toEqual([]);
    expect(subjectsMeant('desk/user:044 668 18 00', ['CH'])).toEqual(['desk/user:044 668 18 00']);
  });
});
