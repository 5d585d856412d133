/** Reads the model of entities from the package's `models/entities` folder. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { modelFolder } from '../../../base/package-directory.ts';
import { createEntityModel, type EntityModel } from './entity-model.ts';
import { readGazetteer } from './gazetteer.ts';
import { ENTITY_KINDS, TAGS, WEIGHTED } from './tags.ts';

/** What the training writes beside the weights. */
const factsSchema = z.object({
  buckets: z.int().positive(),
  scale: z.number().positive(),
  transitions: z.array(z.number()).length(TAGS * TAGS),
  gazetteerBytes: z.int().positive(),
  thresholds: z.record(z.enum(ENTITY_KINDS), z.number().gt(0).lt(1)),
});

let loaded: EntityModel | null = null;

/** The shipped model, read once for the process. @throws Error where it cannot be used */
export function shippedEntityModel(): EntityModel {
  loaded ??= loadEntityModel(modelFolder('entities'));
  return loaded;
}

/** @throws Error where a file is missing, truncated or of another form: a start with half a model is refused */
export function loadEntityModel(folder: URL): EntityModel {
  const facts = factsSchema.parse(JSON.parse(readFileSync(new URL('model.json', folder), 'utf8')));
  const weights = bytesOf(folder, 'weights.bin', facts.buckets * WEIGHTED);
  if ((facts.buckets & (facts.buckets - 1)) !== 0)
    throw new Error('models/entities: the number of buckets in model.json is not a power of two');
  const gazetteer = readGazetteer(bytesOf(folder, 'gazetteer.bin', facts.gazetteerBytes));
  return createEntityModel({
    weights: new Int8Array(weights.buffer, weights.byteOffset, weights.length),
    scale: facts.scale,
    transitions: facts.transitions,
    gazetteer,
    thresholds: facts.thresholds,
  });
}

function bytesOf(folder: URL, name: string, length: number): Uint8Array {
  const bytes = readFileSync(new URL(name, folder));
  if (bytes.length !== length)
    throw new Error(`models/entities: ${name} has ${bytes.length} bytes, model.json tells of ${length}`);
  return bytes;
}
