/** What guardrails saw in a call, as an OCSF Detection Finding (2004) with the security_control profile. */
import type { RecordedFinding } from '../../domain/record.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';
import {
  actorOf,
  aiModelOf,
  apiOf,
  baseEvent,
  dispositionOf,
  unmappedOf,
  type EventClass,
  type Members,
} from './ocsf-event.ts';
import type { Interaction } from './severity.ts';

const DETECTION_FINDING: EventClass = {
  category: [2, 'Findings'],
  class: [2004, 'Detection Finding'],
  activity: [1, 'Create'],
  profiles: ['security_control'],
};
/** `analytic.type_id`: whether a scanner judges by rules or by a learned model is not in the record. */
const ANALYTIC_TYPE = { type_id: 99, type: 'Guardrail' } as const;

export function detectionFinding(recorded: PositionedEntry, entry: Interaction, product: Product): Members {
  const model = aiModelOf(entry);
  const { principal } = entry;
  return {
    ...baseEvent(recorded, product, DETECTION_FINDING),
    status_id: 1,
    status: 'New',
    status_code: entry.refusal,
    status_detail: entry.outcome,
    is_alert: entry.action === 'block',
    finding_info: findingInfoOf(recorded, entry),
    ...confidenceOf(entry.findings),
    ...dispositionOf(entry),
    evidences: [
      {
        actor: actorOf(entry, recorded),
        ai_agent: principal?.kind === 'agent' ? { uid: principal.id, ai_model: model } : undefined,
        api: apiOf(entry),
        data: { findings: entry.findings, more_findings: entry.moreFindings },
      },
    ],
    resources: model === undefined ? undefined : [{ type: 'AI model', name: model['name'], data: model }],
    unmapped: unmappedOf(entry),
  };
}

function findingInfoOf({ instance, sequence }: PositionedEntry, entry: Interaction): Members {
  const [strongest, ...others] = entry.guardrails.map(({ id, version }) => ({
    ...ANALYTIC_TYPE,
    uid: id,
    name: id,
    version,
  }));
  const kinds = [...new Set(entry.findings.map(({ scanner, kind }) => `${scanner}.${kind}`))];
  return {
    uid: `${instance}/${sequence}`,
    title: `Guardrail finding: ${entry.action}`,
    created_time: entry.at,
    types: kinds,
    analytic: strongest,
    related_analytics: others.length === 0 ? undefined : others,
  };
}

/** `confidence_id`: 1 low, 2 medium, 3 high. */
function confidenceOf(findings: readonly RecordedFinding[]): Members {
  if (findings.length === 0) return { confidence_id: 0, confidence: 'Unknown' };
  const highest = Math.max(...findings.map(({ confidence }) => confidence));
  const score = { confidence_score: Math.round(highest * 100) };
  if (highest >= 0.8) return { ...score, confidence_id: 3, confidence: 'High' };
  if (highest >= 0.5) return { ...score, confidence_id: 2, confidence: 'Medium' };
  return { ...score, confidence_id: 1, confidence: 'Low' };
}
