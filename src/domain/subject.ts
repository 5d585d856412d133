/** Whom a record may be about, beside its principal: identifiers of persons, each in one form however it was written. */

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

/** Somebody whom an application names as its own user: `desk/user:42`. */
export function endUserSubject(application: string, id: string): string {
  return `${application}/user:${id}`;
}

/** `EMAIL_ADDRESS:alice@example.com`: what a person is found by, in one form. */
export function personalSubject(kind: string, value: string): string {
  return `${kind}:${oneForm(kind, value)}`;
}

/**
 * Every identifier that somebody may have meant: one that says its kind is taken at its word, and a bare one may be a
 * principal's, or any personal value's that can look so.
 */
export function subjectsMeant(given: string): readonly string[] {
  const text = given.trim();
  const [, kind, value] = /^([A-Z_]+):(.+)$/su.exec(text) ?? [];
  if (kind !== undefined && value !== undefined && PERSONAL_KINDS.has(kind))
    return [personalSubject(kind, value)];
  if (/^(?:person|service|agent):./su.test(text) || /^[^/\s]+\/user:./su.test(text)) return [text];
  const values = [...PERSONAL_KINDS].filter((each) => canBe(each, text));
  return [`person:${text}`, ...values.map((each) => personalSubject(each, text))];
}

function canBe(kind: string, text: string): boolean {
  if (kind === 'EMAIL_ADDRESS') return text.includes('@');
  if (kind === 'PHONE_NUMBER') return /^[\d\s+()./-]{5,40}$/u.test(text);
  return /^[A-Za-z0-9\s./-]{5,60}$/u.test(text) && /\d/u.test(text);
}

function oneForm(kind: string, value: string): string {
  if (kind === 'EMAIL_ADDRESS') return value.trim().toLowerCase();
  if (kind === 'PHONE_NUMBER') return value.replace(/[^\d+]/gu, '');
  return value.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}
