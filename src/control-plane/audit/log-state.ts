/** How far the log is, under which checkpoints, and who vouches for them. */
import type { auditOperations } from '../../contract/api/audit.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Log } from '../../modules/audit/audit.ts';
import type { LogStore, StoredCheckpoint } from '../../modules/audit/store.ts';
import type { Handlers } from '../handler.ts';
import { shownCheckpoint, type WitnessesInForce } from './shown-checkpoint.ts';

export interface LogStateMeans {
  readonly log: Log;
  readonly store: LogStore;
  readonly witnesses: () => WitnessesInForce;
}

type StateOperations = Pick<typeof auditOperations, 'getLog' | 'listCheckpoints' | 'listWitnesses'>;

const NEWEST = Number.MAX_SAFE_INTEGER;
/** Checkpoints of which it is told what each witness has cosigned. */
const LOOKED_AT = 100;

export function stateHandlers({ log, store, witnesses }: LogStateMeans): Handlers<StateOperations> {
  return {
    async getLog() {
      const [latest, sequenced, tree, keys] = await Promise.all([
        store.checkpointAt(NEWEST),
        store.sequenced(),
        store.integrated(),
        log.keys(),
      ]);
      const inForce = witnesses();
      return {
        origin: log.origin,
        verifierKey: log.verifierKey,
        sequenced,
        integrated: tree.size,
        published: latest?.size ?? 0,
        latest: latest ? shownCheckpoint(latest, inForce) : null,
        keys: keys.map(({ generation, verifierKey, fromSize, toSize, untilMs }) => ({
          generation,
          verifierKey,
          fromSize,
          toSize: toSize ?? null,
          untilMs: untilMs ?? null,
        })),
        quorum: inForce.quorum,
        witnesses: inForce.witnesses.length,
      };
    },
    async listCheckpoints({ query: { cursor, limit } }) {
      const found = await newestCheckpoints(store, limit, cursor === undefined ? NEWEST : sizeIn(cursor) - 1);
      const last = found.at(-1);
      const isEnd = last === undefined || found.length < limit;
      return {
        items: found.map((each) => shownCheckpoint(each, witnesses())),
        next: isEnd ? null : String(last.size),
      };
    },
    async listWitnesses() {
      const inForce = witnesses();
      const checkpoints = await newestCheckpoints(store, LOOKED_AT, NEWEST);
      const shown = checkpoints.map((each) => shownCheckpoint(each, inForce));
      const items = inForce.witnesses.map(({ name, url, verifierKey }) => {
        const by = shown.filter(({ cosigners }) => cosigners.includes(name));
        const [last] = by;
        return {
          name,
          url,
          verifierKey,
          lastCosigned: last ? { size: last.size, atMs: last.atMs } : null,
          cosigned: by.length,
        };
      });
      return { items, quorum: inForce.quorum, lookedAt: shown.length };
    },
  };
}

async function newestCheckpoints(store: LogStore, count: number, fromSize: number) {
  const found: StoredCheckpoint[] = [];
  let last = await store.checkpointAt(fromSize);
  while (last && found.length < count) {
    found.push(last);
    last = last.size > 0 ? await store.checkpointAt(last.size - 1) : undefined;
  }
  return found;
}

function sizeIn(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new Refusal('invalid_request', 'the cursor is none of this list');
  return Number(cursor);
}
