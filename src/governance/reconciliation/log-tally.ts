/** Sums the record by account, model and day, entry by entry in the order of the log. */
import type { AuditEntry, InteractionEndEntry, InteractionEntry } from '../../domain/record.ts';
import { consumptionOf, type Consumption } from './consumption.ts';
import { accountNames, type Accounts } from './export-tally.ts';
import { addTo, Cells, DIMENSIONS, noSums, type Sums } from './figures.ts';
import { modelFamily } from './model-family.ts';
import { dayOf } from './usage-row.ts';

export interface RecordedCell {
  readonly sure: Sums;
  /** What may have been used beyond that. */
  readonly possible: Sums;
  /** Of what is sure: what a provider may count among the day before, or among the next. */
  readonly toPrevious: Sums;
  readonly toNext: Sums;
}

export interface LogTally {
  readonly cells: Cells<RecordedCell>;
  readonly interactions: number;
}

/** Clocks differ, and a provider books a call when it ends, or somewhat later. */
const SLACK_MS = 15 * 60_000;
/** Answers under way at one time, of all instances together. */
const MAX_OPEN = 1_000_000;

/** `isExported`: whether the export has this model, so that a name of several can be chosen that it uses. */
export async function tallyLog(
  entries: AsyncIterable<AuditEntry>,
  accounts: Accounts,
  isExported: (account: string, model: string) => boolean,
): Promise<LogTally> {
  const cells = new Cells<RecordedCell>(() => ({
    sure: noSums(),
    possible: noSums(),
    toPrevious: noSums(),
    toNext: noSums(),
  }));
  const { ofProvider } = accountNames(accounts);
  const aliases = new Aliases();
  const open = new Map<string, InteractionEntry>();
  let interactions = 0;

  const count = (entry: InteractionEntry | InteractionEndEntry, begun: InteractionEntry | undefined) => {
    interactions++;
    const at = begun?.at ?? entry.at;
    for (const consumption of consumptionOf(entry)) {
      const account = ofProvider(consumption.provider);
      if (account === undefined) continue;
      const model = modelOf(consumption, (name) => isExported(account, name));
      if (consumption.responseModel !== undefined) aliases.learn(account, consumption.model, model);
      addConsumption(cells, { account, model, at, tookMs: entry.timings['total'] ?? 0 }, consumption);
    }
  };

  for await (const entry of entries) {
    if (entry.kind === 'administration') continue;
    if (entry.kind === 'interaction_end') {
      const begun = open.get(entry.id);
      open.delete(entry.id);
      // What a start ends after a crash began at another time: without its beginning nobody knows when.
      if (begun !== undefined || entry.outcome !== 'interrupted') count(entry, begun);
    } else if (entry.outcome === 'released') {
      open.set(entry.id, entry);
      if (open.size > MAX_OPEN) throw new Error(`more than ${MAX_OPEN} answers have no end in the record`);
    } else count(entry, undefined);
  }
  for (const entry of open.values()) count(entry, undefined);
  moveLost(cells, aliases, isExported);
  return { cells, interactions };
}

/** Under which name a provider bills what it was asked for by another: an attempt that was lost has told none. */
class Aliases {
  readonly #billed = new Map<string, string>();

  learn(account: string, asked: string, billed: string): void {
    this.#billed.set(`${account}\n${modelFamily(asked)}`, billed);
  }

  of(account: string, model: string): string | undefined {
    return this.#billed.get(`${account}\n${model}`);
  }
}

/** What was lost may be billed under the name that other answers have told. */
function moveLost(
  cells: Cells<RecordedCell>,
  aliases: Aliases,
  isExported: (account: string, model: string) => boolean,
): void {
  for (const [account, model] of cells.series()) {
    const billed = aliases.of(account, model);
    if (billed === undefined || billed === model || isExported(account, model)) continue;
    for (const [day, { possible }] of cells.days(account, model)) {
      addTo(cells.at(account, billed, day).possible, possible);
      for (const name of DIMENSIONS) possible[name] = 0;
    }
  }
}

/** The name that the export has, of those that the record knows: what the answer said is nearer to the bill. */
function modelOf({ model, responseModel }: Consumption, isExported: (model: string) => boolean): string {
  const names = [responseModel, model].flatMap((name) => (name === undefined ? [] : [modelFamily(name)]));
  return names.find(isExported) ?? names[0] ?? '';
}

interface Place {
  readonly account: string;
  readonly model: string;
  readonly at: number;
  readonly tookMs: number;
}

function addConsumption(
  cells: Cells<RecordedCell>,
  { account, model, at, tookMs }: Place,
  { sure, possible }: Consumption,
): void {
  const day = dayOf(at);
  const cell = cells.at(account, model, day);
  const mayBeNext = dayOf(at + tookMs + SLACK_MS) > day;
  const mayBePrevious = dayOf(at - SLACK_MS) < day;
  addTo(cell.sure, sure);
  addTo(cell.possible, possible);
  if (mayBeNext) addTo(cell.toNext, sure);
  if (mayBePrevious) addTo(cell.toPrevious, sure);
  // What is merely possible is possible on both days.
  const hasPossible = Object.keys(possible).length > 0;
  if (mayBeNext && hasPossible) addTo(cells.at(account, model, day + 1).possible, possible);
  if (mayBePrevious && hasPossible) addTo(cells.at(account, model, day - 1).possible, possible);
}
