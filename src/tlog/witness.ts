/** A witness (C2SP tlog-witness): cosigns a log's checkpoint if it continues the last one that it has cosigned. */
import { openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { TlogError, type TlogErrorCode } from './errors.ts';
import { utf8 } from './encoding.ts';
import { EMPTY_ROOT } from './hashes.ts';
import type { NoteSigner } from './keys.ts';
import { formatSignatureLine, type NoteVerifier, parseNote } from './note.ts';
import { type TreeHead, verifyConsistency } from './verify.ts';
import { type AddCheckpointRequest, parseAddCheckpoint, SIZE_CONTENT_TYPE } from './witness-text.ts';

/** Where a witness keeps, for each origin, the tree that it cosigned last. */
export interface WitnessStore {
  /** The tree that was cosigned last; none if there never was one. */
  latest(origin: string): Promise<TreeHead | undefined>;
  /**
   * Puts `next` in the place of `expected`. It MUST be atomic and durable before it answers true, and MUST answer
   * false and change nothing if the latest tree is another: else a witness could be led to sign two histories.
   */
  advance(origin: string, expected: TreeHead | undefined, next: TreeHead): Promise<boolean>;
}

/** A log that a witness follows. */
export interface WitnessedLog {
  readonly origin: string;
  readonly keys: readonly NoteVerifier[];
}

/** Why a witness does not cosign, with the status that the protocol gives it. */
export interface WitnessRefusal {
  readonly kind: 'refused';
  readonly status: 400 | 403 | 404 | 409 | 422;
  readonly code: TlogErrorCode;
  /** The size to start from, where the request started from another. */
  readonly latestSize?: number;
}

export type WitnessDecision =
  | { readonly kind: 'cosign'; readonly origin: string; readonly text: string; readonly next: TreeHead }
  | WitnessRefusal;

/** A request that is read as far as it says which log it is about. */
export interface ReadRequest extends AddCheckpointRequest {
  readonly kind: 'request';
  readonly origin: string;
}

function refused(status: WitnessRefusal['status'], code: TlogErrorCode): WitnessRefusal {
  return { kind: 'refused', status, code };
}

/** The refusal that a failed check amounts to; whatever is no `TlogError` is a bug and goes on. */
function refusalOf(error: unknown, status: WitnessRefusal['status']): WitnessRefusal {
  if (error instanceof TlogError) return refused(status, error.code);
  throw error;
}

/** The request in the body, or 400. */
export function readRequest(body: Uint8Array): ReadRequest | WitnessRefusal {
  try {
    const request = parseAddCheckpoint(body);
    const { origin } = parseCheckpoint(parseNote(request.checkpoint).text);
    return { kind: 'request', ...request, origin };
  } catch (error) {
    return refusalOf(error, 400);
  }
}

/**
 * What a witness that has cosigned `latest` last does with a request, in the protocol's order: 404 for an unknown log,
 * 403 unless a key of the log has signed and no known signature is bad, 400 for an old size above the new, 409 for an
 * old size other than the latest, 409 for another root of the same size, 422 for a proof that does not hold.
 */
export function decide(
  request: ReadRequest,
  log: WitnessedLog | undefined,
  latest: TreeHead | undefined,
): WitnessDecision {
  if (log === undefined || log.origin !== request.origin) return refused(404, 'unknown_log');
  let text: string;
  let next: TreeHead;
  try {
    const opened = openCheckpoint(request.checkpoint, { origin: log.origin, logKeys: log.keys });
    text = opened.text;
    next = { size: opened.checkpoint.size, root: opened.checkpoint.root };
  } catch (error) {
    const isTree = error instanceof TlogError && error.code === 'empty_root_mismatch';
    return refusalOf(error, isTree ? 422 : 403);
  }
  if (request.oldSize > next.size) return refused(400, 'old_size_too_large');
  const known = latest ?? { size: 0, root: EMPTY_ROOT };
  if (request.oldSize !== known.size) {
    return { ...refused(409, 'old_size_conflict'), latestSize: known.size };
  }
  try {
    verifyConsistency(known, next, request.proof);
  } catch (error) {
    const isSplit = error instanceof TlogError && error.code === 'split_view';
    return refusalOf(error, isSplit ? 409 : 422);
  }
  return { kind: 'cosign', origin: log.origin, text, next };
}

/** What to send: the HTTP status, and a body with its type. */
export interface WitnessResponse {
  readonly status: 200 | WitnessRefusal['status'];
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Why not, for the witness's own records; the body of a refusal says it too. */
  readonly code?: TlogErrorCode;
}

const PLAIN_TEXT = 'text/plain; charset=utf-8';

/** The answer to a refused request. */
export function respondRefusal({ status, code, latestSize }: WitnessRefusal): WitnessResponse {
  if (latestSize === undefined) return { status, contentType: PLAIN_TEXT, body: utf8(`${code}\n`), code };
  return { status, contentType: SIZE_CONTENT_TYPE, body: utf8(`${latestSize}\n`), code };
}

export interface WitnessParts {
  /** The witness's own cosignature keys, one or more. */
  readonly signers: readonly NoteSigner[];
  readonly logs: readonly WitnessedLog[];
  readonly store: WitnessStore;
  /** The time in whole seconds since 1970. */
  readonly nowSeconds: () => number;
}

export interface Witness {
  /** Answers the body of one add-checkpoint request. Throws only what the store or the clock throws. */
  addCheckpoint(body: Uint8Array): Promise<WitnessResponse>;
}

/** How often a request is decided anew because another one came in between. */
const MAX_ATTEMPTS = 3;

export function createWitness({ signers, logs, store, nowSeconds }: WitnessParts): Witness {
  const logsByOrigin = new Map(logs.map((log) => [log.origin, log]));

  async function attempt(request: ReadRequest): Promise<WitnessResponse | 'overtaken'> {
    const latest = await store.latest(request.origin);
    const decision = decide(request, logsByOrigin.get(request.origin), latest);
    if (decision.kind === 'refused') return respondRefusal(decision);
    // Signed first, so that a clock or key that fails leaves the store as it was; sent only once it is stored.
    const timestamp = nowSeconds();
    const lines = signers.map((signer) => formatSignatureLine(signer.sign(decision.text, timestamp)));
    if (!(await store.advance(decision.origin, latest, decision.next))) return 'overtaken';
    return { status: 200, contentType: PLAIN_TEXT, body: utf8(lines.join('')) };
  }

  return {
    async addCheckpoint(body) {
      const request = readRequest(body);
      if (request.kind === 'refused') return respondRefusal(request);
      for (let i = 0; i < MAX_ATTEMPTS; i++) {
        const response = await attempt(request);
        if (response !== 'overtaken') return response;
      }
      throw new Error('The witness store changes faster than a request can be decided.');
    },
  };
}
