import { expect, test } from 'vitest';
import type { AdministrationEntry, AuditEntry, InteractionEntry } from '../../domain/record.ts';
import { toItem } from './format.ts';
import { agent, answered, applied, blocked, refused, started } from './testdata/records.ts';

const eventOf = (entry: AuditEntry) =>
  JSON.parse(
    toItem(
      'ocsf',
      { instance: 'gateway-1', sequence: 42, index: 96, position: 97, hasContent: false, entry },
      { version: '1.2.3', log: 'log.example.com' },
    ).text,
  ) as unknown;
const act = (action: string): AdministrationEntry => ({ ...applied, action });
const flagged: InteractionEntry = { ...answered, action: 'flag' };
const masked: InteractionEntry = { ...blocked, action: 'mask', outcome: 'answered' };

/** Every number that an event may carry, as schema 1.9.0 gives it, each with the file of github.com/ocsf/ocsf-schema that does. */
test.each<[source: string, what: string, entry: AuditEntry, expected: Record<string, unknown>]>([
  ['CHANGELOG.md, v1.9.0 of 3 August 2026', 'version', answered, { metadata: { version: '1.9.0' } }],
  [
    'categories.json: application 6; events/application/api_activity.json: uid 3',
    'API Activity',
    answered,
    { category_uid: 6, class_uid: 6003 },
  ],
  [
    'events/application/api_activity.json: 1 to 4 create, read, update, delete; 99 is Other',
    'a call',
    answered,
    { activity_id: 99, type_uid: 600399 },
  ],
  [
    'categories.json: findings 2; events/findings/detection_finding.json: uid 4',
    'Detection Finding',
    blocked,
    { category_uid: 2, class_uid: 2004 },
  ],
  [
    'events/findings/finding.json: activity 1 Create, status 1 New',
    'a finding',
    blocked,
    { activity_id: 1, activity_name: 'Create', status_id: 1, status: 'New' },
  ],
  [
    'categories.json: iam 3; events/iam/entity_management.json: uid 4',
    'Entity Management',
    applied,
    { category_uid: 3, class_uid: 3004 },
  ],
  [
    'events/iam/entity_management.json: activity 1',
    'a hold',
    act('hold.add'),
    { activity_id: 1, activity_name: 'Create' },
  ],
  [
    'events/iam/entity_management.json: activity 2',
    'a look',
    act('content.read'),
    { activity_id: 2, activity_name: 'Read' },
  ],
  [
    'events/iam/entity_management.json: activity 3',
    'a change',
    applied,
    { activity_id: 3, activity_name: 'Update' },
  ],
  [
    'events/iam/entity_management.json: activity 4',
    'an erasure',
    act('subject.erase'),
    { activity_id: 4, activity_name: 'Delete' },
  ],
  [
    'events/iam/entity_management.json: activity 12',
    'a restriction',
    act('subject.restrict'),
    { activity_id: 12, activity_name: 'Suspend' },
  ],
  [
    'events/iam/entity_management.json: activity 13',
    'its end',
    act('subject.unrestrict'),
    { activity_id: 13, activity_name: 'Resume' },
  ],
  [
    'events/iam/entity_management.json: 99 is Other',
    'what is none of them',
    act('audit.reconcile'),
    { activity_id: 99, activity_name: 'audit.reconcile' },
  ],
  [
    'events/application/application_lifecycle.json: uid 2, activity 3',
    'a start',
    started,
    { class_uid: 6002, activity_id: 3, activity_name: 'Start' },
  ],
  [
    'events/application/application_lifecycle.json: activity 4',
    'a stop',
    { ...started, action: 'gateway.stopped' },
    { activity_id: 4, activity_name: 'Stop' },
  ],
  [
    'dictionary.json, severity_id: severity 1',
    'an answer',
    answered,
    { severity_id: 1, severity: 'Informational' },
  ],
  ['dictionary.json, severity_id: severity 2', 'an act', applied, { severity_id: 2, severity: 'Low' }],
  [
    'dictionary.json, severity_id: severity 3',
    'a look at content',
    act('content.read'),
    { severity_id: 3, severity: 'Medium' },
  ],
  ['dictionary.json, severity_id: severity 4', 'a block', blocked, { severity_id: 4, severity: 'High' }],
  [
    'dictionary.json, status_id: status 1 Success',
    'an answer',
    answered,
    { status_id: 1, status: 'Success' },
  ],
  ['dictionary.json, status_id: status 2 Failure', 'a refusal', refused, { status_id: 2, status: 'Failure' }],
  [
    'profiles/security_control.json: action 1; dictionary.json: disposition 1',
    'an answer',
    answered,
    { action_id: 1, action: 'Allowed', disposition_id: 1, disposition: 'Allowed' },
  ],
  [
    'profiles/security_control.json: action 2; dictionary.json: disposition 2',
    'a block',
    blocked,
    { action_id: 2, action: 'Denied', disposition_id: 2, disposition: 'Blocked' },
  ],
  [
    'dictionary.json: disposition 15',
    'a flag',
    flagged,
    { action_id: 1, disposition_id: 15, disposition: 'Detected' },
  ],
  [
    'dictionary.json: disposition 11',
    'a mask',
    masked,
    { action_id: 1, disposition_id: 11, disposition: 'Corrected' },
  ],
  [
    'dictionary.json: confidence 3',
    'a sure finding',
    blocked,
    { confidence_id: 3, confidence: 'High', confidence_score: 93 },
  ],
  ['objects/user.json: type 1', 'a person', answered, { actor: { user: { type_id: 1, type: 'User' } } }],
  [
    'objects/user.json: type 2',
    'an administrator',
    applied,
    { actor: { user: { type_id: 2, type: 'Admin' } } },
  ],
  [
    'objects/user.json: type 4',
    'a service',
    { ...answered, principal: { kind: 'service', id: 'desk' } },
    { actor: { user: { type_id: 4, type: 'Service' } } },
  ],
  ['objects/user.json: 99 is Other', 'an agent', agent, { actor: { user: { type_id: 99, type: 'Agent' } } }],
  ['objects/user.json: type 0', 'nobody', refused, { actor: { user: { type_id: 0, type: 'Unknown' } } }],
  [
    'objects/user.json: programmatic_credentials; objects/programmatic_credential.json: uid',
    'a key',
    answered,
    { actor: { user: { programmatic_credentials: [{ uid: 'key_1', type: 'API Key' }] } } },
  ],
  [
    'objects/analytic.json: 99 is Other',
    'a guardrail',
    blocked,
    { finding_info: { analytic: { type_id: 99 } } },
  ],
  [
    'profiles/ai_operation.json: ai_model; objects/ai_model.json: name, ai_provider',
    'a model',
    answered,
    { ai_model: { name: 'gpt-5', ai_provider: 'openai', version: 'gpt-5-2026-08-01' } },
  ],
  [
    'profiles/ai_operation.json: ai_agent; objects/ai_agent.json: uid, ai_model',
    'an agent',
    agent,
    { ai_agent: { uid: 'research-agent', ai_model: { name: 'gpt-5' } } },
  ],
  [
    'CHANGELOG.md, v1.9.0, #1681: evidences.ai_agent',
    'a finding with an agent',
    { ...blocked, principal: { kind: 'agent', id: 'bot' } },
    { evidences: [{ ai_agent: { uid: 'bot' } }] },
  ],
  [
    'profiles/ai_operation.json: message_context; objects/message_context.json: role 2',
    'tokens',
    answered,
    {
      message_context: {
        ai_role_id: 2,
        ai_role: 'Assistant',
        prompt_tokens: 120,
        completion_tokens: 45,
        total_tokens: 165,
      },
    },
  ],
  [
    'profiles/record_integrity.json; objects/attestation.json',
    'its place',
    answered,
    { attestation: { uid: '96', authority_uid: 'gateway-1', chain_uid: 'log.example.com' } },
  ],
  [
    'objects/fingerprint.json: algorithm 3',
    'a fingerprint',
    answered,
    { attestation: { fingerprint: { algorithm_id: 3, algorithm: 'SHA-256' } } },
  ],
  [
    'CHANGELOG.md, v1.9.0, #1661: serialization 1 Flat, 2 JCS',
    'its form',
    answered,
    { attestation: { fingerprint: { serialization_id: 2, serialization: 'JCS' } } },
  ],
  [
    'CHANGELOG.md, v1.9.0, #1684: encoding 1 Hex',
    'its letters',
    answered,
    { attestation: { fingerprint: { encoding_id: 1, encoding: 'Hex' } } },
  ],
])('%s: %s', (_, __, entry, expected) => {
  expect(eventOf(entry)).toMatchObject(expected);
});
