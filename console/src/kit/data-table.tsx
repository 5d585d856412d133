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
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, ChevronsUpDown, Columns3 } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { classNames } from './class-names.ts';
import { EmptyState } from './empty-state.tsx';
import { Link } from './link.tsx';
import { Popup } from './popup.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Skeleton } from './spinner.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** What it is sorted by, here, once all rows are there. */
  readonly sortBy?: (row: Row) => string | number;
  /** The server sorts by it: see `sort`. */
  readonly isSortedByServer?: boolean;
  readonly align?: 'start' | 'end';
  /** Not shown until somebody asks. */
  readonly isHidden?: boolean;
  /** Not shown where there is little room. */
  readonly hideBelow?: 'md' | 'lg' | 'xl';
  /** As CSS has it. */
  readonly width?: string;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface DataTableProps<Row> {
  /** What the rows are: read aloud. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Absent: they are still on their way. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  /** Where a row leads, below `/console`: its first column becomes the link. */
  readonly rowLink?: (row: Row) => string;
  /** At the end of a row: buttons, a menu. */
  readonly rowActions?: (row: Row) => ReactNode;
  readonly problem?: unknown;
  readonly onRetry?: () => unknown;
  /** Shown where there are no rows. */
  readonly empty?: ReactNode;
  /** Sorting by the server. */
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  /** The rest of the list, where it comes in pages: as `useAskPages` gives it. */
  readonly more?: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  /** Says it is still loading although rows are shown. */
  readonly isStale?: boolean;
  /** Where the choice of columns is not wanted. */
  readonly hasFixedColumns?: boolean;
  readonly maxHeight?: string;
}

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
});
const VIRTUAL_FROM = 60;
const ROW_PX = 41;
const HIDDEN = { md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const;
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
  const visible = columns.filter(({ id }) => !hidden.has(id));
  return (
    <div aria-busy={props.isStale} className={classNames(props.isStale && 'opacity-70')}>
      <Frame {...props} columns={visible} rows={shown} all={columns} hidden={hidden} onHide={setHidden}>
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
      </Frame>
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

interface FrameProps<Row> extends Omit<DataTableProps<Row>, 'rows'> {
  readonly rows: readonly Row[];
  readonly all: readonly Column<Row>[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
  /** The headings. */
  readonly children: ReactNode;
}

function Frame<Row extends object>(props: FrameProps<Row>) {
  const { label, columns, rows, rowKey, rowLink, rowActions, all, hidden, onHide, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isVirtual = rows.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    enabled: isVirtual,
  });
  const items = isVirtual
    ? virtualizer.getVirtualItems().map(({ index }) => index)
    : rows.map((_, index) => index);
  const before = isVirtual ? (virtualizer.getVirtualItems()[0]?.start ?? 0) : 0;
  const after = isVirtual ? virtualizer.getTotalSize() - (virtualizer.getVirtualItems().at(-1)?.end ?? 0) : 0;
  const hasEnd = rowActions !== undefined || props.hasFixedColumns !== true;
  const width = columns.length + (hasEnd ? 1 : 0);
  return (
    <div
      ref={scroller}
      // A region that scrolls has to be reachable without a mouse.
      tabIndex={0}
      role="region"
      aria-label={label}
      className="relative overflow-auto focus-visible:-outline-offset-2"
      style={{ maxHeight: props.maxHeight ?? (isVirtual ? 'max(24rem, calc(100dvh - 16rem))' : undefined) }}
    >
      <table className="w-full border-collapse text-left" aria-rowcount={rows.length + 1}>
        <thead className="sticky top-0 z-10 bg-surface">
          <tr className="border-b border-line">
            {children}
            {hasEnd && (
              <th scope="col" className="w-0 px-2 py-1 text-right">
                <span className="sr-only">Actions</span>
                {props.hasFixedColumns !== true && (
                  <ColumnChoice columns={all} hidden={hidden} onHide={onHide} />
                )}
              </th>
            )}
          </tr>
        </thead>
        <tbody onKeyDown={(event) => stepBetweenRows(event)}>
          <Gap height={before} width={width} />
          {items.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr
                key={rowKey(row)}
                data-index={index}
                aria-rowindex={index + 2}
                ref={isVirtual ? virtualizer.measureElement : undefined}
                className="relative border-b border-line last:border-b-0 hover:bg-hover"
              >
                {columns.map((column, at) => (
                  <Cell
                    key={column.id}
                    column={column}
                    row={row}
                    {...(at === 0 && rowLink !== undefined ? { to: rowLink(row) } : {})}
                  />
                ))}
                {hasEnd && (
                  <td className="relative z-1 w-0 px-2 py-1 text-right whitespace-nowrap">
                    {rowActions?.(row)}
                  </td>
                )}
              </tr>
            );
          })}
          <Gap height={after} width={width} />
        </tbody>
      </table>
    </div>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly to?: string;
}

function Cell<Row>({ column, row, to }: CellProps<Row>) {
  const content = column.cell(row);
  return (
    <td
      className={classNames(
        'px-4 py-2.5 align-top',
        column.align === 'end' && 'text-right tabular-nums',
        column.hideBelow !== undefined && HIDDEN[column.hideBelow],
      )}
      style={{ width: column.width }}
    >
      {to === undefined ? (
        content
      ) : (
        // The link reaches over the whole row; what else can be pressed lies above it.
        <Link
          to={to}
          data-row-link
          className="font-medium no-underline after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
        >
          {content}
        </Link>
      )}
    </td>
  );
}

/** Stands for the rows that are not drawn. */
function Gap({ height, width }: { readonly height: number; readonly width: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={width} style={{ height }} className="p-0" />
    </tr>
  );
}

interface HeadingProps<Row> {
  readonly column: Column<Row>;
  readonly sorted: false | 'asc' | 'desc';
  readonly onSort?: () => void;
}

function Heading<Row>({ column, sorted, onSort }: HeadingProps<Row>) {
  const Icon = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown;
  return (
    <th
      scope="col"
      aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
      style={{ width: column.width }}
      className={classNames(
        'px-4 py-2 text-sm font-medium whitespace-nowrap text-muted',
        column.align === 'end' && 'text-right',
        column.hideBelow !== undefined && HIDDEN[column.hideBelow],
      )}
    >
      {onSort === undefined ? (
        column.title
      ) : (
        <button
          type="button"
          onClick={onSort}
          className={classNames(
            'inline-flex items-center gap-1 rounded hover:text-text',
            sorted !== false && 'text-text',
          )}
        >
          {column.title}
          <Icon aria-hidden className="size-3.5" />
        </button>
      )}
    </th>
  );
}

interface ColumnChoiceProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
}

function ColumnChoice<Row>({ columns, hidden, onHide }: ColumnChoiceProps<Row>) {
  return (
    <Popup title="Columns" icon={<Columns3 aria-hidden />}>
      <div className="space-y-2">
        {columns.slice(1).map(({ id, title }) => (
          <Checkbox
            key={id}
            label={title}
            checked={!hidden.has(id)}
            onChange={(isShown) => {
              const next = new Set(hidden);
              if (isShown) next.delete(id);
              else next.add(id);
              onHide(next);
            }}
          />
        ))}
      </div>
    </Popup>
  );
}

/** Arrow keys go from row to row. */
function stepBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLElement) || !('rowLink' in event.target.dataset)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
  const next = links[links.indexOf(event.target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Loading({ label }: { readonly label: string }) {
  return (
    <div className="p-4" aria-label={label}>
      <Skeleton lines={6} />
    </div>
  );
}
