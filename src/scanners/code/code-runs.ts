/** Joins lines of code that follow one another into runs, and says in which language a run is written. */
import type { Span } from '../../domain/finding.ts';
import { LANGUAGES, type Language } from './languages.ts';
import {
  FENCE_REACH,
  isDecidedEarly,
  lineStart,
  linesOf,
  readLine,
  type Line,
  type Reading,
} from './line-reading.ts';

/** A longer run is told in pieces. */
export const MAX_RUN = 2_000;
/** Lines between two lines of code that do not part them. */
const MAX_FILLERS = 2;
/** How far before a piece its run is followed: what came before counts towards the number of lines and the language. */
const CONTEXT = 1_000;

/** Characters before a point that decide what begins there; one more tells where a line begins. */
export const REACH = CONTEXT + FENCE_REACH + 1;

export interface Run extends Span {
  readonly language: Language;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface Runs {
  /** Those that are at least so many lines of code, and of which it can be said in which language. */
  readonly runs: readonly Run[];
  /** From here on more text may still change what is told. */
  readonly open: number;
}

/** A run as it is being read. */
interface Stretch {
  readonly start: number;
  end: number;
  codeLines: number;
  fillers: number;
  readonly scores: Map<Language, number>;
}

export function findRuns(text: string, from: number, minLines: number, until: number): Runs {
  const runs: Run[] = [];
  const before: Line[] = [];
  let stretch: Stretch | null = null;
  let open: number | null = null;
  const close = (): void => {
    const run = stretch && runOf(stretch, minLines);
    if (run) runs.push(run);
    stretch = null;
  };
  // Where no line begins, what there is belongs to one that is decided already.
  if (lineStart(text, from) >= Math.min(until, text.length)) return { runs, open: text.length };
  for (const line of linesOf(text, Math.max(0, from - REACH))) {
    if (line.start >= until && !stretch) break;
    if (line.start >= from) {
      // A line that is not complete says nothing yet, not even that the run before it has ended.
      if (line.end === text.length && !isDecidedEarly(text, line)) open = openFrom(stretch, line);
      const reading = readLine(text, line);
      if (stretch && !goesOn(stretch, line, reading)) close();
      if (stretch) addLine(stretch, line, reading);
      else if (reading.kind === 'code') stretch = begun(text, line, reading, before);
    }
    before.push(line);
    // Each line takes a character at least, so these are more than the context holds.
    if (before.length > 2 * CONTEXT) before.splice(0, CONTEXT);
  }
  open ??= openFrom(stretch, { start: text.length });
  close();
  return { runs, open };
}

function openFrom(stretch: Stretch | null, line: { readonly start: number }): number {
  return stretch ? stretch.start : line.start;
}

function goesOn(stretch: Stretch, { end }: Line, { kind }: Reading): boolean {
  if (end - stretch.start > MAX_RUN) return false;
  return kind === 'code' || (kind === 'filler' && stretch.fillers < MAX_FILLERS);
}

function addLine(stretch: Stretch, { end }: Line, reading: Reading): void {
  if (reading.kind === 'filler') {
    stretch.fillers++;
    return;
  }
  stretch.fillers = 0;
  stretch.end = end;
  count(stretch, reading);
}

function count(stretch: Pick<Stretch, 'codeLines' | 'scores'>, { scores }: Reading): void {
  stretch.codeLines++;
  for (const [language, score] of scores)
    stretch.scores.set(language, (stretch.scores.get(language) ?? 0) + score);
}

/** With the lines of code right before it, where the run was cut there. */
function begun(text: string, line: Line, reading: Reading, before: readonly Line[]): Stretch {
  const stretch: Stretch = { start: line.start, end: line.end, codeLines: 0, fillers: 0, scores: new Map() };
  count(stretch, reading);
  let fillers = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    const earlier = before[at];
    if (!earlier || earlier.start < line.start - CONTEXT) break;
    const { kind, scores } = readLine(text, earlier);
    fillers = kind === 'filler' ? fillers + 1 : 0;
    if (kind === 'other' || fillers > MAX_FILLERS) break;
    if (kind === 'code') count(stretch, { kind, scores });
  }
  return stretch;
}

/** What the best language must have gathered, however many lines there are. */
const MIN_SCORE = 2;
const MAX_NEEDED = 4;
const SCORE_PER_LINE = 0.2;

function runOf({ start, end, codeLines, scores }: Stretch, minLines: number): Run | null {
  if (codeLines < minLines) return null;
  let best: Language | null = null;
  let score = 0;
  for (const language of LANGUAGES) {
    const own = scores.get(language) ?? 0;
    if (own > score + 1e-9) [best, score] = [language, own];
  }
  const needed = Math.max(MIN_SCORE, Math.min(MAX_NEEDED, codeLines * SCORE_PER_LINE));
  if (best === null || score < needed - 1e-9) return null;
  return { start, end, language: best, confidence: Math.min(0.98, 0.5 + 0.12 * (score / needed)) };
}
