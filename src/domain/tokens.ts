/** Counts tokens for reservations, and where a provider tells no usage: the o200k encoding, estimated above a size. */
import { countTokens as countExactly } from 'gpt-tokenizer/encoding/o200k_base';

/** Above this many characters the beginning is counted and the rest is estimated at the same density. */
const COUNTED_CHARACTERS = 16_384;
/** Tokenizers take more than linear time on one long run without a break, so no longer run reaches them. */
const MAX_RUN = 512;

export function countTokens(text: string): number {
  if (text.length <= COUNTED_CHARACTERS) return countRuns(text);
  const counted = countRuns(text.slice(0, COUNTED_CHARACTERS));
  return Math.ceil((counted / COUNTED_CHARACTERS) * text.length);
}

function countRuns(text: string): number {
  let tokens = 0;
  for (const piece of piecesOf(text)) tokens += countExactly(piece, { disallowedSpecial: new Set() });
  return tokens;
}

/** Cuts every run of characters without white space at MAX_RUN. */
function* piecesOf(text: string): Generator<string> {
  if (!longRun.test(text)) {
    yield text;
    return;
  }
  for (let start = 0; start < text.length; start += MAX_RUN) yield text.slice(start, start + MAX_RUN);
}

const longRun = new RegExp(`\\S{${MAX_RUN}}`);
