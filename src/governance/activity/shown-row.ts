/** A row as it is shown: what the index keeps of it, with whose it was as far as that can be opened now. */
import type { RecordedBeside, RecordedPrincipal } from '../../domain/record.ts';
import type { ActivityRow, FindingCount } from './store.ts';

export interface ShownRow {
  readonly id: string;
  readonly index: number;
  readonly atMs: number;
  readonly application: string | null;
  readonly requestedModel: string | null;
  readonly configuredModel: string | null;
  readonly provider: string | null;
  readonly providerModel: string | null;
  readonly outcome: ActivityRow['outcome'];
  readonly action: ActivityRow['action'];
  readonly refusal: string | null;
  readonly refusedBy: string | null;
  readonly policies: string[];
  readonly endpoint: string;
  readonly stream: boolean;
  readonly status: number | null;
  readonly principal: RecordedPrincipal | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicros: number | null;
  readonly totalMs: number | null;
  readonly timings: Record<string, number>;
  readonly findings: FindingCount[];
  readonly moreFindings: number;
  readonly events: Record<string, number>;
  readonly hasContent: boolean;
  readonly isErased: boolean;
  readonly isRestricted: boolean;
  readonly isDemo: boolean;
}

/** Where what is shown of it is opened: at the end of a stream, which says everything again. */
export function openedIndexOf({ index, endIndex = index }: ActivityRow): number {
  return endIndex;
}

export function shownRow(row: ActivityRow, beside: RecordedBeside | undefined): ShownRow {
  const principal = beside?.principal ? { kind: beside.principal.kind, id: beside.principal.id } : null;
  const isErased = principal === null && (row.isErased || beside?.erasedBy !== undefined);
  return {
    id: row.id,
    index: row.index,
    atMs: row.atMs,
    application: row.application ?? null,
    requestedModel: row.requestedModel ?? null,
    configuredModel: row.configuredModel ?? null,
    provider: row.provider ?? null,
    providerModel: row.providerModel ?? null,
    outcome: row.outcome,
    action: row.action,
    refusal: row.refusal ?? null,
    refusedBy: row.refusedBy ?? null,
    policies: [...row.policies],
    endpoint: row.endpoint,
    stream: row.stream,
    status: row.status ?? null,
    principal,
    inputTokens: row.inputTokens ?? null,
    outputTokens: row.outputTokens ?? null,
    costMicros: row.costMicros ?? null,
    totalMs: row.totalMs,
    timings: { ...row.timings },
    findings: [...row.findings],
    moreFindings: row.moreFindings,
    events: { ...row.events },
    hasContent: beside?.hasContent ?? false,
    isErased,
    isRestricted: principal === null && !isErased && row.principal !== undefined,
    isDemo: row.isDemo,
  };
}
