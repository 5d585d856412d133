/** Every limit and budget, with what is used of it at this moment. */
import { Coins, Gauge, Plus } from 'lucide-react';
import { useAsk } from '../../api.ts';
import { buttonClass } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Link } from '../../kit/link.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { useMay } from '../../session/session.ts';
import { ConsumptionCard } from './consumption-card.tsx';
import type { Consumption } from './limit-value.ts';
import { LimitsFrame } from './limits-frame.tsx';

const LOOK_MS = 3_000;

export function LimitList() {
  const consumption = useAsk('listConsumption', {}, { everyMs: LOOK_MS });
  const mayRead = useMay('configuration.read');
  const limits = useAsk('listLimits', { query: { limit: 200 } }, { enabled: mayRead });
  const mayWrite = useMay('limits.write');
  const descriptions = new Map(limits.data?.items.map(({ name, value }) => [name, value.description]));
  const { data } = consumption;
  return (
    <LimitsFrame actions={mayWrite && <Adding />}>
      {data === undefined ? (
        consumption.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ProblemNotice problem={consumption.error} />
        )
      ) : data.items.length === 0 ? (
        <Card>
          <EmptyState icon={Gauge} title="Nothing is limited" actions={mayWrite && <Adding />}>
            A limit says how many requests or tokens may be used in a minute, an hour, a day; a budget says
            how many dollars. What is over it is refused before it reaches a model.
          </EmptyState>
        </Card>
      ) : (
        <>
          {/* Numbers that could not be read anew are old ones. */}
          {consumption.isRefetchError && <ProblemNotice problem={consumption.error} />}
          <Kind
            title="Budgets"
            atMs={data.atMs}
            items={data.items.filter(({ measure }) => measure === 'cost_usd')}
            descriptions={descriptions}
          />
          <Kind
            title="Limits"
            atMs={data.atMs}
            items={data.items.filter(({ measure }) => measure !== 'cost_usd')}
            descriptions={descriptions}
          />
        </>
      )}
    </LimitsFrame>
  );
}

function Adding() {
  return (
    <>
      <Link to="/limits/new?of=budget" className={buttonClass()}>
        <Coins aria-hidden />
        New budget
      </Link>
      <Link to="/limits/new" className={buttonClass('primary')}>
        <Plus aria-hidden />
        New limit
      </Link>
    </>
  );
}

interface KindProps {
  readonly title: string;
  readonly atMs: number;
  readonly items: readonly Consumption[];
  readonly descriptions: ReadonlyMap<string, string>;
}

function Kind({ title, atMs, items, descriptions }: KindProps) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title} className="space-y-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      <ul className="grid items-start gap-4 lg:grid-cols-2">
        {items.map((item) => (
          <li key={item.limit} className="min-w-0">
            <ConsumptionCard item={item} atMs={atMs} description={descriptions.get(item.limit) ?? ''} />
          </li>
        ))}
      </ul>
    </section>
  );
}
