/** The export against the record: what a provider counted and no entry explains is traffic that went around the gateway. */
import type { ExportTally } from './export-tally.ts';
import { DIMENSIONS, type Dimension, type Figures } from './figures.ts';
import type { LogTally, RecordedCell } from './log-tally.ts';
import { takeFromNeighbours, type Midnight } from './midnights.ts';
import { dayText } from './usage-row.ts';

export interface Finding {
  readonly kind: 'unexplained_requests' | 'unexplained_tokens' | 'unknown_model' | 'unknown_key';
  readonly day: string;
  /** The provider; several that are told of together are joined by `+`. Absent where a key belongs to none. */
  readonly provider?: string;
  readonly key?: string;
  readonly model: string;
  readonly of: Dimension;
  readonly exported: number;
  readonly recorded: number;
  /** What is left after neighbouring days, and what calls without a known usage may have used. */
  readonly unexplained: number;
}

/** Nothing to act upon, but worth knowing. */
export interface Note {
  /** `not_billed`: recorded, and not in the export. `possibly_lost`: explained only by calls whose usage nobody told. */
  readonly kind: 'not_billed' | 'possibly_lost';
  readonly day: string;
  readonly provider: string;
  readonly model: string;
  readonly of: Dimension;
  readonly exported: number;
  readonly recorded: number;
  readonly difference: number;
}

export interface Line {
  readonly day: string;
  readonly provider: string;
  readonly model: string;
  readonly exported: Figures;
  readonly recorded: Figures;
}

export interface Comparison {
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  readonly lines: readonly Line[];
}

export interface Period {
  /** Included, both. */
  readonly fromDay: number;
  readonly toDay: number;
}

const NOTHING: Figures = { requests: 0, inputTokens: 0, outputTokens: 0 };

/** `tolerance`: the share of recorded tokens by which an export may be higher or lower; requests have none. */
export function compare(exported: ExportTally, log: LogTally, period: Period, tolerance: number): Comparison {
  const lines: Line[] = [];
  const notes: Note[] = [];
  const findings: Finding[] = [...unknownKeys(exported)];
  const dimensions = DIMENSIONS.filter((name) => name !== 'requests' || exported.countsRequests);
  for (const [provider, model] of allSeries(exported, log)) {
    const told = exported.cells.days(provider, model);
    const known = log.cells.days(provider, model);
    for (let day = period.fromDay; day <= period.toDay; day++) {
      const [of, by] = [told.get(day) ?? NOTHING, known.get(day)?.sure ?? NOTHING];
      if (DIMENSIONS.some((name) => of[name] + by[name] > 0))
        lines.push({ day: dayText(day), provider, model, exported: { ...of }, recorded: { ...by } });
    }
    for (const of of dimensions) {
      const series = { provider, model, of, told, known, period };
      const isKnown = known.size > 0;
      const judged = isKnown ? settled(series, tolerance) : { findings: unknownModel(series), notes: [] };
      findings.push(...judged.findings);
      notes.push(...judged.notes);
    }
  }
  return { findings: sorted(findings), notes: sorted(notes), lines: sorted(lines) };
}

function* allSeries({ cells }: ExportTally, log: LogTally) {
  yield* cells.series();
  for (const [provider, model] of log.cells.series()) {
    if (!cells.knows(provider, model)) yield [provider, model] as const;
  }
}

function* unknownKeys({ unknownKeys: cells, countsRequests }: ExportTally): Generator<Finding> {
  for (const [key, model] of cells.series()) {
    for (const [day, figures] of cells.days(key, model)) {
      for (const of of DIMENSIONS) {
        const exported = figures[of];
        if (exported === 0 || (of === 'requests' && !countsRequests)) continue;
        yield {
          kind: 'unknown_key',
          day: dayText(day),
          key,
          model,
          of,
          exported,
          recorded: 0,
          unexplained: exported,
        };
      }
    }
  }
}

interface Series {
  readonly provider: string;
  readonly model: string;
  readonly of: Dimension;
  readonly told: ReadonlyMap<number, Figures>;
  readonly known: ReadonlyMap<number, RecordedCell>;
  readonly period: Period;
}

function unknownModel({ provider, model, of, told }: Series): readonly Finding[] {
  return [...told].flatMap(([day, { [of]: exported }]) =>
    exported === 0
      ? []
      : [
          {
            kind: 'unknown_model' as const,
            day: dayText(day),
            provider,
            model,
            of,
            exported,
            recorded: 0,
            unexplained: exported,
          },
        ],
  );
}

function settled(
  series: Series,
  tolerance: number,
): { findings: readonly Finding[]; notes: readonly Note[] } {
  const { provider, model, of, told, known, period } = series;
  const kind = of === 'requests' ? 'unexplained_requests' : 'unexplained_tokens';
  const findings: Finding[] = [];
  const notes: Note[] = [];
  const rest = differences(series);
  for (let day = period.fromDay; day <= period.toDay; day++) {
    const difference = rest.get(day) ?? 0;
    const exported = told.get(day)?.[of] ?? 0;
    const recorded = known.get(day)?.sure[of] ?? 0;
    const allowed = of === 'requests' ? 0 : tolerance * Math.max(recorded, 0);
    if (Math.abs(difference) <= allowed) continue;
    const place = { day: dayText(day), provider, model, of, exported, recorded };
    if (difference < 0) notes.push({ kind: 'not_billed', ...place, difference: -difference });
    else {
      const unexplained = difference - (known.get(day)?.possible[of] ?? 0);
      if (unexplained > allowed) findings.push({ kind, ...place, unexplained });
      else notes.push({ kind: 'possibly_lost', ...place, difference });
    }
  }
  return { findings, notes };
}

/** Exported less recorded, by day, after what a provider may have booked beyond a midnight was moved. */
function differences({ of, told, known, period }: Series): ReadonlyMap<number, number> {
  const rest = new Map<number, number>();
  const midnights = new Map<number, Midnight>();
  for (let day = period.fromDay - 1; day <= period.toDay + 1; day++) {
    rest.set(day, (told.get(day)?.[of] ?? 0) - (known.get(day)?.sure[of] ?? 0));
    midnights.set(day, {
      forward: known.get(day)?.toNext[of] ?? 0,
      back: known.get(day + 1)?.toPrevious[of] ?? 0,
    });
  }
  for (let day = period.fromDay; day <= period.toDay; day++) takeFromNeighbours(rest, midnights, day);
  return rest;
}

function sorted<Told extends { readonly day: string; readonly model: string }>(all: readonly Told[]): Told[] {
  return all.toSorted((a, b) => order(a.day, b.day) || order(a.model, b.model));
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
