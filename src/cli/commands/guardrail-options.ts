/** The guardrails that `scan` and `eval` are told to use. */
import { readFileSync } from 'node:fs';
import { defaultGuardrails } from '../../compose/scan/default-guardrails.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { parseConfiguration } from '../../governance/configuration/configuration.ts';
import { parseGuardrails } from '../../modules/policy/policy.ts';
import { CommandError } from '../command-error.ts';

export interface GuardrailOptions {
  readonly scanners: readonly string[];
  readonly config: string | undefined;
}

/** @throws CommandError where none is left to scan by */
export function guardrailsOf({ config, scanners }: GuardrailOptions): readonly Guardrail[] {
  const guardrails =
    config === undefined
      ? defaultGuardrails(scanners)
      : parseGuardrails(parseConfiguration(readFileSync(config, 'utf8')).guardrails).filter(
          ({ scanner }) => scanners.length === 0 || scanners.includes(scanner),
        );
  if (guardrails.length === 0) throw new CommandError('there is no guardrail to scan by');
  return guardrails;
}

export function listOf(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}
