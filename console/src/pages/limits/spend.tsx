/** What was spent over time, and on whom and what. */
import { Receipt } from 'lucide-react';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { costSchema } from '@contract/api/limits.ts';
import { useAsk } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { Chart } from '../../kit/chart.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { FilterBar } from '../../kit/filter-bar.tsx';
import { PartsChart } from '../../kit/parts-chart.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Count, Money, moneyText } from '../../kit/quantities.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { Select } from '../../kit/select.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { Stat } from '../../kit/stat.tsx';
import { boundsOf, rangeIn } from '../../kit/time-range.ts';
import { useMay } from '../../session/session.ts';
import { bucketFor, filledGroups, filledSeries } from './cost-series.ts';
import { LimitsFrame } from './limits-frame.tsx';

type Cost = z.output<typeof costSchema>;
type Group = Cost['groups'][number];

const BYS = [
  { value: 'application', label: 'By application' },
  { value: 'principal', label: 'By person, service or agent' },
  { value: 'model', label: 'By model' },
  { value: 'provider', label: 'By provider' },
] as const;
type By = (typeof BYS)[number]['value'];
const LOOK_MS = 30_000;

export function Spend() {
  const [search, change] = useSearchParams();
  const { fromMs, toMs } = boundsOf(rangeIn(search, '30d'));
  const by: By = BYS.find(({ value }) => value === search['by'])?.value ?? 'application';
  const bucket = bucketFor(fromMs, toMs);
  const cost = useAsk(
    'getCost',
    { query: { from: fromMs, to: toMs, by, bucket } },
    { everyMs: LOOK_MS, keepPrevious: true },
  );
  const records = `from=${fromMs}&to=${toMs}`;
  return (
    <LimitsFrame>
      <FilterBar filters={[{ kind: 'time', otherwise: '30d' }]}>
        <div className="w-60">
          <Select
            label="Grouped"
            labelIsHidden
            options={BYS}
            value={by}
            onChange={(next) => change({ by: next })}
          />
        </div>
      </FilterBar>
      {cost.data === undefined ? (
        cost.error === null ? (
          <Skeleton lines={10} />
        ) : (
          <ProblemNotice problem={cost.error} />
        )
      ) : (
        <>
          <Totals totals={cost.data.totals} records={records} />
          <OverTime cost={cost.data} bucket={bucket} by={by} />
          <Card title={BYS.find(({ value }) => value === by)?.label ?? ''} flush>
            <DataTable
              label="Cost by whom or what"
              columns={columnsFor(by, cost.data.totals.costUsd)}
              rows={cost.data.groups}
              rowKey={({ key }) => key}
              rowLink={({ key }) => `/activity?${by}=${encodeURIComponent(key)}&${records}`}
              isStale={cost.isPlaceholderData}
              hasFixedColumns
              empty={
                <EmptyState icon={Receipt} title="Nothing was asked in this time">
                  As soon as an application calls a model, what it used and what that cost stands here.
                </EmptyState>
              }
            />
          </Card>
        </>
      )}
    </LimitsFrame>
  );
}

interface TotalsProps {
  readonly totals: Cost['totals'];
  readonly records: string;
}

function Totals({ totals, records }: TotalsProps) {
  const maySee = useMay('interactions.read');
  const to = (more = ''): { to?: string } => (maySee ? { to: `/activity?${records}${more}` } : {});
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
      <Stat label="Cost" value={<Money amount={totals.costUsd} />} />
      <Stat label="Requests" value={<Count value={totals.requests} />} {...to()} />
      <Stat label="Refused" value={<Count value={totals.refused} />} {...to('&outcome=refused')} />
      <Stat label="Tokens in" value={<Count value={totals.inputTokens} round />} />
      <Stat label="Tokens out" value={<Count value={totals.outputTokens} round />} />
    </div>
  );
}

interface OverTimeProps {
  readonly cost: Cost;
  readonly bucket: 'hour' | 'day';
  readonly by: By;
}

function OverTime({ cost, bucket, by }: OverTimeProps) {
  // What is drawn is drawn anew only where the numbers are others.
  const { atMs, costs, parts, requests } = useMemo(() => {
    const filled = filledSeries(cost, bucket);
    return {
      atMs: filled.atMs,
      costs: [{ label: 'Cost', values: filled.costs }],
      parts: filledGroups(cost, filled.atMs),
      requests: [{ label: 'Requests', values: filled.requests, tone: 'note' as const }],
    };
  }, [cost, bucket]);
  const description = bucket === 'hour' ? 'By hour.' : 'By day, in UTC.';
  const title = `Cost over time, ${(BYS.find(({ value }) => value === by)?.label ?? '').toLowerCase()}`;
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <Card title={title} description={description} className="xl:col-span-2">
        <PartsChart label={title} atMs={atMs} parts={parts} format={moneyText} empty="Nothing was spent." />
      </Card>
      <Card title="Cost over time" description={description}>
        <Chart label="Cost over time" kind="bar" format={moneyText} atMs={atMs} series={costs} />
      </Card>
      <Card title="Requests over time" description={description}>
        <Chart label="Requests over time" kind="bar" atMs={atMs} series={requests} />
      </Card>
    </div>
  );
}

function columnsFor(by: By, total: number): readonly Column<Group>[] {
  return [
    {
      id: 'key',
      title: by === 'principal' ? 'Who' : by.charAt(0).toUpperCase() + by.slice(1),
      cell: ({ key }) => <span className="break-all">{key === '' ? '(none)' : key}</span>,
      sortBy: ({ key }) => key,
    },
    {
      id: 'cost',
      title: 'Cost',
      align: 'end',
      cell: ({ costUsd }) => <Money amount={costUsd} />,
      sortBy: ({ costUsd }) => costUsd,
    },
    {
      id: 'share',
      title: 'Share',
      align: 'end',
      cell: ({ costUsd }) => (total === 0 ? '–' : `${((100 * costUsd) / total).toFixed(1)} %`),
      sortBy: ({ costUsd }) => costUsd,
      hideBelow: 'md',
    },
    {
      id: 'requests',
      title: 'Requests',
      align: 'end',
      cell: ({ requests }) => <Count value={requests} />,
      sortBy: ({ requests }) => requests,
    },
    {
      id: 'refused',
      title: 'Refused',
      align: 'end',
      cell: ({ refused }) => <Count value={refused} />,
      sortBy: ({ refused }) => refused,
      hideBelow: 'md',
    },
    {
      id: 'in',
      title: 'Tokens in',
      align: 'end',
      cell: ({ inputTokens }) => <Count value={inputTokens} />,
      sortBy: ({ inputTokens }) => inputTokens,
      hideBelow: 'md',
    },
    {
      id: 'out',
      title: 'Tokens out',
      align: 'end',
      cell: ({ outputTokens }) => <Count value={outputTokens} />,
      sortBy: ({ outputTokens }) => outputTokens,
      hideBelow: 'md',
    },
  ];
}
