/** Every interaction, searched, and new ones as they come. */
import { Download, ListFilter, RefreshCw } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { client, useAskPages } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Sort } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { FilterBar } from '../../kit/filter-bar.tsx';
import { Link } from '../../kit/link.tsx';
import { Menu } from '../../kit/menu.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { rangeIn } from '../../kit/time-range.ts';
import { ActivityFrame } from './activity-frame.tsx';
import { INTERACTION_COLUMNS } from './interaction-columns.tsx';
import { useInteractionFilters } from './interaction-filters.ts';
import {
  filtersIn,
  sortIn,
  timesIn,
  type Interaction,
  type InteractionQuery,
  type InteractionSort,
} from './interaction-query.ts';
import { useLiveRows } from './live-rows.ts';
import { LiveSwitch } from './live-switch.tsx';
import { together } from './ring.ts';

export function InteractionsScreen() {
  const [search, change] = useSearchParams();
  const [isMore, setMore] = useState(false);
  const filters = useInteractionFilters(search, isMore);
  const { fromMs, toMs } = search;
  // Links from elsewhere name the times as the API does.
  useEffect(() => {
    if (fromMs !== undefined || toMs !== undefined)
      change({
        from: fromMs ?? '0',
        to: toMs ?? String(Date.now()),
        fromMs: undefined,
        toMs: undefined,
      });
  }, [fromMs, toMs, change]);
  const filter = filtersIn(search);
  const query = { ...filter, ...timesIn(search) };
  const sort = sortIn(search);
  const isLive = sort === '-at' && rangeIn(search).kind === 'last';
  return (
    <ActivityFrame
      description="Every request that reached the gateway: what was decided, why, and how it ended. Never what was said."
      actions={
        <>
          <Button icon={<ListFilter aria-hidden />} aria-pressed={isMore} onClick={() => setMore(!isMore)}>
            {isMore ? 'Fewer filters' : 'More filters'}
          </Button>
          <Export query={query} />
        </>
      }
    >
      <FilterBar filters={filters} />
      <Interactions
        // Other filters begin anew: what was live before belongs to them no more.
        key={JSON.stringify([filter, search['last'], search['from'], search['to'], sort])}
        filter={filter}
        query={query}
        sort={sort}
        canBeLive={isLive}
        onSort={(next) => change({ sort: next === '-at' ? undefined : next })}
      />
    </ActivityFrame>
  );
}

interface InteractionsProps {
  readonly filter: InteractionQuery;
  readonly query: InteractionQuery;
  readonly sort: InteractionSort;
  readonly canBeLive: boolean;
  readonly onSort: (sort: InteractionSort) => void;
}

function Interactions({ filter, query, sort, canBeLive, onSort }: InteractionsProps) {
  // As it was when the list began: what comes later is live.
  const [asked] = useState(query);
  const listed = useAskPages('listInteractions', { query: { ...asked, sort } }, { keepPrevious: true });
  const live = useLiveRows(filter, canBeLive);
  const { refetch } = listed;
  // What came between the list and the stream, or while the connection was lost, is in neither.
  useEffect(() => {
    if (live.watching.kind === 'live') void refetch();
  }, [live.watching.kind, refetch]);
  const rows = useMemo(
    () => (listed.rows === undefined ? undefined : together(live.rows, listed.rows)),
    [listed.rows, live.rows],
  );
  const total = listed.data?.pages[0];
  return (
    <Card flush>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-2.5">
        <p className="text-sm text-muted tabular-nums">
          {rows !== undefined && <Shown rows={rows.length} total={total} />}
        </p>
        {canBeLive ? (
          <LiveSwitch live={live} />
        ) : (
          <Button size="small" icon={<RefreshCw aria-hidden />} onClick={() => listed.refetch()}>
            Look again
          </Button>
        )}
      </div>
      <DataTable
        label="Interactions"
        columns={INTERACTION_COLUMNS}
        rows={rows}
        rowKey={keyOf}
        rowLink={linkOf}
        problem={listed.error}
        onRetry={() => listed.refetch()}
        isStale={listed.isPlaceholderData}
        sort={sortShown(sort)}
        onSort={(next) => onSort(sortAsked(next, sort))}
        more={listed}
        empty={<Nothing isFiltered={Object.keys(filter).length > 0} isLive={canBeLive} />}
      />
    </Card>
  );
}

// The same for every drawing, so that rows which stay are not drawn anew.
const keyOf = ({ id }: Interaction): string => id;
const linkOf = ({ id }: Interaction): string => `/activity/${encodeURIComponent(id)}`;

interface ShownProps {
  readonly rows: number;
  readonly total: unknown;
}

function Shown({ rows, total }: ShownProps) {
  const said = totalIn(total);
  const count = Math.max(rows, said?.count ?? 0);
  return (
    <>
      {rows.toLocaleString()} shown of {said?.isExact === false && 'more than '}
      {count.toLocaleString()}
    </>
  );
}

function totalIn(page: unknown): { count: number; isExact: boolean } | undefined {
  if (typeof page !== 'object' || page === null || !('total' in page) || page.total === null)
    return undefined;
  return page.total as { count: number; isExact: boolean };
}

const SORTED: Readonly<Record<InteractionSort, Sort>> = {
  '-at': { column: 'at', descending: true },
  at: { column: 'at', descending: false },
  '-cost': { column: 'cost', descending: true },
  '-latency': { column: 'latency', descending: true },
  latency: { column: 'latency', descending: false },
};

function sortShown(sort: InteractionSort): Sort {
  return SORTED[sort];
}

/** Of costs, only the highest first are sorted. */
function sortAsked({ column, descending }: Sort, before: InteractionSort): InteractionSort {
  if (column === 'cost') return '-cost';
  // A column that was not sorted by begins with its largest.
  const isDescending = SORTED[before].column === column ? descending : true;
  if (column === 'latency') return isDescending ? '-latency' : 'latency';
  return isDescending ? '-at' : 'at';
}

function Nothing({ isFiltered, isLive }: { readonly isFiltered: boolean; readonly isLive: boolean }) {
  if (isFiltered)
    return (
      <EmptyState title="Nothing fits">
        No interaction of this time fits these filters. Widen the time, or clear a filter.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Nothing went through in this time"
      actions={<Link to="/overview">The first minute: send a request</Link>}
    >
      {isLive
        ? 'As soon as an application calls the gateway, it is here, without loading the page again.'
        : 'Choose another time.'}
    </EmptyState>
  );
}

function Export({ query }: { readonly query: InteractionQuery }) {
  const save = (format: 'jsonl' | 'csv'): void => {
    const link = document.createElement('a');
    link.href = client.url('exportInteractions', { query: { ...query, format } });
    link.download = '';
    link.click();
  };
  return (
    <Menu
      trigger={<Button icon={<Download aria-hidden />}>Export</Button>}
      entries={[
        { kind: 'heading', label: 'What fits, at most 100,000' },
        { kind: 'action', label: 'JSON lines', onChoose: () => save('jsonl') },
        { kind: 'action', label: 'CSV', onChoose: () => save('csv') },
      ]}
    />
  );
}
