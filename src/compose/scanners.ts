/** Every scanner that a guardrail can name, sorted by id. */
import type { ScannerManifest } from '../modules/scanning/scanner.ts';
import { code } from '../scanners/code/code.ts';
import { competitors } from '../scanners/competitors/competitors.ts';
import { invisibleText } from '../scanners/invisible-text/invisible-text.ts';
import { judge } from '../scanners/judge/judge.ts';
import { keywords } from '../scanners/keywords/keywords.ts';
import { onnx } from '../scanners/onnx/onnx.ts';
import { openaiModeration } from '../scanners/openai-moderation/openai-moderation.ts';
import { pii } from '../scanners/pii/pii.ts';
import { regex } from '../scanners/regex/regex.ts';
import { secrets } from '../scanners/secrets/secrets.ts';
import { tokenLimit } from '../scanners/token-limit/token-limit.ts';
import { topics } from '../scanners/topics/topics.ts';
import { webhook } from '../scanners/webhook/webhook.ts';

export const SCANNERS: readonly ScannerManifest[] = [
  code,
  competitors,
  invisibleText,
  judge,
  keywords,
  onnx,
  openaiModeration,
  pii,
  regex,
  secrets,
  tokenLimit,
  topics,
  webhook,
];
