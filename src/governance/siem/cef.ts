/** ArcSight's Common Event Format, version 0. */
import type { AdministrationEntry } from '../../domain/record.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';
import { isDetection, severityOf, type Interaction, type Severity } from './severity.ts';

/** 0 to 10: low to 3, medium to 6, high to 8. */
const SEVERITY: Readonly<Record<Severity, number>> = { informational: 1, low: 3, medium: 6, high: 8 };

type Extension = Readonly<Record<string, string | number | undefined>>;

export function toCef(recorded: PositionedEntry, { version }: Product): string {
  const { entry, instance, sequence, subjectKey } = recorded;
  const isAct = entry.kind === 'administration';
  const signature = isAct ? entry.action : `${entry.kind}.${entry.outcome}`;
  const header = [
    'CEF:0',
    'Bartizan',
    'Bartizan',
    version,
    signature,
    isAct ? `Administration: ${entry.action}` : nameOf(entry),
    SEVERITY[severityOf(entry)],
  ];
  const extension = {
    rt: entry.at,
    dvchost: instance,
    externalId: `${instance}/${sequence}`,
    // What an erasure names: by it a reader finds what is hers.
    ...flexible(1, 'subjectKey', subjectKey),
    ...(isAct ? administrationFields(entry) : interactionFields(entry)),
  };
  return `${header.map((part) => escapeHeader(String(part))).join('|')}|${extensionText(extension)}`;
}

function nameOf(entry: Interaction): string {
  return isDetection(entry) ? 'Guardrail finding' : `Model call ${entry.outcome}`;
}

function administrationFields({
  id,
  actor,
  action,
  subject,
  before,
  after,
  reason,
  erasure,
}: AdministrationEntry): Extension {
  return {
    cat: 'administration',
    suser: actor,
    act: action,
    reason,
    ...custom(1, 'subject', subject),
    ...custom(2, 'before', before),
    ...custom(3, 'after', after),
    ...custom(4, 'erasureBasis', erasure?.basis),
    ...flexible(2, 'erasedKeys', erasure?.keys.join(' ')),
    ...custom(6, 'id', id),
  };
}

function interactionFields(entry: Interaction): Extension {
  const { principal, usage, findings, moreFindings, guardrails } = entry;
  const fired = guardrails.map(({ id, action }) => `${id}:${action}`).join(' ');
  return {
    cat: isDetection(entry) ? 'detection' : 'interaction',
    suid: principal?.id,
    spriv: principal?.kind,
    sourceServiceName: entry.application,
    destinationServiceName: entry.provider,
    app: entry.endpoint,
    act: entry.action,
    outcome: entry.outcome,
    reason: entry.refusal,
    ...custom(1, 'requestedModel', entry.requestedModel),
    ...custom(2, 'providerModel', entry.providerModel),
    ...custom(3, 'guardrails', fired === '' ? undefined : fired),
    ...custom(4, 'findingKinds', [...new Set(findings.map(({ kind }) => kind))].join(' ') || undefined),
    ...custom(5, 'configuration', entry.snapshot),
    ...custom(6, 'id', entry.id),
    cn1Label: 'findings',
    cn1: findings.length + moreFindings,
    ...(usage && {
      cn2Label: 'inputTokens',
      cn2: usage.inputTokens,
      cn3Label: 'outputTokens',
      cn3: usage.outputTokens,
    }),
  };
}

function custom(number: number, label: string, value: string | undefined): Extension {
  return value === undefined ? {} : { [`cs${number}Label`]: label, [`cs${number}`]: value };
}

function flexible(number: number, label: string, value: string | undefined): Extension {
  return value === undefined ? {} : { [`flexString${number}Label`]: label, [`flexString${number}`]: value };
}

/** Backslash and pipe are escaped in the header; it holds no line breaks. */
function escapeHeader(text: string): string {
  return text.replace(/[\\|]/g, '\\$&');
}

/** Backslash and equals sign are escaped in the extension; control characters are gone already. */
function extensionText(extension: Extension): string {
  return Object.entries(extension)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${String(value).replace(/[\\=]/g, '\\$&')}`)
    .join(' ');
}
