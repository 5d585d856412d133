/** Policies: what permits and what forbids. */
import { Scale } from 'lucide-react';
import { useAskPages } from '../../api.ts';
import type { Column } from '../../kit/data-table.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import type { Policy } from './doors.ts';
import { PartList, useSearchQuery } from './part-list.tsx';

const COLUMNS: readonly Column<Policy>[] = [
  {
    id: 'name',
    title: 'Name',
    cell: ({ name }) => <span className="break-all">{name}</span>,
    sortBy: ({ name }) => name,
  },
  {
    id: 'description',
    title: 'Description',
    cell: ({ value }) => <InertText text={value.description} maxChars={200} />,
  },
  { id: 'rules', title: 'Rules', cell: ({ value }) => rulesIn(value.cedar), hideBelow: 'md' },
];

function rulesIn(cedar: string): string {
  const code = cedar.replaceAll(/\/\/.*$/gm, '').replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  const permits = code.match(/\bpermit\s*\(/g)?.length ?? 0;
  const forbids = code.match(/\bforbid\s*\(/g)?.length ?? 0;
  return [
    ...(permits > 0 ? [`${permits} permit${permits > 1 ? 's' : ''}`] : []),
    ...(forbids > 0 ? [`${forbids} forbid${forbids > 1 ? 's' : ''}`] : []),
  ].join(', ');
}

export function PolicyList() {
  const asked = useAskPages('listPolicies', useSearchQuery(), { keepPrevious: true });
  return (
    <PartList
      asked={asked}
      columns={COLUMNS}
      title="Policies"
      noun="policy"
      to="/access/policies"
      icon={Scale}
      lesson="What no policy permits is denied, and one forbid beats every permit. Begin with a permit for one application."
    />
  );
}
