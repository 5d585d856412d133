/** Rows of JSON scanned on one thread beside the main one, which has requests to serve. */
import type { Guardrail } from '../../domain/guardrail.ts';
import type { LineScannerSettings } from './line-scanner.ts';
import { scanLines } from './scan-pool.ts';

/** Of a text that a draft is tried on, or replayed over. */
export const MAX_TRIED_CHARACTERS = 4 * 1024 * 1024;
/** Whoever tries something out waits rather than live requests. */
const NICENESS = 10;

function settingsFor(guardrails: readonly Guardrail[]): LineScannerSettings {
  return {
    guardrails,
    direction: 'request',
    channel: 'user',
    minConfidence: undefined,
    maxCharacters: MAX_TRIED_CHARACTERS,
    niceness: NICENESS,
  };
}

/** In the order of the rows, one JSON line for each. */
export async function* scanRows(
  rows: AsyncIterable<string>,
  guardrails: readonly Guardrail[],
): AsyncGenerator<string> {
  for await (const { line } of scanLines(rows, settingsFor(guardrails), 1)) yield line;
}
