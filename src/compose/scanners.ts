/** Every scanner that a guardrail can name, sorted by id. */
import type { ScannerManifest } from '../modules/scanning/scanner.ts';
import { exfiltration } from '../scanners/exfiltration/exfiltration.ts';
import { invisibleText } from '../scanners/invisible-text/invisible-text.ts';
import { keywords } from '../scanners/keywords/keywords.ts';
import { maliciousUrl } from '../scanners/malicious-url/malicious-url.ts';
import { pii } from '../scanners/pii/pii.ts';
import { regex } from '../scanners/regex/regex.ts';
import { secrets } from '../scanners/secrets/secrets.ts';
import { systemPromptLeak } from '../scanners/system-prompt-leak/system-prompt-leak.ts';
import { toolCall } from '../scanners/tool-call/tool-call.ts';

export const SCANNERS: readonly ScannerManifest[] = [
  exfiltration,
  invisibleText,
  keywords,
  maliciousUrl,
  pii,
  regex,
  secrets,
  systemPromptLeak,
  toolCall,
];
