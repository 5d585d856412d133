/** Entries for the tests of the audit log. */
import type { AdministrationEntry, AuditEntry, InteractionEntry, Outcome } from '../../src/domain/record.ts';

export function interaction(id: string, outcome: Outcome = 'answered', at = 1_000): InteractionEntry {
  return {
    kind: 'interaction',
    id,
    at,
    snapshot: 's1',
    endpoint: 'openai.chat',
    stream: true,
    principal: { kind: 'person', id: 'alice' },
    policies: ['allow "all"\\'],
    guardrails: [],
    quiet: {},
    findings: [],
    moreFindings: 0,
    action: 'allow',
    attempts: [],
    outcome,
    timings: { total: 1.5 },
    // Text that a store could trip over: quotes, separators, U+0000, characters beyond the first plane.
    events: { "it's; \u0000 a\nline\t😀": 1 },
  };
}

export function interactionEnd(id: string): AuditEntry {
  return { ...interaction(id, 'answered'), kind: 'interaction_end' };
}

export function administration(id: string): AdministrationEntry {
  return { kind: 'administration', id, at: 2_000, actor: 'root', action: 'key.create', subject: 'key_1' };
}

/** Whether the numbers are 1, 2, 3, … up to as many as there are. */
export function isGapless(sequences: readonly number[]): boolean {
  return sequences.toSorted((a, b) => a - b).every((sequence, index) => sequence === index + 1);
}
