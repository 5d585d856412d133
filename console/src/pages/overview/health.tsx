/** How providers are doing. */
import { Badge } from '../../kit/badge.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { durationText } from '../../kit/quantities.tsx';
import { activityLink } from '../activity/interaction-query.ts';
import type { Overview } from './overview-screen.tsx';

type Provider = Overview['providers'][number];

const COLUMNS: readonly Column<Provider>[] = [
  { id: 'provider', title: 'Provider', cell: ({ provider }) => provider },
  { id: 'state', title: 'State', cell: (row) => <State provider={row} /> },
  { id: 'attempts', title: 'Calls', align: 'end', cell: ({ attempts }) => attempts.toLocaleString() },
  { id: 'failed', title: 'Failed', align: 'end', cell: ({ failed }) => failed.toLocaleString() },
  {
    id: 'mean',
    title: 'Takes, mean',
    align: 'end',
    hideBelow: 'md',
    cell: ({ meanMs }) => (meanMs === null ? '–' : durationText(meanMs)),
  },
  {
    id: 'failures',
    title: 'Failed with',
    hideBelow: 'md',
    cell: ({ failures }) =>
      failures.length === 0
        ? '–'
        : failures
            .slice(0, 3)
            .map(({ result, count }) => `${result.replaceAll('_', ' ')} × ${count}`)
            .join(', '),
  },
];

const HIGH = 0.1;

function State({ provider: { circuit, attempts, failed } }: { readonly provider: Provider }) {
  if (circuit === 'open') return <Badge tone="bad">Not called: it fails</Badge>;
  if (circuit === 'half_open') return <Badge tone="warn">Tried again</Badge>;
  if (attempts > 0 && failed / attempts > HIGH) return <Badge tone="warn">Fails often</Badge>;
  return <Badge tone="good">Well</Badge>;
}

export function Health({ providers }: { readonly providers: readonly Provider[] }) {
  return (
    <Card title="Providers" flush>
      <DataTable
        label="Providers"
        columns={COLUMNS}
        rows={providers}
        rowKey={({ provider }) => provider}
        rowLink={({ filter }) => activityLink(filter)}
        empty={
          <EmptyState title="No provider was called">
            Models and their providers are set up under Models.
          </EmptyState>
        }
        hasFixedColumns
      />
    </Card>
  );
}
