/** Traffic, refusals, spend, latency, health and what is unusual: each number leads to its records. */
import { useState } from 'react';
import type { z } from 'zod';
import { OVERVIEW_WINDOWS } from '@contract/api/overview-windows.ts';
import type { overviewSchema } from '@contract/api/overview.ts';
import { useAsk } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { Page } from '../../kit/page.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { Skeleton } from '../../kit/spinner.tsx';
import { useMay } from '../../session/session.ts';
import { useWatch, type Watching } from '../../watch.ts';
import { Anomalies } from './anomalies.tsx';
import { Charts } from './charts.tsx';
import { Figures } from './figures.tsx';
import { FirstMinute } from './first-minute.tsx';
import { Rankings } from './rankings.tsx';

export type Overview = z.infer<typeof overviewSchema>;
export type Window = (typeof OVERVIEW_WINDOWS)[number];

const TITLES: Readonly<Record<Window, string>> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
};

export function OverviewScreen() {
  const [search, change] = useSearchParams();
  const window = OVERVIEW_WINDOWS.find((each) => each === search['window']) ?? '24h';
  const [seen, setSeen] = useState<{ readonly window: Window; readonly overview: Overview }>();
  const watching = useWatch(
    'watchOverview',
    { window },
    {
      isOn: true,
      onEvent: (overview) => setSeen({ window, overview }),
    },
  );
  const isNew = useIsNewHouse();
  const overview = seen?.overview;
  return (
    <Page
      title="Overview"
      description="What goes through the gateway, what is refused, what it costs, and what is unusual."
      actions={
        <div role="group" aria-label="Stretch of time" className="flex flex-wrap items-center gap-2">
          <Live watching={watching} />
          {OVERVIEW_WINDOWS.map((each) => (
            <Button
              key={each}
              size="small"
              tone={each === window ? 'primary' : 'plain'}
              aria-pressed={each === window}
              onClick={() => change({ window: each === '24h' ? undefined : each })}
            >
              {TITLES[each]}
            </Button>
          ))}
        </div>
      }
    >
      {watching.kind === 'refused' && <ProblemNotice problem={watching.problem} />}
      {isNew && <FirstMinute />}
      {overview === undefined
        ? watching.kind !== 'refused' && (
            <Card>
              <Skeleton lines={8} />
            </Card>
          )
        : (!isNew || overview.figures.total.value > 0) && (
            <Everything overview={overview} isStale={seen?.window !== window} />
          )}
    </Page>
  );
}

function Everything({ overview, isStale }: { readonly overview: Overview; readonly isStale: boolean }) {
  return (
    <div aria-busy={isStale} className={`space-y-5 ${isStale ? 'opacity-60' : ''}`}>
      <IndexNote index={overview.index} />
      <Anomalies anomalies={overview.anomalies} baselineHours={overview.baselineHours} />
      <Figures overview={overview} />
      <Charts overview={overview} />
      <Rankings overview={overview} />
    </div>
  );
}

function Live({ watching: { kind } }: { readonly watching: Watching }) {
  if (kind === 'live') return <Badge tone="good">Live</Badge>;
  if (kind === 'lost') return <Badge tone="warn">Connection lost: trying again</Badge>;
  return null;
}

const NOTICEABLE_MS = 10_000;

/** Numbers that are not complete say so. */
function IndexNote({
  index: { isRebuilding, failure, lagMs, behindEntries },
}: {
  readonly index: Overview['index'];
}) {
  const words =
    failure !== null
      ? `The index does not get on: ${failure}. Numbers stand still until it does; the record itself goes on.`
      : isRebuilding
        ? 'The whole record is being read again: numbers are not complete yet.'
        : lagMs > NOTICEABLE_MS
          ? `${behindEntries.toLocaleString()} entries of the record are not counted yet.`
          : undefined;
  if (words === undefined) return null;
  return (
    <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
      {words}
    </p>
  );
}

/** Decided once: whoever goes through the first minute sees it to its end. */
function useIsNewHouse(): boolean {
  const mayRead = useMay('interactions.read');
  const { data } = useAsk('listInteractions', { query: { limit: 1 } }, { enabled: mayRead });
  const [isNew, setNew] = useState(false);
  if (data !== undefined && data.items.length === 0 && !isNew) setNew(true);
  return isNew;
}
