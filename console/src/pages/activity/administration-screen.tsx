/** What administrators did, as the record has it. */
import type { z } from 'zod';
import type { administrationSchema } from '@contract/api/administration.ts';
import { useAskPages } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { FilterBar } from '../../kit/filter-bar.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { useSearchParams, type SearchParams } from '../../kit/search-params.ts';
import { TimeText } from '../../kit/time-text.tsx';
import { ActivityFrame } from './activity-frame.tsx';
import { timesIn } from './interaction-query.ts';

type Act = z.infer<typeof administrationSchema>;

const COLUMNS: readonly Column<Act>[] = [
  { id: 'action', title: 'What', cell: ({ action }) => <code className="break-all">{action}</code> },
  { id: 'at', title: 'When', cell: ({ atMs }) => <TimeText atMs={atMs} /> },
  {
    id: 'actor',
    title: 'Who',
    cell: ({ actor }) =>
      actor === null ? <span className="text-muted">erased</span> : <InertText text={actor} maxChars={120} />,
  },
  {
    id: 'subject',
    title: 'To what',
    hideBelow: 'md',
    cell: ({ subject }) => (
      <span className="block max-w-80 break-all">
        <InertText text={subject} maxChars={160} />
      </span>
    ),
  },
  { id: 'why', title: 'Why, and what changed', hideBelow: 'lg', cell: (act) => <Why act={act} /> },
];

function Why({ act: { reason, changes, before, after } }: { readonly act: Act }) {
  const moved = [before, after].some((each) => each !== null) ? `${before ?? '∅'} → ${after ?? '∅'}` : '';
  return (
    <span className="block max-w-md space-y-0.5 text-sm break-words">
      {reason !== null && <InertText text={reason} maxChars={300} />}
      {changes.slice(0, 3).map((change) => (
        <InertText key={change} text={change} maxChars={200} />
      ))}
      {changes.length > 3 && <span className="text-muted">and {changes.length - 3} more</span>}
      {changes.length === 0 && moved !== '' && <InertText text={moved} maxChars={160} />}
    </span>
  );
}

export function AdministrationScreen() {
  const [search] = useSearchParams();
  const acts = useAskPages('listAdministration', { query: queryOf(search) }, { keepPrevious: true });
  return (
    <ActivityFrame description="Every change and every reading that an administrator made, with the reason they gave.">
      <FilterBar
        filters={[
          { kind: 'time', otherwise: '30d' },
          { kind: 'text', name: 'action', label: 'What, exactly', placeholder: 'configuration.apply' },
          { kind: 'text', name: 'actor', label: 'Who, exactly', placeholder: 'ada@example.com' },
          { kind: 'text', name: 'subject', label: 'To what, exactly' },
        ]}
      />
      <Card flush>
        <DataTable
          label="Administration"
          columns={COLUMNS}
          rows={acts.rows}
          rowKey={({ id }) => id}
          rowLink={({ index }) => `/audit?entry=${index}`}
          problem={acts.error}
          onRetry={() => acts.refetch()}
          isStale={acts.isPlaceholderData}
          more={acts}
          empty={<EmptyState title="Nothing fits">Widen the time, or clear a filter.</EmptyState>}
        />
      </Card>
    </ActivityFrame>
  );
}

function queryOf(search: SearchParams): Readonly<Record<string, string>> {
  const set = ['action', 'actor', 'subject'].flatMap((name) => {
    const value = search[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...timesIn(search, '30d'), ...Object.fromEntries<string>(set) };
}
