/** What is compared: requests and tokens. */
import { UsageError } from './usage-row.ts';

export interface Figures {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export type Sums = { -readonly [Name in keyof Figures]: number };

export const DIMENSIONS = ['requests', 'inputTokens', 'outputTokens'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export function noSums(): Sums {
  return { requests: 0, inputTokens: 0, outputTokens: 0 };
}

export function addTo(sums: Sums, figures: Partial<Figures>): void {
  for (const name of DIMENSIONS) sums[name] += figures[name] ?? 0;
}

/** Places for figures, by account, model and day: bounded, so that no file fills the memory. */
const MAX_CELLS = 200_000;

export class Cells<Cell> {
  readonly #series = new Map<string, Map<string, Map<number, Cell>>>();
  readonly #empty: () => Cell;
  #count = 0;

  constructor(empty: () => Cell) {
    this.#empty = empty;
  }

  knows(account: string, model: string): boolean {
    return this.#series.get(account)?.has(model) === true;
  }

  /** @throws UsageError beyond what memory should hold */
  at(account: string, model: string, day: number): Cell {
    const models = setDefault(this.#series, account, () => new Map<string, Map<number, Cell>>());
    const days = setDefault(models, model, () => new Map<number, Cell>());
    return setDefault(days, day, () => {
      if (++this.#count > MAX_CELLS)
        throw new UsageError(`more than ${MAX_CELLS} days of models: reconcile fewer days at once`);
      return this.#empty();
    });
  }

  days(account: string, model: string): ReadonlyMap<number, Cell> {
    return this.#series.get(account)?.get(model) ?? new Map();
  }

  *series(): Generator<readonly [account: string, model: string], void, undefined> {
    for (const [account, models] of this.#series) for (const model of models.keys()) yield [account, model];
  }
}

function setDefault<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
