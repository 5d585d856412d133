/** The guardrails that a scan without a configuration is judged by: every scanner that needs no settings, as it is shipped. */
import type { z } from 'zod';
import { guardrailSchema } from '../../contract/guardrail.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { parseGuardrails } from '../../modules/policy/policy.ts';

/** Without settings of their own, the others find nothing, ask somebody else, or look for what not everybody minds. */
const DEFAULTS: Readonly<Record<string, Pick<z.input<typeof guardrailSchema>, 'action' | 'directions'>>> = {
  exfiltration: { action: 'redact', directions: ['response'] },
  'invisible-text': { action: 'flag' },
  'malicious-url': { action: 'flag' },
  pii: { action: 'redact' },
  'prompt-injection': { action: 'block' },
  secrets: { action: 'redact' },
  'tool-call': { action: 'block' },
  toxicity: { action: 'flag' },
};

/** `scanners`: those alone, with their default settings; all that are on by default where none is named. */
export function defaultGuardrails(scanners: readonly string[]): readonly Guardrail[] {
  const wanted = scanners.length > 0 ? scanners : Object.keys(DEFAULTS);
  return parseGuardrails(
    Object.fromEntries(
      wanted.map((scanner) => {
        const { action = 'flag', ...places } = DEFAULTS[scanner] ?? {};
        // Named by itself, a scanner looks in both directions.
        const own = scanners.length > 0 ? {} : places;
        return [scanner, guardrailSchema.parse({ scanner, action, timeout_ms: 60_000, ...own })];
      }),
    ),
  );
}
