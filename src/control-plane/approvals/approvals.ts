/** Asking a second person, and being one. */
import type { approvalOperations } from '../../contract/api/approvals.ts';
import type { Configuration } from '../../contract/configuration.ts';
import { reachesApplication, type Reach } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Approval, Approvals } from '../../governance/approvals/approvals.ts';
import type { Audit } from '../../modules/audit/audit.ts';
import { interactionAt } from '../content/interaction-at.ts';
import type { Gatekeeper } from '../gatekeeper.ts';
import type { Handlers } from '../handler.ts';

export interface ApprovalRooms {
  readonly approvals: Approvals;
  readonly audit: Pick<Audit, 'read'>;
  readonly access: () => Configuration['content_access'];
  readonly reach: Gatekeeper['reach'];
}

const MINUTE_MS = 60_000;

export function approvalHandlers({
  approvals,
  audit,
  access,
  reach: reachOf,
}: ApprovalRooms): Handlers<typeof approvalOperations> {
  return {
    async requestApproval({ body }, { actor, reach }) {
      if (access().approval === 'none') throw new Refusal('conflict', 'no approval is needed here');
      const { entry, index } = await interactionAt(audit, body.index, reach);
      const wish = { interaction: entry.id, application: entry.application, index, reason: body.reason };
      return shown(await approvals.request(actor, wish), actor, { kind: 'nothing' });
    },
    async listApprovals({ query }, { actor, signedIn }) {
      const reach = await reachOf(signedIn, 'approvals.decide');
      const { items, next } = await approvals.list(
        { before: query.cursor, limit: query.limit },
        (approval) =>
          isSeen(approval, actor, reach) &&
          (query.state === undefined || approval.state === query.state) &&
          (query.of === undefined || (query.of === 'mine') === (approval.requester === actor)),
      );
      return { items: items.map((each) => shown(each, actor, reach)), next };
    },
    async decideApproval({ path, body }, { actor, reach }) {
      const found = await approvals.find(path.id);
      if (!isSeen(found, actor, reach))
        throw new Refusal('not_found', 'there is no such request for approval');
      const decided = await approvals.decide(path.id, actor, {
        isApproved: body.decision === 'approve',
        reason: body.reason,
        validMs: access().valid_minutes * MINUTE_MS,
      });
      return shown(decided, actor, reach);
    },
  };
}

function isSeen({ requester, application }: Approval, actor: string, reach: Reach): boolean {
  return requester === actor || reachesApplication(reach, application);
}

function shown(approval: Approval, actor: string, reach: Reach) {
  const { application = null, decidedBy = null, decidedAtMs = null, decisionReason = null } = approval;
  const { id, interaction, index, requester, reason, atMs, state, expiresAtMs } = approval;
  return {
    id,
    interaction,
    index,
    application,
    requester,
    reason,
    atMs,
    state,
    expiresAtMs,
    decidedBy,
    decidedAtMs,
    decisionReason,
    isMineToDecide:
      state === 'pending' && requester !== actor && reachesApplication(reach, approval.application),
  };
}
