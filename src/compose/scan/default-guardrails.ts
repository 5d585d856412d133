/** The guardrails that a scan without a configuration is judged by: every scanner that needs no settings, as it is shipped. */
import { guardrailSchema } from '../../contract/configuration.ts';
import type { Action, Guardrail } from '../../domain/guardrail.ts';
import { parseGuardrails } from '../../modules/policy/policy.ts';

const ACTIONS: Readonly<Record<string, Action>> = {
  'invisible-text': 'flag',
  pii: 'redact',
  secrets: 'redact',
};

/** `scanners`: those alone, with their default settings; all that are on by default where none is named. */
export function defaultGuardrails(scanners: readonly string[]): readonly Guardrail[] {
  const wanted = scanners.length > 0 ? scanners : Object.keys(ACTIONS);
  return parseGuardrails(
    Object.fromEntries(
      wanted.map((scanner) => [
        scanner,
        guardrailSchema.parse({ scanner, action: ACTIONS[scanner] ?? 'flag', timeout_ms: 60_000 }),
      ]),
    ),
  );
}
