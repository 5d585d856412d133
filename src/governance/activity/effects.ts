/** What the record says of its own past: persons that were erased, what retention removed, keys that are renewed. */
import { purgeIn, type LeafRange, type PurgedPart } from '../../domain/purge-statement.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { createGathering } from './change.ts';
import { unnamed } from './row.ts';
import type { ActivityRow, IndexWriting } from './store.ts';

export type Effect =
  | { readonly kind: 'erased'; readonly keys: readonly string[] }
  | {
      readonly kind: 'purged';
      readonly what: PurgedPart;
      readonly ranges: readonly LeafRange[];
    }
  | { readonly kind: 'renewing'; readonly keys: readonly string[] }
  /** Of the entries up to this one, what is demo data. */
  | { readonly kind: 'demo_removed'; readonly range: LeafRange };

const PER_STEP = 500;

export function effectOf(entry: AdministrationEntry): Effect | undefined {
  const { action, subject, after, erasure } = entry;
  if (erasure) return { kind: 'erased', keys: erasure.keys };
  if (action === 'demo.remove') return demoRemoved(after ?? '');
  if (action === 'subject.renew_keys') return { kind: 'renewing', keys: subject.split(' ') };
  const purge = purgeIn(entry);
  return purge && isPart(purge.what) ? { kind: 'purged', what: purge.what, ranges: purge.ranges } : undefined;
}

/** `12-480`: where demo data begins and ends. */
function demoRemoved(after: string): Effect | undefined {
  const [, first, last] = /^(\d{1,15})-(\d{1,15})$/.exec(after) ?? [];
  return first === undefined || last === undefined
    ? undefined
    : { kind: 'demo_removed', range: [Number(first), Number(last)] };
}

function isPart(what: string): what is PurgedPart {
  return Object.hasOwn(PURGES, what);
}

export async function takeEffect(writing: IndexWriting, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'erased':
      for (const key of effect.keys) await erase(writing, key);
      return;
    case 'purged':
      for (const range of effect.ranges) await purge(writing, effect.what, range);
      return;
    case 'demo_removed':
      return replaceBetween(writing, effect.range, (row) => (row.isDemo ? undefined : row));
    case 'renewing':
      return;
  }
}

async function erase(writing: IndexWriting, key: string): Promise<void> {
  for (;;) {
    const rows = await writing.rowsOf(key, PER_STEP);
    await replaceAll(writing, rows, unnamed);
    if (rows.length < PER_STEP) return;
  }
}

async function purge(writing: IndexWriting, what: PurgedPart, [first, last]: LeafRange): Promise<void> {
  if (what === 'entries') {
    const gathering = createGathering();
    gathering.unadministered([first, last]);
    await writing.apply(gathering.change());
  }
  await replaceBetween(writing, [first, last], PURGES[what]);
}

async function replaceBetween(
  writing: IndexWriting,
  [first, last]: LeafRange,
  to: (row: ActivityRow) => ActivityRow | undefined,
): Promise<void> {
  for (let from = first; from <= last; ) {
    const rows = await writing.rowsBetween(from, last, PER_STEP);
    await replaceAll(writing, rows, to);
    const end = rows.at(-1);
    if (end === undefined || rows.length < PER_STEP) return;
    from = end.index + 1;
  }
}

const PURGES: Readonly<Record<PurgedPart, (row: ActivityRow) => ActivityRow | undefined>> = {
  entries: () => undefined,
  identities: (row) => (row.principal === undefined ? row : unnamed(row)),
  content: (row) => ({ ...row, hasContent: false }),
};

async function replaceAll(
  writing: IndexWriting,
  rows: readonly ActivityRow[],
  to: (row: ActivityRow) => ActivityRow | undefined,
): Promise<void> {
  const gathering = createGathering();
  for (const row of rows) gathering.replace(row, to(row));
  if (!gathering.isEmpty()) await writing.apply(gathering.change());
}
