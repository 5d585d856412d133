/** What every OCSF event carries, and the parts that several classes share. */
import type { AuditEntry } from '../../domain/record.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';
import { pairsOf } from './pairs.ts';
import { severityOf, type Interaction, type Severity } from './severity.ts';

const SCHEMA_VERSION = '1.9.0';
const SEVERITIES: Readonly<Record<Severity, { severity_id: number; severity: string }>> = {
  informational: { severity_id: 1, severity: 'Informational' },
  low: { severity_id: 2, severity: 'Low' },
  medium: { severity_id: 3, severity: 'Medium' },
  high: { severity_id: 4, severity: 'High' },
};
/** `user.type_id`; an agent is none of those that the schema names. */
const USER_TYPES = {
  person: { type_id: 1, type: 'User' },
  service: { type_id: 4, type: 'Service' },
  agent: { type_id: 99, type: 'Agent' },
} as const;

export interface EventClass {
  readonly category: readonly [uid: number, name: string];
  readonly class: readonly [uid: number, name: string];
  readonly activity: readonly [id: number, name: string];
  readonly profiles: readonly string[];
}

export type Members = Readonly<Record<string, unknown>>;

export function baseEvent(
  { instance, sequence, entry }: PositionedEntry,
  { version }: Product,
  { category, class: eventClass, activity, profiles }: EventClass,
): Members {
  return {
    category_uid: category[0],
    category_name: category[1],
    class_uid: eventClass[0],
    class_name: eventClass[1],
    activity_id: activity[0],
    activity_name: activity[1],
    type_uid: eventClass[0] * 100 + activity[0],
    type_name: `${eventClass[1]}: ${activity[1]}`,
    time: entry.at,
    ...SEVERITIES[severityOf(entry)],
    metadata: {
      version: SCHEMA_VERSION,
      product: { name: 'Bartizan', vendor_name: 'Bartizan', version },
      profiles: [...profiles, 'record_integrity'],
      uid: `${instance}/${sequence}`,
      sequence,
      log_name: 'audit',
      log_provider: instance,
      event_code: eventCodeOf(entry),
      correlation_uid: entry.id,
    },
  };
}

function eventCodeOf(entry: AuditEntry): string {
  return entry.kind === 'administration' ? entry.action : `${entry.kind}.${entry.outcome}`;
}

/**
 * Of a call. An actor needs one of its members, also where nobody was authenticated. The subject's key is what an erasure
 * names: by it a reader finds what is hers.
 */
export function actorOf(
  { principal, credential, application }: Interaction,
  { subjectKey }: PositionedEntry,
): Members {
  const user = principal
    ? {
        uid: principal.id,
        uid_alt: subjectKey,
        ...USER_TYPES[principal.kind],
        // `credential_uid` is deprecated since 1.6.
        programmatic_credentials:
          credential === undefined ? undefined : [{ uid: credential, type: 'API Key' }],
      }
    : { name: 'unauthenticated', type_id: 0, type: 'Unknown' };
  return {
    user,
    application: application === undefined ? undefined : { uid: application, name: application },
  };
}

export function apiOf({ id, endpoint, provider, status, refusal }: Interaction): Members {
  return {
    operation: endpoint,
    service: provider === undefined ? undefined : { name: provider },
    request: { uid: id },
    response: { code: status, error: refusal },
  };
}

/** The schema needs both names; undefined where no provider was chosen. */
export function aiModelOf({
  provider,
  providerModel,
  requestedModel,
  responseModel,
}: Interaction): Members | undefined {
  const name = providerModel ?? requestedModel;
  if (provider === undefined || name === undefined) return undefined;
  return { name, ai_provider: provider, version: responseModel === name ? undefined : responseModel };
}

/** Allowed or denied, and what became of it. */
export function dispositionOf({ action, outcome }: Interaction): Members {
  const denied = { action_id: 2, action: 'Denied', disposition_id: 2, disposition: 'Blocked' };
  if (action === 'block' || outcome === 'refused') return denied;
  const allowed = { action_id: 1, action: 'Allowed' };
  if (action === 'allow') return { ...allowed, disposition_id: 1, disposition: 'Allowed' };
  if (action === 'flag') return { ...allowed, disposition_id: 15, disposition: 'Detected' };
  return { ...allowed, disposition_id: 11, disposition: 'Corrected' };
}

/** What the schema has no place for. */
export function unmappedOf(entry: Interaction): Members {
  const { snapshot, stream, assertedBy, policies, guardrails, quiet, attempts, usage, costMicros } = entry;
  const { configuredModel, timings, events, metadata, outcome, finish, action, inquiries } = entry;
  return {
    snapshot,
    stream,
    outcome,
    action,
    finish,
    asserted_by: assertedBy,
    configured_model: configuredModel,
    policies,
    guardrails,
    quiet,
    attempts,
    inquiries,
    usage,
    cost_micros: costMicros,
    timings,
    events,
    metadata: pairsOf(metadata),
  };
}
