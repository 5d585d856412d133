/** The figures that were measured last, which none may fall short of by more than its interval. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const FILE = join(import.meta.dirname, 'baseline.json');

const figureSchema = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** Whether more of it is better: recall is, false alarms are not. */
  isGood: z.boolean(),
});

export type Figure = z.infer<typeof figureSchema>;
export type Figures = Readonly<Record<string, Figure>>;

export function readBaseline(): Figures {
  if (!existsSync(FILE)) return {};
  return z.record(z.string(), figureSchema).parse(JSON.parse(readFileSync(FILE, 'utf8')));
}

export function writeBaseline(figures: Figures): void {
  writeFileSync(FILE, `${JSON.stringify(figures, null, 1)}\n`);
}

/** Names of the figures that fell by more than the baseline's interval. */
export function fallen(baseline: Figures, now: Figures): readonly string[] {
  return Object.entries(now)
    .filter(([name, { value }]) => {
      const before = baseline[name];
      if (!before) return false;
      return before.isGood ? value < before.low : value > before.high;
    })
    .map(([name]) => name);
}
