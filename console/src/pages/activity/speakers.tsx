/** Which policies decided and which guardrails spoke, and what each said. */
import { Badge, OutcomeBadge } from '../../kit/badge.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { Link } from '../../kit/link.tsx';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import { useMay } from '../../session/session.ts';
import type { Detail } from './interaction-screen.tsx';
import { activityLink } from './interaction-query.ts';

type Speaker = Detail['guardrails'][number];

const COLUMNS: readonly Column<Speaker>[] = [
  {
    id: 'id',
    title: 'Guardrail',
    cell: ({ id, version }) => (
      <>
        {id}
        <span className="block text-sm font-normal text-muted">version {version}</span>
      </>
    ),
  },
  {
    id: 'said',
    title: 'Said',
    cell: (row) => <Said speaker={row} />,
  },
  {
    id: 'direction',
    title: 'Of the',
    hideBelow: 'md',
    cell: ({ direction }) => (direction === 'request' ? 'request' : 'answer'),
  },
  { id: 'findings', title: 'Findings', align: 'end', cell: ({ findings }) => findings },
];

function Said({ speaker: { result, failedOpen, refused } }: { readonly speaker: Speaker }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      {result === 'quiet' ? <Badge>Found nothing</Badge> : <OutcomeBadge value={result} />}
      {refused && <Badge tone="bad">Refused it</Badge>}
      {failedOpen && <Badge tone="warn">Failed, let pass</Badge>}
    </span>
  );
}

export function Speakers({ detail: { guardrails, policies } }: { readonly detail: Detail }) {
  const maySeeTree = useMay('configuration.read');
  return (
    <Card title="Who spoke" flush>
      {policies.length > 0 && (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 pb-3">
          <span className="text-muted">{policies.length === 1 ? 'Policy' : 'Policies'} that decided:</span>
          {policies.map((policy) => (
            <Link key={policy} to={activityLink({ policy })}>
              {policy}
            </Link>
          ))}
        </p>
      )}
      <DataTable
        label="Guardrails"
        columns={COLUMNS}
        rows={guardrails}
        rowKey={({ id, version, direction, result }) => `${id} ${version} ${direction} ${result}`}
        {...(maySeeTree ? { rowLink: ({ id }: Speaker) => `/guardrails/${nameInPath(id)}` } : {})}
        empty={
          <p className="px-4 pb-4 text-muted">
            No guardrail was asked: it ended before any text was looked at.
          </p>
        }
        hasFixedColumns
      />
    </Card>
  );
}
