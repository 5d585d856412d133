/** The tree over the record: leaves are taken in as they come, and each state of it is published under a signature. */
import type { Clock } from '../../base/clock.ts';
import { formatCheckpoint } from '../../tlog/checkpoint.ts';
import { bytesEqual } from '../../tlog/encoding.ts';
import { formatVerifierKey } from '../../tlog/keys.ts';
import { formatNote } from '../../tlog/note.ts';
import { hashReaderOfTiles } from '../../tlog/tiles.ts';
import { readRoot } from '../../tlog/tree.ts';
import { withSignatures } from '../../tlog/witness-text.ts';
import type { Keyring } from './keyring.ts';
import { createLogKeys, type LogKey } from './log-keys.ts';
import { createProve } from './prove.ts';
import { createRotation, type Rotation } from './rotation.ts';
import type { LogStore, StoredCheckpoint, StoredLogKey, Tree } from './store.ts';
import type { Witnesses } from './witnesses.ts';

export interface Log {
  /** Names the log in its checkpoints. */
  readonly origin: string;
  /** `name+id+base64` (C2SP signed-note): what others verify the latest checkpoints with. */
  readonly verifierKey: string;
  /** Every key that the log has had, oldest first. */
  keys(): Promise<readonly LogKey[]>;
  readonly rotation: Rotation;
  /** Takes all that is sequenced into the tree, or sees another process do it. */
  integrate(): Promise<Tree>;
  /** Integrates, signs and keeps a checkpoint. Resolves to it, or to the last one where nothing was added since. */
  publish(): Promise<StoredCheckpoint>;
  /**
   * A proof bundle of the entry at `index` under the latest checkpoint; one is published where it is not under any yet.
   * Undefined where there is no such entry, or no leaf of it any more. With `witnesses`, the checkpoint is one that has
   * their quorum: one that is kept, or the latest, for which they are asked then; who asks is served without, where they
   * do not answer.
   */
  prove(index: number, witnesses?: Witnesses): Promise<Uint8Array | undefined>;
  /** Publishes at intervals, under the witnesses' cosignatures, until it is stopped. */
  follow(settings: FollowSettings): Following;
}

export interface FollowSettings {
  readonly intervalMs: number;
  readonly witnesses?: Witnesses;
  readonly onPublished?: (published: Published) => void;
  readonly onError: (error: unknown) => void;
}

/** How far the log is. */
export interface Published {
  readonly integratedSize: number;
  readonly publishedSize: number;
  readonly hasQuorum: boolean;
  /** Of the newest checkpoint that came to its quorum only after it was published. */
  readonly lateQuorumAtMs?: number | undefined;
}

export interface Following {
  /** Waits for what is under way, and publishes what came last. */
  stop(): Promise<void>;
}

export interface LogSettings {
  readonly store: LogStore;
  readonly keyring: Keyring;
  /** Where absent, a name that follows from the log's key. */
  readonly origin: string | undefined;
  readonly clock: Clock;
  /** Rotations that the store has at the start, so that the newest key is known at once. */
  readonly known?: readonly StoredLogKey[];
}

/** Appends wait while leaves are taken in: few at a time, unless more come than that takes. */
const LEAVES_PER_STEP = 256;
const LEAVES_PER_LONG_STEP = 1_024;
const BACKLOG = 4_096;
/** Longer than a database lets a process hold the tree that has stopped in the middle. */
const PATIENCE_MS = 10_000;
const RETRY_AFTER_MS = 10;
/** Checkpoints above an entry, of which any will do. */
const LOOKED_AT = 50;

export function createLog({ store, keyring, origin, clock, known = [] }: LogSettings): Log {
  const keys = createLogKeys({ store, keyring, origin, clock, known });
  const prove = createProve(store);

  async function integrate(): Promise<Tree> {
    const sequenced = await store.sequenced();
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const before = await store.integrated();
      const isBehind = sequenced - before.size > BACKLOG;
      const after = await store.integrate(isBehind ? LEAVES_PER_LONG_STEP : LEAVES_PER_STEP);
      if (after.size >= sequenced) return after;
      if (after.size > before.size) continue;
      // Another process is at it, or has just died over it.
      if (performance.now() > deadline) throw new Error('another process holds the tree and does not go on');
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    }
  }

  async function sign({ size, root }: Tree): Promise<StoredCheckpoint> {
    await checkRoot(store, { size, root });
    const text = formatCheckpoint({ origin: keys.origin, size, root, extensions: [] });
    const signatures = (await keys.signersOf(size)).map((signer) => signer.sign(text));
    const note = formatNote({ text, signatures });
    return { size, atMs: clock.now(), note: Buffer.from(note).toString('utf8') };
  }

  async function publish(tree: Tree, witnesses?: Witnesses): Promise<StoredCheckpoint> {
    const last = await store.checkpointAt(tree.size);
    const kept = last?.size === tree.size ? last : undefined;
    const signed = kept ?? (await sign(tree));
    const cosignatures = witnesses ? await witnesses.cosign(signed, tree) : [];
    if (kept && cosignatures.length === 0) return kept;
    // While witnesses were asked, another replica may have gone on.
    const latest = await store.checkpointAt(Number.MAX_SAFE_INTEGER);
    if (!kept && latest && latest.size > tree.size) return latest;
    const note = withSignatures(Buffer.from(signed.note, 'utf8'), cosignatures);
    const checkpoint = { ...signed, note: Buffer.from(note).toString('utf8') };
    await store.publish(checkpoint);
    // With what other replicas brought at once; or a larger one of theirs.
    const published = await store.checkpointAt(Number.MAX_SAFE_INTEGER);
    return published && published.size >= tree.size ? published : checkpoint;
  }

  const publishNow = async () => publish(await integrate());

  async function witnessed(
    index: number,
    witnesses: Witnesses,
    last: StoredCheckpoint | undefined,
  ): Promise<StoredCheckpoint> {
    const kept = last && index < last.size ? [last, ...(await store.checkpointsAfter(index, LOOKED_AT))] : [];
    return kept.find(witnesses.hasQuorum) ?? publish(await integrate(), witnesses);
  }

  async function step({ witnesses, onPublished }: FollowSettings): Promise<void> {
    const tree = await integrate();
    const published = await publish(tree, witnesses);
    onPublished?.({
      integratedSize: tree.size,
      publishedSize: published.size,
      hasQuorum: witnesses?.hasQuorum(published) ?? true,
      lateQuorumAtMs: witnesses?.lateQuorumAtMs,
    });
  }

  return {
    origin: keys.origin,
    get verifierKey() {
      return formatVerifierKey(keys.newest.verifier);
    },
    keys: keys.list,
    rotation: createRotation({ store, keys, clock, prove, publish: publishNow }),
    integrate,
    publish: publishNow,
    async prove(index, witnesses) {
      const last = await store.checkpointAt(Number.MAX_SAFE_INTEGER);
      if (witnesses && index < (await store.sequenced()))
        return prove(await witnessed(index, witnesses, last), index);
      if (last && index < last.size) return prove(last, index);
      return index < (await store.sequenced()) ? prove(await publishNow(), index) : undefined;
    },
    follow: (settings) => follow(() => step(settings), settings),
  };
}

/** What is in the database is believed only as far as its tiles bear it out. */
async function checkRoot(store: LogStore, { size, root }: Tree): Promise<void> {
  const own = await readRoot(
    size,
    hashReaderOfTiles(size, (tiles) => store.tiles(tiles)),
  );
  if (!bytesEqual(own, root)) throw new Error('the tiles of the log do not have its root');
}

function follow(step: () => Promise<void>, { intervalMs, onError }: FollowSettings): Following {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const run = () => step().catch(onError);
  function schedule(): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      running = run().then(schedule);
    }, intervalMs);
    timer.unref();
  }
  schedule();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
      await run();
    },
  };
}
