/** Finds words and phrases of an administrator's lists. */
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
} from '../../modules/scanning/scanner.ts';
import { fold, unspaced } from './fold.ts';

const MAX_WORD = 128;
/** The character before a word, which may take two units. */
const REACH = 2;

const config = z.strictObject({
  /** Each list's name is the kind of what it finds. */
  lists: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'letters, digits and . _ - (64 at most)'),
      z.array(z.string().trim().min(1).max(MAX_WORD)).min(1).max(5_000),
    )
    .refine((lists) => Object.keys(lists).length > 0, 'at least one list')
    .refine((lists) => Object.keys(lists).length <= 100, 'at most 100 lists'),
  /** Whether a word must stand by itself: `cat` is then not found in `category`. */
  whole_word: z.boolean().default(true),
  case_sensitive: z.boolean().default(false),
});
type Config = z.infer<typeof config>;

export const keywords = defineScanner<Config>({
  id: 'keywords',
  title: 'Keywords',
  description: 'Words and phrases of your own lists.',
  risks: ['LLM02:2025', 'LLM02:2026'],
  kinds: ['*'],
  config,
  create: ({ lists, whole_word, case_sensitive }, wanted) =>
    Object.entries(lists)
      .filter(([name]) => wanted.length === 0 || wanted.includes(name))
      .map(([name, words]) => createList(name, words, whole_word, case_sensitive ? unspaced : fold)),
});

function createList(
  kind: string,
  words: readonly string[],
  isWholeWord: boolean,
  folded: (text: string) => string,
): Scanner {
  const list = [...new Set(words.map((word) => folded(word.normalize('NFC'))))];
  const pattern = patternOf(list, isWholeWord);
  const beginnings = beginningsOf(list);
  const longest = Math.max(...list.map(({ length }) => length));

  /** What was looked at to tell how far a text is decided: it is asked for right afterwards. */
  let seen: { readonly text: string; readonly from: number; readonly found: readonly Sighting[] } | null =
    null;

  function find(text: string, from: number): readonly Sighting[] {
    const found: Sighting[] = [];
    // Other scanners may be far behind: what they still hold is nothing to this one.
    const base = Math.max(0, from - REACH);
    const near = folded(base === 0 ? text : text.slice(base));
    pattern.lastIndex = from - base;
    for (let match = pattern.exec(near); match; match = pattern.exec(near)) {
      found.push({ start: base + match.index, end: base + pattern.lastIndex, kind, confidence: 1 });
    }
    return found;
  }

  return {
    reach: REACH,
    maxHold: longest,
    scan(text, from) {
      const known = seen?.from === from && seen.text === text ? seen.found : null;
      seen = null;
      return known ?? find(text, from);
    },
    settled(text, from) {
      const start = Math.max(from, text.length - longest);
      const open = start + beginning(beginnings, folded(text.slice(start)));
      if (open === from) return from;
      seen = { text, from, found: find(text, from) };
      return afterSightings(open, seen.found);
    },
  };
}

/** In descending order a longer word comes before one that it begins with, so that the longest wins. */
function patternOf(list: readonly string[], isWholeWord: boolean): RegExp {
  const alternatives = list
    .toSorted((a, b) => (a < b ? 1 : -1))
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|');
  return isWholeWord
    ? new RegExp(`(?<![\\p{L}\\p{N}_])(?:${alternatives})(?![\\p{L}\\p{N}_])`, 'gu')
    : new RegExp(alternatives, 'g');
}

/** Every beginning of every word, the whole word included: what comes next may make it longer, or another word. */
function beginningsOf(list: readonly string[]): ReadonlySet<string> {
  const beginnings = new Set<string>();
  for (const word of list)
    for (let length = 1; length <= word.length; length++) beginnings.add(word.slice(0, length));
  return beginnings;
}

/** The first offset from which on the text is the beginning of a word; its length where there is none. */
function beginning(beginnings: ReadonlySet<string>, tail: string): number {
  for (let at = 0; at < tail.length; at++) {
    if (beginnings.has(tail.charAt(at)) && beginnings.has(tail.slice(at))) return at;
  }
  return tail.length;
}
