/** Every scanner that a guardrail can name, sorted by id. */
import type { ScannerManifest } from '../modules/scanning/scanner.ts';
import { gibberish } from '../scanners/gibberish/gibberish.ts';
import { invisibleText } from '../scanners/invisible-text/invisible-text.ts';
import { keywords } from '../scanners/keywords/keywords.ts';
import { language } from '../scanners/language/language.ts';
import { pii } from '../scanners/pii/pii.ts';
import { regex } from '../scanners/regex/regex.ts';
import { secrets } from '../scanners/secrets/secrets.ts';
import { toxicity } from '../scanners/toxicity/toxicity.ts';

export const SCANNERS: readonly ScannerManifest[] = [
  gibberish,
  invisibleText,
  keywords,
  language,
  pii,
  regex,
  secrets,
  toxicity,
];
