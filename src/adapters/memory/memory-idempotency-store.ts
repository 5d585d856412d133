/** Answers kept for idempotency keys, in memory. */
import type { IdempotencyClaim, IdempotencyStore } from '../../governance/idempotency/store.ts';

export function createMemoryIdempotencyStore(): IdempotencyStore {
  const claims = new Map<string, IdempotencyClaim & { sealed?: Uint8Array }>();
  return {
    async claim(claim, expiredMs) {
      const known = claims.get(claim.id);
      if (known !== undefined && known.atMs >= expiredMs)
        return { kind: 'known', digest: known.digest, sealed: known.sealed };
      claims.set(claim.id, claim);
      return { kind: 'new' };
    },
    async answer(id, sealed) {
      const known = claims.get(id);
      if (known !== undefined) claims.set(id, { ...known, sealed });
    },
    async release(id) {
      if (claims.get(id)?.sealed === undefined) claims.delete(id);
    },
    async purge(expiredMs) {
      const expired = [...claims.values()].filter(({ atMs }) => atMs < expiredMs);
      for (const { id } of expired) claims.delete(id);
      return expired.length;
    },
  };
}
