/** What it was most of all: reasons, guardrails, findings, applications, models. */
import type { ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { moneyText } from '../../kit/quantities.tsx';
import { OpenLink } from '../../session/open-link.tsx';
import { activityLink } from '../activity/interaction-query.ts';
import { outcomeText } from '../activity/verdict.tsx';
import { Health } from './health.tsx';
import type { Overview } from './overview-screen.tsx';

interface Ranked {
  readonly name: string;
  readonly amount: number;
  readonly filter: Readonly<Record<string, string | undefined>>;
  readonly title?: string;
}

type Counted = Overview['findings'][number];
type Spent = Overview['spend']['model'][number];

const MOST = 8;
const counted = (items: readonly Counted[]): readonly Ranked[] =>
  items.map(({ name, count, filter }) => ({ name, amount: count, filter }));
const spent = (items: readonly Spent[]): readonly Ranked[] =>
  items.map(({ name, costMicros, filter }) => ({
    name,
    amount: costMicros,
    filter: { ...filter, sort: '-cost' },
  }));

export function Rankings({ overview }: { readonly overview: Overview }) {
  const { refusedBy, rewrittenBy, findings, outcomes, spend } = overview;
  return (
    <div className="grid gap-5 md:grid-cols-2 xl:grid-cols-3">
      <Ranking title="Refused, by reason" items={counted(refusedBy.code)} empty="Nothing was refused." />
      <Ranking
        title="Refused, by guardrail"
        items={counted(refusedBy.guardrail)}
        empty="No guardrail refused anything."
      />
      <Ranking
        title="Rewritten, by guardrail"
        items={counted(rewrittenBy.guardrail)}
        empty="Nothing had to be rewritten."
      />
      <Ranking title="Findings" items={counted(findings)} empty="Nothing was found." />
      <Ranking
        title="How it ended"
        items={counted(outcomes).map((each) => ({ ...each, title: outcomeText(each.name) }))}
        empty="Nothing went through."
      />
      <Ranking
        title="Spend, by application"
        items={spent(spend.application)}
        amountText={(micros) => moneyText(micros / 1e6)}
        empty="Nothing was spent."
      />
      <Ranking
        title="Spend, by model"
        items={spent(spend.model)}
        amountText={(micros) => moneyText(micros / 1e6)}
        empty="Nothing was spent."
      />
      <div className="min-w-0 xl:col-span-2">
        <Health providers={overview.providers} />
      </div>
    </div>
  );
}

interface RankingProps {
  readonly title: string;
  readonly items: readonly Ranked[];
  readonly amountText?: (amount: number) => string;
  readonly empty: ReactNode;
}

function Ranking({ title, items, amountText = (amount) => amount.toLocaleString(), empty }: RankingProps) {
  const most = Math.max(1, ...items.map(({ amount }) => amount));
  return (
    <Card title={title}>
      {items.length === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <ol className="space-y-2">
          {items.slice(0, MOST).map(({ name, amount, filter, title: shown = name }) => (
            <li key={name}>
              <OpenLink
                needs="interactions.read"
                to={activityLink(filter)}
                className="group block rounded no-underline"
              >
                <span className="flex items-baseline justify-between gap-3">
                  <span className="min-w-0 text-text group-hover:underline">
                    <InertText text={shown} oneLine />
                  </span>
                  <span className="shrink-0 tabular-nums text-text">{amountText(amount)}</span>
                </span>
                <span aria-hidden className="mt-1 block h-1.5 rounded-full bg-sunken">
                  <span
                    className="block h-full rounded-full bg-accent-fill"
                    style={{ width: `${(amount / most) * 100}%` }}
                  />
                </span>
              </OpenLink>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
