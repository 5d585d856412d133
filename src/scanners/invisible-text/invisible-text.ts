/** Finds text that a person cannot see and a model can: hidden instructions, smuggled data, reversed words. */
import { z } from 'zod';
import { codePointIn } from '../../base/code-point.ts';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
} from '../../modules/scanning/scanner.ts';
import { INVISIBLE, isLegitimate, KINDS, kindOf, type InvisibleKind } from './invisible-characters.ts';

const config = z.strictObject({
  /** What to look for; everything unless told. */
  kinds: z
    .array(z.enum(KINDS))
    .min(1)
    .default([...KINDS]),
});
type Config = z.infer<typeof config>;

/** A longer run is told in pieces. */
const MAX_RUN = 64;
/** The flags of England, Scotland and Wales: the tag sequences that Unicode recommends for interchange. */
const TAG_FLAG =
  /\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu;
const FLAG_LENGTH = 14;
/** Characters from a run's start on that decide what is told of it. */
const DECISION = MAX_RUN + FLAG_LENGTH + 2;
const STEP = 32;

export const invisibleText = defineScanner<Config>({
  id: 'invisible-text',
  title: 'Invisible text',
  description:
    'Zero-width and control characters, tags, variation selectors and private characters, where they hide something.',
  risks: ['LLM01:2025', 'LLM01:2026'],
  kinds: KINDS,
  config,
  create: ({ kinds }, wanted) =>
    createInvisibleText(new Set(kinds.filter((kind) => wanted.length === 0 || wanted.includes(kind)))),
});

function createInvisibleText(kinds: ReadonlySet<InvisibleKind>): Scanner {
  function scan(text: string, from: number): readonly Sighting[] {
    INVISIBLE.lastIndex = from;
    if (!INVISIBLE.test(text)) return NONE;
    return runs(text, from, kinds);
  }
  return {
    reach: FLAG_LENGTH + 2,
    maxHold: DECISION + STEP,
    scan,
    settled(text, from) {
      const run = startOfRun(text, Math.max(from, text.length - DECISION - STEP));
      if (text.length - run < DECISION + STEP) return run;
      return afterSightings(text.length - DECISION, runs(text, from, kinds));
    },
  };
}

const NONE: readonly Sighting[] = [];

function runs(text: string, from: number, kinds: ReadonlySet<InvisibleKind>): readonly Sighting[] {
  const found: Sighting[] = [];
  let run: { start: number; end: number; kind: InvisibleKind } | null = null;
  const close = (): void => {
    if (run) found.push({ ...run, confidence: confidenceOf(run.kind, run.end - run.start) });
    run = null;
  };
  INVISIBLE.lastIndex = from;
  for (let match = INVISIBLE.exec(text); match; match = INVISIBLE.exec(text)) {
    const start = match.index;
    const end = start + match[0].length;
    const kind = suspicion(text, match[0], start, end);
    if (!kind || !kinds.has(kind)) continue;
    if (run && (run.kind !== kind || run.end !== start || end - run.start > MAX_RUN)) close();
    if (run) run.end = end;
    else run = { start, end, kind };
  }
  close();
  return found;
}

function suspicion(text: string, character: string, start: number, end: number): InvisibleKind | null {
  const kind = kindOf(character);
  if (kind === null || isLegitimate(kind, character, characterBefore(text, start), characterAt(text, end)))
    return null;
  return kind === 'TAG_CHARACTERS' && isInFlag(text, start) ? null : kind;
}

function isInFlag(text: string, at: number): boolean {
  const offset = Math.max(0, at - FLAG_LENGTH);
  for (const flag of text.slice(offset, at + FLAG_LENGTH).matchAll(TAG_FLAG)) {
    const start = offset + flag.index;
    if (at > start && at < start + flag[0].length) return true;
  }
  return false;
}

function characterAt(text: string, at: number): string {
  const point = codePointIn(text, at);
  return point === undefined ? '' : String.fromCodePoint(point);
}

function characterBefore(text: string, at: number): string {
  if (at === 0) return '';
  const isLow = at > 1 && text.charCodeAt(at - 1) >= 0xdc00 && text.charCodeAt(at - 1) <= 0xdfff;
  return isLow ? text.slice(at - 2, at) : text.charAt(at - 1);
}

/** One alone may be a font's icon or a slip; several in a row are not. */
function confidenceOf(kind: InvisibleKind, length: number): number {
  switch (kind) {
    case 'PRIVATE_USE':
      return length > 1 ? 0.7 : 0.4;
    case 'SOFT_HYPHEN':
    case 'CONTROL_CHARACTER':
      return 0.6;
    case 'ZERO_WIDTH':
    case 'VARIATION_SELECTORS':
      return length > 1 ? 0.95 : 0.7;
    case 'BIDI_CONTROL':
    case 'TAG_CHARACTERS':
    case 'INVISIBLE_FILLER':
    case 'FORMAT_CONTROL':
      return 0.9;
  }
}

/** Where the invisible characters that end the text begin. */
function startOfRun(text: string, stop: number): number {
  let at = text.length;
  while (at > stop) {
    const before = characterBefore(text, at);
    if (before.charCodeAt(0) > 0x1f && before.charCodeAt(0) < 0x7f) return at;
    if (kindOf(before) === null) return at;
    at -= before.length;
  }
  return Math.max(at, stop);
}
