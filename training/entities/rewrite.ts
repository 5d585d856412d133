/** Writes a labeled text anew: as it is typed rather than cut into tokens, in other case. Entities move along. */
import type { EntityText } from './entity-text.ts';

/** Each character is replaced by what `change` gives for it; entities keep their characters. */
export function rewritten({ text, entities }: EntityText, change: (at: number) => string): EntityText {
  const offsets: number[] = [];
  let out = '';
  for (let at = 0; at < text.length; at++) {
    offsets[at] = out.length;
    out += change(at);
  }
  offsets[text.length] = out.length;
  return {
    text: out,
    entities: entities.map(({ start, end, kind }) => ({
      kind,
      start: offsets[start] ?? 0,
      end: offsets[end] ?? out.length,
    })),
  };
}

/** Takes out the spaces that cutting into tokens has put before and behind marks. */
export function untokenized(labeled: EntityText): EntityText {
  const { text } = labeled;
  return rewritten(labeled, (at) => {
    if (text[at] !== ' ') return text.charAt(at);
    const isBeforeMark =
      /^ (?:[,.!?;:)\]%](?: |$)|'(?:s|m|re|ve|ll|d|t)(?: |$)|n't(?: |$)|’(?:s|m|re|ve|ll|d|t)(?: |$))/.test(
        text.slice(at, at + 5),
      );
    const isBehindMark = /(?:^| )[([$#@]$/.test(text.slice(Math.max(0, at - 2), at));
    return isBeforeMark || isBehindMark ? '' : ' ';
  });
}

export function lowered(labeled: EntityText): EntityText {
  return rewritten(labeled, (at) => labeled.text.charAt(at).toLowerCase());
}

export function uppered(labeled: EntityText): EntityText {
  return rewritten(labeled, (at) => labeled.text.charAt(at).toUpperCase());
}
