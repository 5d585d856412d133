/** Finds what an answer tells of the system prompt: passages of it, and markers that were put into it. */
import { z } from 'zod';
import { defineScanner, type Scanner, type TextPlace } from '../../modules/scanning/scanner.ts';
import {
  CANARY_DECISION,
  type CanaryIndex,
  createCanaryIndex,
  joinedIndex,
  MAX_CANARY,
  MIN_LETTERS,
  readCanaries,
} from './canaries.ts';
import { lettersOf } from './letters.ts';
import { createPromptIndex, RUN } from './prompt-index.ts';
import { MAX_PASSAGE, type Reading, readPassages } from './prompt-overlap.ts';
import { readTranslations } from './translated-passages.ts';
import { createTranslationIndex } from './translation-index.ts';
import { LOOK_BACK } from './words.ts';

const KINDS = ['CANARY', 'PROMPT_OVERLAP', 'PROMPT_TRANSLATED'] as const;

const config = z.strictObject({
  /** Markers that stand in your system prompts and nowhere else. */
  canaries: z
    .array(
      z
        .string()
        .max(MAX_CANARY)
        .refine(
          (canary) => lettersOf(canary).count >= MIN_LETTERS,
          `at least ${MIN_LETTERS} letters and digits`,
        ),
    )
    .max(1_000)
    .default([]),
  /**
   * The gateway adds a marker to the system prompts of the requests that this guardrail's answers belong to. Every such
   * prompt becomes some 25 tokens longer.
   */
  plant: z.boolean().default(false),
  /** Letters and digits that an answer must have in common with the system prompt; five make a word. */
  min_letters: z.int().min(RUN).max(500).default(60),
});
type Config = z.infer<typeof config>;

export const systemPromptLeak = defineScanner<Config>({
  id: 'system-prompt-leak',
  title: 'System prompt leaks',
  description:
    'Passages of the system prompt in an answer, also disguised or translated word by word, and markers that were put into it.',
  risks: ['LLM07:2025'],
  kinds: KINDS,
  config,
  plants: ({ plant }, wanted) => plant && isAsked('CANARY', wanted),
  create: createSystemPromptLeak,
});

function createSystemPromptLeak(
  { canaries, plant, min_letters }: Config,
  wanted: readonly string[],
): readonly Scanner[] {
  return [
    ...(isAsked('CANARY', wanted) && (canaries.length > 0 || plant)
      ? [createCanaryScanner(canaries, plant)]
      : []),
    ...(isAsked('PROMPT_OVERLAP', wanted) ? [createOverlapScanner(min_letters)] : []),
    ...(isAsked('PROMPT_TRANSLATED', wanted) ? [createTranslationScanner()] : []),
  ];
}

function isAsked(kind: (typeof KINDS)[number], wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.includes(kind);
}

interface Planted {
  readonly alone: CanaryIndex;
  readonly withConfigured: CanaryIndex;
}

function createCanaryScanner(canaries: readonly string[], plant: boolean): Scanner {
  const configured = createCanaryIndex(canaries);
  // Made once for each request, and gone with it.
  const planted = new WeakMap<readonly string[], Planted>();

  function plantedIn({ instructions, marker }: TextPlace): Planted | null {
    if (!plant || !instructions || marker === undefined) return null;
    let index = planted.get(instructions);
    if (!index) {
      const alone = createCanaryIndex([marker]);
      index = { alone, withConfigured: joinedIndex(configured, alone) };
      planted.set(instructions, index);
    }
    return index;
  }

  /** Nobody but the gateway wrote the planted one: it is a leak wherever it stands. */
  function indexOf(place: TextPlace): CanaryIndex | null {
    const index = place.direction === 'response' ? plantedIn(place) : null;
    if (!isSaid(place)) return index?.alone ?? null;
    return index?.withConfigured ?? (canaries.length > 0 ? configured : null);
  }

  return createReader(CANARY_DECISION, (text, from, place, final) => {
    const index = indexOf(place);
    return index && readCanaries(index, text, from, final);
  });
}

function createOverlapScanner(minLetters: number): Scanner {
  const indexOf = onceForEach(createPromptIndex);
  return createReader(MAX_PASSAGE, (text, from, place, final) => {
    const index = indexOf(place);
    return index && readPassages(index, minLetters, text, from, final);
  });
}

function createTranslationScanner(): Scanner {
  const indexOf = onceForEach(createTranslationIndex);
  const read: Read = (text, from, place, final) => {
    const index = indexOf(place);
    return index && readTranslations(index, text, from, final);
  };
  // The character before a point tells whether a word begins there.
  return { ...createReader(MAX_PASSAGE, read), reach: LOOK_BACK };
}

/** What is made of the instructions: once for each request, and gone with it. Null where there is nothing to look for. */
function onceForEach<Index>(
  create: (instructions: readonly string[]) => Index | null,
): (place: TextPlace) => Index | null {
  const indexes = new WeakMap<readonly string[], Index | null>();
  return (place) => {
    const { instructions = [] } = place;
    if (instructions.length === 0 || !isSaid(place)) return null;
    let index = indexes.get(instructions);
    if (index === undefined) {
      index = create(instructions);
      indexes.set(instructions, index);
    }
    return index;
  };
}

/** What the model said, not the instructions themselves where they stand beside it. */
function isSaid({ direction, channel }: TextPlace): boolean {
  return direction === 'response' && channel !== 'instruction';
}

/** Null where there is nothing to look for. */
type Read = (text: string, from: number, place: TextPlace, final: boolean) => Reading | null;

/** What is sighted and where it is decided come of one reading. */
function createReader(maxHold: number, read: Read): Scanner {
  return {
    reach: 0,
    maxHold,
    scan: (text, from, place, final) => read(text, from, place, final)?.sightings ?? [],
    settled: (text, from, place) => read(text, from, place, false)?.undecidedFrom ?? text.length,
  };
}
