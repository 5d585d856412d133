/** The tree over the record: leaves are taken in as they come, and each state of it is published under a signature. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { formatCheckpoint } from '../../tlog/checkpoint.ts';
import { ED25519, formatVerifierKey, noteSigner } from '../../tlog/keys.ts';
import { formatNote } from '../../tlog/note.ts';
import { withSignatures } from '../../tlog/witness-text.ts';
import type { Keyring } from './keyring.ts';
import { proofBundle } from './prove.ts';
import type { LogStore, StoredCheckpoint, Tree } from './store.ts';
import type { Witnesses } from './witnesses.ts';

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
}

/** Appends wait while leaves are taken in: few at a time. */
const LEAVES_PER_STEP = 1_024;

export function createLog({ store, keyring, origin, clock }: LogSettings): Log {
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

  function sign({ size, root }: Tree): StoredCheckpoint {
    const text = formatCheckpoint({ origin: name, size, root, extensions: [] });
    const note = formatNote({ text, signatures: [signer.sign(text)] });
    return { size, atMs: clock.now(), note: Buffer.from(note).toString('utf8') };
  }

  async function publish(tree: Tree, witnesses?: Witnesses): Promise<StoredCheckpoint> {
    const last = await store.checkpointAt(tree.size);
    const known = last?.size === tree.size ? last : undefined;
    const signed = known ?? sign(tree);
    const cosignatures = witnesses ? await witnesses.cosign(signed, tree) : [];
    if (known && cosignatures.length === 0) return known;
    // While witnesses were asked, another replica may have gone on.
    const latest = await store.checkpointAt(Number.MAX_SAFE_INTEGER);
    if (!known && latest && latest.size > tree.size) return latest;
    const note = withSignatures(Buffer.from(signed.note, 'utf8'), cosignatures);
    const checkpoint = { ...signed, note: Buffer.from(note).toString('utf8') };
    await store.publish(checkpoint);
    return checkpoint;
  }

  async function step({ witnesses, onPublished }: FollowSettings): Promise<void> {
    const tree = await integrate();
    const published = await publish(tree, witnesses);
    onPublished?.({
      integratedSize: tree.size,
      publishedSize: published.size,
      hasQuorum: witnesses?.hasQuorum(published) ?? true,
    });
  }

  return {
    origin: name,
    verifierKey: formatVerifierKey(signer.verifier),
    integrate,
    publish: async () => publish(await integrate()),
    async prove(index) {
      if (index >= (await store.sequenced())) return undefined;
      const last = await store.checkpointAt(Number.MAX_SAFE_INTEGER);
      return proofBundle(store, last && index < last.size ? last : await publish(await integrate()), index);
    },
    follow: (settings) => follow(() => step(settings), settings),
  };
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
