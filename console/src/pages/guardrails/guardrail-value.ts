/** A guardrail as the page has it: its settings, how it is read and changed, and its words. */
import type { z } from 'zod';
import type { guardrailOperations, scannerSchema } from '@contract/api/guardrails.ts';
import type { AnswerOf } from '@contract/api/operation.ts';
import type { guardrailSchema } from '@contract/guardrail.ts';
import { client } from '../../api.ts';
import { emptyOf, type JsonObject, type Schema } from '../../kit/json-schema.ts';
import type { PartDoor } from '../../part-editing/part-draft.ts';

export type GuardrailValue = z.output<typeof guardrailSchema>;
export type Action = GuardrailValue['action'];
export type Rollout = GuardrailValue['rollout'];
export type Scanner = z.output<typeof scannerSchema>;
export type Guardrail = AnswerOf<typeof guardrailOperations.getGuardrail>;

/** What is tried and replayed. */
export interface GuardrailDraft {
  readonly name: string;
  readonly value: GuardrailValue;
}

export const guardrailDoor: PartDoor<GuardrailValue> = {
  get: 'getGuardrail',
  rereads: ['listGuardrails', 'listGuardrailVersions'],
  create: (name, value) => client.call('createGuardrail', { body: { name, value } }),
  change: (name, value, ifMatch) =>
    client.call('changeGuardrail', { path: { name }, body: { value }, ifMatch }),
  remove: (name, ifMatch) => client.call('removeGuardrail', { path: { name }, ifMatch }),
};

/** It begins in shadow: what it would do is seen before it does it. */
export function newGuardrail(scanner: Scanner): GuardrailValue {
  return {
    description: '',
    scanner: scanner.id,
    config: { ...configOf(settingsOf(scanner)) },
    action: 'flag',
    directions: ['request', 'response'],
    channels: [],
    kinds: [],
    applications: [],
    groups: [],
    models: [],
    min_confidence: 0.5,
    on_error: 'block',
    rollout: { mode: 'shadow' },
    timeout_ms: 2_000,
    block: { as: 'error', status: 400 },
  };
}

/** What the server has made of the scanner's own schema. */
export function settingsOf(scanner: Scanner): Schema {
  return scanner.settings;
}

function configOf(settings: Schema): JsonObject {
  const empty = emptyOf(settings);
  return typeof empty === 'object' && empty !== null && !Array.isArray(empty) ? (empty as JsonObject) : {};
}

export const ACTION_WORDS: Readonly<Record<Action, { readonly label: string; readonly hint: string }>> = {
  allow: { label: 'Allow', hint: 'Findings are recorded, nothing is done.' },
  flag: { label: 'Flag', hint: 'It passes unchanged, marked in the record and in a response header.' },
  pseudonymize: { label: 'Pseudonymize', hint: 'A stand-in goes to the model; the answer has the original.' },
  mask: { label: 'Mask', hint: 'A part of it stays readable: •••• 4242.' },
  redact: { label: 'Redact', hint: 'Its kind stands in its place, and nothing brings it back.' },
  block: { label: 'Block', hint: 'The request is refused, or the answer is cut off.' },
};

export function scopeText({ applications, groups, models, directions }: GuardrailValue): string {
  const parts = [
    ...(applications.length > 0 ? [listed('application', applications)] : []),
    ...(groups.length > 0 ? [listed('group', groups)] : []),
    ...(models.length > 0 ? [listed('model', models)] : []),
  ];
  const whom = parts.length === 0 ? 'Everything' : parts.join('; ');
  return directions.length === 2
    ? whom
    : `${whom}, ${directions[0] === 'request' ? 'requests' : 'answers'} only`;
}

function listed(noun: string, names: readonly string[]): string {
  return names.length > 2 ? `${names.length} ${noun}s` : `${noun} ${names.join(' and ')}`;
}

export function shareText(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

export function rolloutText(rollout: Rollout): string {
  switch (rollout.mode) {
    case 'shadow':
      return 'Shadow';
    case 'canary':
      return `Canary, ${shareText(rollout.share)}`;
    case 'enforce':
      return 'Enforced';
  }
}
