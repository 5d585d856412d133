/** What administrators did, as the record has it: who, what, why, and the entry that proves it. */
import { useAskPages } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { TimeText } from '../../kit/time-text.tsx';

interface Act {
  readonly id: string;
  readonly index: number;
  readonly atMs: number;
  readonly action: string;
  readonly subject: string;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly changes: readonly string[];
}

const COLUMNS: readonly Column<Act>[] = [
  { id: 'at', title: 'When', cell: ({ atMs }) => <TimeText atMs={atMs} /> },
  { id: 'action', title: 'What', cell: ({ action }) => <code>{action}</code> },
  {
    id: 'actor',
    title: 'Who',
    cell: ({ actor }) =>
      actor === null ? <span className="text-muted">not known any more</span> : <InertText text={actor} />,
  },
  {
    id: 'subject',
    title: 'On what',
    cell: ({ subject, changes }) => <InertText text={[subject, ...changes].join('\n')} maxChars={160} />,
    hideBelow: 'md',
  },
  {
    id: 'reason',
    title: 'Why',
    cell: ({ reason }) => (reason === null ? '' : <InertText text={reason} maxChars={160} />),
    hideBelow: 'lg',
  },
  {
    id: 'entry',
    title: 'Entry',
    align: 'end',
    cell: ({ index }) => (
      <Link to={`/audit?entry=${index}`} aria-label={`Verify entry ${index}`}>
        {index}
      </Link>
    ),
  },
];

export function Administration() {
  const acts = useAskPages('listAdministration');
  return (
    <Card
      title="What administrators did"
      description="No act without its entry in the log, and each entry leads to its proof."
      flush
    >
      <DataTable
        label="What administrators did"
        columns={COLUMNS}
        rows={acts.rows}
        rowKey={({ index }) => String(index)}
        problem={acts.error}
        onRetry={() => acts.refetch()}
        more={acts}
        hasFixedColumns
        empty={
          <EmptyState title="Nothing yet">
            Whatever is changed here or at the command line stands here.
          </EmptyState>
        }
      />
    </Card>
  );
}
