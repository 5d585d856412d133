/** Finds text that no person and no model would write: keyboard mash, and tokens that a search for an attack has glued together. */
import { z } from 'zod';
import { openPassage, passages, type PassageSizes } from '../../base/passages.ts';
import { defineScanner, type Scanner, type Sighting } from '../../modules/scanning/scanner.ts';
import { loadLanguageModel } from './language-model.ts';
import { strangePairs, strangeWords, type Stretch } from './stretch.ts';

const KINDS = ['GIBBERISH', 'ADVERSARIAL_SUFFIX'] as const;
type Kind = (typeof KINDS)[number];

/** Long enough for a suffix; what is usual in it cannot hide what is not, as only the strangest stretch counts. */
export const PASSAGE: PassageSizes = { enough: 160, most: 400 };

export const gibberish = defineScanner({
  id: 'gibberish',
  title: 'Gibberish',
  description: 'Keyboard mash and adversarial suffixes, by how surprising their characters are.',
  risks: ['LLM01:2025', 'LLM01:2026'],
  kinds: KINDS,
  config: z.strictObject({}),
  create: (_, wanted) =>
    createGibberish(KINDS.filter((kind) => wanted.length === 0 || wanted.includes(kind))),
});

function createGibberish(asked: readonly Kind[]): Scanner {
  const { model, thresholds } = loadLanguageModel();
  const looks: Readonly<Record<Kind, (passage: string) => Look>> = {
    GIBBERISH: (passage) => ({ ...strangeWords(model, passage), threshold: thresholds.words }),
    ADVERSARIAL_SUFFIX: (passage) => ({ ...strangePairs(model, passage), threshold: thresholds.pairs }),
  };

  /** One a passage: the kind whose excess is farthest beyond its threshold. */
  function sightingIn(passage: string): Sighting | null {
    let best: Sighting | null = null;
    for (const kind of asked) {
      const { start, end, excess, threshold } = looks[kind](passage);
      const confidence = confidenceOf(excess, threshold);
      if (confidence > (best?.confidence ?? FLOOR)) best = { kind, start, end, confidence };
    }
    return best;
  }

  return {
    reach: 0,
    maxHold: PASSAGE.most + 1,
    settled: (text, from) => openPassage(text, from, PASSAGE),
    scan(text, from, _place, _final, until) {
      const seen: Sighting[] = [];
      for (const { start, end } of passages(text, from, PASSAGE)) {
        if (start >= until) break;
        const sighting = sightingIn(text.slice(start, end));
        if (sighting) seen.push({ ...sighting, start: start + sighting.start, end: start + sighting.end });
      }
      return seen;
    },
  };
}

type Look = Stretch & { readonly threshold: number };

/** What is less sure nobody wants to hear of. */
const FLOOR = 0.2;

/** 0.5 at the threshold, 0.8 at twice as much, never quite 1. */
function confidenceOf(excess: number, threshold: number): number {
  return excess ** 2 / (excess ** 2 + threshold ** 2);
}
