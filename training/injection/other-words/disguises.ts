/** Mild disguises: what people do to a phrase so that a search for it fails while a model still reads it. */
import type { Random } from '../../random.ts';

type Disguise = (text: string, random: Random) => string;

const asItIs: Disguise = (text) => text;
const upper: Disguise = (text) => text.toUpperCase();
const lower: Disguise = (text) => text.toLowerCase();
const stars: Disguise = (text) => `**${text}**`;
const wide: Disguise = (text) => text.replaceAll(' ', '  ');
const broken: Disguise = (text) => text.replace(/ (\S+ \S+) /, '\n$1 ');
const invisible: Disguise = (text) => text.replaceAll(/(\w{3})(\w)/g, '$1\u200b$2');
const cyrillic: Disguise = (text) => text.replaceAll('o', '\u043e').replaceAll('e', '\u0435');
const fullWidth: Disguise = (text) =>
  text.replaceAll(/[a-z]/gi, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
const mixed: Disguise = (text, random) =>
  text.replaceAll(/[a-z]/g, (letter) => (random.below(3) === 0 ? letter.toUpperCase() : letter));
const base64: Disguise = (text) => Buffer.from(text).toString('base64');

const DISGUISES: readonly Disguise[] = [
  asItIs,
  asItIs,
  asItIs,
  asItIs,
  asItIs,
  asItIs,
  upper,
  lower,
  stars,
  wide,
  broken,
  invisible,
  cyrillic,
  fullWidth,
  mixed,
  base64,
];

export function disguised(text: string, random: Random): string {
  return random.pick(DISGUISES)(text, random);
}
