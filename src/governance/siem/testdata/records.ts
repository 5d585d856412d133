/** Entries for the tests of the export, with strings that could break out of a line or a field. */
import type { AdministrationEntry, AuditEntry, InteractionEntry } from '../../../domain/record.ts';

export const HOSTILE = 'a|b=c\\d\ne\rf\u0000g\u2028h]"i\u001b[31m{}';

export const answered: InteractionEntry = {
  kind: 'interaction',
  id: 'req_answered',
  at: 1_795_000_000_000,
  snapshot: '3-0123456789ab',
  endpoint: 'openai.chat',
  stream: false,
  credential: 'key_1',
  principal: { kind: 'person', id: 'alice' },
  application: 'desk',
  requestedModel: 'gpt-5',
  configuredModel: 'gpt-5',
  provider: 'openai',
  providerModel: 'gpt-5',
  responseModel: 'gpt-5-2026-08-01',
  policies: ['all'],
  guardrails: [],
  quiet: { request: 'personal-data@1a secrets@2b' },
  findings: [],
  moreFindings: 0,
  action: 'allow',
  attempts: [{ provider: 'openai', model: 'gpt-5', result: '200', durationMs: 740 }],
  outcome: 'answered',
  status: 200,
  finish: 'stop',
  usage: {
    inputTokens: 120,
    outputTokens: 45,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    source: 'reported',
  },
  costMicros: 915,
  timings: { authenticated: 0.4, total: 751.6 },
  events: {},
  metadata: { ticket: '4711' },
  content: '{"request":"WHAT-WAS-SAID"}',
};

export const agent: InteractionEntry = {
  ...answered,
  id: 'req_agent',
  principal: { kind: 'agent', id: 'research-agent' },
  assertedBy: { kind: 'service', id: 'desk' },
};

export const blocked: InteractionEntry = {
  ...answered,
  id: 'req_blocked',
  guardrails: [
    { id: 'prompt-injection', version: '9f', action: 'block', findings: 1, direction: 'request' },
    { id: 'personal-data', version: '1a', action: 'pseudonymize', findings: 1, direction: 'request' },
  ],
  findings: [
    {
      direction: 'request',
      guardrail: 'prompt-injection',
      scanner: 'prompt-injection',
      kind: 'direct',
      pointer: '/messages/1/content',
      start: 0,
      end: 44,
      confidence: 0.93,
    },
    {
      direction: 'request',
      guardrail: 'personal-data',
      scanner: 'pii',
      kind: 'EMAIL_ADDRESS',
      pointer: '/messages/1/content',
      start: 50,
      end: 67,
      confidence: 0.6,
    },
  ],
  action: 'block',
  outcome: 'refused',
  refusal: 'content_policy_violation',
  status: 400,
};

export const refused: InteractionEntry = {
  kind: 'interaction',
  id: 'req_refused',
  at: 1_795_000_000_500,
  snapshot: '3-0123456789ab',
  endpoint: 'anthropic.messages',
  stream: true,
  policies: [],
  guardrails: [],
  quiet: {},
  findings: [],
  moreFindings: 0,
  action: 'allow',
  attempts: [],
  outcome: 'refused',
  refusal: 'invalid_credential',
  status: 401,
  timings: { total: 1.2 },
  events: {},
};

export const applied: AdministrationEntry = {
  kind: 'administration',
  id: 'adm_apply',
  at: 1_795_000_001_000,
  actor: 'root@gateway',
  action: 'configuration.apply',
  subject: 'configuration',
  before: '3',
  after: '4',
  changes: ['~ limits.calls.capacity: 10 → 20'],
};

export const revoked: AdministrationEntry = {
  kind: 'administration',
  id: 'adm_revoke',
  at: 1_795_000_002_000,
  actor: 'root@gateway',
  action: 'key.revoke',
  subject: 'key_1',
};

export const started: AdministrationEntry = {
  kind: 'administration',
  id: 'hb_started',
  at: 1_795_000_003_000,
  actor: 'gateway:gateway-1',
  action: 'gateway.started',
  subject: 'gateway-1',
  after: '60000',
};

export const erased: AdministrationEntry = {
  kind: 'administration',
  id: 'ers_1',
  at: 1_795_000_003_500,
  actor: 'root@gateway',
  action: 'subject.erase',
  subject: 'ers_1',
  reason: 'ticket 12',
  erasure: { basis: 'art17-1-b', count: 3, keys: ['sub_ada', 'sub_agent'], root: 'AAAA' },
};

export const read: AdministrationEntry = {
  kind: 'administration',
  id: 'adm_read',
  at: 1_795_000_004_000,
  actor: 'root@gateway',
  action: 'content.read',
  subject: 'req_answered',
  reason: 'complaint 4711',
};

export const hostile: InteractionEntry = {
  ...answered,
  id: 'req_hostile',
  requestedModel: HOSTILE,
  providerModel: HOSTILE.repeat(100),
  metadata: { [HOSTILE]: HOSTILE },
  principal: { kind: 'service', id: HOSTILE },
};

/** By the name of their golden files. */
export const SAMPLES: Readonly<Record<string, AuditEntry>> = {
  answered,
  agent,
  blocked,
  refused,
  released: { ...answered, id: 'req_released', stream: true, outcome: 'released' },
  interrupted: { ...answered, kind: 'interaction_end', id: 'req_released', outcome: 'interrupted' },
  applied,
  revoked,
  started,
  erased,
  read,
  hostile,
};
