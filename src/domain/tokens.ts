/** Counts tokens where a provider does not: the o200k encoding, extrapolated above a size. */
import { countTokens as countExactly } from 'gpt-tokenizer/encoding/o200k_base';

/** Above this many characters the beginning is counted and the rest is estimated at the same density. */
const COUNTED_CHARACTERS = 16_384;
/** Tokenizers take more than linear time on one long run without a break, so no run that is longer reaches them. */
const MAX_RUN = 512;
/** Special tokens in a text are text. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

export function countTokens(text: string): number {
  if (text.length <= COUNTED_CHARACTERS) return countRuns(text);
  const counted = countRuns(text.slice(0, COUNTED_CHARACTERS));
  return Math.ceil((counted / COUNTED_CHARACTERS) * text.length);
}

function countRuns(text: string): number {
  if (!mayHoldLongRun(text)) return countExactly(text, AS_TEXT);
  let tokens = 0;
  for (let start = 0; start < text.length; start += MAX_RUN)
    tokens += countExactly(text.slice(start, start + MAX_RUN), AS_TEXT);
  return tokens;
}

/** A run of that length covers one of these places, and every place up to half of it on one side. */
function mayHoldLongRun(text: string): boolean {
  for (let place = MAX_RUN - 1; place < text.length; place += MAX_RUN) {
    const before = text.slice(place - MAX_RUN / 2, place + 1);
    const after = text.slice(place, place + MAX_RUN / 2);
    if (!WHITE_SPACE.test(before) || (after.length === MAX_RUN / 2 && !WHITE_SPACE.test(after))) return true;
  }
  return false;
}

const WHITE_SPACE = /\s/;
