/** Where it is kept which changes were asked for under a key, and what was answered. */

export interface IdempotencyClaim {
  /** Keyed hash of who asked and of the key. */
  readonly id: string;
  /** Keyed hash of the request. */
  readonly digest: string;
  readonly atMs: number;
}

export type Claimed =
  /** Nobody had it: the work is the caller's. */
  | { readonly kind: 'new' }
  /** `sealed` is undefined as long as the work is under way, or where it never came to an end. */
  | { readonly kind: 'known'; readonly digest: string; readonly sealed: Uint8Array | undefined };

export interface IdempotencyStore {
  /** Of all who claim one id, at any replica, exactly one is told `new`. What is older than `expiredMs` counts as none. */
  claim(claim: IdempotencyClaim, expiredMs: number): Promise<Claimed>;
  answer(id: string, sealed: Uint8Array): Promise<void>;
  /** Lets go of a claim that was not answered; one that was stays. */
  release(id: string): Promise<void>;
  /** Removes what is older than `expiredMs`, and resolves to how many that were. */
  purge(expiredMs: number): Promise<number>;
}
