/** A chart, drawn by uPlot in the colors of the theme. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import { toneOf, type ChartProps } from './chart.tsx';

const DARK = '(prefers-color-scheme: dark)';

export function Plot({ atMs, series, kind = 'line', format = String, height = 220 }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    let plot: uPlot | undefined;
    const draw = (): void => {
      plot?.destroy();
      const width = Math.max(200, element.clientWidth);
      const options = optionsFor({ atMs, series, kind, format, height }, { width, element });
      const seconds = atMs.map((at) => at / 1_000);
      const values = kind === 'stack' ? stacked(series) : series.map((each) => [...each.values]);
      plot = new uPlot(options, [seconds, ...values], element);
    };
    draw();
    const resized = new ResizeObserver(() =>
      plot?.setSize({ width: Math.max(200, element.clientWidth), height }),
    );
    resized.observe(element);
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const system = matchMedia(DARK);
    system.addEventListener('change', draw);
    return () => {
      system.removeEventListener('change', draw);
      themed.disconnect();
      resized.disconnect();
      plot?.destroy();
    };
  }, [atMs, series, kind, format, height]);

  // What it shows is in the table behind it.
  return <div ref={host} aria-hidden className="min-w-0 overflow-hidden" style={{ height }} />;
}

type Drawn = Required<Pick<ChartProps, 'atMs' | 'series' | 'kind' | 'format' | 'height'>>;

function optionsFor(
  { series, kind, format, height }: Drawn,
  { width, element }: { readonly width: number; readonly element: HTMLElement },
): uPlot.Options {
  const color = (token: string) => resolved(element, token);
  const line = color('--line');
  const isBar = kind !== 'line';
  const axis = {
    stroke: color('--muted'),
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
    font: '12px system-ui, sans-serif',
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { points: { size: 7 }, y: false },
    scales: { y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] } },
    axes: [axis, { ...axis, size: 56, values: (_, values) => values.map((value) => format(value)) }],
    series: [
      {},
      ...inDrawingOrder(series, kind).map((each): uPlot.Series => {
        const fill = color(`--${toneOf(each, series.indexOf(each))}`);
        // Parts of a stack are told apart by an edge as well as by their color.
        const stroke = kind === 'stack' ? color('--surface') : fill;
        const bars = uPlot.paths.bars?.({ size: [0.7, 40] });
        return {
          label: each.label,
          stroke,
          width: isBar ? Number(kind === 'stack') : 2,
          fill: isBar ? fill : `color-mix(in srgb, ${fill} 10%, transparent)`,
          // A value between gaps has no line: it is a point.
          points: {
            show: kind === 'line',
            size: 5,
            fill,
            filter: (_, at) => alone(series[at - 1]?.values ?? []),
          },
          ...(isBar && bars !== undefined ? { paths: bars } : {}),
        };
      }),
    ],
  };
}

/** A stack's upper parts are drawn first, from the ground up: the lower ones then cover them. */
function inDrawingOrder(series: ChartProps['series'], kind: Drawn['kind']): ChartProps['series'] {
  return kind === 'stack' ? series.toReversed() : series;
}

/** How high each part reaches, in drawing order. */
function stacked(series: ChartProps['series']): number[][] {
  let below: readonly number[] = [];
  const tops = series.map(({ values }) => {
    const top = values.map((value, at) => (below[at] ?? 0) + (value ?? 0));
    below = top;
    return top;
  });
  return tops.toReversed();
}

/** Where a value has no neighbor. */
function alone(values: readonly (number | null)[]): number[] {
  const isGap = (at: number) => (values[at] ?? null) === null;
  return values.flatMap((value, at) => (value !== null && isGap(at - 1) && isGap(at + 1) ? [at] : []));
}

/** A canvas knows no variables: what a token is at present. */
function resolved(element: HTMLElement, token: string): string {
  const before = element.style.color;
  // Where motion is reduced, everything has a transition, and a color that begins to change is still the one before.
  element.style.setProperty('transition', 'none', 'important');
  element.style.color = `var(${token})`;
  const value = getComputedStyle(element).color;
  element.style.color = before;
  element.style.removeProperty('transition');
  return value;
}
