/** Words and signs of a text, where they stand. */
import type { Span } from '../../domain/finding.ts';

export interface Word extends Span {
  readonly text: string;
  readonly isAfterSpace: boolean;
}

/** A longer one goes on as another: no model knows it anyway. */
const WORD = /[\p{L}\p{N}\p{M}]{1,128}|[^\s\p{L}\p{N}\p{M}]/gu;

export function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
    isAfterSpace: index > 0 && /\s/.test(text.charAt(index - 1)),
  }));
}
