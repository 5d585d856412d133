/** One JSON line in, one out: `{id, text}` becomes `{id, findings, verdict, scores, timings}`. */
import { z } from 'zod';
import type { Channel, Direction } from '../../domain/document.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { createTextScanner } from './text-scanner.ts';

export interface LineScannerSettings {
  readonly guardrails: readonly Guardrail[];
  readonly direction: Direction;
  readonly channel: Channel;
  readonly minConfidence: number | undefined;
  /** Longer texts are refused, not scanned. */
  readonly maxCharacters: number;
  /** Of the threads, as nice(1) has it; absent: as the process. */
  readonly niceness?: number;
}

export interface LineResult {
  readonly line: string;
  readonly isFailed: boolean;
}

const rowSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  direction: z.enum(['request', 'response']).optional(),
  channel: z.enum(['instruction', 'user', 'document', 'tool', 'answer']).optional(),
});

/** Never rejects: what cannot be scanned is a line that says so, so that as many lines come out as went in. */
export async function createLineScanner(
  settings: LineScannerSettings,
): Promise<(line: string, number: number) => Promise<LineResult>> {
  const scanText = await createTextScanner(settings.guardrails, settings.minConfidence);
  return async (line, number) => {
    const row = readRow(line);
    if (typeof row === 'string') return failed(number, row);
    const id = row.id ?? number;
    if (row.text.length > settings.maxCharacters)
      return failed(id, `too_large: the text has more than ${settings.maxCharacters} characters`);
    const { direction = settings.direction, channel = settings.channel, text } = row;
    try {
      return {
        line: JSON.stringify({ id, ...(await scanText({ text, direction, channel })) }),
        isFailed: false,
      };
    } catch (error) {
      return failed(id, `scanner_failed: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  };
}

function readRow(line: string): z.infer<typeof rowSchema> | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'invalid_json: the line is not JSON';
  }
  const parsed = rowSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  return `invalid_request: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
}

/** `block`: what could not be scanned is not let pass. */
function failed(id: string | number, error: string): LineResult {
  return { line: JSON.stringify({ id, findings: [], verdict: 'block', error }), isFailed: true };
}
