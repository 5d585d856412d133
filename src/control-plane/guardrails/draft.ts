/** A draft of a guardrail, made ready to be tried: by its own settings, and by settings under which it tells all it sees. */
import { ZodError } from 'zod';
import type { GuardrailConfiguration } from '../../contract/configuration.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { Refusal } from '../../domain/refusal.ts';
import { parseGuardrails } from '../../modules/policy/policy.ts';
import type { ScannerManifest } from '../../modules/scanning/scanner.ts';
import { pointerOf } from '../read-ask.ts';

export interface Draft {
  readonly guardrail: Guardrail;
  /** Reports what it is less sure of, too. */
  readonly eager: Guardrail;
  readonly manifest: ScannerManifest;
}

/** @throws Refusal `unacceptable` with what is wrong in its place */
export function readyDraft(
  manifests: readonly ScannerManifest[],
  { name, value }: { readonly name: string; readonly value: GuardrailConfiguration },
): Draft {
  const manifest = manifests.find(({ id }) => id === value.scanner);
  if (!manifest) throw unacceptable(['scanner'], `there is no scanner ${value.scanner}`);
  const parsed = manifest.config.safeParse(value.config);
  if (!parsed.success) throw wrongSettings(parsed.error);
  try {
    manifest.create(parsed.data, value.kinds);
  } catch (error) {
    if (error instanceof ZodError) throw wrongSettings(error);
    throw unacceptable(['config'], error instanceof Error ? error.message : 'these settings cannot be used');
  }
  const [guardrail] = parseGuardrails({ [name]: value });
  if (!guardrail) throw new Error('a guardrail was parsed to none');
  return { guardrail, eager: { ...guardrail, minConfidence: 0 }, manifest };
}

function wrongSettings({ issues }: ZodError): Refusal {
  const problems = issues.map(({ path, message }) => ({
    in: 'body' as const,
    pointer: pointerOf(['draft', 'value', 'config', ...path]),
    message,
  }));
  return new Refusal('unacceptable', `these settings cannot be used: ${issues[0]?.message ?? ''}`, {
    problems,
  });
}

function unacceptable(path: readonly string[], message: string): Refusal {
  const pointer = pointerOf(['draft', 'value', ...path]);
  return new Refusal('unacceptable', message, { problems: [{ in: 'body', pointer, message }] });
}
