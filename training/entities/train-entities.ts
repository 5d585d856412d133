/** Trains the model of entities: `node training/entities/train-entities.ts DATA_FOLDER` writes models/entities. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEntityModel } from '../../src/scanners/pii/tagger/entity-model.ts';
import { readGazetteer, writeGazetteer, type Gazetteer } from '../../src/scanners/pii/tagger/gazetteer.ts';
import { ENTITY_KINDS } from '../../src/scanners/pii/tagger/tags.ts';
import { isHeldOut } from '../held-out.ts';
import { createRandom, type Random } from '../random.ts';
import { readRows } from '../read-rows.ts';
import { gatherGazetteer } from './build-gazetteer.ts';
import { withGroups } from './groups.ts';
import type { EntityText } from './entity-text.ts';
import { calibrated, measure } from './measure.ts';
import { readNameLists } from './name-lists.ts';
import { prepare } from './prepare.ts';
import { readCorpus, type Corpus } from './read-corpora.ts';
import { lowered, untokenized, uppered } from './rewrite.ts';
import { synthesize } from './synthesize.ts';
import { trainChain } from './train-chain.ts';
import { textsWithoutNames } from './without-names.ts';

const SEED = 20_260_401;
const SYNTHETIC = 26_000;
const CHAIN = { bucketBits: 19, epochs: 7, averaged: 4, learningRate: 0.12, decay: 2e-5, leastCount: 2 };
const DROPOUT = { words: 0.15, flags: 0.12 };
const ORDINARY_TEXTS = [
  'ben_dolly',
  'ben_ultrachat',
  'ben_wiki_sents',
  'ben_self_instruct',
  'ben_awesome_chatgpt_prompts',
];
const CORPORA = ['pii_btc', 'pii_wikigold', 'pii_sec_filings', 'pii_wnut17_train'];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('node training/entities/train-entities.ts DATA_FOLDER');
train(folder, fileURLToPath(new URL('../../models/entities/', import.meta.url)));

function train(data: string, out: string): void {
  const random = createRandom(SEED);
  const lists = readNameLists();
  const ordinary = ORDINARY_TEXTS.flatMap((name) => readRows(data, name).map(({ text }) => text));
  const bytes = writeGazetteer(gatherGazetteer(lists, ordinary));
  const gazetteer = readGazetteer(bytes);
  const corpora = new Map(CORPORA.map((name) => [name, readCorpus(data, name)]));
  const made = synthesize(lists, random, SYNTHETIC, false);
  const kept = ordinary.filter((text) => !isHeldOut(text));
  const texts = [
    ...[...corpora.values()].flatMap(({ train: rows }) =>
      varied(
        rows.map((row) => withGroups(row, gazetteer)),
        random,
      ),
    ),
    ...made,
    ...textsWithoutNames(kept, gazetteer, { leastCapitalized: 1, most: 12_000 }),
    ...textsWithoutNames(kept, gazetteer, { leastCapitalized: 0, most: 5_000 }),
  ];
  const runs = prepare(texts, gazetteer, DROPOUT, random);
  say(`${texts.length} texts, ${runs.length} runs`);
  const chain = trainChain(runs, CHAIN, random);
  const development = developmentSets(data, corpora, gazetteer)
    .set('sentences kept apart', synthesize(lists, createRandom(SEED + 1), 1_500, true))
    .set(
      'without names',
      textsWithoutNames(
        ordinary.filter((text) => isHeldOut(text)),
        gazetteer,
        { leastCapitalized: 0, most: 4_000 },
      ),
    );
  const half = { PERSON: 0.5, LOCATION: 0.5, ORGANIZATION: 0.5, NRP: 0.5 };
  const model = createEntityModel({ ...chain, gazetteer, thresholds: half });
  const thresholds = calibrated(model, [...development.values()].flat());
  for (const [name, rows] of development)
    report(name, measure(model, rows, thresholds, ENTITY_KINDS.slice(0, 3)));
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'weights.bin'), chain.weights);
  writeFileSync(join(out, 'gazetteer.bin'), bytes);
  const { scale, transitions } = chain;
  const facts = {
    buckets: 2 ** CHAIN.bucketBits,
    scale,
    transitions,
    gazetteerBytes: bytes.length,
    thresholds,
  };
  writeFileSync(join(out, 'model.json'), `${JSON.stringify(facts, null, 2)}\n`);
}

/** Half of them as they are typed; some once more in small letters, a few in capitals. */
function varied(texts: readonly EntityText[], random: Random): readonly EntityText[] {
  return texts.flatMap((labeled) => {
    const typed = random.next() < 0.5 ? untokenized(labeled) : labeled;
    const way = random.next();
    if (way < 0.2) return [typed, lowered(typed)];
    return way < 0.22 ? [typed, uppered(typed)] : [typed];
  });
}

function developmentSets(
  data: string,
  corpora: ReadonlyMap<string, Corpus>,
  gazetteer: Gazetteer,
): Map<string, readonly EntityText[]> {
  const { train: one, development: other } = readCorpus(data, 'pii_wnut17_dev');
  const sets = new Map<string, readonly EntityText[]>([['pii_wnut17_dev', [...one, ...other]]]);
  for (const [name, { development }] of corpora)
    sets.set(
      name,
      development.map((row) => withGroups(row, gazetteer)),
    );
  return sets;
}

function report(name: string, qualities: ReturnType<typeof measure>): void {
  const figure = (value: number): string => value.toFixed(3);
  for (const [kind, { precision, recall, f1, gold, told }] of qualities)
    say(
      `${name} ${kind}: P ${figure(precision)} R ${figure(recall)} F1 ${figure(f1)} of ${gold}, ${told} told`,
    );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
