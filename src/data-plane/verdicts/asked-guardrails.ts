/** Which guardrails judge a text, where its sender leaves some out, asks for others, or sets their scanners otherwise. */
import type { JsonObject } from '../../base/json.ts';
import { guardrailSchema } from '../../contract/guardrail.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { Refusal } from '../../domain/refusal.ts';
import { parseGuardrails } from '../../modules/policy/policy.ts';
import type { Scanning } from '../../modules/scanning/scanning.ts';

/** Names are ids of guardrails, or of scanners. A verdict is advice: nobody is let through by what they ask for here. */
export interface Wishes {
  readonly disabled: ReadonlySet<string>;
  /** In force or not. */
  readonly forced: ReadonlySet<string>;
  /** By name: settings that replace those configured. */
  readonly overrides: ReadonlyMap<string, JsonObject>;
}

export const NO_WISHES: Wishes = { disabled: new Set(), forced: new Set(), overrides: new Map() };

export interface AskedGuardrails {
  readonly guardrails: readonly Guardrail[];
  readonly scanning: Scanning;
}

/** @throws Refusal `invalid_request` for a name that is none, and for settings that the scanner cannot use */
export function askedGuardrails(
  scanning: Scanning,
  inForce: readonly Guardrail[],
  configured: readonly Guardrail[],
  wishes: Wishes,
): AskedGuardrails {
  const { disabled, forced, overrides } = wishes;
  if (disabled.size + forced.size + overrides.size === 0) return { guardrails: inForce, scanning };
  const isReaching = ({ id, scanner }: Guardrail): boolean =>
    scanning.reaching.has(scanner) && (overrides.has(id) || overrides.has(scanner));
  if (configured.some(isReaching)) throw notTheSenders();
  const added = [...forced].flatMap((name) => forcedBy(name, configured, scanning));
  const chosen = [...new Set([...inForce, ...added])].filter((guardrail) => !isNamed(guardrail, disabled));
  const guardrails = chosen.map((guardrail) => overridden(guardrail, overrides));
  const isOwn = guardrails.every((guardrail) => configured.includes(guardrail));
  return { guardrails, scanning: isOwn ? scanning : variantOf(scanning, guardrails) };
}

/** Whether its settings are the sender's. */
export function isCustom({ id, scanner }: Guardrail, { overrides }: Wishes): boolean {
  return overrides.has(id) || overrides.has(scanner);
}

function isNamed({ id, scanner }: Guardrail, names: ReadonlySet<string>): boolean {
  return names.has(id) || names.has(scanner);
}

/** Of a scanner that no guardrail is configured for, what it finds is flagged. */
function forcedBy(
  name: string,
  configured: readonly Guardrail[],
  { scanners, reaching }: Scanning,
): readonly Guardrail[] {
  const named = configured.filter((guardrail) => isNamed(guardrail, new Set([name])));
  if (named.length > 0) return named;
  if (reaching.has(name)) throw notTheSenders();
  if (!scanners.has(name))
    throw new Refusal('invalid_request', 'there is no guardrail or scanner of a name in forceEnabled', {
      pointer: '/forceEnabled',
    });
  return parseGuardrails({ [name]: guardrailSchema.parse({ scanner: name, action: 'flag' }) });
}

/** Which addresses are called, with which secrets, which models are asked, and which files read, only an administrator says. */
function notTheSenders(): Refusal {
  return new Refusal(
    'invalid_request',
    'a scanner that reaches beyond the text can be set and turned on by the configuration alone',
    { pointer: '/configOverrides' },
  );
}

function overridden(guardrail: Guardrail, overrides: ReadonlyMap<string, JsonObject>): Guardrail {
  const settings = overrides.get(guardrail.id) ?? overrides.get(guardrail.scanner);
  if (settings === undefined) return guardrail;
  return { ...guardrail, config: { ...(guardrail.config as JsonObject), ...settings }, version: 'custom' };
}

function variantOf(scanning: Scanning, guardrails: readonly Guardrail[]): Scanning {
  try {
    return scanning.variant(guardrails);
  } catch (cause) {
    throw new Refusal('invalid_request', 'a scanner cannot use the settings given in configOverrides', {
      pointer: '/configOverrides',
      cause,
      // It may quote the settings, which are the sender's own.
      ...(cause instanceof Error ? { clientMessage: cause.message } : {}),
    });
  }
}
