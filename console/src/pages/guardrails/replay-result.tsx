/** What would be otherwise, by application and by record. */
import { ArrowRight } from 'lucide-react';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Count, durationText } from '../../kit/quantities.tsx';
import { Stat } from '../../kit/stat.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { ActionBadge } from './badges.tsx';
import type { Replayed } from './replay.tsx';

type OfApplication = Replayed['applications'][number];
type Changed = Replayed['changed'][number];

const COUNTED = [
  ['wouldBlock', 'Would be blocked', 'Blocked'],
  ['wouldRewrite', 'Would be rewritten', 'Rewritten'],
  ['wouldFlag', 'Would be flagged', 'Flagged'],
  ['noLongerStopped', 'No longer stopped', 'Let go'],
  ['unchanged', 'As before', 'As before'],
] as const;

interface ReplayResultProps {
  readonly done: Replayed;
  readonly isOutdated: boolean;
}

export function ReplayResult({ done, isOutdated }: ReplayResultProps) {
  const sums = COUNTED.map(
    ([key, title]) => [title, done.applications.reduce((sum, each) => sum + each[key], 0)] as const,
  );
  return (
    <section aria-label="Result of the replay" className="space-y-5">
      <p role="status" className="text-muted">
        {done.replayed.toLocaleString()} of {done.looked.toLocaleString()} interactions replayed in{' '}
        {durationText(done.milliseconds)}; {done.withoutContent.toLocaleString()} had no content that could be
        read{done.failed > 0 && `; in ${done.failed.toLocaleString()} the scanner failed`}.
        {isOutdated && <span className="text-warn"> The draft has changed since: replay it again.</span>}
      </p>
      {done.replayed === 0 ? (
        <Card>
          <EmptyState title="Nothing could be replayed">
            No interaction that was looked at has content that can be read. Let an application capture
            content, or publish the guardrail in shadow and see what the record says.
          </EmptyState>
        </Card>
      ) : (
        <>
          <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
            {sums.map(([title, count]) => (
              <Stat key={title} label={title} value={<Count value={count} />} />
            ))}
          </div>
          <Card title="By application" flush>
            <DataTable
              label="Result by application"
              columns={APPLICATION_COLUMNS}
              rows={done.applications}
              rowKey={({ application }) => application}
              rowLink={({ application }) => `/activity?application=${encodeURIComponent(application)}`}
              hasFixedColumns
            />
          </Card>
          <Card
            title="Records that would change"
            description={done.changed.length === 200 ? 'The newest 200.' : 'Newest first.'}
            flush
          >
            <DataTable
              label="Records that would change"
              columns={CHANGED_COLUMNS}
              rows={done.changed}
              rowKey={({ index }) => String(index)}
              rowLink={({ id }) => `/activity/${encodeURIComponent(id)}`}
              hasFixedColumns
              empty={<EmptyState title="None: everything would be as it was" />}
            />
          </Card>
        </>
      )}
    </section>
  );
}

const APPLICATION_COLUMNS: readonly Column<OfApplication>[] = [
  {
    id: 'application',
    title: 'Application',
    cell: ({ application }) => (application === '' ? '(none)' : application),
    sortBy: ({ application }) => application,
  },
  {
    id: 'replayed',
    title: 'Replayed',
    align: 'end',
    cell: ({ replayed }) => <Count value={replayed} />,
    sortBy: ({ replayed }) => replayed,
  },
  ...COUNTED.map(
    ([key, , title]): Column<OfApplication> => ({
      id: key,
      title,
      align: 'end',
      cell: (row) => <Count value={row[key]} />,
      sortBy: (row) => row[key],
    }),
  ),
];

const CHANGED_COLUMNS: readonly Column<Changed>[] = [
  { id: 'id', title: 'Record', cell: ({ id }) => <code className="break-all">{id}</code> },
  { id: 'at', title: 'Time', cell: ({ atMs }) => <TimeText atMs={atMs} />, sortBy: ({ atMs }) => atMs },
  {
    id: 'application',
    title: 'Application',
    cell: ({ application }) => application,
    sortBy: ({ application }) => application,
    hideBelow: 'md',
  },
  {
    id: 'change',
    title: 'Was, and would be',
    cell: ({ before, after }) => (
      <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
        <ActionBadge action={before} />
        <ArrowRight role="img" aria-label="would be" className="size-3.5 text-muted" />
        <ActionBadge action={after} />
      </span>
    ),
  },
  {
    id: 'kinds',
    title: 'Found',
    cell: ({ kinds }) => <span className="break-all">{kinds.join(', ')}</span>,
    hideBelow: 'lg',
  },
];
