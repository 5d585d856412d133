/** Collects what is wrong, check by check: every failure is counted, and the first of each check are told. */
import { TLOG_ERROR_MEANINGS, TlogError } from '../../../tlog/errors.ts';
import { KIT_ERROR_MEANINGS, KitError, type KitErrorCode } from './kit-codes.ts';

export const CHECKS = [
  'archive',
  'trust',
  'checkpoints',
  'leaves',
  'known',
  'counters',
  'configurations',
  'erasures',
  'openings',
  'proofs',
] as const;
export type CheckId = (typeof CHECKS)[number];

export interface Failure {
  readonly code: KitErrorCode;
  /** In plain words, with the place. */
  readonly message: string;
  /** Of the entry that it is about. */
  readonly index?: number;
}

export interface Tally<Id extends string> {
  fail(check: Id, code: KitErrorCode, where: { readonly index?: number; readonly at?: string }): void;
  /** Runs it; what it throws as an error of the log or the kit is a failure of the check. Undefined then. */
  attempt<T>(check: Id, where: string, work: () => T): T | undefined;
  failures(check: Id): readonly Failure[];
  count(check: Id): number;
  readonly total: number;
}

const MAX_TOLD = 20;

export function createTally<Id extends string>(): Tally<Id> {
  const told = new Map<Id, Failure[]>();
  const counts = new Map<Id, number>();
  function add(check: Id, failure: Failure): void {
    counts.set(check, (counts.get(check) ?? 0) + 1);
    const list = told.get(check) ?? [];
    told.set(check, list);
    if (list.length < MAX_TOLD) list.push(failure);
  }
  return {
    fail(check, code, { index, at }) {
      const place = [...(index === undefined ? [] : [`entry ${index}`]), ...(at === undefined ? [] : [at])];
      const message = `${meaningOf(code)}${place.length === 0 ? '' : ` (${place.join(', ')})`}`;
      add(check, { code, message, ...(index === undefined ? {} : { index }) });
    },
    attempt(check, where, work) {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof TlogError || error instanceof KitError)) throw error;
        add(check, { code: error.code, message: `${meaningOf(error.code)} (${where})` });
        return undefined;
      }
    },
    failures: (check) => told.get(check) ?? [],
    count: (check) => counts.get(check) ?? 0,
    get total() {
      return [...counts.values()].reduce((sum, count) => sum + count, 0);
    },
  };
}

export function meaningOf(code: KitErrorCode): string {
  return { ...TLOG_ERROR_MEANINGS, ...KIT_ERROR_MEANINGS }[code];
}
