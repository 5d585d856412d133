/** Requests to read what was said: one's own, and those of others that wait for a yes or no. */
import { useState } from 'react';
import type { z } from 'zod';
import type { approvalOperations } from '@contract/api/approvals.ts';
import { useAskPages, useChange } from '../../api.ts';
import { Badge, type BadgeTone } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { useMay } from '../../session/session.ts';
import { ActivityFrame } from './activity-frame.tsx';

type Approval = z.infer<(typeof approvalOperations)['listApprovals']['answer']>['items'][number];

const TONES: Readonly<Record<Approval['state'], readonly [BadgeTone, string]>> = {
  pending: ['warn', 'Waiting'],
  approved: ['good', 'Approved'],
  declined: ['bad', 'Declined'],
  expired: ['plain', 'Expired'],
};

const COLUMNS: readonly Column<Approval>[] = [
  {
    id: 'interaction',
    title: 'Interaction',
    cell: ({ interaction }) => <span className="break-all">{interaction}</span>,
  },
  {
    id: 'state',
    title: 'State',
    cell: ({ state, decidedBy }) => (
      <>
        <Badge tone={TONES[state][0]}>{TONES[state][1]}</Badge>
        {decidedBy !== null && <span className="block text-sm break-all text-muted">by {decidedBy}</span>}
      </>
    ),
  },
  {
    id: 'requester',
    title: 'Who asks',
    hideBelow: 'md',
    cell: ({ requester }) => <span className="break-all">{requester}</span>,
  },
  {
    id: 'reason',
    title: 'Why',
    hideBelow: 'md',
    cell: ({ reason }) => <InertText text={reason} maxChars={300} />,
  },
  { id: 'at', title: 'Asked', hideBelow: 'lg', cell: ({ atMs }) => <TimeText atMs={atMs} /> },
  {
    id: 'until',
    title: 'Until',
    hideBelow: 'lg',
    cell: ({ expiresAtMs }) => <TimeText atMs={expiresAtMs} />,
  },
];

export function ReadingRequestsScreen() {
  const approvals = useAskPages('listApprovals', undefined, { everyMs: 5_000 });
  const mayDecide = useMay('approvals.decide');
  return (
    <ActivityFrame description="Who asks to read what was said, why, and who said yes or no. Nobody decides their own request.">
      <Card flush>
        <DataTable
          label="Requests to read"
          columns={COLUMNS}
          rows={approvals.rows}
          rowKey={({ id }) => id}
          rowLink={({ interaction }) => `/activity/${encodeURIComponent(interaction)}`}
          rowActions={(approval) => mayDecide && approval.isMineToDecide && <Decide approval={approval} />}
          problem={approvals.error}
          onRetry={() => approvals.refetch()}
          more={approvals}
          hasFixedColumns
          empty={
            <EmptyState title="Nobody asks">
              Where the house wants two pairs of eyes, whoever reads captured content asks here first.
            </EmptyState>
          }
        />
      </Card>
    </ActivityFrame>
  );
}

function Decide({ approval: { id, requester } }: { readonly approval: Approval }) {
  const decide = useChange('decideApproval', ['listApprovals']);
  const [reason, setReason] = useState('');
  const because = reason.trim() === '' ? {} : { reason };
  return (
    <span className="inline-flex gap-1">
      <ConfirmDialog
        title="Let them read it?"
        description={`${requester} may then read what was said in this interaction, for a while. It is recorded that you allowed it.`}
        confirm="Approve"
        tone="primary"
        onConfirm={() => decide.mutateAsync({ path: { id }, body: { decision: 'approve', ...because } })}
        trigger={<Button size="small">Approve</Button>}
      >
        <TextField label="Reason" value={reason} onChange={setReason} />
      </ConfirmDialog>
      <ConfirmDialog
        title="Decline the request?"
        description={`${requester} is told that you declined, and may ask again.`}
        confirm="Decline"
        onConfirm={() => decide.mutateAsync({ path: { id }, body: { decision: 'decline', ...because } })}
        trigger={
          <Button size="small" tone="quiet">
            Decline
          </Button>
        }
      >
        <TextField label="Reason" value={reason} onChange={setReason} />
      </ConfirmDialog>
    </span>
  );
}
