/** Rows of things of one kind: sorted, narrowed to the columns one wants, each row a link, long lists drawn as they scroll. */
import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type SortingState,
  type Updater,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { EmptyState } from './empty-state.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Skeleton } from './spinner.tsx';
import type { Column, DataTableProps, Sort } from './table-column.ts';
import { Heading } from './table-head.tsx';
import { TableFrame } from './table-rows.tsx';

export type { Column, Sort } from './table-column.ts';

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
});
const NONE: readonly never[] = [];

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, problem, empty, more } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(columns.filter((column) => column.isHidden === true).map(({ id }) => id)),
  );
  const [sortingHere, setSortingHere] = useState<SortingState>([]);
  const isServers = props.onSort !== undefined;
  const sorting = isServers ? sortingOf(props.sort) : sortingHere;
  const definitions = useMemo(() => columns.map(definitionOf<Row>), [columns]);
  const visible = useMemo(() => columns.filter(({ id }) => !hidden.has(id)), [columns, hidden]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows ?? NONE,
    getRowId: rowKey,
    manualSorting: isServers,
    enableSortingRemoval: !isServers,
    state: {
      sorting,
      columnVisibility: Object.fromEntries(columns.map(({ id }) => [id, !hidden.has(id)])),
    },
    onSortingChange: (updater: Updater<SortingState>) => {
      const next = typeof updater === 'function' ? updater(sorting) : updater;
      const [first] = next;
      if (!isServers) setSortingHere(next);
      else if (first) props.onSort?.({ column: first.id, descending: first.desc });
    },
  });

  if (problem !== undefined && problem !== null && rows === undefined)
    return (
      <div className="p-4">
        <ProblemNotice problem={problem}>
          {props.onRetry !== undefined && (
            <Button size="small" onClick={props.onRetry}>
              Try again
            </Button>
          )}
        </ProblemNotice>
      </div>
    );
  if (rows === undefined) return <Loading label={label} />;
  if (rows.length === 0) return empty ?? <EmptyState title="Nothing here" />;

  const shown = table.getRowModel().rows.map((row) => row.original);
  return (
    <div aria-busy={props.isStale} className={classNames(props.isStale && 'opacity-70')}>
      <TableFrame {...props} columns={visible} rows={shown} all={columns} hidden={hidden} onHide={setHidden}>
        {visible.map((column) => (
          <Heading
            key={column.id}
            column={column}
            sorted={table.getColumn(column.id)?.getIsSorted() ?? false}
            {...(isSortable(column, isServers)
              ? { onSort: () => table.getColumn(column.id)?.toggleSorting() }
              : {})}
          />
        ))}
      </TableFrame>
      {more?.hasNextPage === true && (
        <div className="flex justify-center border-t border-line p-3">
          <Button busy={more.isFetchingNextPage} onClick={() => void more.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </div>
  );
}

function definitionOf<Row extends object>(column: Column<Row>): ColumnDef<typeof features, Row> {
  return {
    id: column.id,
    accessorFn: (row) => column.sortBy?.(row) ?? '',
    sortFn: (one, other, id) => compare(one.getValue(id), other.getValue(id)),
  };
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
}

function sortingOf(sort: Sort | undefined): SortingState {
  return sort === undefined ? [] : [{ id: sort.column, desc: sort.descending }];
}

function isSortable<Row>(column: Column<Row>, isServers: boolean): boolean {
  return isServers ? column.isSortedByServer === true : column.sortBy !== undefined;
}

function Loading({ label }: { readonly label: string }) {
  return (
    <div className="p-4" aria-label={label}>
      <Skeleton lines={6} />
    </div>
  );
}
