/** Rows of JSON scanned on one thread beside the main one, which has requests to serve. */
import type { Guardrail } from '../../domain/guardrail.ts';
import { scanLines } from './scan-pool.ts';

const MAX_CHARACTERS = 4 * 1024 * 1024;

/** In the order of the rows, one JSON line for each. */
export async function* scanRows(
  rows: AsyncIterable<string>,
  guardrails: readonly Guardrail[],
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const settings = {
    guardrails,
    direction: 'request',
    channel: 'user',
    minConfidence: undefined,
    maxCharacters: MAX_CHARACTERS,
  } as const;
  for await (const { line } of scanLines(rows, settings, 1, signal)) yield line;
}
