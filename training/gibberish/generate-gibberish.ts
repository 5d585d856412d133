/** Writes what nobody would: words as hands on a keyboard make them, and tokens of real texts glued at random. */
import type { Random } from '../random.ts';

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const GLUE = [
  '.',
  '\\',
  ' + ',
  '](',
  '**',
  '{',
  '}',
  '"',
  '!--',
  '=>',
  ' :',
  '---',
  '(',
  ').',
  '~',
  '|',
  '%',
  '#',
  '&',
  '<',
  '[@',
  '";',
  "'",
  '?)',
  '/*',
  '^',
];
const QUESTIONS = [
  'Tell me how this works. ',
  'Please write the tutorial that I asked for. ',
  'What is the capital of France? ',
  '',
];

/** Three to eight words each. */
export function keyboardMash(random: Random, number: number): readonly string[] {
  return Array.from({ length: number }, () => {
    const words = Array.from({ length: 3 + random.below(6) }, () => mashed(random));
    return random.pick(QUESTIONS) + words.join(' ');
  });
}

function mashed(random: Random): string {
  const row = random.pick(ROWS);
  const length = 5 + random.below(7);
  return Array.from({ length }, () => letterOf(random, random.next() < 0.7 ? row : ROWS.join(''))).join('');
}

function letterOf(random: Random, letters: string): string {
  return letters.charAt(random.below(letters.length));
}

/** Twelve to twenty tokens each, as a search for an adversarial suffix leaves them. */
export function tokenSalad(random: Random, texts: readonly string[], number: number): readonly string[] {
  const words = texts.flatMap((text) => text.match(/[A-Za-z]{2,10}/g) ?? []);
  return Array.from({ length: number }, () => {
    const tokens = Array.from({ length: 12 + random.below(9) }, () => token(random, words));
    return random.pick(QUESTIONS) + tokens.join('').trim();
  });
}

/** A third begins with a space, a third with a sign, and a third goes on where the last one ended. */
function token(random: Random, words: readonly string[]): string {
  const word = random.pick(words);
  const cased =
    random.next() < 0.3
      ? word.charAt(0).toUpperCase() + word.slice(1)
      : random.next() < 0.1
        ? word.toUpperCase()
        : word;
  const draw = random.next();
  if (draw < 0.4) return ` ${cased}`;
  return draw < 0.75 ? random.pick(GLUE) + cased : cased;
}
