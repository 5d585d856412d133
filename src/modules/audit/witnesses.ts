/** Asks the configured witnesses (C2SP tlog-witness) to cosign checkpoints: none of them can hold up or spoil the record. */
import type { Clock } from '../../base/clock.ts';
import { TlogError } from '../../tlog/errors.ts';
import { formatVerifierKey } from '../../tlog/keys.ts';
import { type NoteVerifier, parseNote, type VerifiedSignature, verifySignatures } from '../../tlog/note.ts';
import { proveConsistency } from '../../tlog/prove.ts';
import { hashReaderOfTiles } from '../../tlog/tiles.ts';
import {
  formatAddCheckpoint,
  openCosignatures,
  parseConflict,
  SIZE_CONTENT_TYPE,
  withSignatures,
} from '../../tlog/witness-text.ts';
import type { LogStore, StoredCheckpoint, Tree } from './store.ts';

export interface WitnessAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

/** A witness, and how it is asked. */
export interface AskedWitness {
  readonly name: string;
  readonly verifier: NoteVerifier;
  addCheckpoint(body: Uint8Array, signal: AbortSignal): Promise<WitnessAnswer>;
}

/** Who is asked, and whose word it takes. */
export interface WitnessPanel {
  readonly witnesses: readonly AskedWitness[];
  readonly quorum: number;
}

export interface Witnesses {
  /**
   * The cosignatures that the checkpoint lacks, of those who answered in time; who answers later is heard later. MUST be
   * given a checkpoint of that tree. Rejects only where the store does.
   */
  cosign(checkpoint: StoredCheckpoint, tree: Tree): Promise<readonly VerifiedSignature[]>;
  hasQuorum(checkpoint: StoredCheckpoint): boolean;
  /** When a checkpoint was made that came to its quorum late: the newest of them. */
  readonly lateQuorumAtMs: number | undefined;
}

export interface WitnessesSettings {
  readonly store: LogStore;
  /** Read anew for each checkpoint. */
  readonly panel: () => WitnessPanel;
  readonly clock: Clock;
  /** How long a checkpoint waits for its cosignatures. */
  readonly waitMs: number;
  /** How long a witness may take in all. */
  readonly timeoutMs: number;
  /** `reason` is one of few words. */
  readonly onFailure: (witness: string, reason: string) => void;
  readonly onError: (error: unknown) => void;
}

/** What is remembered of one witness. */
interface Acquaintance {
  /** The last size that it acknowledged. */
  size: number;
  failures: number;
  notBeforeMs: number;
  isBusy: boolean;
}

/** Who failed is left alone for twice as long each time, up to this. */
const MAX_PAUSE_MS = 60_000;
const FIRST_PAUSE_MS = 500;
/** A witness may know another size than we remember; it tells which. */
const MAX_ROUNDS = 3;
const ANSWERED_STATUSES = new Set([400, 403, 404, 409, 422]);

class WitnessFailure extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`a witness does not cosign: ${reason}`);
    this.name = 'WitnessFailure';
    this.reason = reason;
  }
}

export function createWitnesses(settings: WitnessesSettings): Witnesses {
  const { store, panel, clock, waitMs, timeoutMs, onFailure, onError } = settings;
  const acquaintances = new Map<string, Acquaintance>();
  let lateQuorumAtMs: number | undefined;

  function acquaintanceOf({ verifier }: AskedWitness): Acquaintance {
    const key = formatVerifierKey(verifier);
    const known = acquaintances.get(key) ?? { size: 0, failures: 0, notBeforeMs: 0, isBusy: false };
    acquaintances.set(key, known);
    return known;
  }

  /** Undefined where it does not cosign. Never rejects. */
  async function ask(
    witness: AskedWitness,
    checkpoint: StoredCheckpoint,
    tree: Tree,
  ): Promise<VerifiedSignature | undefined> {
    const acquaintance = acquaintanceOf(witness);
    acquaintance.isBusy = true;
    try {
      const signature = await askForIt(store, witness, acquaintance, checkpoint, tree, timeoutMs);
      acquaintance.failures = 0;
      acquaintance.notBeforeMs = 0;
      return signature;
    } catch (error) {
      const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** acquaintance.failures++);
      acquaintance.notBeforeMs = clock.now() + pauseMs;
      onFailure(witness.name, reasonOf(error));
      return undefined;
    } finally {
      acquaintance.isBusy = false;
    }
  }

  function hasQuorum(checkpoint: StoredCheckpoint): boolean {
    const { witnesses, quorum } = panel();
    return cosignersOf(checkpoint, witnesses).size >= quorum;
  }

  async function keepLate(checkpoint: StoredCheckpoint, signature: VerifiedSignature): Promise<void> {
    const kept = await keep(store, checkpoint, signature);
    if (kept && hasQuorum(kept)) lateQuorumAtMs = Math.max(lateQuorumAtMs ?? 0, kept.atMs);
  }

  return {
    hasQuorum,
    get lateQuorumAtMs() {
      return lateQuorumAtMs;
    },
    async cosign(checkpoint, tree) {
      const { witnesses } = panel();
      const signed = cosignersOf(checkpoint, witnesses);
      const now = clock.now();
      const due = witnesses.filter((witness) => {
        const { isBusy, notBeforeMs } = acquaintanceOf(witness);
        return !isBusy && notBeforeMs <= now && !signed.has(witness.verifier);
      });
      const inTime: VerifiedSignature[] = [];
      let isOver = false;
      const asked = due.map(async (witness) => {
        const signature = await ask(witness, checkpoint, tree);
        if (!signature) return;
        if (isOver) await keepLate(checkpoint, signature).catch(onError);
        else inTime.push(signature);
      });
      await settledWithin(asked, waitMs);
      isOver = true;
      return inTime;
    },
  };
}

/** Adds what came too late for the publication; undefined where that checkpoint is not there any more. */
async function keep(
  store: LogStore,
  checkpoint: StoredCheckpoint,
  signature: VerifiedSignature,
): Promise<StoredCheckpoint | undefined> {
  const kept = await store.checkpointAt(checkpoint.size);
  if (kept?.size !== checkpoint.size) return undefined;
  const note = withSignatures(bytesOf(checkpoint), [signature]);
  await store.publish({ ...checkpoint, note: Buffer.from(note).toString('utf8') });
  const after = await store.checkpointAt(checkpoint.size);
  return after?.size === checkpoint.size ? after : undefined;
}

/** @throws WitnessFailure, TlogError, and whatever the connection throws */
async function askForIt(
  store: LogStore,
  { verifier, addCheckpoint }: AskedWitness,
  acquaintance: Acquaintance,
  checkpoint: StoredCheckpoint,
  tree: Tree,
  timeoutMs: number,
): Promise<VerifiedSignature | undefined> {
  const note = bytesOf(checkpoint);
  const read = hashReaderOfTiles(tree.size, (tiles) => store.tiles(tiles));
  const signal = AbortSignal.timeout(timeoutMs);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const oldSize = Math.min(acquaintance.size, tree.size);
    const proof = await proveConsistency(oldSize, tree.size, read);
    const body = formatAddCheckpoint({ oldSize, proof, checkpoint: note });
    const answer = await untilAborted(addCheckpoint(body, signal), signal);
    if (answer.status === 200) {
      const [signature] = openCosignatures(parseNote(note).text, answer.body, [verifier]);
      acquaintance.size = tree.size;
      return signature;
    }
    acquaintance.size = conflictOf(answer);
    if (acquaintance.size > tree.size) {
      await checkAhead(store, acquaintance.size);
      return undefined;
    }
  }
  throw new WitnessFailure('conflict');
}

/** The size that the witness starts from. @throws WitnessFailure for every other answer */
function conflictOf({ status, contentType, body }: WitnessAnswer): number {
  if (status === 409 && contentType === SIZE_CONTENT_TYPE) return parseConflict(body);
  throw new WitnessFailure(ANSWERED_STATUSES.has(status) ? `refused_${status}` : 'bad_answer');
}

/**
 * Another replica may have gone on meanwhile; a size that this log never had is a sign that the log was set back, or that
 * the witness is wrong.
 */
async function checkAhead(store: LogStore, size: number): Promise<void> {
  if (size > (await store.integrated()).size) throw new WitnessFailure('witness_ahead');
}

function reasonOf(error: unknown): string {
  if (error instanceof WitnessFailure) return error.reason;
  if (error instanceof TlogError) return error.code;
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'timed_out' : 'unreachable';
}

/** Who has cosigned; a line that does not verify is no cosignature. */
function cosignersOf(
  checkpoint: StoredCheckpoint,
  witnesses: readonly AskedWitness[],
): ReadonlySet<NoteVerifier> {
  const note = parseNote(bytesOf(checkpoint));
  const isBy = (verifier: NoteVerifier): boolean => {
    try {
      return verifySignatures(note, [verifier]).length > 0;
    } catch (error) {
      if (error instanceof TlogError) return false;
      throw error;
    }
  };
  return new Set(witnesses.map(({ verifier }) => verifier).filter(isBy));
}

function bytesOf({ note }: StoredCheckpoint): Buffer {
  return Buffer.from(note, 'utf8');
}

/** Whoever is asked may never answer and heed no signal. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function settledWithin(work: readonly Promise<void>[], waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([Promise.all(work), end]);
  clearTimeout(timer);
}
