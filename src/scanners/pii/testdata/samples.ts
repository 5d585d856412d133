/** Made-up personal data of each kind and sentences about it, and numbers that are nobody's: the same for the same seed. */
import { TABLE } from '../numbers.ts';

export type Random = () => number;

/** `#` is a digit, `^` a capital, `%` a hexadecimal digit; `{low-high}` is drawn from a range. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  US_SSN: ['###-##-####'],
  US_ITIN: ['9##-7#-####'],
  US_PASSPORT: ['#########', '^########'],
  US_DRIVER_LICENSE: ['^#######', '^############', '########'],
  US_BANK_NUMBER: ['##########', '############'],
  ABA_ROUTING_NUMBER: ['#########'],
  US_NPI: ['1#########'],
  US_MBI: ['#^##-^##-^^##', '#^^#^^#^^##'],
  MEDICAL_LICENSE: ['B^#######', 'A^#######'],
  MEDICAL_RECORD_NUMBER: ['#######', '########'],
  ICD_10: ['E{10-14}.#', 'J{20-45}.#', 'F{20-48}.#', 'I{10-15}'],
  UK_NHS: ['### ### ####', '##########'],
  UK_NINO: ['^^######{A-D}', '^^ ## ## ## {A-D}'],
  EU_VAT: ['DE#########', 'ATU########', 'NL#########B{1-3}#', 'IT###########', 'BE0#########', 'PL##########'],
  DE_TAX_ID: ['###########', '## ### ### ###'],
  DE_SOCIAL_SECURITY: ['##{10-28}{10-12}##^###'],
  FR_NIR: ['1 ## {10-12} ## ### ### ##', '2##{10-12}##########'],
  ES_NIF: ['########^', '########-^'],
  ES_NIE: ['X#######^', 'Y#######^', 'X-#######-^'],
  IT_FISCAL_CODE: ['^^^^^^##{A-E}{10-28}^###^'],
  NL_BSN: ['#########'],
  BE_NATIONAL_NUMBER: ['##.{10-12}.{10-28}-###.##', '##{10-12}{10-28}#####'],
  PL_PESEL: ['##{10-12}{10-28}#####'],
  PT_NIF: ['2########', '### ### ###'],
  SE_PERSONNUMMER: ['##{10-12}{10-28}-####', '19##{10-12}{10-28}-####'],
  FI_PERSONAL_IDENTITY_CODE: ['{10-28}{10-12}##-###^', '{10-28}{10-12}##A####'],
  DK_CPR: ['{10-28}{10-12}##-####'],
  NO_FODSELSNUMMER: ['{10-28}{10-12}#######', '{10-28}{10-12}## #####'],
  IE_PPS: ['#######^', '#######^A'],
  AT_SVNR: ['#### {10-28}{10-12}##', '####{10-28}{10-12}##'],
  CH_AHV: ['756.####.####.##'],
  CA_SIN: ['### ### ###', '###-###-###', '#########'],
  AU_TFN: ['### ### ###', '#########'],
  AU_ABN: ['## ### ### ###', '###########'],
  AU_MEDICARE: ['#### ##### #', '##########'],
  IN_AADHAAR: ['#### #### ####', '############'],
  IN_PAN: ['^^^P^####^'],
  SG_NRIC_FIN: ['S#######^', 'G#######^'],
  BR_CPF: ['###.###.###-##', '###########'],
  BR_CNPJ: ['##.###.###/0001-##', '##############'],
  MX_CURP: ['^^^^##{10-12}{10-28}H^^^^^0#'],
  KR_RRN: ['##{10-12}{10-28}-1######'],
  JP_MY_NUMBER: ['#### #### ####', '############'],
};

const ABOUT: Readonly<Record<string, readonly string[]>> = {
  US_SSN: ['My SSN is $.', 'Social Security Number: $', 'Please add $ to the payroll file.'],
  US_ITIN: ['Her ITIN is $.', 'ITIN: $', 'The filing shows $ for the spouse.'],
  US_PASSPORT: ['Passport number: $', 'My passport no. is $, issued in Chicago.'],
  US_DRIVER_LICENSE: ["Driver's license $ was suspended.", 'DL number: $'],
  US_BANK_NUMBER: ['Send it to account number $, please.', 'Checking account: $'],
  ABA_ROUTING_NUMBER: ['The routing number is $.', 'ABA: $'],
  US_NPI: ['The NPI of Dr. Hall is $.', 'NPI: $'],
  US_MBI: ['Medicare number $ is active.', 'Her MBI is $.'],
  MEDICAL_LICENSE: ['The prescriber has DEA number $.', 'DEA: $'],
  MEDICAL_RECORD_NUMBER: ['MRN: $', 'Patient ID $ was moved to ward 4.', 'See medical record $ for details.'],
  ICD_10: ['Diagnosis: $', 'He was diagnosed with $ last year.', 'ICD-10 code $ applies.'],
  UK_NHS: ['Her NHS number is $.', 'NHS No: $', 'The NHS card that she brought along shows $.'],
  UK_NINO: ['My National Insurance number is $.', 'NINO: $', 'The form gives $ as hers.'],
  EU_VAT: ['Our VAT number is $.', 'USt-IdNr.: $', 'Please invoice the company with $.'],
  DE_TAX_ID: ['Meine Steuer-ID lautet $.', 'Steuerliche Identifikationsnummer: $'],
  DE_SOCIAL_SECURITY: ['Sozialversicherungsnummer: $', 'Die Rentenversicherungsnummer ist $.'],
  FR_NIR: ['Mon numéro de sécurité sociale est le $.', 'NIR : $', 'Le dossier porte le $ depuis hier.'],
  ES_NIF: ['Mi DNI es $.', 'NIF: $', 'Firma como titular, $.'],
  ES_NIE: ['Su NIE es $.', 'NIE: $', 'Firma como titular, $.'],
  IT_FISCAL_CODE: ['Il mio codice fiscale è $.', 'C.F. $', 'Il sottoscritto, $, dichiara.'],
  NL_BSN: ['Mijn BSN is $.', 'Burgerservicenummer: $'],
  BE_NATIONAL_NUMBER: ['Rijksregisternummer: $', 'Mon numéro national est $.'],
  PL_PESEL: ['Mój PESEL to $.', 'PESEL: $'],
  PT_NIF: ['O meu NIF é $.', 'Número de contribuinte: $'],
  SE_PERSONNUMMER: ['Mitt personnummer är $.', 'Personnummer: $', 'Hon skrev $ i formuläret.'],
  FI_PERSONAL_IDENTITY_CODE: ['Henkilötunnus: $', 'Hänen tunnuksensa on $.'],
  DK_CPR: ['Mit CPR-nummer er $.', 'CPR: $'],
  NO_FODSELSNUMMER: ['Fødselsnummer: $', 'Mitt fødselsnummer er $.'],
  IE_PPS: ['My PPS number is $.', 'PPSN: $'],
  AT_SVNR: ['Meine Sozialversicherungsnummer ist $.', 'SVNR: $'],
  CH_AHV: ['AHV-Nummer: $', 'Die Nummer $ steht auf der Karte.'],
  CA_SIN: ['My SIN is $.', 'Social Insurance Number: $'],
  AU_TFN: ['My tax file number is $.', 'TFN: $'],
  AU_ABN: ['Our ABN is $.', 'ABN: $'],
  AU_MEDICARE: ['Her Medicare card says $.', 'Medicare number: $'],
  IN_AADHAAR: ['My Aadhaar number is $.', 'Aadhaar: $'],
  IN_PAN: ['My PAN card number is $.', 'PAN: $', 'The deductor quoted $ on the form.'],
  SG_NRIC_FIN: ['My NRIC is $.', 'NRIC: $', 'The visitor pass was issued to $.'],
  BR_CPF: ['Meu CPF é $.', 'CPF: $'],
  BR_CNPJ: ['O CNPJ da empresa é $.', 'CNPJ: $'],
  MX_CURP: ['Mi CURP es $.', 'CURP: $', 'El solicitante, $, firmó.'],
  KR_RRN: ['주민등록번호: $', 'His resident registration number is $.'],
  JP_MY_NUMBER: ['マイナンバーは $ です。', 'My Number: $'],
};

/** Kinds without a table, by hand or by template. */
const OTHERS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['EMAIL_ADDRESS', ['j.hall{10-99}@mail.example.com', 'ann_{1-9}@firma-{1-9}.de', 'zoë{1-9}@exämple.org'], ['Write to $.', 'mailto:$', 'Her address is $, I think.']],
  ['PHONE_NUMBER', ['(415) 55{2-6}-{1000-9999}', '212-55{2-6}-{1000-9999}', '+49 30 90{1000-9999}', '+44 20 7946 0{100-999}', '+33 6 12 34 {10-99} {10-99}'], ['Call me at $.', 'Phone: $', 'Reach her on $ after six.']],
  ['PHONE_NUMBER', ['020 7946 0{100-999}', '030 90{1000-9999}', '06 12 34 {10-99} {10-99}', '612 34 {10-99} {10-99}'], ['Tel. $', 'My mobile is $.', 'Telefon: $']],
  ['CREDIT_CARD', ['4111 1111 1111 1111', '5555-5555-5555-4444', '378282246310005', '6011 1111 1111 1117'], ['Charge card $.', 'Visa $, exp 04/29', 'The number on it is $.']],
  ['IBAN_CODE', ['DE89 3704 0044 0532 0130 00', 'GB29NWBK60161331926819', 'FR14 2004 1010 0505 0001 3M02 606', 'NL91ABNA0417164300'], ['IBAN: $', 'Transfer it to $ by Friday.']],
  ['IP_ADDRESS', ['10.{1-254}.{1-254}.{1-254}', '203.0.113.{1-254}', '2001:db8::{1000-9999}'], ['The login came from $.', 'Host $ is down.']],
  ['MAC_ADDRESS', ['3D:F2:C9:%%:%%:4F', '00-1B-63-%%-%%-E7', '001b.63%%.%%e7'], ['The card has the MAC address $.', 'Device $ joined.']],
  ['CRYPTO', ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], ['Send it to $.', 'Wallet: $']],
  ['URL', ['https://example.com/u/{1000-9999}', 'www.example.org/a?b={10-99}'], ['See $ for more.', 'Her profile: $']],
  ['DATE_OF_BIRTH', ['{10-28} March 19{40-99}', '0{1-9}/{10-28}/19{40-99}', '19{40-99}-0{1-9}-{10-28}', 'July {10-28}, 19{40-99}'], ['She was born on $.', 'DOB: $', 'Date of birth: $']],
  ['DATE_OF_BIRTH', ['{10-28}.0{1-9}.19{40-99}', '{10-28}. März 19{40-99}'], ['Geburtsdatum: $', 'Er wurde am $ geboren.']],
  ['AGE', ['{18-99}'], ['He is $ years old.', 'Age: $', 'A $-year-old patient came in.', 'The woman, aged $, left.']],
  ['STREET_ADDRESS', ['{10-999} Maple Street', '{10-999} North Hill Road', '{10-99} rue de la Gare', 'Gartenstraße {1-99}', 'Calle Mayor {1-99}', 'Via Garibaldi {1-99}'], ['I live at $.', 'Address: $', 'Deliver it to $ today.']],
];

/** What looks like personal data and is not. `$` marks nothing here. */
const NOBODYS: readonly string[] = [
  'Order number ##########, shipped on 2024-0{1-9}-{10-28}.',
  'Order #########: ready.',
  'Invoice no. ########### is due.',
  'Rechnung Nr. ######### vom {10-28}.03.2024.',
  'We are on version {1-9}.{10-99}.{1-9} of the client.',
  'Build {1-9}.0.{10000-99999}.{1-9} failed.',
  'At 1{600000000-799999999} the job began.',
  'It took 1{600000000000-799999999999} ms since the epoch.',
  'Commit %%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%% broke it.',
  'sha256 %%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%',
  'The session is %%%%%%%%-%%%%-4%%%-a%%%-%%%%%%%%%%%%.',
  'It costs $#,###.## in total, or €##.##.',
  'Revenue rose to #,###,### from ###,###.',
  'ISBN 978-3-16-14{1000-9999}-#',
  'ISBN 978#########9 is out of print.',
  'Part number ^^#####-## is obsolete.',
  'Tracking number 1Z%%%######## left the hub.',
  'The meeting is on {10-28} March 2024 at 10:3#.',
  'The ratio is {10-20}:{1-9}, and the score 3-{1-9}.',
  'Item ###-####-### is back.',
  'Row ####### of ######## was skipped.',
  'const limit = ##########; // bytes',
  'Ticket ABC-#### was closed by the team.',
  'Error code 0x%%%%%%%% at line ####.',
  'See page ### and chapter {1-9} of the 1{900-999} edition.',
  'The file has ######### bytes.',
  'id: ###########',
  'ref ##-#####-###',
  'Coordinates 48.#######, 11.#######.',
  'The model has ### ### ### parameters.',
  'He ran ## km in {2-5}:{10-59}:{10-59}.',
  'Room B-{10-99}, floor {1-9}, seat {10-99}A.',
  'In {1950-2020} there were {10-99} of them.',
  'Bus {100-999} leaves every {10-20} minutes.',
];

export interface Sample {
  readonly kind: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The mulberry32 generator. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function nobodys(random: Random, count: number): readonly string[] {
  return NOBODYS.flatMap((template) => Array.from({ length: count }, () => filled(template, random)));
}

/** `count` sentences for each kind, between two that hold nothing. */
export function samples(random: Random, count: number): readonly Sample[] {
  const tables = Object.entries(WRITTEN).map(([kind, forms]) => [kind, forms, ABOUT[kind] ?? []] as const);
  return [...tables, ...OTHERS].flatMap(([kind, forms, about]) =>
    Array.from({ length: count }, (_, index) => {
      const value = valueOf(kind, pick(forms, random), random);
      const [before = '', after = ''] = (about[index % about.length] ?? '$').split('$');
      const lead = index % 3 === 0 ? 'Thank you for your message. ' : '';
      const start = lead.length + before.length;
      return { kind, text: `${lead}${before}${value}${after}\nBest regards.`, start, end: start + value.length };
    }),
  );
}

/** Drawn again until it is one: the check digits decide. */
export function valueOf(kind: string, template: string, random: Random): string {
  const rows = TABLE.filter((row) => row.kind === kind);
  for (let attempt = 0; attempt < 200_000; attempt++) {
    const value = filled(template, random);
    const compact = value.replace(/[^A-Za-z0-9]/g, '');
    if (rows.length === 0 || rows.some(({ form, check }) => form.test(compact) && (check?.(compact) ?? true)))
      return value;
  }
  throw new Error(`no ${kind} is written ${template}`);
}

function filled(template: string, random: Random): string {
  return template
    .replace(/\{([A-Z])-([A-Z])\}/g, (_, low: string, high: string) =>
      String.fromCharCode(between(low.charCodeAt(0), high.charCodeAt(0), random)),
    )
    .replace(/\{(\d+)-(\d+)\}/g, (_, low: string, high: string) => String(between(Number(low), Number(high), random)))
    .replace(/[#%^]/g, (sign) => {
      if (sign === '^') return String.fromCharCode(between(0x41, 0x5a, random));
      return sign === '#' ? String(between(0, 9, random)) : between(0, 15, random).toString(16);
    });
}

function between(low: number, high: number, random: Random): number {
  return low + Math.floor(random() * (high - low + 1));
}

function pick(items: readonly string[], random: Random): string {
  return items[Math.floor(random() * items.length)] ?? '';
}
