/** What a guardrail says of its ONNX model. */
import { z } from 'zod';

const kind = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'letters, digits and . _ - (64 at most)');

export const onnxConfig = z.strictObject({
  /** Holds the model, `tokenizer.json`, `tokenizer_config.json` and `config.json`, as models are exported for ONNX. */
  folder: z.string().min(1).max(4_096),
  model_file: z
    .string()
    .regex(/^(?!.*\.\.)[\w.-][\w./-]{0,254}$/, 'a file within the folder')
    .default('model.onnx'),
  /** `text`: a label for each paragraph. `token`: a label for each word, such as names; `B-` and `I-` are understood. */
  task: z.enum(['text', 'token']),
  /** The labels that are told (for words without `B-` and `I-`), as which kind, and from which probability on. */
  labels: z
    .record(
      z.string().min(1).max(128),
      z.strictObject({ kind, threshold: z.number().min(0).max(1).default(0.5) }),
    )
    .refine((labels) => Object.keys(labels).length > 0, 'at least one label'),
  /** `softmax`: one label is right; `sigmoid`: each is right or not. */
  activation: z.enum(['softmax', 'sigmoid']).default('softmax'),
  /** What the model takes at once. A longer piece is looked at in parts, never cut off. */
  max_tokens: z.int().min(8).max(8_192).default(512),
  /** Characters that are looked at together, and that a stream holds back. */
  max_characters: z.int().min(200).max(16_000).default(1_500),
  threads: z.int().min(1).max(64).default(1),
  /** For one piece of text, a wait for the model included. The guardrail's own `timeout_ms` should be longer. */
  timeout_ms: z.int().min(10).max(60_000).default(5_000),
});
export type OnnxConfig = z.infer<typeof onnxConfig>;
