import { expect, test } from 'vitest';
import { createEntityModel } from '../../src/scanners/pii/tagger/entity-model.ts';
import { GIVEN_NAME, readGazetteer, writeGazetteer } from '../../src/scanners/pii/tagger/gazetteer.ts';
import { createRandom } from '../../training/random.ts';
import type { EntityText } from '../../training/entities/entity-text.ts';
import { tagged } from '../../training/entities/measure.ts';
import { prepare } from '../../training/entities/prepare.ts';
import { trainChain } from '../../training/entities/train-chain.ts';

const GAZETTEER = readGazetteer(writeGazetteer(new Map([[1, GIVEN_NAME]])));
const NAMES = ['Anna', 'Bruno', 'Clara', 'Dario', 'Erika', 'Farid'];
const TEXTS: readonly EntityText[] = NAMES.flatMap((name): readonly EntityText[] => [
  { text: `I am ${name} today`, entities: [{ start: 5, end: 5 + name.length, kind: 'PERSON' }] },
  { text: `we see ${name} here`, entities: [] },
]);
const TRAINING = { bucketBits: 12, epochs: 8, averaged: 2, learningRate: 0.2, decay: 0, leastCount: 1 };

function train(seed: number): ReturnType<typeof trainChain> {
  const random = createRandom(seed);
  return trainChain(prepare(TEXTS, GAZETTEER, { words: 0.1, flags: 0.1 }, random), TRAINING, random);
}

test('the same seed gives the same bytes', () => {
  expect(train(1)).toEqual(train(1));
  expect(train(1).weights).not.toEqual(train(2).weights);
});

test('what stands around a word is learned', () => {
  const thresholds = { PERSON: 0.5, LOCATION: 0.5, ORGANIZATION: 0.5, NRP: 0.5 };
  const model = createEntityModel({ ...train(1), gazetteer: GAZETTEER, thresholds });
  const [entity] = tagged(model, 'I am Zelda today');
  expect(entity).toMatchObject({ kind: 'PERSON', start: 5, end: 10 });
  expect(entity?.probability).toBeGreaterThan(0.5);
  expect(tagged(model, 'we see Zelda here').filter(({ probability }) => probability > 0.5)).toEqual([]);
});
