/** What a version of something is known by: the same for the same content, wherever it is read. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../base/canonical-json.ts';
import { Refusal } from '../domain/refusal.ts';

export function etagOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url').slice(0, 22);
}

/** @throws Refusal `etag_stale` where somebody's change came between */
export function requireEtag(given: string, current: string): void {
  if (given !== current) throw new Refusal('etag_stale');
}
