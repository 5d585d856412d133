/** Who vouches that everybody is shown the same log, and the keys that sign it. */
import { useAsk } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Card } from '../../kit/card.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Link } from '../../kit/link.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { useMay } from '../../session/session.ts';

interface Witness {
  readonly name: string;
  readonly url: string;
  readonly verifierKey: string;
  readonly lastCosigned: { readonly size: number; readonly atMs: number } | null;
  readonly cosigned: number;
}

interface LogKey {
  readonly generation: number;
  readonly verifierKey: string;
  readonly fromSize: number;
  readonly toSize: number | null;
  readonly untilMs: number | null;
}

export function Witnesses() {
  const witnesses = useAsk('listWitnesses', {}, { everyMs: 10_000 });
  const log = useAsk('getLog');
  const mayConfigure = useMay('settings.write');
  const lookedAt = witnesses.data?.lookedAt ?? 0;
  const columns: readonly Column<Witness>[] = [
    { id: 'name', title: 'Witness', cell: ({ name }) => <span className="font-medium">{name}</span> },
    {
      id: 'last',
      title: 'Last cosigned',
      cell: ({ lastCosigned }) =>
        lastCosigned === null ? (
          <Badge tone="warn">None of the last {lookedAt}</Badge>
        ) : (
          <TimeText atMs={lastCosigned.atMs} form="relative" />
        ),
    },
    { id: 'share', title: 'Of the latest', cell: ({ cosigned }) => `${cosigned} of ${lookedAt}` },
    {
      id: 'url',
      title: 'Address',
      cell: ({ url }) => <code className="break-all">{url}</code>,
      hideBelow: 'md',
    },
  ];
  return (
    <div className="space-y-5">
      <Card
        title="Witnesses"
        description={
          witnesses.data === undefined || witnesses.data.items.length === 0
            ? 'Somebody else’s servers that cosign each checkpoint, if it follows from the one before.'
            : `A checkpoint counts as witnessed where ${witnesses.data.quorum} of ${witnesses.data.items.length} have cosigned it.`
        }
        flush
      >
        <DataTable
          label="Witnesses"
          columns={columns}
          rows={witnesses.data?.items}
          rowKey={({ name }) => name}
          problem={witnesses.error}
          onRetry={() => witnesses.refetch()}
          hasFixedColumns
          empty={
            <EmptyState
              title="No witness is configured"
              actions={mayConfigure && <Link to="/settings/configuration">Add one to the configuration</Link>}
            >
              Without witnesses, this server could show one log to you and another one to somebody else. A
              witness is a small server that anybody can run: <code>bartizan witness</code>.
            </EmptyState>
          }
        />
      </Card>
      <Card
        title="Keys of the log"
        description="Whoever verifies without this server needs the key by another way than from it. A new key is named by an entry under the one before."
        flush
      >
        <DataTable
          label="Keys of the log"
          columns={KEYS}
          rows={log.data?.keys.toReversed()}
          rowKey={({ generation }) => String(generation)}
          rowActions={({ verifierKey }) => <CopyButton text={verifierKey} label="Copy the key" />}
          problem={log.error}
          onRetry={() => log.refetch()}
          hasFixedColumns
        />
      </Card>
    </div>
  );
}

const KEYS: readonly Column<LogKey>[] = [
  {
    id: 'generation',
    title: 'Key',
    cell: ({ generation, toSize }) => (
      <span className="inline-flex items-center gap-2">
        {generation + 1}
        {toSize === null && <Badge tone="good">Signs now</Badge>}
      </span>
    ),
  },
  {
    id: 'sizes',
    title: 'Signs checkpoints',
    cell: ({ fromSize, toSize, untilMs }) => (
      <>
        from {fromSize.toLocaleString()} entries
        {toSize !== null && ` to ${toSize.toLocaleString()}`}
        {untilMs !== null && (
          <span className="block text-sm text-muted">
            beside the next one until <TimeText atMs={untilMs} />
          </span>
        )}
      </>
    ),
  },
  {
    id: 'key',
    title: 'Verifier key',
    cell: ({ verifierKey }) => <code className="text-sm break-all">{verifierKey}</code>,
    hideBelow: 'md',
  },
];
