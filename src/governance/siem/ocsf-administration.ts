/** What an administrator did, as OCSF Entity Management (3004). */
import type { AdministrationEntry } from '../../domain/record.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';
import { baseEvent, type EventClass, type Members } from './ocsf-event.ts';

const CREATE: EventClass['activity'] = [1, 'Create'];
const READ: EventClass['activity'] = [2, 'Read'];
const UPDATE: EventClass['activity'] = [3, 'Update'];
const DELETE: EventClass['activity'] = [4, 'Delete'];
const SUSPEND: EventClass['activity'] = [12, 'Suspend'];
const RESUME: EventClass['activity'] = [13, 'Resume'];

/** By the last word of an action that did not fail. */
const ACTIVITIES: ReadonlyMap<string, EventClass['activity']> = new Map([
  ['create', CREATE],
  ['add', CREATE],
  ['read', READ],
  ['export', READ],
  ['apply', UPDATE],
  ['rollback', UPDATE],
  ['rotate', UPDATE],
  ['rewind', UPDATE],
  ['set', UPDATE],
  ['renew_keys', UPDATE],
  ['renewed_keys', UPDATE],
  ['rewrap', UPDATE],
  ['key_rotate', UPDATE],
  ['revoke', DELETE],
  ['remove', DELETE],
  ['release', DELETE],
  ['erase', DELETE],
  ['purge', DELETE],
  ['restrict', SUSPEND],
  ['unrestrict', RESUME],
]);

export function administrationEvent(
  recorded: PositionedEntry,
  entry: AdministrationEntry,
  product: Product,
): Members {
  const { actor, action, subject, before, after, changes, reason, erasure } = entry;
  const failed = action.endsWith('.failed');
  const [type = 'entity', verb = ''] = (failed ? action.slice(0, -'.failed'.length) : action).split('.', 2);
  const entity = { type, uid: subject };
  // Of other entities the record tells in words what was before and after.
  const isVersioned = type === 'configuration';
  return {
    ...baseEvent(recorded, product, {
      category: [3, 'Identity & Access Management'],
      class: [3004, 'Entity Management'],
      activity: ACTIVITIES.get(verb) ?? [99, action],
      profiles: [],
    }),
    status_id: failed ? 2 : 1,
    status: failed ? 'Failure' : 'Success',
    actor: { user: { name: actor, uid_alt: recorded.subjectKey, type_id: 2, type: 'Admin' } },
    comment: reason,
    entity: isVersioned ? { ...entity, version: before } : entity,
    updated_entity: isVersioned && !failed ? { ...entity, version: after } : undefined,
    unmapped: { action, before, after, changes, erasure },
  };
}
