/** A table's rows: each a link, walked with the arrow keys, drawn as they scroll where they are many. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Cells } from './table-cells.tsx';
import type { Column, DataTableProps } from './table-column.ts';
import { ColumnChoice } from './table-head.tsx';

const VIRTUAL_FROM = 60;
const ROW_PX = 41;
/** Rows drawn beyond what is seen: each is drawn anew where all change, several times a second. */
const OVERSCAN = 5;

interface FrameProps<Row> extends Omit<DataTableProps<Row>, 'rows'> {
  readonly rows: readonly Row[];
  readonly all: readonly Column<Row>[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
  /** The headings. */
  readonly children: ReactNode;
}

export function TableFrame<Row extends object>(props: FrameProps<Row>) {
  const { label, columns, rows, rowKey, rowLink, rowActions, all, hidden, onHide, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isVirtual = rows.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
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
                <Cells columns={columns} row={row} rowLink={rowLink} />
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

/** Stands for the rows that are not drawn. */
function Gap({ height, width }: { readonly height: number; readonly width: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={width} style={{ height }} className="p-0" />
    </tr>
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
