/** Checkpoints that are kept, and who has cosigned each. */
import { useState } from 'react';
import { useAsk, useAskPages } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { TimeText } from '../../kit/time-text.tsx';

interface Checkpoint {
  readonly size: number;
  readonly atMs: number;
  readonly root: string;
  readonly note: string;
  readonly cosigners: readonly string[];
  readonly hasQuorum: boolean;
}

export function Checkpoints() {
  const checkpoints = useAskPages('listCheckpoints');
  const quorum = useAsk('getLog').data?.quorum ?? 0;
  const [shown, setShown] = useState<Checkpoint>();
  const columns: readonly Column<Checkpoint>[] = [
    { id: 'size', title: 'Entries', align: 'end', cell: ({ size }) => size.toLocaleString() },
    { id: 'at', title: 'Signed', cell: ({ atMs }) => <TimeText atMs={atMs} /> },
    {
      id: 'witnesses',
      title: 'Witnesses',
      cell: ({ cosigners, hasQuorum }) =>
        quorum === 0 && cosigners.length === 0 ? (
          <span className="text-muted">none asked for</span>
        ) : (
          <Badge tone={hasQuorum ? 'good' : 'warn'}>
            {cosigners.length === 0 ? 'none yet' : cosigners.join(', ')}
          </Badge>
        ),
    },
    {
      id: 'root',
      title: 'Root',
      cell: ({ root }) => <code title={root}>{root.slice(0, 16)}…</code>,
      hideBelow: 'md',
    },
  ];
  return (
    <Card
      title="Checkpoints"
      description="A checkpoint is the log’s word for its whole content. Of older ones, one a minute at least is kept."
      flush
    >
      <DataTable
        label="Checkpoints"
        columns={columns}
        rows={checkpoints.rows}
        rowKey={({ size }) => String(size)}
        rowActions={(checkpoint) => (
          <Button
            size="small"
            aria-label={`Show checkpoint ${checkpoint.size}`}
            onClick={() => setShown(checkpoint)}
          >
            Show
          </Button>
        )}
        problem={checkpoints.error}
        onRetry={() => checkpoints.refetch()}
        more={checkpoints}
        hasFixedColumns
        empty={
          <EmptyState title="No checkpoint yet">One is signed within a second of the first entry.</EmptyState>
        }
      />
      <Dialog
        title={`Checkpoint over ${shown?.size ?? ''} entries`}
        description="Keep this text anywhere: an auditor’s kit shows later that the log follows from it."
        wide
        open={shown !== undefined}
        onOpenChange={() => setShown(undefined)}
      >
        {shown !== undefined && (
          <div className="flex items-start gap-2">
            <pre
              tabIndex={0}
              aria-label="The signed note"
              className="min-w-0 flex-1 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-sm"
            >
              {shown.note}
            </pre>
            <CopyButton text={shown.note} label="Copy the checkpoint" />
          </div>
        )}
      </Dialog>
    </Card>
  );
}
