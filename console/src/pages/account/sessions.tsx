/** Where one is signed in. */
import { LaptopMinimal } from 'lucide-react';
import { useAsk, useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { browserOf } from './browser-of.ts';

interface OwnSession {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number;
  readonly expiresAtMs: number;
  readonly address: string;
  readonly userAgent: string;
  readonly methods: readonly string[];
}

const COLUMNS: readonly Column<OwnSession>[] = [
  {
    id: 'browser',
    title: 'Browser',
    cell: ({ userAgent, isCurrent }) => (
      <span className="flex flex-wrap items-center gap-2">
        <InertText text={browserOf(userAgent)} />
        {isCurrent && (
          <Badge tone="good" icon={LaptopMinimal}>
            This one
          </Badge>
        )}
      </span>
    ),
  },
  { id: 'address', title: 'Address', cell: ({ address }) => <code>{address}</code> },
  { id: 'methods', title: 'Signed in by', cell: ({ methods }) => methods.join(', '), hideBelow: 'md' },
  {
    id: 'created',
    title: 'Since',
    cell: ({ createdAtMs }) => <TimeText atMs={createdAtMs} />,
    hideBelow: 'md',
  },
  {
    id: 'seen',
    title: 'Last seen',
    cell: ({ lastSeenAtMs }) => <TimeText atMs={lastSeenAtMs} form="relative" />,
  },
  {
    id: 'expires',
    title: 'Ends at the latest',
    cell: ({ expiresAtMs }) => <TimeText atMs={expiresAtMs} />,
    hideBelow: 'lg',
  },
];

export function Sessions() {
  const sessions = useAsk('listSessions');
  const end = useChange('endSession', ['listSessions']);
  const endOthers = useChange('endOtherSessions', ['listSessions']);
  const others = (sessions.data?.items.length ?? 0) - 1;
  return (
    <Card
      title="Where I am signed in"
      flush
      actions={
        <Button
          size="small"
          disabled={others < 1}
          onClick={async () => {
            const { ended } = await endOthers.mutateAsync({});
            tell(`${ended} other ${ended === 1 ? 'session has' : 'sessions have'} ended`);
          }}
        >
          Sign out everywhere else
        </Button>
      }
    >
      <DataTable
        label="Sessions"
        columns={COLUMNS}
        rows={sessions.data?.items}
        rowKey={({ id }) => id}
        problem={sessions.error}
        onRetry={() => sessions.refetch()}
        hasFixedColumns
        rowActions={({ id, isCurrent }) =>
          isCurrent ? null : (
            <Button
              size="small"
              onClick={async () => {
                await end.mutateAsync({ path: { id } });
                tell('That session has ended');
              }}
            >
              End
            </Button>
          )
        }
      />
    </Card>
  );
}
