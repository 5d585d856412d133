/** The particulars of an act: names, numbers, amounts, addresses, made up at random. */
import type { Random } from '../../random.ts';

const FIRST =
  'Anna|Luis|Mehmet|Chen|Aisha|Pavel|Ingrid|Jamal|Chloe|Raj|Sofia|Tom|Yara|Nils|Mina|Otto|Zoe|Hugo|Leila|Viktor|Amara|Diego|Hana|Piotr|Freya|Sam|Bea|Ken|Ivana|Joao'.split(
    '|',
  );
const LAST =
  'Keller|Moreno|Yilmaz|Wang|Hassan|Novak|Larsen|Brooks|Dubois|Sharma|Rossi|Carter|Haddad|Berg|Kim|Fischer|Adams|Silva|Petrov|Okoye|Vega|Sato|Nowak|Lund|Ellis|Costa|Tan|Horvat|Pinto|Meyer'.split(
    '|',
  );
const LISTS: Readonly<Record<string, readonly string[]>> = {
  my: ['my', 'my', 'my', 'the', 'our'],
  company: [
    'Brightwell',
    'Cavendish Tools',
    'Nordlicht GmbH',
    'Pelican Air',
    'Zenith Labs',
    'Blue Harbor',
    'Agro Sur',
    'Kite Telecom',
    'Ostara Foods',
    'Rivet & Co',
  ],
  city: [
    'Porto',
    'Oslo',
    'Austin',
    'Lyon',
    'Kraków',
    'Osaka',
    'Nairobi',
    'Leeds',
    'Quito',
    'Perth',
    'Ankara',
    'Hanoi',
  ],
  day: [
    'Monday',
    'Tuesday',
    'Friday',
    'Sunday',
    'tomorrow',
    'tonight',
    'March 12',
    '3 July',
    'the 21st',
    'next week',
  ],
  time: ['7 am', '18:30', 'noon', '11 pm', 'midnight', '6:15', '9 o’clock'],
  month: ['January', 'April', 'August', 'November'],
  room: ['kitchen', 'bedroom', 'attic', 'hall', 'living room', 'nursery', 'basement', 'office'],
  doctor: ['Dr. Haas', 'Dr. Mendes', 'Dr. Ito', 'the dentist', 'Dr. Patel', 'my cardiologist'],
  drug: ['ibuprofen', 'insulin', 'the sleeping pills', 'amoxicillin', 'the blood thinner'],
  goods: [
    'wireless headphones',
    'the blue chairs',
    'printer ink',
    'running shoes',
    'this blender',
    'coffee beans',
    'graphics cards',
    'winter tires',
    'baby formula',
    'garden hoses',
  ],
  slogan: [
    'we are closed',
    'I quit',
    'the price has doubled',
    'I am moving away',
    'nobody should come',
    'all is well',
    'I lost my phone',
    'it was a scam',
    'I agree',
  ],
  role: ['admin', 'owner', 'editor', 'read', 'write', 'root', 'billing'],
  env: ['staging', 'production', 'test', 'backup'],
  branch: ['develop', 'hotfix-12', 'release/3.1', 'feature/login', 'gh-pages'],
  repo: ['orders-api', 'left-grid', 'customers', 'web-shop', 'color-kit', 'ledger', 'mobile-app', 'fastlog'],
  doc: ['Budget 2025', 'contracts.zip', 'Payroll', 'Roadmap', 'tax.pdf', 'Patients', 'Offer v2'],
};
const DOMAINS =
  'mailhub.example|inboxly.example|postal.example|quickdrop.example|corp.example|data-in.example'.split('|');
const STREETS =
  'Oak Street|Hill Road|Rue du Port|Gartenweg|Calle Luna|Station Avenue|Via Roma|Kings Lane'.split('|');

const digits = (count: number, random: Random): string =>
  Array.from({ length: count }, () => random.below(10)).join('');
const letters = (count: number, random: Random): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + random.below(26))).join('');

const MADE: Readonly<Record<string, (random: Random) => string>> = {
  person: (random) =>
    random.below(3) === 0 ? random.pick(FIRST) : `${random.pick(FIRST)} ${random.pick(LAST)}`,
  login: (random) =>
    `${random.pick(FIRST).toLowerCase()}${random.pick(['.', '_', ''])}${random.pick(['x', 'dev', 'k', '77', 'ops'])}`,
  amount: (random) => {
    const sum = random.pick([
      `${1 + random.below(99)}`,
      `${1 + random.below(99)}00`,
      `${1 + random.below(30)},${digits(3, random)}`,
      `${random.below(900)}.${digits(2, random)}`,
    ]);
    return random.pick([`$${sum}`, `${sum} dollars`, `€${sum}`, `${sum} euros`, `${sum} USD`, `£${sum}`]);
  },
  number: (random) =>
    random.pick([
      digits(4, random),
      digits(6, random),
      `#${digits(4, random)}`,
      `${letters(2, random).toUpperCase()}-${digits(5, random)}`,
    ]),
  four: (random) => digits(4, random),
  count: (random) =>
    random.pick(['two', 'three', 'five', 'ten', `${2 + random.below(90)}`, `${10 * (1 + random.below(40))}`]),
  iban: (random) =>
    `${random.pick(['DE', 'FR', 'NL', 'ES', 'GB'])}${digits(2, random)} ${digits(4, random)} ${digits(4, random)} ${digits(4, random)}`,
  phone: (random) =>
    random.pick([
      `+49 30 5550${digits(3, random)}`,
      `+1 202 555 01${digits(2, random)}`,
      `0171 5550${digits(3, random)}`,
    ]),
  address: (random) => {
    const mail = `${random.pick(FIRST).toLowerCase()}${random.pick(['.', '', '-'])}${random.pick(LAST).toLowerCase()}${random.pick(['', digits(2, random)])}@${random.pick(DOMAINS)}`;
    return random.pick([mail, mail, mail, `https://${letters(6, random)}.example/${letters(3, random)}`]);
  },
  link: (random) =>
    `http${random.pick(['', 's'])}://${letters(5, random)}${random.pick(['', '-cdn', '.files'])}.example/${letters(4, random)}`,
  place: (random) => `${1 + random.below(90)} ${random.pick(STREETS)}, ${random.pick(LISTS['city'] ?? [])}`,
  version: (random) => `${random.below(9)}.${random.below(20)}.${random.below(9)}`,
  hash: (random) => `${letters(2, random)}${digits(3, random)}${letters(2, random)}`,
};

/** A slot by its name; null where there is none of this name. */
export function particular(name: string, random: Random): string | null {
  const made = MADE[name];
  if (made) return made(random);
  const list = LISTS[name];
  return list ? random.pick(list) : null;
}

export function withParticulars(template: string, random: Random): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => particular(name, random) ?? whole);
}
