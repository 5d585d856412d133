/** Reading what was said: a reason first, a second person where one is asked for, then the record, and only then the content. */
import { newId } from '../../base/ids.ts';
import type { contentOperations } from '../../contract/api/content.ts';
import type { Configuration } from '../../contract/configuration.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Approvals } from '../../governance/approvals/approvals.ts';
import type { Audit } from '../../modules/audit/audit.ts';
import type { Handlers, SignedInAsking } from '../handler.ts';
import { interactionAt, type InteractionAt } from './interaction-at.ts';

export interface ContentRooms {
  readonly audit: Pick<Audit, 'read' | 'append' | 'content' | 'pseudonyms'>;
  readonly approvals: Pick<Approvals, 'inForce'>;
  readonly access: () => Configuration['content_access'];
  readonly now: () => number;
}

export function contentHandlers(rooms: ContentRooms): Handlers<typeof contentOperations> {
  const { audit } = rooms;
  const placeOf = ({ entry, index }: InteractionAt) => ({ interaction: entry.id, index });
  return {
    async readContent({ path }, asking) {
      const at = await permitted(rooms, 'content.read', path.index, asking);
      const text = at.hasContent ? await audit.content(path.index) : undefined;
      if (text === undefined)
        throw new Refusal('not_found', 'nothing was captured here, or it cannot be read any more');
      return { ...placeOf(at), content: JSON.parse(text) };
    },
    async readPseudonyms({ path }, asking) {
      const at = await permitted(rooms, 'pseudonyms.read', path.index, asking);
      const pseudonyms = await audit.pseudonyms(path.index);
      return {
        ...placeOf(at),
        pseudonyms: pseudonyms.map(({ standIn = null, value, identifier }) => ({
          standIn,
          value,
          identifier,
        })),
      };
    },
    async readIdentity({ path }, asking) {
      const at = await permitted(rooms, 'identity.read', path.index, asking);
      const { principal = null, assertedBy = null, credential = null } = at.entry;
      return { ...placeOf(at), principal, assertedBy, credential };
    },
  };
}

/**
 * MUST be awaited before anything is opened: it resolves once the reading is on record.
 * @throws Refusal `reason_missing`, `not_found`, `approval_needed`, `record_unavailable`
 */
async function permitted(
  { audit, approvals, access, now }: ContentRooms,
  action: string,
  index: number,
  { reason, reach, actor }: SignedInAsking,
): Promise<InteractionAt> {
  const why = reason?.trim() ?? '';
  if (why === '') throw new Refusal('reason_missing');
  const at = await interactionAt(audit, index, reach);
  const needsApproval = access().approval !== 'none';
  const approval = needsApproval ? await approvals.inForce(actor, at.entry.id) : undefined;
  if (needsApproval && approval === undefined) throw new Refusal('approval_needed');
  await audit.append({
    kind: 'administration',
    id: newId('adm', now()),
    at: now(),
    actor,
    action,
    subject: at.entry.id,
    reason: why,
    ...(approval === undefined ? {} : { after: approval.id }),
  });
  return at;
}
