/** Whether each interaction was served by a configuration that the kit holds, and that was in force then. */
import { createHash } from 'node:crypto';
import type { KitEntry } from './read-kit.ts';
import type { CheckId, Tally } from './tally.ts';

/** Replicas are told of a new version within seconds, and a request keeps the one that it began with. */
const TOLERANCE_MS = 60_000;
const PUT_IN_FORCE = new Set(['configuration.apply', 'configuration.rollback']);
const NAME = /^(\d{1,15})-([0-9a-f]{12})$/;

export interface ConfigurationsCheck {
  next(entry: KitEntry): void;
  /** Of interactions. */
  readonly checked: number;
}

/** `digests`: SHA-256 of each version's file, hexadecimal. */
export function createConfigurationsCheck(
  tally: Tally<CheckId>,
  digests: ReadonlyMap<number, string>,
  atStart: { readonly version: number; readonly since: number },
): ConfigurationsCheck {
  let current = atStart.version;
  /** When a version gave way to the next. */
  const supersededAt = new Map<number, number>([[atStart.version - 1, atStart.since]]);
  let checked = 0;

  function put({ entry }: NonNullable<KitEntry['leaf']>): void {
    const version = Number(entry.after);
    if (entry.action?.endsWith('.failed')) {
      supersededAt.delete(version - 1);
      current = Math.min(current, version - 1);
    } else if (version > current) {
      supersededAt.set(current, entry.at);
      current = version;
    }
  }

  function check(index: number, snapshot: string, at: number): void {
    checked++;
    const [, version, digest] = NAME.exec(snapshot) ?? [];
    const number = Number(version);
    if (digest === undefined || digests.get(number)?.startsWith(digest) !== true) {
      tally.fail('configurations', 'snapshot_unknown', { index, at: snapshot });
      return;
    }
    const until = number < atStart.version - 1 ? atStart.since : (supersededAt.get(number) ?? Infinity);
    if (number > current || at > until + TOLERANCE_MS)
      tally.fail('configurations', 'snapshot_not_in_force', { index, at: snapshot });
  }

  return {
    next({ index, leaf }) {
      if (!leaf) return;
      const { kind, action, snapshot, at } = leaf.entry;
      if (kind === 'administration' && PUT_IN_FORCE.has(action?.replace(/\.failed$/, '') ?? '')) put(leaf);
      if (kind !== 'administration') check(index, snapshot ?? '', at);
    },
    get checked() {
      return checked;
    },
  };
}

export function digestOfConfiguration(tree: Uint8Array): string {
  return createHash('sha256').update(tree).digest('hex');
}
