/** Entries as the gateway writes them for a request of the bench: no two alike. */
import { newId } from '../../src/base/ids.ts';
import type { InteractionEntry } from '../../src/domain/record.ts';

let count = 0;

export function nextEntry(): InteractionEntry {
  const at = Date.now();
  count++;
  const total = Math.round(Math.random() * 2_000) / 100;
  return {
    kind: 'interaction',
    id: newId('req', at),
    at,
    snapshot: '12-9f86d081884c',
    endpoint: 'openai.chat/chat',
    stream: false,
    credential: 'key_01a218807034736abb7ac4377f4e6584',
    principal: { kind: 'person', id: `person-${count % 500}` },
    application: `application-${count % 7}`,
    requestedModel: 'gpt-5',
    configuredModel: 'gpt-5',
    provider: 'openai',
    providerModel: 'gpt-5',
    responseModel: 'gpt-5-2026-08-07',
    policies: ['employees'],
    guardrails: [],
    quiet: {
      request: 'invisible-text@ad03f5c3a571 prompt-injection@9283fe650dc5 secrets@22cd2c5532ff',
      response: 'invisible-text@ad03f5c3a571 secrets@22cd2c5532ff',
    },
    findings: [],
    moreFindings: 0,
    action: 'allow',
    attempts: [{ provider: 'openai', model: 'gpt-5', result: '200', durationMs: Math.ceil(total) }],
    outcome: 'answered',
    finish: 'stop',
    usage: {
      inputTokens: 200 + (count % 100),
      outputTokens: 100 + (count % 300),
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      reasoningTokens: 0,
      source: 'reported',
    },
    costMicros: 1_000 + (count % 997),
    timings: { first_byte: total - 1, identity: 0.1, limits: 0.4, policy: 0.2, scan: 0.9, total },
    events: {},
  };
}
