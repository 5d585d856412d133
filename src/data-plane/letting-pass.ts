/** Whether a text that a provider said outside of an answer may be told to the client. */
import type { Briefing } from '../domain/document.ts';
import type { Guardrail } from '../domain/guardrail.ts';
import type { Inquirer } from '../modules/scanning/scanner.ts';
import type { Snapshot } from './house.ts';

/** False where a guardrail would rewrite or block it, and where its scanner fails, whatever `on_error` says. */
export async function letsPass(
  { scanning, policy }: Pick<Snapshot, 'scanning' | 'policy'>,
  guardrails: readonly Guardrail[],
  briefing: Briefing,
  text: string,
  inquirer: Inquirer,
): Promise<boolean> {
  const segment = {
    pointer: '',
    role: 'assistant',
    channel: 'answer',
    text,
    encoding: 'plain',
    editable: true,
  } as const;
  const document = { direction: 'response', segments: [segment] } as const;
  try {
    const { findings, failures } = await scanning.scan(document, guardrails, { ...briefing, inquirer });
    const { edits, blockedBy } = policy.judge(guardrails, document, findings, failures);
    return failures.length === 0 && edits.length === 0 && !blockedBy;
  } catch {
    // The request has failed already: all that is left to decide is whether to quote the provider.
    return false;
  }
}
