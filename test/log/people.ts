/** Interactions of somebody, as the gateway records them. */
import type { InteractionEntry } from '../../src/domain/record.ts';

export function person(name: string, id: string, at: number): InteractionEntry {
  return {
    kind: 'interaction',
    id,
    at,
    snapshot: 'none',
    endpoint: 'openai.chat',
    stream: false,
    application: 'app',
    credential: 'key_7',
    principal: { kind: 'person', id: name },
    policies: ['p'],
    guardrails: [],
    quiet: {},
    findings: [],
    moreFindings: 0,
    action: 'allow',
    attempts: [{ provider: 'p', model: 'm', result: '200', durationMs: 3 }],
    outcome: 'answered',
    timings: { total: 3 },
    events: {},
  };
}
