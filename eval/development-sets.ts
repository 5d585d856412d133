/** What the scanners are measured on as they are developed: texts of our own making, and held-out rows where a data folder is given. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../src/domain/document.ts';
import { samples, seeded } from '../src/scanners/pii/testdata/samples.ts';
import { readNameLists } from '../training/entities/name-lists.ts';
import { synthesize } from '../training/entities/synthesize.ts';
import { readData, type Data } from '../training/injection/data.ts';
import { developmentSlices } from '../training/injection/development.ts';
import { createRandom } from '../training/random.ts';
import { generateSentences } from '../training/toxicity/generate.ts';
import { freshTexts } from './fresh-sets.ts';

export interface DevelopmentSet {
  readonly name: string;
  readonly scanner: string;
  readonly channel: Channel;
  /** JSON lines, as `bartizan eval` reads them. */
  readonly lines: readonly string[];
  /** The labels that shall be flagged; all but the usual words for nothing where none is named. */
  readonly positive: readonly string[];
}

const SLICE_SIZE = 200;
const SEED = 20_261_126;

const NO_ROWS: Data = {
  attacks: new Map(),
  prompts: new Map(),
  passages: new Map(),
  embedded: [],
  sources: {},
};

export function developmentSets(dataFolder: string | undefined): readonly DevelopmentSet[] {
  return [
    ...injectionSets(dataFolder),
    ...freshSets(),
    toxicitySet(),
    numbersSet(),
    namesSet(),
    ...(dataFolder === undefined ? [] : heldOutSets(dataFolder)),
  ];
}

function setOf(
  name: string,
  scanner: string,
  rows: readonly object[],
  channel: Channel = 'user',
  positive: readonly string[] = [],
): DevelopmentSet {
  return {
    name: `${scanner}: ${name}`,
    scanner,
    channel,
    lines: rows.map((row) => JSON.stringify(row)),
    positive,
  };
}

function injectionSets(dataFolder: string | undefined): readonly DevelopmentSet[] {
  const data = dataFolder === undefined ? NO_ROWS : readData(dataFolder, 'development');
  return developmentSlices(data, SLICE_SIZE)
    .filter(({ texts }) => texts.length > 0)
    .map(({ name, channel, isAttack, texts }) =>
      setOf(
        name,
        'prompt-injection',
        texts.map((text) => ({ text, label: isAttack ? 'attack' : 'benign' })),
        channel,
      ),
    );
}

function freshSets(): readonly DevelopmentSet[] {
  return (['sealed', 'afterwards'] as const).flatMap((half) =>
    (['tool', 'document'] as const).flatMap((channel) =>
      (['marked', 'unmarked', 'benign'] as const).map((kind) =>
        setOf(
          `${kind} by fresh authors (${half}), as ${channel}`,
          'prompt-injection',
          freshTexts(half, kind).map((text) => ({ text, label: kind === 'benign' ? 'benign' : 'attack' })),
          channel,
        ),
      ),
    ),
  );
}

function toxicitySet(): DevelopmentSet {
  const sentences = generateSentences(createRandom(SEED), 6).filter(({ isHeldOut }) => isHeldOut);
  return setOf(
    'sentences of our own',
    'toxicity',
    sentences.map(({ text, kind }) => ({ text, label: kind ?? 'benign' })),
  );
}

function numbersSet(): DevelopmentSet {
  const rows = samples(seeded(SEED), 40).map(({ text, kind, start, end }) => ({
    text,
    spans: [{ start, end, type: kind }],
  }));
  return setOf('numbers of our own', 'pii', rows);
}

function namesSet(): DevelopmentSet {
  const texts = synthesize(readNameLists(), createRandom(SEED), 600, true);
  const rows = texts.map(({ text, entities }) => ({
    text,
    spans: entities.map(({ start, end, kind }) => ({ start, end, type: kind })),
  }));
  return setOf('names in sentences of our own', 'pii', rows);
}

function heldOutSets(folder: string): readonly DevelopmentSet[] {
  const lines = (name: string) =>
    readFileSync(join(folder, `${name}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  return [
    {
      name: 'secrets: rules and near misses',
      scanner: 'secrets',
      channel: 'user',
      lines: lines('sec_gitleaks_static_tps_fps'),
      positive: [],
    },
  ];
}
