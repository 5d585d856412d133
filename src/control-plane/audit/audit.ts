/** The log through the API: what it is, who vouches for it, and what others can check without us. */
import { newId } from '../../base/ids.ts';
import type { auditOperations } from '../../contract/api/audit.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { countNewest, type Audit, type KitMeans } from '../../modules/audit/audit.ts';
import { base64 } from '../../tlog/encoding.ts';
import { TlogError } from '../../tlog/errors.ts';
import { proveConsistency } from '../../tlog/prove.ts';
import { hashReaderOfTiles } from '../../tlog/tiles.ts';
import type { Handlers } from '../handler.ts';
import { checkEvents, type CheckLog, type CheckOrder } from './check-events.ts';
import { kitStream } from './kit-stream.ts';
import { stateHandlers, type LogStateMeans } from './log-state.ts';

export interface AuditOptions extends LogStateMeans {
  readonly audit: Pick<Audit, 'append' | 'read'>;
  /** Undefined where there is no such entry, or no leaf of it any more. */
  readonly prove: (index: number) => Promise<Uint8Array | undefined>;
  readonly check: CheckLog;
  readonly kitMeans: () => Promise<KitMeans>;
  readonly now: () => number;
}

export function auditHandlers(options: AuditOptions): Handlers<typeof auditOperations> {
  const { store, audit, log } = options;
  let isChecking = false;

  async function* checkAlone(order: CheckOrder, signal: AbortSignal) {
    isChecking = true;
    try {
      yield* checkEvents(options.check, order, signal);
    } finally {
      isChecking = false;
    }
  }

  return {
    ...stateHandlers(options),
    async proveConsistency({ query: { fromSize, toSize } }) {
      const { size } = await store.integrated();
      if (fromSize > toSize || toSize > size)
        throw new Refusal('not_found', `the log has ${size} entries in its tree: there is no such proof`);
      const read = hashReaderOfTiles(toSize, (tiles) => store.tiles(tiles));
      const hashes = await proveConsistency(fromSize, toSize, read);
      return { fromSize, toSize, hashes: hashes.map(base64) };
    },
    async proveEntry({ query: { entry } }) {
      const index = await indexOf(options, entry);
      const bundle = index === undefined ? undefined : await proofOf(options, index);
      if (!bundle) throw new Refusal('not_found', 'there is no such entry, or it has been taken out');
      return { filename: `entry-${index}.tlog-proof`, content: Buffer.from(bundle) };
    },
    async proveHandover({ path: { generation } }) {
      const bundle = await log.rotation.handover(generation);
      if (!bundle)
        throw new Refusal('not_found', 'there is no such handover, or its entry has been taken out');
      return { filename: `handover-${generation}.tlog-proof`, content: Buffer.from(bundle) };
    },
    checkLog({ query }, { signal }) {
      // Before the answer begins: a no has to be one.
      if (isChecking) throw new Refusal('conflict', 'the log is being checked already: wait for that');
      return checkAlone({ from: query.from, isDeep: query.deep === 'true' }, signal);
    },
    async getCompleteness({ query }) {
      const { instances, gaps, ...counted } = await countNewest(store, query.entries);
      return {
        ...counted,
        gaps: gaps.map(({ code, message, index }) => ({
          code,
          message,
          ...(index === undefined ? {} : { index }),
        })),
        instances: instances.map((each) => ({ ...each, lastHeartbeatMs: each.lastHeartbeatMs ?? null })),
      };
    },
    async makeKit({ body }, { actor, signal }) {
      const { fromMs, toMs, proofs, knownSize, reason } = body;
      if (fromMs >= toMs)
        throw new Refusal('unacceptable', 'the time has to end after it begins', {
          problems: [{ in: 'body', pointer: '/toMs', message: 'it has to be later than fromMs' }],
        });
      // Handing the record to somebody is an administrative act, and stands in the record before it is done.
      await audit.append(kitEntry(options.now(), { actor, fromMs, toMs, reason }));
      const order = { fromMs, toMs, role: 'auditor', madeBy: actor, hasProofs: proofs } as const;
      const content = await kitStream(
        await options.kitMeans(),
        { ...order, ...(knownSize === undefined ? {} : { knownSize }) },
        signal,
      );
      return { filename: `bartizan-kit-${dayOf(fromMs)}-${dayOf(toMs)}.zip`, content };
    },
  };
}

const dayOf = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);

function kitEntry(
  at: number,
  act: {
    readonly actor: string;
    readonly fromMs: number;
    readonly toMs: number;
    readonly reason?: string | undefined;
  },
): AdministrationEntry {
  return {
    kind: 'administration',
    id: newId('adm', at),
    at,
    actor: act.actor,
    action: 'audit.kit',
    subject: 'auditor',
    before: new Date(act.fromMs).toISOString(),
    after: new Date(act.toMs).toISOString(),
    ...(act.reason === undefined ? {} : { reason: act.reason }),
  };
}

/** Undefined where nothing has that id. @throws Refusal `unacceptable` where an entry of another log is named */
async function indexOf({ audit, log }: AuditOptions, entry: string): Promise<number | undefined> {
  if (/^\d{1,15}$/.test(entry)) return Number(entry);
  const [, origin, index] = /^(.+)\/(\d{1,15})$/.exec(entry) ?? [];
  if (origin !== undefined) {
    if (origin !== log.origin)
      throw new Refusal('unacceptable', `this log is ${log.origin}: that entry is in another one`);
    return Number(index);
  }
  const { entries } = await audit.read({ id: entry, limit: 1 });
  return entries[0]?.index;
}

async function proofOf({ prove }: AuditOptions, index: number): Promise<Uint8Array | undefined> {
  try {
    return await prove(index);
  } catch (error) {
    if (error instanceof TlogError && error.code === 'index_out_of_range') return undefined;
    throw error;
  }
}
