/** How serious an entry is, on one scale that every format translates. */
import type {
  AdministrationEntry,
  AuditEntry,
  InteractionEndEntry,
  InteractionEntry,
} from '../../domain/record.ts';

export type Interaction = InteractionEntry | InteractionEndEntry;
export type Severity = 'informational' | 'low' | 'medium' | 'high';

/** RFC 5424 §6.2.1: error, warning, notice, informational. */
export const SYSLOG_SEVERITY: Readonly<Record<Severity, number>> = {
  informational: 6,
  low: 5,
  medium: 4,
  high: 3,
};

/** A guardrail saw something, or blocked. */
export function isDetection({ findings, moreFindings, action }: Interaction): boolean {
  return findings.length + moreFindings > 0 || action === 'block';
}

/** That it started, is there, and stopped: nobody did anything. */
export function isAboutGateway({ action }: AdministrationEntry): boolean {
  return action.startsWith('gateway.');
}

export function severityOf(entry: AuditEntry): Severity {
  if (entry.kind === 'administration' && isAboutGateway(entry)) return 'informational';
  if (entry.kind === 'administration') return entry.action === 'content.read' ? 'medium' : 'low';
  if (entry.action === 'block') return 'high';
  const failedOpen = entry.guardrails.some((guardrail) => guardrail.failedOpen === true);
  if (failedOpen || entry.outcome === 'failed' || entry.outcome === 'interrupted') return 'medium';
  if (isDetection(entry)) return entry.action === 'allow' || entry.action === 'flag' ? 'low' : 'medium';
  return entry.outcome === 'refused' ? 'low' : 'informational';
}
