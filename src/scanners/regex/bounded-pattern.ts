/** An administrator's pattern, matched in linear time and no further than a stated length from where a match begins. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { loadRe2 } from './load-re2.ts';

/** Work on one text after which it is given up: the guardrail then fails closed. */
const MAX_WORK_MS = 1_000;

export interface BoundedPattern {
  /**
   * Matches from `from` on, leftmost first. Each is what the pattern matches where the text ends `maxLength`
   * characters behind the match's start: so it depends on these characters alone, however the text was cut.
   */
  find(text: string, from: number): readonly Sighting[];
}

/** @throws Error for what RE2 cannot do in linear time, and for a pattern that matches nothing at all */
export function boundedPattern(
  kind: string,
  source: string,
  maxLength: number,
  ignoreCase: boolean,
): BoundedPattern {
  const { RE2JS } = loadRe2();
  const flags = ignoreCase ? RE2JS.CASE_INSENSITIVE : 0;
  const exact = RE2JS.compile(source, flags);
  // Without assertions about what follows, every match of the exact pattern is one of this too, wherever the text ends.
  const loose = RE2JS.compile(withoutEndAssertions(source), flags);
  if (loose.matcher('').find()) throw new Error(`pattern ${kind} matches the empty text`);
  if (exact.programSize() > 5_000) throw new Error(`pattern ${kind} is too large`);

  /** The first place in text[from, end) where a match may begin, or -1. */
  function candidate(text: string, from: number, end: number): number {
    const context = from === 0 ? 0 : 1;
    const matcher = loose.matcher(text.slice(from - context, end));
    return matcher.find(context) ? from - context + matcher.start() : -1;
  }

  function endOfMatch(text: string, start: number): number {
    const context = start === 0 ? 0 : 1;
    const matcher = exact.matcher(text.slice(start - context, wholeCharacters(text, start + maxLength)));
    return matcher.find(context) && matcher.start() === context ? start - context + matcher.end() : -1;
  }

  return {
    find(text, from) {
      if (!loose.test(from === 0 ? text : text.slice(from - 1))) return NONE;
      const found: Sighting[] = [];
      const giveUp = stopwatch(kind);
      let at = from;
      while (at < text.length) {
        const start = candidate(text, at, at + 2 * maxLength);
        if (start < 0 || start >= at + maxLength) {
          at += maxLength;
          continue;
        }
        const end = endOfMatch(text, start);
        if (end > start) found.push({ start, end, kind, confidence: 1 });
        else giveUp();
        at =
          end > start
            ? end
            : wholeCharacters(text, start + 2) === start + 2 && isPair(text, start)
              ? start + 2
              : start + 1;
      }
      return found;
    },
  };
}

const NONE: readonly Sighting[] = [];

function stopwatch(kind: string): () => void {
  let steps = 0;
  let begunMs = 0;
  return () => {
    if (++steps % 256 !== 0) return;
    const nowMs = performance.now();
    if (begunMs === 0) begunMs = nowMs;
    if (nowMs - begunMs > MAX_WORK_MS) throw new Error(`pattern ${kind} takes too much work`);
  };
}

function isPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff;
}

/** `end`, or one less where it would cut a surrogate pair in two. */
function wholeCharacters(text: string, end: number): number {
  return end < text.length && isPair(text, end - 1) ? end - 1 : end;
}

/** The pattern's source with `$`, `\b`, `\B` and `\z` made to match always. */
export function withoutEndAssertions(source: string): string {
  let loose = '';
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const character = source.charAt(i);
    if (character === '\\') {
      const escaped = source.charAt(++i);
      if (escaped === 'Q') {
        const end = source.indexOf('\\E', i);
        const stop = end < 0 ? source.length : end + 2;
        loose += source.slice(i - 1, stop);
        i = stop - 1;
      } else loose += !inClass && /[bBz]/.test(escaped) ? '(?:)' : character + escaped;
    } else if (inClass) {
      if (character === ']') inClass = false;
      else if (character === '[' && source.startsWith('[:', i)) {
        const end = source.indexOf(':]', i);
        const stop = end < 0 ? i + 1 : end + 2;
        loose += source.slice(i, stop);
        i = stop - 1;
        continue;
      }
      loose += character;
    } else if (character === '[') {
      inClass = true;
      // A bracket right at the beginning of a class is one of its members.
      const opening = /^\[\^?\]?/.exec(source.slice(i))?.[0] ?? '[';
      loose += opening;
      i += opening.length - 1;
    } else loose += character === '$' ? '(?:)' : character;
  }
  return loose;
}
