/** Loads the scanners that a list of guardrails names: those that are on by default are a part of all, and most scans need no other. */
import type { Guardrail } from '../../domain/guardrail.ts';
import type { ScannerManifest } from '../../modules/scanning/scanner.ts';
import { exfiltration } from '../../scanners/exfiltration/exfiltration.ts';
import { invisibleText } from '../../scanners/invisible-text/invisible-text.ts';
import { maliciousUrl } from '../../scanners/malicious-url/malicious-url.ts';
import { pii } from '../../scanners/pii/pii.ts';
import { promptInjection } from '../../scanners/prompt-injection/prompt-injection.ts';
import { secrets } from '../../scanners/secrets/secrets.ts';
import { toolCall } from '../../scanners/tool-call/tool-call.ts';
import { toxicity } from '../../scanners/toxicity/toxicity.ts';

/** What `defaultGuardrails` names. */
const ON_BY_DEFAULT: readonly ScannerManifest[] = [
  exfiltration,
  invisibleText,
  maliciousUrl,
  pii,
  promptInjection,
  secrets,
  toolCall,
  toxicity,
];
const IDS: ReadonlySet<string> = new Set(ON_BY_DEFAULT.map(({ id }) => id));

/** More than are named, maybe; all, where one is named that is not on by default or is none. */
export async function neededScanners(guardrails: readonly Guardrail[]): Promise<readonly ScannerManifest[]> {
  if (guardrails.every(({ scanner }) => IDS.has(scanner))) return ON_BY_DEFAULT;
  return (await import('../scanners.ts')).SCANNERS;
}
