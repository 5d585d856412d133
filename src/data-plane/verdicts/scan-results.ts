/** Findings as the scan API tells them: one result for each guardrail, with spans in the input as it was sent. */
import type { JsonObject } from '../../base/json.ts';
import type { Direction } from '../../domain/document.ts';
import type { Action } from '../../domain/guardrail.ts';

/** A finding, from a request that is being served or from its record. */
export interface ScanFinding {
  readonly guardrail: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
}

export interface ScanGuardrail {
  readonly id: string;
  readonly version: string;
  readonly scanner: string;
  /** Whether its settings are the sender's. */
  readonly isCustom: boolean;
}

/** `flagged` for whatever was found, where the client asked for no more than that. */
export function scanOutcome(action: Action, findings: number, isFlagOnly: boolean): string {
  if (isFlagOnly) return findings > 0 ? 'flagged' : 'cleared';
  switch (action) {
    case 'block':
      return 'blocked';
    case 'pseudonymize':
    case 'mask':
    case 'redact':
      return 'redacted';
    case 'flag':
      return 'flagged';
    case 'allow':
      return 'cleared';
  }
}

export function scannerResults(
  guardrails: readonly ScanGuardrail[],
  findings: readonly ScanFinding[],
  scanDirection: Direction,
  atMs: number,
): readonly JsonObject[] {
  const byGuardrail = Map.groupBy(findings, ({ guardrail }) => guardrail);
  const date = new Date(atMs).toISOString();
  return guardrails.map(({ id, version, scanner, isCustom }) => {
    const own = byGuardrail.get(id) ?? [];
    return {
      scannerId: id,
      outcome: own.length > 0 ? 'failed' : 'passed',
      scanDirection,
      customConfig: isCustom,
      message: own.length > 0 ? `${own.length} found by ${scanner}` : null,
      startedDate: date,
      completedDate: date,
      scannerVersionMeta: {
        id: version,
        name: id,
        published: true,
        createdAt: null,
        createdBy: null,
        description: null,
        f1Score: null,
      },
      data: dataOf(scanner, own),
    };
  });
}

function dataOf(scanner: string, findings: readonly ScanFinding[]): JsonObject {
  switch (scanner) {
    case 'pii':
      return { type: 'pii_detection', detections: spansByKind(findings) };
    case 'secrets':
      return { type: 'secret', detections: { secret: spansByKind(findings) } };
    case 'keywords':
      return { type: 'keyword', matches: spansByKind(findings) };
    case 'regex':
      return { type: 'regex', matches: spansByKind(findings) };
    case 'toxicity':
      return { type: 'toxicity', scores: scoresByKind(findings) };
    case 'topics':
      return { type: 'topics', scores: scoresByKind(findings) };
    default:
      return { type: 'custom' };
  }
}

function spansByKind(findings: readonly ScanFinding[]): JsonObject {
  return Object.fromEntries(
    [...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, own]) => [
      kind,
      own.map(({ start, end }) => [start, end]),
    ]),
  );
}

function scoresByKind(findings: readonly ScanFinding[]): JsonObject {
  return Object.fromEntries(
    [...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, own]) => [
      kind,
      Math.max(...own.map(({ confidence }) => confidence)),
    ]),
  );
}
