/** The house's numbers, each with how it moved. */
import { Count, durationText, moneyText } from '../../kit/quantities.tsx';
import { Stat } from '../../kit/stat.tsx';
import { activityLink } from '../activity/interaction-query.ts';
import type { Overview } from './overview-screen.tsx';

type Figure = Overview['figures']['total'];

/** Nothing before is nothing to compare with. */
function moved({ value, before }: Figure): { readonly delta?: number; readonly since?: string } {
  return before === 0 ? {} : { delta: (value - before) / before, since: 'against the time before' };
}

export function Figures({ overview: { figures, latency } }: { readonly overview: Overview }) {
  const { total, refused, rewritten, failed, costMicros, inputTokens, outputTokens } = figures;
  const slowest = activityLink({ ...total.filter, sort: '-latency' });
  const share = (figure: Figure) =>
    total.value === 0 ? {} : { hint: `${((figure.value / total.value) * 100).toFixed(1)} % of all` };
  return (
    <section aria-label="Numbers" className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-4">
      <Stat
        label="Requests"
        value={<Count value={total.value} />}
        to={activityLink(total.filter)}
        {...moved(total)}
      />
      <Stat
        label="Refused"
        value={<Count value={refused.value} />}
        to={activityLink(refused.filter)}
        {...moved(refused)}
        {...share(refused)}
      />
      <Stat
        label="Rewritten"
        value={<Count value={rewritten.value} />}
        to={activityLink(rewritten.filter)}
        {...moved(rewritten)}
        {...share(rewritten)}
      />
      <Stat
        label="Failed"
        value={<Count value={failed.value} />}
        to={activityLink(failed.filter)}
        more="bad"
        {...moved(failed)}
        {...share(failed)}
      />
      <Stat
        label="Spend"
        value={moneyText(costMicros.value / 1e6)}
        to={activityLink({ ...costMicros.filter, sort: '-cost' })}
        {...moved(costMicros)}
      />
      <Stat
        label="Tokens in and out"
        value={
          <>
            <Count value={inputTokens.value} round /> / <Count value={outputTokens.value} round />
          </>
        }
        to={activityLink(inputTokens.filter)}
      />
      <Stat
        label="Latency, median"
        value={latency.p50 === null ? '–' : durationText(latency.p50)}
        to={slowest}
        more="bad"
        {...movedLatency(latency.p50, latency.before.p50)}
      />
      <Stat
        label="Latency, p95 and p99"
        value={
          latency.p95 === null
            ? '–'
            : `${durationText(latency.p95)} / ${durationText(latency.p99 ?? latency.p95)}`
        }
        to={slowest}
        more="bad"
        {...movedLatency(latency.p95, latency.before.p95)}
      />
    </section>
  );
}

function movedLatency(value: number | null, before: number | null) {
  if (value === null || before === null) return {};
  return moved({ value, before, filter: {} });
}
