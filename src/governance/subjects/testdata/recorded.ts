/** A record with keys over some stores, and interactions to put into it. */
import { randomBytes } from 'node:crypto';
import type { Stores } from '../../../adapters/sql/stores.ts';
import type { InteractionEntry } from '../../../domain/record.ts';
import { createAudit, createKeyring, createLog } from '../../../modules/audit/audit.ts';
import { createHolds } from '../../retention/retention.ts';
import { createSubjects, type Subjects } from '../subjects.ts';

export const MASTER_KEYS = [{ id: 'master', key: randomBytes(32) }];
export const ACT = { actor: 'root@host', reason: 'she asked' };

export type Kept = Pick<Stores, 'audit' | 'log' | 'keys' | 'subjects' | 'holds' | 'usage'>;

export async function openRooms(stores: Kept, nowMs = 10_000) {
  const clock = { now: () => nowMs };
  const keyring = await createKeyring({ store: stores.keys, masterKeys: MASTER_KEYS, clock });
  const log = createLog({ store: stores.log, keyring, origin: 'log.test/one', clock });
  const audit = createAudit({
    store: stores.audit,
    keyring,
    origin: log.origin,
    timeoutMs: 5_000,
    clock,
  });
  const holds = createHolds({
    store: stores.holds,
    erasures: (hold) => subjects.underWay(hold),
    append: audit.append,
    key: keyring.houseKey('holds'),
    clock,
  });
  const subjects: Subjects = createSubjects({
    store: stores.subjects,
    records: audit,
    keys: keyring,
    holds: holds.list,
    disown: stores.usage.disown,
    clock,
  });
  return { audit, keyring, log, holds, subjects };
}

export type Rooms = Awaited<ReturnType<typeof openRooms>>;

export function interaction(id: string, more: Partial<InteractionEntry> = {}): InteractionEntry {
  return {
    kind: 'interaction',
    id,
    at: 1_000,
    snapshot: 's1',
    endpoint: 'openai.chat/chat',
    stream: false,
    application: 'desk',
    credential: 'key_7',
    principal: { kind: 'person', id: 'ada' },
    policies: [],
    guardrails: [],
    quiet: {},
    findings: [],
    moreFindings: 0,
    action: 'allow',
    attempts: [],
    outcome: 'answered',
    timings: {},
    events: {},
    ...more,
  };
}

export const BOB = { identifier: 'EMAIL_ADDRESS:bob@example.com' };
export const BOB_STAND_IN = '<EMAIL_ADDRESS_aaaaaaaaaa>';
export const CAT_STAND_IN = '<PHONE_NUMBER_bbbbbbbbbb>';

/**
 * Ada asks three times: about nobody, about Bob and Cat under stand-ins, and about Bob in the clear. Then a user of the desk
 * asks, and last somebody whom nobody erases.
 */
export async function record({ audit }: Rooms): Promise<void> {
  await audit.append(interaction('req_1', { content: JSON.stringify({ request: 'hello from ada' }) }));
  await audit.append(
    interaction('req_2', {
      content: JSON.stringify({ request: `write to ${BOB_STAND_IN} or ${CAT_STAND_IN}` }),
      subjects: [
        {
          ...BOB,
          inContent: false,
          pseudonyms: [{ standIn: BOB_STAND_IN, value: 'Bob@example.com' }],
        },
        {
          identifier: 'PHONE_NUMBER:+49301234567',
          inContent: false,
          pseudonyms: [{ standIn: CAT_STAND_IN, value: '+49 30 1234567' }],
        },
      ],
    }),
  );
  await audit.append(
    interaction('req_3', {
      content: JSON.stringify({ request: 'bob@example.com is in the clear' }),
      subjects: [{ ...BOB, inContent: true, pseudonyms: [{ value: 'bob@example.com' }] }],
    }),
  );
  await audit.append(
    interaction('req_4', {
      at: 2_000,
      principal: { kind: 'service', id: 'desk' },
      content: JSON.stringify({ request: 'a user of the desk' }),
      subjects: [{ identifier: 'desk/user:42', inContent: true, pseudonyms: [] }],
    }),
  );
  await audit.append(interaction('req_5', { principal: { kind: 'person', id: 'eve' } }));
}
