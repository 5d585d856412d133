/** Reads a model's weights and what was measured of it from the package's `models/` folder. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { modelFolder } from '../../base/package-directory.ts';
import type { LinearModel } from './linear-model.ts';

/** What `npm run train` writes beside the weights. */
const linearModelSchema = z.object({
  buckets: z.int().positive(),
  scale: z.number().positive(),
  bias: z.number(),
});

/**
 * `name` is the model's folder; `more` reads what else stands in its `model.json`.
 * @throws Error where a file is missing, truncated or of another form: a start with half a model is refused
 */
export function loadLinearModel<More extends z.ZodObject>(
  name: string,
  more: More,
): { readonly model: LinearModel; readonly facts: z.output<More> } {
  const folder = modelFolder(name);
  const json: unknown = JSON.parse(readFileSync(new URL('model.json', folder), 'utf8'));
  const { buckets, scale, bias } = linearModelSchema.parse(json);
  const bytes = readFileSync(new URL('weights.bin', folder));
  if (bytes.length !== buckets || (buckets & (buckets - 1)) !== 0)
    throw new Error(
      `models/${name}: weights.bin does not hold the ${buckets} weights that model.json tells of`,
    );
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  return { model: { weights, scale, bias }, facts: more.parse(json) };
}
