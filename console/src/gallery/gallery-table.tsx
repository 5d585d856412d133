/** Tables in each of their states. */
import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { OutcomeBadge } from '../kit/badge.tsx';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/card.tsx';
import { DataTable, type Column, type Sort } from '../kit/data-table.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Menu } from '../kit/menu.tsx';
import { Money } from '../kit/quantities.tsx';
import { TimeText } from '../kit/time-text.tsx';

interface Sample {
  readonly id: string;
  readonly atMs: number;
  readonly application: string;
  readonly model: string;
  readonly outcome: string;
  readonly cost: number;
}

const NOON_MS = Date.UTC(2026, 10, 26, 12);
const OUTCOMES = ['completed', 'completed', 'flag', 'refused', 'pseudonymize', 'failed'];
const SAMPLES: readonly Sample[] = Array.from({ length: 500 }, (_, index) => ({
  id: `int_${String(index).padStart(4, '0')}`,
  atMs: NOON_MS - index * 61_000,
  application: ['billing-bot', 'support-desk', 'ide'][index % 3] ?? '',
  model: ['gpt-5', 'claude-opus-4'][index % 2] ?? '',
  outcome: OUTCOMES[index % OUTCOMES.length] ?? '',
  cost: (index % 40) / 1_000,
}));

const COLUMNS: readonly Column<Sample>[] = [
  { id: 'time', title: 'Time', cell: ({ atMs }) => <TimeText atMs={atMs} />, sortBy: ({ atMs }) => atMs },
  {
    id: 'application',
    title: 'Application',
    cell: (row) => row.application,
    sortBy: (row) => row.application,
  },
  { id: 'model', title: 'Model', cell: ({ model }) => model, hideBelow: 'md' },
  { id: 'outcome', title: 'Outcome', cell: ({ outcome }) => <OutcomeBadge value={outcome} /> },
  {
    id: 'cost',
    title: 'Cost',
    align: 'end',
    cell: ({ cost }) => <Money amount={cost} />,
    sortBy: ({ cost }) => cost,
    hideBelow: 'lg',
  },
  { id: 'id', title: 'Id', cell: ({ id }) => <code>{id}</code>, isHidden: true },
];

export function TableGallery() {
  const [sort, setSort] = useState<Sort>({ column: 'time', descending: true });
  return (
    <div className="grid gap-5">
      <Card title="Interactions" description="500 rows, drawn as they scroll" flush>
        <DataTable
          label="Interactions"
          columns={COLUMNS}
          rows={SAMPLES}
          rowKey={({ id }) => id}
          rowLink={({ id }) => `/activity/${id}`}
          rowActions={({ id }) => (
            <Menu
              trigger={
                <IconButton size="small" label={`More for ${id}`} icon={<MoreHorizontal aria-hidden />} />
              }
              entries={[{ kind: 'link', label: 'Open', to: `/activity/${id}` }]}
            />
          )}
          maxHeight="20rem"
        />
      </Card>
      <div className="grid gap-5 lg:grid-cols-3">
        <Card title="The server sorts" flush>
          <DataTable
            label="Sorted by the server"
            columns={COLUMNS.slice(0, 2).map((column) => ({
              ...column,
              isSortedByServer: column.id === 'time',
            }))}
            rows={SAMPLES.slice(0, 2)}
            rowKey={({ id }) => id}
            sort={sort}
            onSort={setSort}
            hasFixedColumns
            more={{ hasNextPage: true, isFetchingNextPage: false, fetchNextPage: () => undefined }}
          />
        </Card>
        <Card title="On its way" flush>
          <DataTable label="Loading rows" columns={COLUMNS} rows={undefined} rowKey={({ id }) => id} />
        </Card>
        <Card title="None, and none to be had" flush>
          <DataTable label="No rows" columns={COLUMNS} rows={[]} rowKey={({ id }) => id} />
          <DataTable
            label="Broken rows"
            columns={COLUMNS}
            rows={undefined}
            rowKey={({ id }) => id}
            problem={new TypeError('fetch failed')}
            onRetry={() => undefined}
            empty={<Button>Never seen</Button>}
          />
        </Card>
      </div>
    </div>
  );
}
