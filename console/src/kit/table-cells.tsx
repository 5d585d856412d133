/** The cells of one row, drawn anew only where the row is another: what is above it may change with every frame. */
import { memo } from 'react';
import { classNames } from './class-names.ts';
import { Link } from './link.tsx';
import { HIDDEN_BELOW, type Column } from './table-column.ts';

interface CellsProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly row: Row;
  readonly rowLink: ((row: Row) => string) | undefined;
}

function AllCells<Row>({ columns, row, rowLink }: CellsProps<Row>) {
  return columns.map((column, at) => (
    <Cell
      key={column.id}
      column={column}
      row={row}
      {...(at === 0 && rowLink !== undefined ? { to: rowLink(row) } : {})}
    />
  ));
}

// The type of what is memoized forgets what it is generic in.
export const Cells = memo(AllCells) as unknown as typeof AllCells;

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
        column.hideBelow !== undefined && HIDDEN_BELOW[column.hideBelow],
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
