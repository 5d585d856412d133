/** What a sum over time is made of: named parts stacked, what is left of them in grey, and a table of both. */
import { useMemo } from 'react';
import { Chart, HUES, type Series } from './chart.tsx';

export interface Part {
  /** Null: all others together. */
  readonly name: string | null;
  /** One for each instant. */
  readonly values: readonly number[];
}

interface PartsChartProps {
  readonly label: string;
  /** Milliseconds since the Unix epoch, rising. */
  readonly atMs: readonly number[];
  readonly parts: readonly Part[];
  readonly format: (value: number) => string;
  /** Said where there is nothing to draw. */
  readonly empty: string;
}

const HEIGHT = 200;

export function PartsChart({ label, atMs, parts, format, empty }: PartsChartProps) {
  const series = useMemo(() => parts.map(seriesOf), [parts]);
  if (parts.length === 0) return <p className="text-muted">{empty}</p>;
  return <Chart label={label} atMs={atMs} series={series} kind="stack" format={format} height={HEIGHT} />;
}

function seriesOf({ name, values }: Part, index: number): Series {
  if (name === null) return { label: 'All others', values, tone: 'hue-others' };
  return { label: name === '' ? '(none)' : name, values, tone: HUES[index] ?? 'hue-others' };
}
