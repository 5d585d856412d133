/** Puts a checked tree in force: recorded before, whole or not at all, and nothing where it is in force already. */
import { hash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Configuration } from '../../contract/configuration.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { ConfigurationConflict } from './configuration-error.ts';
import { plan, summarizeChange, type Change } from './plan.ts';
import type { ConfigurationStore, StoredConfiguration } from './store.ts';

export interface Applied {
  readonly version: number;
  readonly digest: string;
  /** Empty: the same tree was in force already, and nothing was done. */
  readonly changes: readonly Change[];
}

export interface ApplyOrder {
  readonly action: string;
  readonly actor: string;
  readonly expectedVersion?: number;
}

interface Means {
  readonly store: ConfigurationStore;
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  readonly clock: Clock;
}

const MAX_ATTEMPTS = 5;
const MAX_RECORDED_CHANGES = 200;

/** @throws ConfigurationConflict where others came first, time and again or by the version expected */
export function createApply({
  store,
  append,
  clock,
}: Means): (next: Configuration, by: ApplyOrder) => Promise<Applied> {
  const record = ({ actor }: ApplyOrder, action: string, before: number, changes: readonly Change[]) =>
    append({
      kind: 'administration',
      id: newId('adm', clock.now()),
      at: clock.now(),
      actor,
      action,
      subject: 'configuration',
      before: String(before),
      after: String(before + 1),
      changes: changes.slice(0, MAX_RECORDED_CHANGES).map(summarizeChange),
    });

  /** Undefined where another change came between reading and writing. */
  const attempt = async (next: Configuration, by: ApplyOrder): Promise<Applied | undefined> => {
    const tree = canonicalJson(next);
    const digest = hash('sha256', tree);
    const inForce = await store.current();
    const before = inForce?.version ?? 0;
    if (by.expectedVersion !== undefined && by.expectedVersion !== before)
      throw new ConfigurationConflict(before);
    if (inForce?.digest === digest) return { version: before, digest, changes: [] };
    const changes = planAgainst(inForce, next);
    await record(by, by.action, before, changes);
    let stored = false;
    try {
      stored = await store.put(
        { version: before + 1, digest, tree, atMs: clock.now(), actor: by.actor },
        before,
      );
    } finally {
      // The record said what was about to be: it must not stand there as if it had been.
      if (!stored) await record(by, `${by.action}.failed`, before, []);
    }
    return stored ? { version: before + 1, digest, changes } : undefined;
  };

  return async (next, by) => {
    for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts++) {
      const applied = await attempt(next, by);
      if (applied) return applied;
    }
    throw new ConfigurationConflict((await store.current())?.version ?? 0);
  };
}

/** What is stored is read as it stands: a tree that this release could not use can still be replaced. */
export function planAgainst(
  inForce: StoredConfiguration | undefined,
  next: Configuration,
): readonly Change[] {
  const before: unknown = inForce ? JSON.parse(inForce.tree) : {};
  return plan(typeof before === 'object' ? before : {}, next);
}
