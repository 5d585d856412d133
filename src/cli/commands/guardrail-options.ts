/** The guardrails that `scan` and `eval` are told to use. */
import { readFileSync } from 'node:fs';
import { defaultGuardrails } from '../../compose/scan/default-guardrails.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { parseGuardrails } from '../../modules/policy/policy.ts';
import { CommandError } from '../command-error.ts';

export interface GuardrailOptions {
  readonly scanners: readonly string[];
  readonly config: string | undefined;
}

/** @throws CommandError where none is left to scan by */
export async function guardrailsOf({ config, scanners }: GuardrailOptions): Promise<readonly Guardrail[]> {
  const guardrails =
    config === undefined ? defaultGuardrails(scanners) : await configuredGuardrails(config, scanners);
  if (guardrails.length === 0) throw new CommandError('there is no guardrail to scan by');
  return guardrails;
}

async function configuredGuardrails(
  file: string,
  scanners: readonly string[],
): Promise<readonly Guardrail[]> {
  // Reading configurations takes longer to load than scanning a text without one.
  const { parseConfiguration } = await import('../../governance/configuration/configuration.ts');
  return parseGuardrails(parseConfiguration(readFileSync(file, 'utf8')).guardrails).filter(
    ({ scanner }) => scanners.length === 0 || scanners.includes(scanner),
  );
}

export function listOf(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}
