/** Reads a text line by line: whether each is code, in which language, and whether it stands in a fenced block. */
import { CODE_LIKE, EVIDENCE, FILLER, PROSE, WORTH_A_LOOK } from './evidence.ts';
import { languageOfFence, type Language } from './languages.ts';

/** A longer line is not read: it is prose, data or something minified. */
export const MAX_LINE = 1_000;
/** Characters after a fence in which its language holds. */
export const FENCE_REACH = 4_000;

export type Scores = ReadonlyMap<Language, number>;

export interface Line {
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
  readonly isFence: boolean;
  /** What a fence has said about the block that the line stands in. */
  readonly block: Language | null;
}

export interface Reading {
  /** `filler`: a comment, a blank or an indented line, which may stand between lines of code. */
  readonly kind: 'code' | 'filler' | 'other';
  readonly scores: Scores;
}

const MAX_INDENT = 8;
/** Characters at a line's beginning that show it to be prose. */
const PROSE_REACH = 200;
const NONE: Scores = new Map();
const OTHER: Reading = { kind: 'other', scores: NONE };
const BLANK: Reading = { kind: 'filler', scores: NONE };
const SHORTEST_FENCE = 3;
const FENCE = /^[ \t>]{0,12}(?:```+|~~~+)[ \t]*([\w+#.-]{0,32})/;

/** The lines that begin at or after `base`, in order. The last fence in the FENCE_REACH characters before a line counts. */
export function* linesOf(text: string, base: number): Generator<Line, undefined> {
  let fence: { readonly start: number; readonly language: Language | null } | null = null;
  for (let start = lineStart(text, base); start < text.length; ) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak < 0 ? text.length : lineBreak;
    const mayBeFence = end - start >= SHORTEST_FENCE && end - start <= MAX_LINE;
    const opened = mayBeFence ? FENCE.exec(text.slice(start, end)) : null;
    const block = fence && start - fence.start <= FENCE_REACH ? fence.language : null;
    yield { start, end, isFence: opened !== null, block };
    if (opened) fence = { start, language: languageOfFence(opened[1] ?? '') };
    start = end + 1;
  }
}

/** The first offset at or after `at` at which a line begins. */
export function lineStart(text: string, at: number): number {
  if (at === 0 || text.charCodeAt(at - 1) === 0x0a) return at;
  const lineBreak = text.indexOf('\n', at);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

/** Whether a line that is not complete yet is no code, whatever follows. */
export function isDecidedEarly(
  text: string,
  { start, end, block }: Pick<Line, 'start' | 'end' | 'block'>,
): boolean {
  return end - start > MAX_LINE || (!block && PROSE.test(text.slice(start, start + PROSE_REACH)));
}

export function readLine(text: string, { start, end, isFence, block }: Line): Reading {
  if (start === end) return BLANK;
  if (isFence || end - start > MAX_LINE) return OTHER;
  const content = text.slice(start, end);
  return block ? inBlock(content, block) : inTheOpen(content);
}

/** White space at both ends without its length, over which patterns would stumble. */
function narrowed(content: string): string {
  const indent = content.length - content.trimStart().length;
  return content.slice(Math.max(0, indent - MAX_INDENT)).trimEnd();
}

const IN_BLOCK_SCORE = 2;

function inBlock(content: string, language: Language): Reading {
  if (content.trim() === '') return BLANK;
  return { kind: 'code', scores: new Map([[language, IN_BLOCK_SCORE]]) };
}

function inTheOpen(line: string): Reading {
  if (PROSE.test(line.slice(0, PROSE_REACH))) return FILLER.test(line) ? BLANK : OTHER;
  const content = narrowed(line);
  const isWorthALook = WORTH_A_LOOK.test(content);
  const scores = isWorthALook ? scoresOf(content) : NONE;
  if (scores.size > 0 || (isWorthALook && CODE_LIKE.test(content))) return { kind: 'code', scores };
  return FILLER.test(content) ? BLANK : OTHER;
}

function scoresOf(content: string): Scores {
  let scores: Map<Language, number> | null = null;
  for (const [pattern, weights] of EVIDENCE) {
    if (!pattern.test(content)) continue;
    scores ??= new Map();
    for (const [language, weight] of weights) scores.set(language, (scores.get(language) ?? 0) + weight);
  }
  return scores ?? NONE;
}
