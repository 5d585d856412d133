/** Sums an export by account, model and day. An account is a provider of the configuration, or all that were named. */
import { addTo, Cells, noSums, type Sums } from './figures.ts';
import { modelFamily } from './model-family.ts';
import { UsageError, type UsageRow } from './usage-row.ts';

export interface Accounts {
  /** Providers whose usage the export tells together. */
  readonly providers: readonly string[];
  /** From a key, as the export names it, to the provider that uses it; where there are any, other keys are unknown. */
  readonly keys: ReadonlyMap<string, string>;
  /** From a model's name in the export to its name in the record, where the two are not alike. */
  readonly models: ReadonlyMap<string, string>;
}

export interface ExportTally {
  readonly cells: Cells<Sums>;
  /** By key, model and day: usage under keys that belong to no provider. */
  readonly unknownKeys: Cells<Sums>;
  readonly rows: number;
  /** False as soon as a row does not count requests. */
  readonly countsRequests: boolean;
  readonly firstDay: number | undefined;
  readonly lastDay: number | undefined;
}

export interface Days {
  /** Included, both. */
  readonly fromDay?: number;
  readonly toDay?: number;
}

const NO_KEY = '(none)';
export const MAX_DAYS = 3_700;

/** @throws UsageError */
export async function tallyExport(
  rows: AsyncIterable<UsageRow>,
  /** Asked once there is a row. */
  accountsOf: () => Accounts,
  { fromDay = -Infinity, toDay = Infinity }: Days,
): Promise<ExportTally> {
  const cells = new Cells(noSums);
  const unknownKeys = new Cells(noSums);
  let accounts: Accounts | undefined;
  let ofKey: ((key: string) => string | undefined) | undefined;
  let count = 0;
  let countsRequests = true;
  let firstDay = Infinity;
  let lastDay = -Infinity;
  for await (const row of rows) {
    const { day, key = NO_KEY } = row;
    if (day < fromDay || day > toDay) continue;
    accounts ??= accountsOf();
    ofKey ??= accountNames(accounts).ofKey;
    count++;
    countsRequests &&= row.requests !== undefined;
    firstDay = Math.min(firstDay, day);
    lastDay = Math.max(lastDay, day);
    if (lastDay - firstDay > MAX_DAYS) throw new UsageError('the export spans more than ten years');
    const account = ofKey(key);
    const model = modelFamily(accounts.models.get(row.model) ?? row.model);
    addTo((account === undefined ? unknownKeys : cells).at(account ?? key, model, day), {
      ...row,
      requests: row.requests ?? 0,
    });
  }
  const isEmpty = count === 0;
  return {
    cells,
    unknownKeys,
    rows: count,
    countsRequests,
    firstDay: isEmpty ? undefined : firstDay,
    lastDay: isEmpty ? undefined : lastDay,
  };
}

/** Names of accounts for keys of the export and for providers of the record; undefined for what belongs to none. */
export function accountNames({ providers, keys }: Accounts) {
  const all = providers.join('+');
  const known = new Set(keys.size > 0 ? keys.values() : providers);
  return {
    ofKey: (key: string) => (keys.size > 0 ? keys.get(key) : all),
    ofProvider: (provider: string) => (!known.has(provider) ? undefined : keys.size > 0 ? provider : all),
  };
}
