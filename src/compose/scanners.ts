/** Every scanner that a guardrail can name, sorted by id. */
import type { ScannerManifest } from '../modules/scanning/scanner.ts';
import { invisibleText } from '../scanners/invisible-text/invisible-text.ts';
import { keywords } from '../scanners/keywords/keywords.ts';
import { pii } from '../scanners/pii/pii.ts';
import { promptInjection } from '../scanners/prompt-injection/prompt-injection.ts';
import { regex } from '../scanners/regex/regex.ts';
import { secrets } from '../scanners/secrets/secrets.ts';

export const SCANNERS: readonly ScannerManifest[] = [
  invisibleText,
  keywords,
  pii,
  promptInjection,
  regex,
  secrets,
];
