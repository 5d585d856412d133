/** A provider's own usage export against the record: usage that no entry explains went around the gateway. */
import type { AuditEntry } from '../../domain/record.ts';
import { compare, type Comparison, type Finding, type Note, type Period } from './compare.ts';
import { MAX_DAYS, tallyExport, type Accounts, type Days, type ExportTally } from './export-tally.ts';
import { tallyLog } from './log-tally.ts';
import { createUsageReader, type UsageReader } from './usage-reader.ts';
import { dayOf, dayText, startOfDay, UsageError, type UsageFormat, type UsageRow } from './usage-row.ts';

export { UsageError, type Accounts, type Finding, type Note, type UsageFormat };

export interface ReconciliationSettings {
  /** The files of one export; pages that follow one another in their order. */
  readonly usage: readonly AsyncIterable<Buffer>[];
  /** Found out where it is not told. */
  readonly format?: UsageFormat;
  /** Whose usage it is, once it is known what the export is. */
  readonly accountsOf: (format: UsageFormat) => Accounts;
  /** Days of UTC, by their first millisecond; the export's own where they are not told. `toMs` is not included. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** The share of recorded tokens by which the export may differ. */
  readonly tolerance: number;
  /** Entries of a time, in the order of the log. */
  readonly entries: (fromMs: number, toMs: number) => AsyncIterable<AuditEntry>;
}

export interface Reconciliation extends Comparison {
  readonly format: UsageFormat;
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  /** Lines of the export that tell of no tokens. */
  readonly ignoredRows: number;
  readonly interactions: number;
  readonly countsRequests: boolean;
}

/** @throws UsageError for what is no export, or none that can be reconciled */
export async function reconcile(settings: ReconciliationSettings): Promise<Reconciliation> {
  const { usage, format, accountsOf, entries, tolerance } = settings;
  const reader = createUsageReader(format);
  let accounts: Accounts | undefined;
  const whose = () => (accounts ??= accountsOf(formatOf(reader)));
  const exported = await tallyExport(rowsOf(reader, usage), whose, daysOf(settings));
  const period = periodOf(exported, daysOf(settings));
  const from = startOfDay(period.fromDay - 1);
  const to = startOfDay(period.toDay + 2);
  const log = await tallyLog(entries(from, to), whose(), (account, model) =>
    exported.cells.knows(account, model),
  );
  return {
    ...compare(exported, log, period, tolerance),
    format: formatOf(reader),
    from: dayText(period.fromDay),
    to: dayText(period.toDay),
    rows: exported.rows,
    ignoredRows: reader.ignored,
    interactions: log.interactions,
    countsRequests: exported.countsRequests,
  };
}

async function* rowsOf(
  reader: UsageReader,
  usage: readonly AsyncIterable<Buffer>[],
): AsyncGenerator<UsageRow, void, undefined> {
  for (const bytes of usage) yield* reader.rows(bytes);
  reader.finish();
}

function formatOf({ format }: UsageReader): UsageFormat {
  if (format === undefined) throw new UsageError('the export is empty: nothing tells what it is');
  return format;
}

function daysOf({ fromMs, toMs }: ReconciliationSettings): Days {
  return {
    ...(fromMs === undefined ? {} : { fromDay: dayOf(fromMs) }),
    ...(toMs === undefined ? {} : { toDay: dayOf(toMs - 1) }),
  };
}

function periodOf({ firstDay, lastDay }: ExportTally, { fromDay, toDay }: Days): Period {
  const [from, to] = [fromDay ?? firstDay, toDay ?? lastDay];
  if (from === undefined || to === undefined)
    throw new UsageError('the export tells of no usage in this time: say from when to when it is');
  if (to < from) throw new UsageError('the time ends before it begins');
  if (to - from > MAX_DAYS) throw new UsageError('the time is longer than ten years');
  return { fromDay: from, toDay: to };
}
