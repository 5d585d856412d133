/** Finds what an answer tells of the system prompt: passages of it, and markers that were put into it. */
import { z } from 'zod';
import { defineScanner, type Scanner, type TextPlace } from '../../modules/scanning/scanner.ts';
import { CANARY_DECISION, createCanaryIndex, MAX_CANARY, MIN_LETTERS, readCanaries } from './canaries.ts';
import { lettersOf } from './letters.ts';
import { createPromptIndex, type PromptIndex, RUN } from './prompt-index.ts';
import { MAX_PASSAGE, type Reading, readPassages } from './prompt-overlap.ts';

const KINDS = ['CANARY', 'PROMPT_OVERLAP'] as const;

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
  /** Letters and digits that an answer must have in common with the system prompt; five make a word. */
  min_letters: z.int().min(RUN).max(500).default(60),
});
type Config = z.infer<typeof config>;

export const systemPromptLeak = defineScanner<Config>({
  id: 'system-prompt-leak',
  title: 'System prompt leaks',
  description:
    'Passages of the system prompt in an answer, also disguised, and markers that were put into it.',
  risks: ['LLM07:2025'],
  kinds: KINDS,
  config,
  create: createSystemPromptLeak,
});

function createSystemPromptLeak(
  { canaries, min_letters }: Config,
  wanted: readonly string[],
): readonly Scanner[] {
  const isAsked = (kind: string): boolean => wanted.length === 0 || wanted.includes(kind);
  return [
    ...(isAsked('CANARY') && canaries.length > 0 ? [createCanaryScanner(canaries)] : []),
    ...(isAsked('PROMPT_OVERLAP') ? [createOverlapScanner(min_letters)] : []),
  ];
}

function createCanaryScanner(canaries: readonly string[]): Scanner {
  const index = createCanaryIndex(canaries);
  return createReader(CANARY_DECISION, (text, from, place, final) =>
    isSaid(place) ? readCanaries(index, text, from, final) : null,
  );
}

function createOverlapScanner(minLetters: number): Scanner {
  // Made once for each request, and gone with it.
  const indexes = new WeakMap<readonly string[], PromptIndex | null>();

  function indexOf({ instructions = [] }: TextPlace): PromptIndex | null {
    if (instructions.length === 0) return null;
    let index = indexes.get(instructions);
    if (index === undefined) {
      index = createPromptIndex(instructions);
      indexes.set(instructions, index);
    }
    return index;
  }

  return createReader(MAX_PASSAGE, (text, from, place, final) => {
    const index = isSaid(place) ? indexOf(place) : null;
    return index && readPassages(index, minLetters, text, from, final);
  });
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
