/** What was found, and where: never what it was. */
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import type { Detail } from './interaction-screen.tsx';

export type PlacedFinding = Detail['placedFindings'][number];

interface Numbered extends PlacedFinding {
  readonly at: number;
}

const COLUMNS: readonly Column<Numbered>[] = [
  { id: 'kind', title: 'Kind', sortBy: ({ kind }) => kind, cell: ({ kind }) => kind },
  {
    id: 'guardrail',
    title: 'Guardrail',
    sortBy: ({ guardrail }) => guardrail,
    cell: ({ guardrail, scanner }) => (
      <>
        {guardrail}
        {scanner !== guardrail && <span className="block text-sm text-muted">{scanner}</span>}
      </>
    ),
  },
  {
    id: 'place',
    title: 'Where',
    hideBelow: 'md',
    cell: ({ pointer, direction }) => (
      <span className="text-sm">
        {direction === 'request' ? 'request' : 'answer'}
        <code className="block break-all">
          <InertText text={pointer} />
        </code>
      </span>
    ),
  },
  {
    id: 'offsets',
    title: 'Characters',
    align: 'end',
    sortBy: ({ start }) => start,
    cell: ({ start, end }) => `${start}–${end}`,
  },
  {
    id: 'confidence',
    title: 'Sure',
    align: 'end',
    hideBelow: 'md',
    sortBy: ({ confidence }) => confidence,
    cell: ({ confidence }) => `${Math.round(confidence * 100)} %`,
  },
];

export function Findings({ detail: { placedFindings, moreFindings } }: { readonly detail: Detail }) {
  const numbered = placedFindings.map((finding, at): Numbered => ({ ...finding, at }));
  return (
    <Card
      title="Findings"
      flush
      {...(moreFindings > 0
        ? { description: `${moreFindings.toLocaleString()} more were counted, and not kept` }
        : {})}
    >
      <DataTable
        label="Findings"
        columns={COLUMNS}
        rows={numbered}
        rowKey={({ at }) => String(at)}
        empty={<p className="px-4 pb-4 text-muted">Nothing was found.</p>}
        maxHeight="24rem"
        hasFixedColumns
      />
    </Card>
  );
}
