/** A street with its house number, as it is written in a few countries; postal codes that are told by their form. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
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
const GERMANIC =
  '(?:[Ss]traße|[Ss]trasse|[Ss]tr\\.|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse|damm|Damm|ufer|Ufer|straat|laan|gracht|plein|kade|' +
  'dreef|singel|vej|gade|gatan|vägen)';
/** The states and their like (USPS Publication 28). */
const STATES =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]';

/** Begin with the house number. */
const NUMBER_FIRST = patterns([
  [`\\d{1,5}${MORE} ${NAME}${ENGLISH}(?!\\p{L})(?:\\.(?= ?,? ?(?:Apt|Suite|Ste|Unit)))?${UNIT}`, 0.75],
  [`\\d{2,5}${MORE} ${NAME}${AMBIGUOUS}(?!\\p{L})(?:\\.(?= ?,? ?(?:Apt|Suite|Ste|Unit)))?${UNIT}`, 0.7],
  [`\\d{1,4}(?: ?(?:bis|ter))?,? ${FRENCH} ${LINK}?${WORD}(?:[ -]${LINK}?${WORD}){0,3}`, 0.75],
]);
/** Begin with a capital. */
const NAME_FIRST = patterns([
  [`${ROMANCE} ${LINK}?${WORD}(?: ${LINK}?${WORD}){0,3},? (?:n[.º°] ?)?\\d{1,5}${END}`, 0.7],
  [`(?:${WORD} )?${WORD}(?<=${GERMANIC}) \\d{1,4}(?: ?[a-z])?${END}`, 0.75],
  // Royal Mail's postcode areas begin with these letters; the second half never has C, I, K, M, O or V. Not "M2 8GB".
  [
    `[A-PR-UWYZ](?:\\d[\\dA-HJKPSTUW]?|[A-HK-Y]\\d[\\dABEHMNPRVWXY]?) (?!\\d[GT]B)\\d[ABD-HJLNP-UW-Z]{2}${END}`,
    0.6,
  ],
  // Canada Post: without D, F, I, O, Q and U.
  [`[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z] \\d[ABCEGHJ-NPRSTV-Z]\\d${END}`, 0.6],
  [`(?<=, )(?:${STATES}) \\d{5}(?:-\\d{4})?${END}`, 0.6],
]);
const START =
  /(?<![\p{L}\p{N}_.,/:$€£-])(?:\d{1,5}(?:[A-Za-z]|-\d{1,4}| bis| ter)?,? [\p{Lu}\dracbipq]|\p{Lu})/gu;
const HAS_DIGIT = /\d/;

export const streetAddress: Finder = {
  decision: PHRASE,
  find(text, from, until) {
    const found: Sighting[] = [];
    if (!HAS_DIGIT.test(from === 0 ? text : text.slice(from))) return found;
    START.lastIndex = from;
    for (let match = START.exec(text); match && match.index < until; match = START.exec(text)) {
      const sighting = addressAt(text, match.index);
      if (sighting) found.push(sighting);
      // From within a surrogate pair the search would begin at the same letter again.
      START.lastIndex = match.index + ((match[0].codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
    }
    return found;
  },
};

function addressAt(text: string, start: number): Sighting | null {
  const base = Math.max(0, start - 2);
  const near = text.slice(base, start + PHRASE);
  if (!HAS_DIGIT.test(near)) return null;
  const code = text.charCodeAt(start);
  for (const { pattern, confidence } of code >= 0x30 && code <= 0x39 ? NUMBER_FIRST : NAME_FIRST) {
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
