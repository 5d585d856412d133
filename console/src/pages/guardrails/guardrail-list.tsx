/** Every guardrail: what it looks for, what it does about it, how far it is rolled out, and whom it is about. */
import { Plus, ShieldCheck } from 'lucide-react';
import { useAsk, useAskPages } from '../../api.ts';
import { buttonClass } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { FilterBar } from '../../kit/filter-bar.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { Page } from '../../kit/page.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import { useMay } from '../../session/session.ts';
import { ActionBadge, RolloutBadge } from './badges.tsx';
import { rolloutText, scopeText, type Guardrail } from './guardrail-value.ts';

export function GuardrailList() {
  const [{ search = '' }] = useSearchParams();
  const mayWrite = useMay('guardrails.write');
  const guardrails = useAskPages(
    'listGuardrails',
    { query: search === '' ? {} : { search } },
    { keepPrevious: true },
  );
  const scanners = useAsk('listScanners');
  const titles = new Map(scanners.data?.items.map(({ id, title }) => [id, title]));
  return (
    <Page
      title="Guardrails"
      description="What is looked for in questions and answers, and what is done about it."
      actions={mayWrite && <NewLink />}
    >
      <FilterBar
        filters={[
          { kind: 'text', name: 'search', label: 'Search guardrails', placeholder: 'Name or description' },
        ]}
      />
      <Card flush>
        <DataTable
          label="Guardrails"
          columns={columnsWith(titles)}
          rows={guardrails.rows}
          rowKey={({ name }) => name}
          rowLink={({ name }) => `/guardrails/${nameInPath(name)}`}
          problem={guardrails.error}
          onRetry={() => guardrails.refetch()}
          isStale={guardrails.isPlaceholderData}
          more={guardrails}
          empty={search === '' ? <None mayWrite={mayWrite} /> : <EmptyState title="No guardrail matches" />}
        />
      </Card>
    </Page>
  );
}

function NewLink() {
  return (
    <Link to="/guardrails/new" className={buttonClass('primary')}>
      <Plus aria-hidden />
      New guardrail
    </Link>
  );
}

function None({ mayWrite }: { readonly mayWrite: boolean }) {
  return (
    <EmptyState icon={ShieldCheck} title="Nothing is looked for yet" actions={mayWrite && <NewLink />}>
      A guardrail binds a scanner — personal data, secrets, prompt injection, your own words — to an action.
      Begin in shadow: it records what it would do, and stops nobody.
    </EmptyState>
  );
}

function columnsWith(titles: ReadonlyMap<string, string>): readonly Column<Guardrail>[] {
  return [
    {
      id: 'name',
      title: 'Name',
      cell: ({ name }) => <span className="break-all">{name}</span>,
      sortBy: ({ name }) => name,
    },
    {
      id: 'scanner',
      title: 'Looks for',
      cell: ({ value }) => titles.get(value.scanner) ?? value.scanner,
      sortBy: ({ value }) => titles.get(value.scanner) ?? value.scanner,
      hideBelow: 'md',
    },
    {
      id: 'action',
      title: 'Does',
      cell: ({ value }) => <ActionBadge action={value.action} />,
      sortBy: ({ value }) => value.action,
    },
    {
      id: 'rollout',
      title: 'Rollout',
      cell: ({ value }) => <RolloutBadge rollout={value.rollout} />,
      sortBy: ({ value }) => rolloutText(value.rollout),
    },
    { id: 'scope', title: 'About', cell: ({ value }) => scopeText(value), hideBelow: 'md' },
    {
      id: 'description',
      title: 'Description',
      cell: ({ value }) => <InertText text={value.description} className="text-muted" maxChars={300} />,
      hideBelow: 'lg',
    },
  ];
}
