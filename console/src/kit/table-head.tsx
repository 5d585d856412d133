/** A table's headings, and the choice of its columns. */
import { ArrowDown, ArrowUp, ChevronsUpDown, Columns3 } from 'lucide-react';
import { Checkbox } from './checkbox.tsx';
import { classNames } from './class-names.ts';
import { Popup } from './popup.tsx';
import { HIDDEN_BELOW, type Column } from './table-column.ts';

interface HeadingProps<Row> {
  readonly column: Column<Row>;
  readonly sorted: false | 'asc' | 'desc';
  readonly onSort?: () => void;
}

export function Heading<Row>({ column, sorted, onSort }: HeadingProps<Row>) {
  const Icon = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown;
  return (
    <th
      scope="col"
      aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
      style={{ width: column.width }}
      className={classNames(
        'px-4 py-2 text-sm font-medium whitespace-nowrap text-muted',
        column.align === 'end' && 'text-right',
        column.hideBelow !== undefined && HIDDEN_BELOW[column.hideBelow],
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

export function ColumnChoice<Row>({ columns, hidden, onHide }: ColumnChoiceProps<Row>) {
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
