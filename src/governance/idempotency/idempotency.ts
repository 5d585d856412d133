/** The same change, asked for twice, is done once: for a day, at whichever replica. */
import type { Clock } from '../../base/clock.ts';
import { createHmac } from 'node:crypto';
import { decrypt, encrypt } from '../../base/envelope.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { IdempotencyStore } from './store.ts';

export interface IdempotentRequest {
  readonly administrator: string;
  readonly key: string;
  readonly digest: string;
}

export interface Idempotency {
  /**
   * Does the work, or gives what it gave the first time. Work that was refused may be asked for again.
   * @throws Refusal `idempotency_conflict` where the key came with another request; `conflict` while the first one is
   * under way at another replica, or where it is not known how it ended
   */
  once<Answer>(request: IdempotentRequest, work: () => Promise<Answer>): Promise<Answer>;
  /** Forgets what is older than a day. Resolves to how many that were. */
  purge(): Promise<number>;
}

export interface IdempotencyOptions {
  readonly store: IdempotencyStore;
  /** 32 bytes for this purpose alone: an answer may hold a secret that is shown once. */
  readonly key: Buffer;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

const KEPT_MS = 24 * 60 * 60_000;

export function createIdempotency({ store, key, clock, onFault }: IdempotencyOptions): Idempotency {
  const underWay = new Map<string, { readonly digest: string; readonly answer: Promise<unknown> }>();
  const hashOf = (...parts: readonly string[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

  async function claimed(id: string, digest: string, work: () => Promise<unknown>): Promise<unknown> {
    const atMs = clock.now();
    const claim = await store.claim({ id, digest, atMs }, atMs - KEPT_MS);
    if (claim.kind !== 'new') return knownAnswer(claim, id, digest);
    let answer: unknown;
    try {
      answer = await work();
    } catch (error) {
      // A no changed nothing, so it may be asked again. Of anything else nobody knows what it did before it broke.
      if (error instanceof Refusal && error.status < 500) await store.release(id).catch(onFault);
      throw error;
    }
    // It is done: whoever asked gets the answer, even where it could not be kept. A second request is then a conflict.
    await store.answer(id, encrypt(key, Buffer.from(JSON.stringify({ answer })), id)).catch(onFault);
    return answer;
  }

  function knownAnswer(
    { digest, sealed }: { readonly digest: string; readonly sealed: Uint8Array | undefined },
    id: string,
    asked: string,
  ): unknown {
    if (digest !== asked) throw new Refusal('idempotency_conflict');
    if (sealed === undefined)
      throw new Refusal(
        'conflict',
        'the first request under this idempotency key is under way, or it is not known how it ended: look before you use another key',
      );
    const opened = decrypt(key, Buffer.from(sealed), id);
    if (opened === undefined) throw new Error('an answer kept for an idempotency key does not open');
    const kept: unknown = JSON.parse(opened.toString());
    return typeof kept === 'object' && kept !== null && 'answer' in kept ? kept.answer : undefined;
  }

  return {
    async once<Answer>(request: IdempotentRequest, work: () => Promise<Answer>): Promise<Answer> {
      const id = hashOf('key', request.administrator, request.key);
      const digest = hashOf('request', request.digest);
      const first = underWay.get(id);
      if (first !== undefined && first.digest !== digest) throw new Refusal('idempotency_conflict');
      const answer = first?.answer ?? claimed(id, digest, work);
      if (first === undefined) underWay.set(id, { digest, answer });
      try {
        // It is what this very work gave, now or then: the digest of the request says so.
        return (await answer) as Answer;
      } finally {
        if (first === undefined) underWay.delete(id);
      }
    },
    purge: () => store.purge(clock.now() - KEPT_MS),
  };
}
