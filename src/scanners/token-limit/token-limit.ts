/** Finds where a text grows longer than so many tokens. */
import { z } from 'zod';
import { defineScanner, type Scanner, type Sighting } from '../../modules/scanning/scanner.ts';
import { estimateTokens } from '../../domain/token-estimate.ts';

const KIND = 'TOO_MANY_TOKENS';

const config = z.strictObject({
  /** Of one text: one message, one tool's result, one answer. Estimated. */
  max_tokens: z.int().min(1).max(100_000),
});
type Config = z.infer<typeof config>;

/**
 * So many characters are always more than one token by the estimate, whichever they are (the least that it gives a
 * character is 0.02). So whether a text has passed the limit before some point can be told from a bounded number of
 * characters before that point: either the text begins among them, or they are too many already.
 */
const MOST_CHARACTERS_PER_TOKEN = 60;
/** The most that the estimate gives a character is 5.52. */
const MOST_TOKENS_PER_CHARACTER = 6;
/** What is too much is told in pieces. */
const PIECE = 4_000;
/** A stream is counted again after so many characters, and less often the longer it is: so the whole costs little. */
const stepOf = (length: number): number => Math.min(1_000, 64 + Math.floor(length / 256));

export const tokenLimit = defineScanner<Config>({
  id: 'token-limit',
  title: 'Token limit',
  description: 'Texts of more tokens than you allow, from where they pass the limit.',
  risks: ['LLM10:2025'],
  kinds: [KIND],
  config,
  create: ({ max_tokens }) => createTokenLimit(max_tokens),
});

function createTokenLimit(maxTokens: number): Scanner {
  const reach = maxTokens * MOST_CHARACTERS_PER_TOKEN;
  /** Where what is too much begins at or after `from`; null where nothing is. */
  const excessFrom = (text: string, from: number): number | null => {
    if (from >= reach) return from;
    const passed = passingCharacter(text, maxTokens);
    return passed === null ? null : Math.max(from, wholeCharacter(text, passed));
  };
  return {
    reach,
    maxHold: PIECE + 2,
    scan(text, from) {
      const excess = excessFrom(text, from);
      return excess === null ? [] : pieces(text, excess);
    },
    settled(text, from) {
      if (text.length - from < stepOf(text.length)) return from;
      const excess = excessFrom(text, from);
      // Half of a surrogate pair at the end belongs to what comes.
      if (excess === null) return text.length - 1;
      const last = pieces(text, excess).at(-1);
      return last && last.end - last.start < PIECE ? last.start : text.length;
    },
  };
}

/** The first character with which the text has more than so many tokens; null where it has not. */
function passingCharacter(text: string, maxTokens: number): number | null {
  const isWithin = (length: number): boolean => estimateTokens(text.slice(0, length)) <= maxTokens;
  let within = 0;
  let beyond = Math.ceil(maxTokens / MOST_TOKENS_PER_CHARACTER);
  // Twice as far each time, so that the cost is that of the limit and not that of the text.
  while (beyond < text.length && isWithin(beyond)) [within, beyond] = [beyond, beyond * 2];
  beyond = Math.min(beyond, text.length);
  if (isWithin(beyond)) return null;
  while (beyond - within > 1) {
    const middle = Math.floor((within + beyond) / 2);
    if (isWithin(middle)) within = middle;
    else beyond = middle;
  }
  return beyond - 1;
}

function pieces(text: string, excess: number): readonly Sighting[] {
  const found: Sighting[] = [];
  for (let start = excess; start < text.length; ) {
    const end = Math.min(text.length, wholeCharacter(text, start + PIECE));
    found.push({ start, end, kind: KIND, confidence: 1 });
    start = end;
  }
  return found;
}

/** The same offset, or the one before it where it would cut a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const isLow = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return isLow && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 ? at - 1 : at;
}
