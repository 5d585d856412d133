/** The tree over the record: leaves are taken in as they come, and each state of it is published under a signature. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { formatCheckpoint } from '../../tlog/checkpoint.ts';
import { ED25519, formatVerifierKey, noteSigner } from '../../tlog/keys.ts';
import { formatNote, type NoteSignature } from '../../tlog/note.ts';
import type { Keyring } from './keyring.ts';
import { proofBundle } from './prove.ts';
import type { LogStore, StoredCheckpoint, Tree } from './store.ts';

export interface Log {
  /** Names the log in its checkpoints. */
  readonly origin: string;
  /** `name+id+base64` (C2SP signed-note): what others verify checkpoints with. */
  readonly verifierKey: string;
  /** Takes all that is sequenced into the tree. */
  integrate(): Promise<Tree>;
  /** Integrates, signs and keeps a checkpoint. Resolves to it, or to the last one where nothing was added since. */
  publish(): Promise<StoredCheckpoint>;
  /**
   * A proof bundle of the entry at `index` under the latest checkpoint; one is published where it is not under any yet.
   * Undefined where there is no such entry, or no leaf of it any more.
   */
  prove(index: number): Promise<Uint8Array | undefined>;
  /** Publishes at intervals until it is stopped. */
  follow(intervalMs: number, onError: (error: unknown) => void): Following;
}

export interface Following {
  /** Waits for what is under way, and publishes what came last. */
  stop(): Promise<void>;
}

/** Asks witnesses for their cosignatures under a checkpoint that the log has signed. MUST NOT reject. */
export type Cosign = (note: Uint8Array, tree: Tree) => Promise<readonly NoteSignature[]>;

export interface LogSettings {
  readonly store: LogStore;
  readonly keyring: Keyring;
  /** Where absent, a name that follows from the log's key. */
  readonly origin: string | undefined;
  readonly clock: Clock;
  readonly cosign?: Cosign;
}

/** Appends wait while leaves are taken in: few at a time. */
const LEAVES_PER_STEP = 1_024;

export function createLog({ store, keyring, origin, clock, cosign }: LogSettings): Log {
  const seed = keyring.houseKey('log key');
  const name = origin ?? `bartizan.invalid/${createHash('sha256').update(seed).digest('hex').slice(0, 16)}`;
  const signer = noteSigner(name, ED25519, seed);

  async function integrate(): Promise<Tree> {
    for (;;) {
      const before = await store.integrated();
      const after = await store.integrate(LEAVES_PER_STEP);
      if (after.size - before.size < LEAVES_PER_STEP) return after;
    }
  }

  async function publish(): Promise<StoredCheckpoint> {
    const tree = await integrate();
    const last = await store.checkpointAt(tree.size);
    if (last?.size === tree.size) return last;
    const text = formatCheckpoint({ origin: name, size: tree.size, root: tree.root, extensions: [] });
    const signature = signer.sign(text);
    const signed = formatNote({ text, signatures: [signature] });
    const cosignatures = cosign ? await cosign(signed, tree) : [];
    const bytes =
      cosignatures.length === 0 ? signed : formatNote({ text, signatures: [signature, ...cosignatures] });
    const checkpoint = { size: tree.size, atMs: clock.now(), note: Buffer.from(bytes).toString('utf8') };
    await store.publish(checkpoint);
    return checkpoint;
  }

  return {
    origin: name,
    verifierKey: formatVerifierKey(signer.verifier),
    integrate,
    publish,
    async prove(index) {
      if (index >= (await store.sequenced())) return undefined;
      const last = await store.checkpointAt(Number.MAX_SAFE_INTEGER);
      return proofBundle(store, last && index < last.size ? last : await publish(), index);
    },
    follow: (intervalMs, onError) => follow(publish, intervalMs, onError),
  };
}

function follow(
  publish: () => Promise<unknown>,
  intervalMs: number,
  onError: (error: unknown) => void,
): Following {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const run = () => publish().then(() => undefined, onError);
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
