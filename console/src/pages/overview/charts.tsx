/** The same over time. */
import { useMemo } from 'react';
import { Card } from '../../kit/card.tsx';
import { Chart, type Series } from '../../kit/chart.tsx';
import { PartsChart, type Part } from '../../kit/parts-chart.tsx';
import { durationText, moneyText } from '../../kit/quantities.tsx';
import type { Overview } from './overview-screen.tsx';

export function Charts({ overview: { series, spendSeries } }: { readonly overview: Overview }) {
  // The same numbers again draw nothing anew.
  const text = JSON.stringify({ series, spendSeries });
  const drawn = useMemo(() => drawnOf(JSON.parse(text) as Told), [text]);
  return (
    <div className="grid gap-5 xl:grid-cols-2">
      <Card title="Traffic" className="xl:col-span-2">
        <Chart label="Requests over time" atMs={drawn.atMs} series={drawn.traffic} />
      </Card>
      <Card title="Latency" description="To the end of the answer">
        <Chart
          label="Latency over time"
          atMs={drawn.atMs}
          series={drawn.latency}
          format={latencyText}
          height={180}
        />
      </Card>
      <Card title="Spend">
        <Chart
          label="Spend over time"
          atMs={drawn.atMs}
          series={drawn.spend}
          kind="bar"
          format={spendText}
          height={180}
        />
      </Card>
      <Card title="Spend over time, by application">
        <PartsChart
          label="Spend over time, by application"
          atMs={drawn.atMs}
          parts={drawn.byApplication}
          format={spendText}
          empty="Nothing was spent."
        />
      </Card>
      <Card title="Spend over time, by model">
        <PartsChart
          label="Spend over time, by model"
          atMs={drawn.atMs}
          parts={drawn.byModel}
          format={spendText}
          empty="Nothing was spent."
        />
      </Card>
    </div>
  );
}

type Told = Pick<Overview, 'series' | 'spendSeries'>;

function latencyText(value: number): string {
  return value === 0 ? '0' : durationText(value);
}

function spendText(value: number): string {
  return moneyText(value);
}

function partsOf(spent: Overview['spendSeries']['model']): readonly Part[] {
  return spent.map(({ name, costMicros }) => ({ name, values: costMicros.map((micros) => micros / 1e6) }));
}

function drawnOf({ series, spendSeries }: Told) {
  const traffic: readonly Series[] = [
    { label: 'All', values: series.total, tone: 'accent' },
    { label: 'Refused', values: series.refused, tone: 'bad' },
    { label: 'Rewritten', values: series.rewritten, tone: 'note' },
    { label: 'Failed', values: series.failed, tone: 'warn' },
  ];
  const latency: readonly Series[] = [
    { label: 'p50', values: series.p50, tone: 'good' },
    { label: 'p95', values: series.p95, tone: 'warn' },
    { label: 'p99', values: series.p99, tone: 'bad' },
  ];
  const spend: readonly Series[] = [
    { label: 'US dollars', values: series.costMicros.map((micros) => micros / 1e6), tone: 'accent' },
  ];
  return {
    atMs: series.startMs,
    traffic,
    latency,
    spend,
    byApplication: partsOf(spendSeries.application),
    byModel: partsOf(spendSeries.model),
  };
}
