/** Whether a log is whole: an intact tree proves that nothing was changed, but not that everything was written. */
import { ALIVE, STARTED, STOPPED } from './heartbeat.ts';

/** What of a leaf is needed. */
export interface CountedLeaf {
  readonly index: number;
  readonly instance: string;
  readonly sequence: number;
  readonly at: number;
  readonly kind: string;
  /** Of administrative entries. */
  readonly action?: string;
  readonly after?: string;
}

export type Gap =
  | {
      readonly kind: 'missing_counter';
      readonly instance: string;
      readonly index: number;
      readonly expected: number;
      readonly found: number;
    }
  | {
      readonly kind: 'repeated_counter';
      readonly instance: string;
      readonly index: number;
      readonly found: number;
    }
  | {
      readonly kind: 'silence';
      readonly instance: string;
      readonly index: number;
      readonly fromMs: number;
      readonly toMs: number;
    }
  | {
      readonly kind: 'clock_went_back';
      readonly instance: string;
      readonly index: number;
      readonly fromMs: number;
      readonly toMs: number;
    };

interface Counted {
  sequence: number;
  /** Of the last entry that says when it was written; interactions say when they began. */
  writtenAt: number | undefined;
  intervalMs: number;
  isAlive: boolean;
  index: number;
}

/** Heartbeats may be late by as much as this of their interval. */
const PATIENCE = 2.5;
/** Clocks are set right by a little now and then. */
const CLOCK_TOLERANCE_MS = 2_000;

export interface CompletenessCheck {
  /** Leaves in the order of the log. Gives what is wrong with this one. */
  next(leaf: CountedLeaf): readonly Gap[];
  /** Gives the instances that fell silent before `atMs` without a word. */
  end(atMs: number): readonly Gap[];
}

/** `fromStart`: whether the first leaf of an instance must be its first; not so where a range is looked at. */
export function createCompletenessCheck({ fromStart }: { readonly fromStart: boolean }): CompletenessCheck {
  const instances = new Map<string, Counted>();
  return {
    next(leaf) {
      const known = instances.get(leaf.instance);
      const gaps = known ? gapsAfter(known, leaf) : gapsAtFirst(leaf, fromStart);
      instances.set(leaf.instance, countedOf(leaf, known));
      return gaps;
    },
    end: (atMs) =>
      [...instances].flatMap(([instance, counted]) => silences(instance, counted.index, counted, atMs)),
  };
}

function gapsAtFirst({ instance, index, sequence }: CountedLeaf, fromStart: boolean): readonly Gap[] {
  if (!fromStart || sequence === 1) return [];
  return [{ kind: 'missing_counter', instance, index, expected: 1, found: sequence }];
}

function gapsAfter(known: Counted, leaf: CountedLeaf): readonly Gap[] {
  const { instance, index, sequence, at } = leaf;
  const gaps: Gap[] = [];
  const expected = known.sequence + 1;
  if (sequence > expected) gaps.push({ kind: 'missing_counter', instance, index, expected, found: sequence });
  if (sequence < expected) gaps.push({ kind: 'repeated_counter', instance, index, found: sequence });
  if (!saysWhen(leaf) || known.writtenAt === undefined) return gaps;
  if (at < known.writtenAt - CLOCK_TOLERANCE_MS)
    gaps.push({ kind: 'clock_went_back', instance, index, fromMs: known.writtenAt, toMs: at });
  // A start after a crash tells itself that there was silence.
  return leaf.action === STARTED ? gaps : [...gaps, ...silences(instance, index, known, at)];
}

function silences(instance: string, index: number, known: Counted, untilMs: number): readonly Gap[] {
  const { isAlive, writtenAt, intervalMs } = known;
  if (!isAlive || writtenAt === undefined || untilMs - writtenAt <= intervalMs * PATIENCE) return [];
  return [{ kind: 'silence', instance, index, fromMs: writtenAt, toMs: untilMs }];
}

function countedOf(leaf: CountedLeaf, known: Counted | undefined): Counted {
  const { sequence, at, index, action, after } = leaf;
  const isBeat = action === STARTED || action === ALIVE;
  return {
    sequence,
    index,
    writtenAt: saysWhen(leaf) ? at : known?.writtenAt,
    intervalMs: isBeat ? Number(after) : (known?.intervalMs ?? 0),
    isAlive: action === STOPPED ? false : isBeat || (known?.isAlive ?? false),
  };
}

function saysWhen({ kind }: CountedLeaf): boolean {
  return kind === 'administration';
}
