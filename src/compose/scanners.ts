/** Every scanner that a guardrail can name, sorted by id. */
import type { ScannerManifest } from '../modules/scanning/scanner.ts';
import { code } from '../scanners/code/code.ts';
import { competitors } from '../scanners/competitors/competitors.ts';
import { exfiltration } from '../scanners/exfiltration/exfiltration.ts';
import { gibberish } from '../scanners/gibberish/gibberish.ts';
import { invisibleText } from '../scanners/invisible-text/invisible-text.ts';
import { judge } from '../scanners/judge/judge.ts';
import { keywords } from '../scanners/keywords/keywords.ts';
import { language } from '../scanners/language/language.ts';
import { maliciousUrl } from '../scanners/malicious-url/malicious-url.ts';
import { onnx } from '../scanners/onnx/onnx.ts';
import { openaiModeration } from '../scanners/openai-moderation/openai-moderation.ts';
import { pii } from '../scanners/pii/pii.ts';
import { promptInjection } from '../scanners/prompt-injection/prompt-injection.ts';
import { regex } from '../scanners/regex/regex.ts';
import { secrets } from '../scanners/secrets/secrets.ts';
import { systemPromptLeak } from '../scanners/system-prompt-leak/system-prompt-leak.ts';
import { tokenLimit } from '../scanners/token-limit/token-limit.ts';
import { toolCall } from '../scanners/tool-call/tool-call.ts';
import { topics } from '../scanners/topics/topics.ts';
import { toxicity } from '../scanners/toxicity/toxicity.ts';
import { webhook } from '../scanners/webhook/webhook.ts';

export const SCANNERS: readonly ScannerManifest[] = [
  code,
  competitors,
  exfiltration,
  gibberish,
  invisibleText,
  judge,
  keywords,
  language,
  maliciousUrl,
  onnx,
  openaiModeration,
  pii,
  promptInjection,
  regex,
  secrets,
  systemPromptLeak,
  tokenLimit,
  toolCall,
  topics,
  toxicity,
  webhook,
];
