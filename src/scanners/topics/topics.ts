/** Finds the topics that an administrator bans: enough phrases of one list close together. */
import { z } from 'zod';
import { afterSightings, defineScanner, type Scanner } from '../../modules/scanning/scanner.ts';
import { gather, type GatheringRule } from './gathering.ts';
import { createPhraseList, REACH } from './phrase-list.ts';

const phrase = z.string().trim().min(1).max(128);
const weighted = z.strictObject({ phrase, weight: z.number().positive().max(100) });

const topic = z.strictObject({
  /** A phrase alone weighs 1. */
  phrases: z
    .array(z.union([phrase.transform((words) => ({ phrase: words, weight: 1 })), weighted]))
    .min(1)
    .max(1_000),
  /** What the different phrases that stand together must weigh. */
  min_score: z.number().positive().max(1_000).default(1),
  /** What "together" means. */
  within: z.enum(['sentence', 'paragraph']).default('paragraph'),
  /** Endings that the last word of a phrase may take: `s`, `es`, `ing`. */
  endings: z.array(z.string().trim().min(1).max(16)).max(16).default([]),
});
type Topic = z.infer<typeof topic>;

const config = z.strictObject({
  /** Each topic's name is the kind of what it finds. */
  topics: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'letters, digits and . _ - (64 at most)'),
      topic,
    )
    .refine((topics) => Object.keys(topics).length > 0, 'at least one topic')
    .refine((topics) => Object.keys(topics).length <= 100, 'at most 100 topics'),
});
type Config = z.infer<typeof config>;

const BLANK_LINE = String.raw`\n[ \t\r]{0,80}\n`;
const PASSAGES = {
  sentence: { boundary: new RegExp(String.raw`[.!?…]["')\]]?\s|[。！？]|${BLANK_LINE}`), span: 600 },
  paragraph: { boundary: new RegExp(BLANK_LINE), span: 2_000 },
} as const;

export const topics = defineScanner<Config>({
  id: 'topics',
  title: 'Topics',
  description: 'Topics of your own: lists of phrases, weighed together within a sentence or a paragraph.',
  risks: ['LLM02:2025', 'LLM02:2026'],
  kinds: ['*'],
  config,
  create: (configured, wanted) =>
    Object.entries(configured.topics)
      .filter(([name]) => wanted.length === 0 || wanted.includes(name))
      .map(([name, settings]) => createTopic(name, settings)),
});

/** @throws Error where the topic could never be found */
function createTopic(kind: string, { phrases, min_score, within, endings }: Topic): Scanner {
  const most = phrases.reduce((sum, { weight }) => sum + weight, 0);
  if (most < min_score)
    throw new Error(`topics.${kind}.min_score: all phrases together weigh ${most}, so it is never reached`);
  const list = createPhraseList(
    phrases.map(({ phrase: words, weight }) => ({ phrase: words, weight: wholeParts(weight) })),
    endings,
  );
  const rule: GatheringRule = { kind, minScore: wholeParts(min_score), ...PASSAGES[within] };
  return {
    reach: REACH,
    maxHold: rule.span + list.longest,
    scan: (text, from, _place, _final, until) => gather(list, rule, text, from, until).sightings,
    settled(text, from) {
      const open = list.beginning(text, from);
      const { sightings, waiting } = gather(list, rule, text, from, open);
      return afterSightings(waiting?.start ?? open, sightings);
    },
  };
}

/** Sums of whole numbers are the same in every order, so that a text tells the same from wherever it is read. */
function wholeParts(weight: number): number {
  return Math.max(1, Math.round(weight * 1_000));
}
