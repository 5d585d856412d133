/** What administrators did: found in the index, named out of the record. */
import type { RecordedEntry } from '../../domain/record.ts';
import { cursorOf } from './asked.ts';
import type { ActivityIndex } from './reading.ts';
import type { AdministrationQuery, AdministrationRow, RowPlace, Total } from './store.ts';

export interface AdministrationAsk {
  readonly action?: readonly string[] | undefined;
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const PAGE = 200;
/** As many acts are opened at most to find those of one administrator: their names are sealed in the record. */
const MAX_OPENED = 5_000;

type Opened = (indexes: readonly number[]) => Promise<ReadonlyMap<number, RecordedEntry>>;

export async function administered(
  index: ActivityIndex,
  opened: Opened,
  ask: AdministrationAsk,
  placeOf: (cursor: string) => RowPlace,
) {
  const after = ask.cursor === undefined ? undefined : placeOf(ask.cursor);
  const query = queryOf(ask, after);
  if (ask.actor !== undefined) return ofActor(index, opened, { ...query, limit: PAGE }, ask.actor, ask.limit);
  const { rows, next, total } = await index.administration({ query, isCounted: after === undefined });
  return { items: await shown(opened, rows), next: next && cursorOf(next), total };
}

function queryOf(ask: AdministrationAsk, after: RowPlace | undefined): AdministrationQuery {
  return {
    ...(ask.action === undefined ? {} : { actions: ask.action }),
    ...(ask.subject === undefined ? {} : { subject: ask.subject }),
    ...(ask.fromMs === undefined ? {} : { fromMs: ask.fromMs }),
    ...(ask.toMs === undefined ? {} : { toMs: ask.toMs }),
    ...(after && { after }),
    limit: ask.limit,
  };
}

async function ofActor(
  index: ActivityIndex,
  opened: Opened,
  query: AdministrationQuery,
  actor: string,
  limit: number,
) {
  const items: Awaited<ReturnType<typeof shown>> = [];
  let after = query.after;
  for (let seen = 0; seen < MAX_OPENED; seen += PAGE) {
    const { rows, next } = await index.administration({
      query: { ...query, ...(after && { after }) },
      isCounted: false,
    });
    for (const item of await shown(opened, rows)) {
      if (item.actor === actor) items.push(item);
      after = { value: item.atMs, index: item.index };
      if (items.length === limit) return { items, next: cursorOf(after), total: null };
    }
    if (next === null) {
      const total: Total | null = query.after ? null : { count: items.length, isExact: true };
      return { items, next: null, total };
    }
  }
  return { items, next: after ? cursorOf(after) : null, total: null };
}

async function shown(opened: Opened, rows: readonly AdministrationRow[]) {
  const entries = await opened(rows.map(({ index }) => index));
  return rows.map((row) => {
    const entry = entries.get(row.index)?.entry;
    const known = entry?.kind === 'administration' ? entry : undefined;
    return {
      ...row,
      actor: known === undefined || known.actor === '' ? null : known.actor,
      before: known?.before ?? null,
      after: known?.after ?? null,
      reason: known?.reason ?? null,
      changes: [...(known?.changes ?? [])],
    };
  });
}
