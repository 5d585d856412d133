/** Whom a record may be about, beside its principal: identifiers of persons, each in one form however it was written. */
import { domainToASCII } from 'node:url';
import type { CountryCode } from 'libphonenumber-js/min';
import { numberingPlans } from '../base/numbering-plans.ts';

/** What finds one person by itself: a name or a birthday does not. */
export const PERSONAL_KINDS: ReadonlySet<string> = new Set([
  'EMAIL_ADDRESS',
  'PHONE_NUMBER',
  'IBAN_CODE',
  'CREDIT_CARD',
  'AT_SVNR',
  'AU_MEDICARE',
  'AU_TFN',
  'BE_NATIONAL_NUMBER',
  'BR_CPF',
  'CA_SIN',
  'CH_AHV',
  'DE_SOCIAL_SECURITY',
  'DE_TAX_ID',
  'DK_CPR',
  'ES_NIE',
  'ES_NIF',
  'FI_PERSONAL_IDENTITY_CODE',
  'FR_NIR',
  'IE_PPS',
  'IN_AADHAAR',
  'IN_PAN',
  'IT_FISCAL_CODE',
  'JP_MY_NUMBER',
  'KR_RRN',
  'MEDICAL_LICENSE',
  'MEDICAL_RECORD_NUMBER',
  'MX_CURP',
  'NL_BSN',
  'NO_FODSELSNUMMER',
  'PL_PESEL',
  'PT_NIF',
  'SE_PERSONNUMMER',
  'SG_NRIC_FIN',
  'UK_NHS',
  'UK_NINO',
  'US_BANK_NUMBER',
  'US_DRIVER_LICENSE',
  'US_ITIN',
  'US_MBI',
  'US_NPI',
  'US_PASSPORT',
  'US_SSN',
]);

/** Longer ones are refused where they are asserted. */
export const MAX_SUBJECT_CHARACTERS = 512;

/** `person:ada`, `service:demo`. */
export function principalSubject({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}:${id}`;
}

/** Whether an identifier is a principal's. */
export function isPrincipal(identifier: string): boolean {
  return /^(?:person|service|agent):./su.test(identifier);
}

/** Somebody whom an application names as its own user: `desk/user:42`. */
export function endUserSubject(application: string, id: string): string {
  return `${application}/user:${id}`;
}

/**
 * `EMAIL_ADDRESS:alice@example.com`: what a person is found by, in one form. `regions` are ISO 3166 codes of the countries
 * of which national telephone numbers are: the first counts whose numbering plan knows the number.
 */
export function personalSubject(kind: string, value: string, regions: readonly string[] = []): string {
  const [number] = kind === 'PHONE_NUMBER' ? numbersMeant(value, regions) : [];
  return `${kind}:${number ?? oneForm(kind, value)}`;
}

/**
 * Every identifier that somebody may have meant: one that says its kind is taken at its word, and a bare one may be a
 * principal's, or any personal value's that can look so. A national telephone number is one of each of the regions.
 */
export function subjectsMeant(given: string, regions: readonly string[] = []): readonly string[] {
  const text = given.trim();
  const [, kind, value] = /^([A-Z_]+):(.+)$/su.exec(text) ?? [];
  if (kind !== undefined && value !== undefined && PERSONAL_KINDS.has(kind))
    return formsMeant(kind, value, regions);
  if (isPrincipal(text) || /^[^/\s]+\/user:./su.test(text)) return [text];
  const values = [...PERSONAL_KINDS].filter((each) => canBe(each, text));
  return [`person:${text}`, ...values.flatMap((each) => formsMeant(each, text, regions))];
}

/** Numbers also as they were written, where no numbering plan was asked or knew them. */
function formsMeant(kind: string, value: string, regions: readonly string[]): readonly string[] {
  const numbers = kind === 'PHONE_NUMBER' ? numbersMeant(value, regions) : [];
  return [...new Set([...numbers, oneForm(kind, value)])].map((form) => `${kind}:${form}`);
}

/** E.164, as `+41446681800`: what the numbering plans know. */
function numbersMeant(value: string, regions: readonly string[]): readonly string[] {
  const written = oneForm('PHONE_NUMBER', value).replace(/^00/u, '+');
  const { isSupportedCountry, parsePhoneNumberFromString } = numberingPlans();
  const countries: readonly (CountryCode | undefined)[] = written.startsWith('+')
    ? [undefined]
    : regions.filter((region): region is CountryCode => isSupportedCountry(region));
  const numbers = countries.flatMap((country) => {
    const number = parsePhoneNumberFromString(written, country);
    return number?.isValid() ? [number.number] : [];
  });
  return [...new Set<string>(numbers)];
}

function canBe(kind: string, text: string): boolean {
  if (kind === 'EMAIL_ADDRESS') return text.includes('@');
  if (kind === 'PHONE_NUMBER') return /^[\d\s+()./-]{5,40}$/u.test(text);
  return /^[A-Za-z0-9\s./-]{5,60}$/u.test(text) && /\d/u.test(text);
}

function oneForm(kind: string, value: string): string {
  if (kind === 'EMAIL_ADDRESS') return addressForm(value.trim().normalize('NFC').toLowerCase());
  if (kind === 'PHONE_NUMBER') return value.replace(/[^\d+]/gu, '');
  return value.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

/** A domain in letters and one in Punycode are the same. */
function addressForm(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const ascii = domainToASCII(address.slice(at));
  return ascii === '' ? address : address.slice(0, at) + ascii;
}
