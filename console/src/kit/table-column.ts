/** What a table is told: its columns, its rows, and what becomes of them. */
import type { ReactNode } from 'react';

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

/** Classes of what is not shown where there is little room. */
export const HIDDEN_BELOW = { md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const;
