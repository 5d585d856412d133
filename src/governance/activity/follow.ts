/** Follows the record: reads what is new, in its order, and keeps rows and counts of it together with how far it has come. */
import type { Clock } from '../../base/clock.ts';
import type { InteractionEndEntry } from '../../domain/record.ts';
import { createGathering, type Gathering } from './change.ts';
import { effectOf, takeEffect, type Effect } from './effects.ts';
import { administrationOf, ended, rowOf } from './row.ts';
import type { ActivitySource, ActivityStore, IndexState, IndexWriting, SpooledEntry } from './store.ts';

export interface FollowSettings {
  readonly source: ActivitySource;
  readonly store: ActivityStore;
  readonly clock: Clock;
  /** Entries that are taken in together. */
  readonly page?: number;
}

export interface Step {
  /** Entries that were taken in. */
  readonly taken: number;
  readonly isCaughtUp: boolean;
  /** Somebody else follows at present. */
  readonly isOthers: boolean;
}

const PAGE = 1_000;
const KEEP_EVERY_MS = 1_000;

/** One page. @throws where the record or the index cannot be read: nothing of the page is kept then */
export async function followOnce(settings: FollowSettings): Promise<Step> {
  const { store, page = PAGE } = settings;
  const step = await store.advance(async (writing) => {
    const { state } = writing;
    const { entries, end, isLast: isCaughtUp } = await settings.source.read(state.position, page);
    const renewing = await takeAll(writing, entries);
    if (end > state.position || state.renewing.length > 0 || isDue(settings, state, isCaughtUp))
      await writing.save({
        ...state,
        position: Math.max(state.position, end),
        renewing: await stillRenewing(settings, writing, [...state.renewing, ...renewing]),
        caughtUpMs: isCaughtUp ? settings.clock.now() : state.caughtUpMs,
      });
    return { taken: entries.length, isCaughtUp, isOthers: false };
  });
  return step ?? { taken: 0, isCaughtUp: true, isOthers: true };
}

/** While nothing is new, it is kept once a second that nothing was. */
function isDue({ clock }: FollowSettings, { caughtUpMs }: IndexState, isCaughtUp: boolean): boolean {
  return isCaughtUp && clock.now() - caughtUpMs >= KEEP_EVERY_MS;
}

/** What says something of rows before it takes effect after them. Gives the keys that are to be renewed. */
async function takeAll(writing: IndexWriting, entries: readonly SpooledEntry[]): Promise<readonly string[]> {
  const renewing: string[] = [];
  let from = 0;
  for (const [at, { entry }] of entries.entries()) {
    const effect = entry.kind === 'administration' ? effectOf(entry) : undefined;
    if (!effect) continue;
    await takeRows(writing, entries.slice(from, at + 1));
    from = at + 1;
    await takeEffect(writing, effect);
    renewing.push(...keysRenewed(effect));
  }
  await takeRows(writing, entries.slice(from));
  return renewing;
}

function keysRenewed(effect: Effect): readonly string[] {
  return effect.kind === 'renewing' ? effect.keys : [];
}

async function takeRows(writing: IndexWriting, entries: readonly SpooledEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const gathering = createGathering();
  const begun = await beginningsOf(writing, entries);
  for (const spooled of entries) {
    const { entry } = spooled;
    if (entry.kind === 'administration') {
      const row = administrationOf(spooled);
      if (row) gathering.administered(row);
    } else if (entry.kind === 'interaction') gathering.replace(undefined, rowOf(spooled, entry));
    else takeEnd(gathering, begun.get(entry.id), spooled, entry);
  }
  await writing.apply(gathering.change());
}

function takeEnd(
  gathering: Gathering,
  begun: ReturnType<typeof rowOf> | undefined,
  spooled: SpooledEntry,
  entry: InteractionEndEntry,
): void {
  const known = gathering.byId(entry.id);
  const before = known ?? begun;
  if (!before) return gathering.replace(undefined, rowOf(spooled, entry));
  gathering.replace(known ? undefined : begun, ended(before, spooled, entry));
}

async function beginningsOf(writing: IndexWriting, entries: readonly SpooledEntry[]) {
  const here = new Set(entries.flatMap(({ entry }) => (entry.kind === 'interaction' ? [entry.id] : [])));
  const ids = entries.flatMap(({ entry: { kind, id } }) =>
    kind === 'interaction_end' && !here.has(id) ? [id] : [],
  );
  const rows = ids.length === 0 ? [] : await writing.rowsById(ids);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A key is renewed once entries that were under it are under another. */
async function stillRenewing(
  { source }: FollowSettings,
  writing: IndexWriting,
  keys: readonly string[],
): Promise<IndexState['renewing']> {
  const still: string[] = [];
  for (const key of new Set(keys)) {
    const [row] = await writing.rowsOf(key, 1);
    const now = row && (await source.principalAt(row.index));
    if (now === key) still.push(key);
    else if (now !== undefined) await writing.renewed(key, now);
  }
  return still;
}
