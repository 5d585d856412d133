/** Finds prompt injection, jailbreaks and attempts to extract the system prompt, by rules and by a model of our own. */
import { z } from 'zod';
import type { Channel } from '../../domain/document.ts';
import { defineScanner, type Scanner, type Sighting } from '../../modules/scanning/scanner.ts';
import { NGRAM_REACH } from '../linear/ngrams.ts';
import { MAX_UNDECIDED, REACH as READING_REACH } from '../reading/limits.ts';
import { WINDOWS } from './calibration.ts';
import { KINDS, MAX_MATCH } from './rule.ts';
import { endOfSentence, MAX_SENTENCE } from './sentences.ts';
import { decidedIn, speakingIn, NOTHING, type Known, type Speaking } from './speaking.ts';
import { isSurelyUndecided } from '../reading/reading.ts';
import { createStandards } from './standards.ts';

const CHANNELS = ['user', 'document', 'tool', 'answer', 'instruction'] as const satisfies readonly Channel[];
const rate = z.number().positive().max(0.05);

const config = z.strictObject({
  /** The share of benign texts that may be flagged, for all channels or for each: 0.01 is one in a hundred. */
  max_false_positive_rate: z.union([rate, z.partialRecord(z.enum(CHANNELS), rate)]).default({}),
  /** Whether the rules are asked beside the model. */
  rules: z.boolean().default(true),
  kinds: z
    .array(z.enum(KINDS))
    .min(1)
    .default([...KINDS]),
});
export type PromptInjectionConfig = z.infer<typeof config>;

/** Characters that are looked at together in a long text, so that memory stays bounded. */
const CHUNK = 131_072;
/** The most that text can leave undecided. */
const MAX_OPEN = MAX_SENTENCE + 1 + MAX_UNDECIDED;
/** The stated hold-back: where each look has to begin far back, looks are as few as that allows. */
const MAX_HOLD = 16_384;
/** New characters that are worth a look. */
const NEW = 256;
/** A look that begins further back is worth it where half of it is new. */
const NEAR = 4_096;
const REACH = READING_REACH + WINDOWS.page + MAX_MATCH + NGRAM_REACH;
/** More sentences than these are told as one: a finding for each would say nothing more. */
const MAX_TOLD = 2_000;

export const promptInjection = defineScanner<PromptInjectionConfig>({
  id: 'prompt-injection',
  title: 'Prompt injection and jailbreaks',
  description:
    'Direct and indirect prompt injection, jailbreaks, system prompt extraction, and any of them encoded.',
  risks: ['LLM01:2025', 'LLM01:2026', 'LLM07:2025'],
  kinds: KINDS,
  config,
  create: (configured, wanted) => createPromptInjection(configured, wanted),
});

function createPromptInjection(configured: PromptInjectionConfig, wanted: readonly string[]): Scanner {
  const standards = createStandards(configured.max_false_positive_rate, configured.rules);
  const kinds = new Set<string>(
    wanted.length === 0 ? configured.kinds : configured.kinds.filter((kind) => wanted.includes(kind)),
  );

  function scan(
    text: string,
    from: number,
    channel: Channel,
    isFinal: boolean,
    until: number,
    memory: Memory,
  ): readonly Sighting[] {
    const sightings: Sighting[] = [];
    let { reach, known } = memory;
    forget(memory);
    let at = from;
    while (at < text.length && at < until) {
      const base = Math.max(0, at - reach);
      const isLast = text.length - at <= CHUNK;
      const chunk = isLast ? text.slice(base) : text.slice(base, at + CHUNK);
      const isWhole = isFinal && isLast;
      const passage = speakingIn(chunk, at - base, isWhole, standards[channel], known);
      const { speaking, decided } = passage;
      for (const each of speaking) add(sightings, each, base, kinds);
      if (sightings.length > MAX_TOLD)
        return [...sightings.slice(0, MAX_TOLD), ...rest(sightings, Math.min(text.length, until))];
      if (base + decided === at) {
        if (isLast) break;
        throw new Error('a chunk of text in which nothing is decided');
      }
      at = base + decided;
      ({ known } = passage);
      reach = Math.min(REACH, decided - known.needed);
    }
    if (at === until)
      Object.assign(memory, { reach, known, enough: enoughAfter(reach, text.length - at, NEW) });
    return sightings;
  }

  return {
    reach: REACH,
    maxHold: MAX_HOLD,
    scan: (text, from, { channel }, isFinal, until) => scan(text, from, channel, isFinal, until, newMemory()),
    settled: (text, from) => settled(text, from, newMemory()),
    follow() {
      const memory = newMemory();
      return {
        scan: (text, from, { channel }, isFinal, until) => scan(text, from, channel, isFinal, until, memory),
        settled: (text, from) => settled(text, from, memory),
      };
    },
  };
}

/** What is known of a growing text. */
interface Memory {
  /** Characters before the place that is decided on which what follows it can depend. */
  reach: number;
  known: Known;
  /** Characters behind it at which no sentence ends. */
  looked: number;
  /** Characters of the sentence that begins there; 0 while that is not known. */
  sentence: number;
  /** Characters behind it that are worth another look. */
  enough: number;
}

function newMemory(): Memory {
  return { reach: REACH, known: NOTHING, looked: 0, sentence: 0, enough: 0 };
}

/** How many characters there must be after a look that began `reach` before and left `ahead`, for another `next` at least. */
function enoughAfter(reach: number, ahead: number, next: number): number {
  return Math.min(MAX_HOLD, ahead + (reach <= NEAR ? next : Math.max(reach, MAX_OPEN)));
}

function forget(memory: Memory): void {
  Object.assign(memory, newMemory());
}

function settled(text: string, from: number, memory: Memory): number {
  if (memory.sentence === 0) {
    const end = endOfSentence(text, from, from + memory.looked);
    if (end === null) memory.looked = Math.max(0, text.length - 1 - from);
    else memory.sentence = end - from;
  }
  const ahead = text.length - from;
  if (memory.sentence === 0 || ahead < memory.enough) return from;
  if (isSurelyUndecided(text, from + memory.sentence)) return from;
  const base = Math.max(0, from - memory.reach);
  memory.enough = enoughAfter(from - base, ahead, ahead >> 3);
  return base + decidedIn(text.slice(base), from - base, memory.known.clear);
}

/** The first evidence of a kind that is asked for names the sighting: rules before the model, narrow windows before wide. */
function add(
  sightings: Sighting[],
  { start, end, evidence }: Speaking,
  base: number,
  kinds: ReadonlySet<string>,
): void {
  const asked = evidence.flatMap((found) => (kinds.has(found.evidence.kind) ? [found.evidence] : []));
  const [first] = asked;
  if (!first) return;
  const confidence = Math.max(...asked.map((each) => each.confidence));
  sightings.push({ start: base + start, end: base + end, kind: first.kind, confidence });
}

/** One sighting from the first that is too many to the end of what is looked at, so that nothing that speaks is left out. */
function rest(sightings: readonly Sighting[], end: number): readonly Sighting[] {
  const first = sightings[MAX_TOLD];
  return first ? [{ ...first, end }] : [];
}
