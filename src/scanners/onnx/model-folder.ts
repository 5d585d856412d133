/** A model's folder: whether it holds what it should, before anything is loaded. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkOnnxFile } from './onnx-file.ts';
import type { OnnxConfig } from './configuration.ts';

const modelConfigSchema = z.object({ id2label: z.record(z.string().regex(/^\d{1,5}$/), z.string()) });

/** @throws Error for the administrator, naming the file */
export function checkFolder({ folder, model_file, labels, task }: OnnxConfig): void {
  for (const file of [model_file, 'tokenizer.json', 'tokenizer_config.json', 'config.json'])
    if (!existsSync(join(folder, file))) throw new Error(`folder: ${folder} holds no ${file}`);
  checkOnnxFile(join(folder, model_file));
  const known = new Set(labelsOf(folder).map((label) => (task === 'token' ? entityOf(label) : label)));
  const unknown = Object.keys(labels).find((label) => !known.has(label));
  if (unknown !== undefined)
    throw new Error(`labels: the model knows no ${unknown}; it knows ${[...known].slice(0, 50).join(', ')}`);
}

/** The labels by the model's own number. @throws Error for the administrator */
export function labelsOf(folder: string): readonly string[] {
  const parsed = modelConfigSchema.safeParse(readJson(folder, 'config.json'));
  if (!parsed.success) throw new Error(`folder: config.json in ${folder} names no labels (id2label)`);
  const labels = Object.entries(parsed.data.id2label).sort(([a], [b]) => Number(a) - Number(b));
  if (labels.some(([id], index) => Number(id) !== index))
    throw new Error(`folder: the labels of config.json in ${folder} are not numbered from 0 on without gaps`);
  return labels.map(([, label]) => label);
}

/** @throws Error for the administrator */
export function readJson(folder: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch {
    throw new Error(`folder: ${file} in ${folder} is not JSON`);
  }
}

/** `PER` for `B-PER`, `I-PER` and the like. */
export function entityOf(label: string): string {
  return label.replace(/^[BILESU]-/, '');
}
