/** The tree's guardrails as rules, and which of them are in force for a request. */
import { hash } from 'node:crypto';
import type { Configuration, GuardrailConfiguration } from '../../contract/configuration.ts';
import type { Direction } from '../../domain/document.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import type { Application } from '../../domain/application.ts';
import type { Authentication } from '../../domain/principal.ts';
import { createBoundedCache } from '../../base/bounded-cache.ts';

/** In the tree's order, made stable by name. */
export function parseGuardrails(guardrails: Configuration['guardrails']): readonly Guardrail[] {
  return Object.entries(guardrails)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, configuration]) => parseGuardrail(id, configuration));
}

function parseGuardrail(id: string, configuration: GuardrailConfiguration): Guardrail {
  const {
    scanner,
    config,
    action,
    directions,
    channels,
    kinds,
    applications,
    groups,
    models,
    block,
    rollout,
  } = configuration;
  return {
    id,
    version: versionOf(configuration),
    scanner,
    config,
    action,
    directions,
    channels,
    kinds,
    applications,
    groups,
    models,
    minConfidence: configuration.min_confidence,
    onError: configuration.on_error,
    timeoutMs: configuration.timeout_ms,
    blockAs: block.as,
    blockStatus: block.status,
    ...(block.message === undefined ? {} : { message: block.message }),
    ...(rollout.mode === 'shadow' ? { isShadow: true } : {}),
    ...(rollout.mode === 'canary' ? { share: rollout.share } : {}),
  };
}

/** Twelve hexadecimal digits over what the guardrail does; its description changes nothing. */
function versionOf(configuration: GuardrailConfiguration): string {
  const { description: _, ...effective } = configuration;
  return hash('sha256', JSON.stringify(sorted(effective))).slice(0, 12);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

const MAX_SELECTIONS = 10_000;
const NO_GUARDRAILS: readonly Guardrail[] = [];

export type GuardrailSelection = (
  authentication: Authentication,
  application: Application,
  model: string,
  direction: Direction,
) => readonly Guardrail[];

/** The same request gets the same array each time, so that what is made for it can be found again by identity. */
export function createGuardrailSelection(
  guardrails: readonly Guardrail[],
  random: () => number = Math.random,
): GuardrailSelection {
  const selections = createBoundedCache<readonly Guardrail[]>(MAX_SELECTIONS);
  const canaries = guardrails.filter(({ share }) => share !== undefined);
  const scopedGroups = new Set(guardrails.flatMap(({ groups }) => groups));
  return (authentication, application, model, direction) => {
    // Only groups that some guardrail names are part of the key: a person's other groups make no difference.
    const groups =
      scopedGroups.size === 0
        ? []
        : authentication.principal.groups.filter((group) => scopedGroups.has(group)).toSorted();
    // No name of the tree holds a space, so that two requests never share a key.
    const watching = canaries.filter(({ share = 1 }) => random() >= share);
    const key = [direction, application.id, model, ...groups, '', ...watching.map(({ id }) => id)].join(' ');
    const known = selections.get(key);
    if (known) return known;
    const selected = guardrails.filter(
      (guardrail) =>
        guardrail.directions.includes(direction) &&
        (guardrail.applications.length === 0 || guardrail.applications.includes(application.id)) &&
        (guardrail.groups.length === 0 || guardrail.groups.some((group) => groups.includes(group))) &&
        (guardrail.models.length === 0 || guardrail.models.some((pattern) => matchesModel(pattern, model))),
    );
    const chosen =
      selected.length === 0
        ? NO_GUARDRAILS
        : selected.map((each) => (watching.includes(each) ? { ...each, isShadow: true as const } : each));
    selections.set(key, chosen);
    return chosen;
  };
}

/** `gpt-*` matches every name that begins so; `*` may stand anywhere and stands for any characters. */
export function matchesModel(pattern: string, model: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!model.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return model === first;
  let at = first.length;
  for (const piece of rest) {
    const found = model.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return model.length - last.length >= at && model.endsWith(last);
}
