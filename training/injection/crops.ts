/** Cuts texts to the windows that the scanner scores: sentences, paragraphs and pages. */
import { WINDOWS } from '../../src/scanners/prompt-injection/calibration.ts';
import { endsOfSentences } from '../../src/scanners/prompt-injection/speaking.ts';
import { readingOf } from '../../src/scanners/reading/reading.ts';
import type { Sample } from '../linear/train-linear.ts';
import type { Random } from '../random.ts';

/** As the scanner reads it. */
export function normalized(text: string): string {
  return readingOf(text).plain.text;
}

function sample(text: string, isPositive: boolean, weight: number): readonly Sample[] {
  const read = normalized(text);
  return read.trim().length < 3 ? [] : [{ text: read, isPositive, weight }];
}

/** A benign text is benign wherever it is cut. */
export function benignCrops(text: string, weight: number, random: Random): readonly Sample[] {
  const cut = text.slice(0, 8_000);
  const ends = endsOfSentences(cut, 0, true);
  const crops = [...sample(cut.slice(0, WINDOWS.page), false, weight)];
  if (ends.length < 2) return crops;
  for (let count = Math.min(4, ends.length); count > 0; count--) {
    const at = random.below(ends.length);
    crops.push(...sample(cut.slice(ends[at - 1] ?? 0, ends[at]), false, weight));
  }
  for (const size of [WINDOWS.paragraph, WINDOWS.page]) {
    const end = random.pick(ends);
    if (cut.length > size) crops.push(...sample(cut.slice(Math.max(0, end - size), end), false, weight));
  }
  return crops;
}

/** All of a long attack is one: pages and paragraphs of it; its single sentences may be innocent. */
export function longAttackCrops(text: string, weight: number, random: Random): readonly Sample[] {
  const crops = [...sample(text.slice(0, WINDOWS.page), true, weight)];
  const ends = endsOfSentences(text.slice(0, 8_000), 0, true);
  if (text.length <= WINDOWS.paragraph) return crops;
  for (let count = 2; count > 0; count--) {
    const end = random.pick(ends);
    if (end < WINDOWS.paragraph) continue;
    crops.push(...sample(text.slice(end - WINDOWS.paragraph, end), true, weight * 0.5));
    if (end > WINDOWS.page) crops.push(...sample(text.slice(end - WINDOWS.page, end), true, weight));
  }
  return crops;
}

/** An attack in a larger text: the sentences that hold it, and the windows that end with it. */
export function embeddedCrops(text: string, attack: string, weight: number): readonly Sample[] {
  const start = text.indexOf(attack);
  if (start < 0) return sample(attack, true, weight);
  const end = start + attack.length;
  const crops: Sample[] = [];
  let begin = 0;
  for (const to of endsOfSentences(text, 0, true)) {
    const shared = Math.min(to, end) - Math.max(begin, start);
    // A sentence that holds but a few letters of it is none.
    if (shared >= 20 || shared >= attack.length * 0.8)
      crops.push(...sample(text.slice(begin, to), true, weight));
    if (begin < end && to >= end && text.length > WINDOWS.paragraph) {
      crops.push(...sample(text.slice(Math.max(0, to - WINDOWS.paragraph), to), true, weight * 0.6));
    }
    begin = to;
  }
  return crops;
}
