/** A street with its house number, as it is written in a few countries; postal codes that are told by their form. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { eachDigitRun } from './digit-starts.ts';
import { PHRASE } from './phrases.ts';

const WORD = "(?:\\p{Lu}[\\p{L}’'.-]*)";
/** "12a", "12-14". */
const MORE = '(?:[A-Za-z]|-\\d{1,4})?';
const NAME = `(?:(?:${WORD}|\\d{1,3}(?:st|nd|rd|th)) ){1,4}`;
const END = '(?![\\p{L}\\p{N}]|[.-]\\p{N})';
const ENGLISH =
  '(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Terrace|Parkway|Pkwy|Highway|Hwy|Crescent|Cres|' +
  'Gardens|Grove|Mews|Square|Sq)';
/** Words of other senses: the number must have two digits. */
const AMBIGUOUS = '(?:Court|Ct|Place|Pl|Way|Circle|Cir|Close|Row|Trail|Loop|Alley)';
const UNIT = '(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl)\\.? ?[\\w-]{1,6}|,? #\\d{1,5})?';
const FRENCH = '(?:rue|avenue|av\\.|boulevard|bd|place|allée|chemin|impasse|quai|route|cours|square)';
const ROMANCE =
  '(?:Calle|C/|Avenida|Avda\\.?|Av\\.|Plaza|Paseo|Camino|Carrera|Rua|Travessa|Praça|Via|Viale|Piazza|Corso|Largo|Vicolo)';
const LINK =
  "(?:de la |de las |de los |de l[’']|des |del |della |dello |dei |degli |di |du |de |do |da |dos |d[’'])";
const COMPOUND =
  '(?:straße|strasse|str\\.|weg|platz|allee|gasse|damm|ufer|straat|laan|gracht|plein|kade|dreef|singel|vej|gade|gatan|vägen)';
const SEPARATE = '(?:Straße|Strasse|Str\\.|Weg|Platz|Allee|Gasse|Damm|Ufer)';
/** The states and their like (USPS Publication 28). */
const STATES =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]';

/** Begin with the house number. */
const NUMBER_FIRST = patterns([
  [`\\d{1,5}${MORE} ${NAME}${ENGLISH}(?!\\p{L})(?:\\.(?= ?,? ?(?:Apt|Suite|Ste|Unit)))?${UNIT}`, 0.75],
  [`\\d{2,5}${MORE} ${NAME}${AMBIGUOUS}(?!\\p{L})(?:\\.(?= ?,? ?(?:Apt|Suite|Ste|Unit)))?${UNIT}`, 0.7],
  [`\\d{1,4}(?: ?(?:bis|ter))?,? ${FRENCH} ${LINK}?${WORD}(?:[ -]${LINK}?${WORD}){0,3}(?<=\\p{L})`, 0.75],
]);
/** Begin with a capital. */
const NAME_FIRST = patterns([
  [`${ROMANCE} ${LINK}?${WORD}(?: ${LINK}?${WORD}){0,3},? (?:n[.º°] ?)?\\d{1,5}${END}`, 0.7],
  [`(?:${WORD}(?<=\\p{L}${COMPOUND})|${WORD} ${SEPARATE}) \\d{1,4}(?: ?[a-z])?${END}`, 0.75],
  // Royal Mail's postcode areas begin with these letters; the second half never has C, I, K, M, O or V. Not "M2 8GB".
  [
    `[A-PR-UWYZ](?:\\d[\\dA-HJKPSTUW]?|[A-HK-Y]\\d[\\dABEHMNPRVWXY]?) (?!\\d[GT]B)\\d[ABD-HJLNP-UW-Z]{2}${END}`,
    0.6,
  ],
  // Canada Post: without D, F, I, O, Q and U.
  [`[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z] \\d[ABCEGHJ-NPRSTV-Z]\\d${END}`, 0.6],
  [`(?<=, )(?:${STATES}) \\d{5}(?:-\\d{4})?${END}`, 0.6],
]);
/** What may stand before the digits of the second sort: where such an address begins. */
const STREET_BEFORE = new RegExp(`(?:${COMPOUND}|${SEPARATE}) $`);
const TWO_WORDS = /(?<![\p{L}\p{N}_])(?:\p{Lu}[\p{L}’'.-]* )?(\p{Lu}[\p{L}’'.-]*) $/u;
const ROMANCE_WORD = new RegExp(`(?<![\\p{L}\\p{N}_])${ROMANCE} `, 'gu');
const SINCE_DIGIT_OR_LINE = /[^\d\n]*$/;
const CODE_BEFORE = /(?<![A-Za-z0-9_])[A-Z]{1,2}$|(?<=, )[A-Z]{2} $/;
const LETTER = /[\p{L}.]/u;
const BEFORE = /[\p{L}\p{N}_./$€£-]$|\p{N}[,:]$/u;

/** What every form that begins with the number goes on with: most numbers do not. */
const HEAD = /\d{1,5}(?:[A-Za-z]|-\d{1,4}| ?(?:bis|ter))?,? [\p{L}\d]/uy;
const SPACE = 0x20;

export const streetAddress: Finder = {
  decision: PHRASE,
  find(text, from, until) {
    const found: Sighting[] = [];
    eachDigitRun(text, from, until, PHRASE, (digits) => {
      for (const start of startsBefore(text, digits)) {
        const sighting = start >= from && start < until ? addressAt(text, start) : null;
        if (sighting) found.push(sighting);
      }
    });
    return found.length > 1 ? found.sort((a, b) => a.start - b.start) : found;
  },
};

/** Where an address that these digits belong to may begin: behind all digits before them. */
function startsBefore(text: string, digits: number): Iterable<number> {
  const last = text.charCodeAt(digits - 1);
  const mayHaveName = last === SPACE ? LETTER.test(text.charAt(digits - 2)) : isCapital(last);
  if (!mayHaveName) return [digits];
  const starts = new Set([digits]);
  const before = text.slice(Math.max(0, digits - PHRASE), digits);
  const code = CODE_BEFORE.exec(before.slice(-5));
  if (code) starts.add(digits - code[0].length);
  if (last !== SPACE) return starts;
  const [since = ''] = SINCE_DIGIT_OR_LINE.exec(before) ?? [];
  for (const { index } of since.matchAll(ROMANCE_WORD)) starts.add(digits - since.length + index);
  const street = STREET_BEFORE.test(before.slice(-10)) ? TWO_WORDS.exec(before) : null;
  if (street) starts.add(digits - street[0].length).add(digits - (street[1] ?? '').length - 1);
  return starts;
}

function addressAt(text: string, start: number): Sighting | null {
  const code = text.charCodeAt(start);
  const isNumberFirst = code >= 0x30 && code <= 0x39;
  HEAD.lastIndex = start;
  if (isNumberFirst && !HEAD.test(text)) return null;
  const base = Math.max(0, start - 2);
  const near = text.slice(base, start + PHRASE);
  if (BEFORE.test(near.slice(0, start - base))) return null;
  for (const { pattern, confidence } of isNumberFirst ? NUMBER_FIRST : NAME_FIRST) {
    pattern.lastIndex = start - base;
    const match = pattern.exec(near);
    if (match) return { start, end: start + match[0].length, kind: 'STREET_ADDRESS', confidence };
  }
  return null;
}

function patterns(
  forms: readonly (readonly [string, number])[],
): readonly { readonly pattern: RegExp; readonly confidence: number }[] {
  return forms.map(([source, confidence]) => ({ pattern: new RegExp(source, 'uy'), confidence }));
}

function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}
