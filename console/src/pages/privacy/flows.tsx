/** What personal data went where, as counts that lead to their records. */
import { useMemo } from 'react';
import { useAsk } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { DateRange } from '../../kit/date-range.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Link } from '../../kit/link.tsx';
import { Count } from '../../kit/quantities.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { Stat } from '../../kit/stat.tsx';
import { boundsOf, rangeIn, searchOf } from '../../kit/time-range.ts';
import { TimeText } from '../../kit/time-text.tsx';
import { useMay } from '../../session/session.ts';
import { activityLink } from '../activity/interaction-query.ts';

interface Flow {
  readonly kind: string;
  readonly application: string | null;
  readonly provider: string | null;
  readonly direction: 'request' | 'response';
  readonly interactions: number;
  readonly findings: number;
  readonly clear: number;
  readonly rewritten: number;
  readonly blocked: number;
}

const keyOf = ({ kind, application, provider, direction }: Flow) =>
  JSON.stringify([kind, application, provider, direction]);

export function Flows() {
  const [search, setSearch] = useSearchParams();
  const range = rangeIn(search, '7d');
  const bounds = boundsOf(range);
  const flows = useAsk('getPersonalData', { query: bounds }, { keepPrevious: true });
  const mayOpen = useMay('interactions.read');
  const maySeeTree = useMay('configuration.read');
  const columns = useMemo(
    () => columnsOf(mayOpen ? bounds : undefined),
    [mayOpen, bounds.fromMs, bounds.toMs],
  );
  const { data } = flows;
  const sum = (of: (flow: Flow) => number) => data?.items.reduce((total, flow) => total + of(flow), 0) ?? 0;
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-center gap-3">
        <DateRange value={range} onChange={(next) => setSearch(searchOf(next))} />
        {data?.isComplete === false && (
          <span className="text-sm text-muted">
            <Badge tone="warn">Not all of it</Badge> Counted are the newest 20,000 entries of that time, from{' '}
            <TimeText atMs={data.countedFromMs} form="full" /> on.
          </span>
        )}
      </div>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label="With personal data"
          value={<Count value={data?.withPersonalData ?? 0} />}
          hint={`of ${(data?.interactions ?? 0).toLocaleString()} interactions`}
        />
        <Stat label="Let through" value={<Count value={sum(({ clear }) => clear)} />} hint="as it was" />
        <Stat
          label="Rewritten"
          value={<Count value={sum(({ rewritten }) => rewritten)} />}
          hint="removed, masked or replaced"
        />
        <Stat
          label="Stopped"
          value={<Count value={sum(({ blocked }) => blocked)} />}
          hint="with the whole interaction"
        />
      </div>
      <Card
        title="What went where"
        description="What guardrails found of personal data, by kind, application and provider. What no guardrail looks for is not seen here."
        flush
      >
        <DataTable
          label="Personal data by kind, application and provider"
          columns={columns}
          rows={data?.items}
          rowKey={keyOf}
          problem={flows.error}
          onRetry={() => flows.refetch()}
          isStale={flows.isPlaceholderData}
          hasFixedColumns
          empty={
            <EmptyState
              title="No personal data was found"
              actions={maySeeTree && <Link to="/guardrails">Look at the guardrails</Link>}
            >
              Either there was none in that time, or no guardrail looks for it: one with the scanner{' '}
              <code>pii</code> does.
            </EmptyState>
          }
        />
      </Card>
      <SealedData />
    </div>
  );
}

function columnsOf(bounds: { fromMs: number; toMs: number } | undefined): readonly Column<Flow>[] {
  return [
    { id: 'kind', title: 'Kind', cell: ({ kind }) => <code>{kind}</code>, sortBy: ({ kind }) => kind },
    {
      id: 'way',
      title: 'Way',
      cell: (flow) => <Way flow={flow} />,
      sortBy: ({ application, provider }) => `${application ?? ''} ${provider ?? ''}`,
    },
    {
      id: 'interactions',
      title: 'Interactions',
      align: 'end',
      cell: (flow) =>
        bounds === undefined ? (
          flow.interactions.toLocaleString()
        ) : (
          <Link to={recordsOf(flow, bounds)}>{flow.interactions.toLocaleString()}</Link>
        ),
      sortBy: ({ interactions }) => interactions,
    },
    amount('clear', 'Let through', ({ clear }) => clear),
    amount('rewritten', 'Rewritten', ({ rewritten }) => rewritten),
    amount('blocked', 'Stopped', ({ blocked }) => blocked),
  ];
}

function Way({ flow: { application, provider, direction } }: { readonly flow: Flow }) {
  const ends = [
    <span key="application">{application ?? <span className="text-muted">none</span>}</span>,
    <span key="provider">{provider ?? <span className="text-muted">nobody</span>}</span>,
  ];
  const [from, to] = direction === 'request' ? ends : ends.toReversed();
  return (
    <span>
      {from} <span aria-hidden>→</span>
      <span className="sr-only">to</span> {to}
    </span>
  );
}

function amount(id: string, title: string, of: (flow: Flow) => number): Column<Flow> {
  return { id, title, align: 'end', cell: (flow) => of(flow).toLocaleString(), sortBy: of };
}

/** Nobody was called for what was not answered. */
const UNANSWERED = 'refused,failed,client_closed,interrupted';

function recordsOf({ kind, application, provider }: Flow, bounds: { fromMs: number; toMs: number }): string {
  return activityLink({
    finding: kind,
    ...(application === null ? {} : { application }),
    ...(provider === null ? { outcome: UNANSWERED } : { provider }),
    fromMs: String(bounds.fromMs),
    toMs: String(bounds.toMs),
  });
}

function SealedData() {
  const enabled = useMay({ permission: 'privacy.read', over: 'organization' });
  const { data } = useAsk('getSealedData', {}, { enabled });
  if (data === undefined) return null;
  return (
    <Card
      title="Sealed beside the log"
      description="Under keys of its own for each person: whoever is erased takes them along."
    >
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-3">
        {(
          [
            ['Entries with captured content', data.content],
            ['Entries with pseudonyms', data.vaults],
            ['Sealed lists of pseudonyms, one for each person in them', data.vaultTexts],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt className="text-sm text-muted">{name}</dt>
            <dd className="text-lg font-semibold">
              <Count value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
