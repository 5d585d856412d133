/** Numbers over time as lines, bars or stacks of parts, and the same numbers as a table. What draws them is loaded when first needed. */
import { ChartLine, Table2 } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';

export interface Series {
  readonly label: string;
  /** One for each instant; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly tone?: keyof typeof FILLS;
}

export interface ChartProps {
  readonly label: string;
  /** Milliseconds since the Unix epoch, rising. */
  readonly atMs: readonly number[];
  readonly series: readonly Series[];
  /** `stack`: bars of parts that make a whole, the first at the bottom. */
  readonly kind?: 'line' | 'bar' | 'stack';
  /** How a value is written; as it is unless told. */
  readonly format?: (value: number) => string;
  /** Pixels. */
  readonly height?: number;
}

const Plot = lazy(() => import('./plot.tsx').then(({ Plot: Drawn }) => ({ default: Drawn })));
const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function Chart(props: ChartProps) {
  const [isTable, setTable] = useState(false);
  const { label, height = 220 } = props;
  return (
    <figure aria-label={label} className="min-w-0">
      <figcaption className="flex flex-wrap items-center justify-between gap-2 pb-2">
        <Legend {...props} />
        <Button
          size="small"
          tone="quiet"
          icon={isTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? 'As a chart' : 'As a table'}
        </Button>
      </figcaption>
      {isTable ? (
        <Numbers {...props} />
      ) : (
        <Suspense fallback={<div style={{ height }} className="animate-shimmer rounded bg-sunken" />}>
          <Plot {...props} />
        </Suspense>
      )}
    </figure>
  );
}

/** Of things of one kind, in their order. */
export const HUES = ['hue-1', 'hue-2', 'hue-3', 'hue-4', 'hue-5'] as const;

const TONES = ['accent', 'warn', 'note', 'good', 'bad'] as const;
const FILLS = {
  accent: 'bg-accent',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
  note: 'bg-note',
  'hue-1': 'bg-hue-1',
  'hue-2': 'bg-hue-2',
  'hue-3': 'bg-hue-3',
  'hue-4': 'bg-hue-4',
  'hue-5': 'bg-hue-5',
  'hue-others': 'bg-hue-others',
} as const;

export function toneOf({ tone }: Series, index: number): keyof typeof FILLS {
  return tone ?? TONES[index % TONES.length] ?? 'accent';
}

function Legend({ series }: ChartProps) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
      {series.map((each, index) => (
        <li key={each.label} className="flex min-w-0 items-center gap-1.5">
          <span aria-hidden className={`size-2.5 shrink-0 rounded-sm ${FILLS[toneOf(each, index)]}`} />
          <span className="max-w-60 truncate">{each.label}</span>
        </li>
      ))}
    </ul>
  );
}

function Numbers({ label, atMs, series, format = String, height = 220 }: ChartProps): ReactNode {
  return (
    <div
      role="region"
      aria-label={`${label}, as a table`}
      tabIndex={0}
      style={{ height }}
      className="overflow-auto"
    >
      <table className="w-full text-left">
        <thead className="sticky top-0 bg-surface text-sm text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="py-1.5 pr-4 font-medium">
              Time
            </th>
            {series.map((each) => (
              <th key={each.label} scope="col" className="py-1.5 pr-4 text-right font-medium">
                {each.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {atMs.map((at, index) => (
            <tr key={at} className="border-b border-line">
              <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                {times.format(at)}
              </th>
              {series.map(({ label: name, values }) => {
                const value = values[index];
                return (
                  <td key={name} className="py-1 pr-4 text-right tabular-nums">
                    {value === null || value === undefined ? '–' : format(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
