/** Interactions of somebody, as the gateway records them, under the one configuration there is. */
import { createHash } from 'node:crypto';
import type { AdministrationEntry, InteractionEntry } from '../../src/domain/record.ts';

/** As canonical JSON. */
export const CONFIGURATION = '{"version":1}';
const DIGEST = createHash('sha256').update(CONFIGURATION).digest('hex').slice(0, 12);

export function applied(at: number): AdministrationEntry {
  const what = { action: 'configuration.apply', subject: 'configuration', before: '0', after: '1' };
  return { kind: 'administration', id: 'adm_1', at, actor: 'root@host', ...what };
}

export function person(name: string, id: string, at: number): InteractionEntry {
  return {
    kind: 'interaction',
    id,
    at,
    snapshot: `1-${DIGEST}`,
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
