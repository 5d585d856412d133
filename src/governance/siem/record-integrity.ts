/** OCSF's record-integrity profile: where an event stands in the record, and a fingerprint of the event itself. */
import { hash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';

/** RFC 8785 (JCS) is number 2 of `serialization_id`, SHA-256 number 3 of `algorithm_id`, hexadecimal number 1 of `encoding_id`. */
const FINGERPRINT = {
  algorithm_id: 3,
  algorithm: 'SHA-256',
  serialization_id: 2,
  serialization: 'JCS',
  encoding_id: 1,
  encoding: 'Hex',
} as const;

/**
 * The event with its attestation: the log that the entry is in, its index there, and the fingerprint of the whole event
 * without the fingerprint. By that a reader can tell that an event was altered where it lies now; that the entry is in the
 * log, the log proves by the index.
 */
export function attested(
  event: Readonly<Record<string, unknown>>,
  { instance, index }: PositionedEntry,
  { log }: Product,
): Readonly<Record<string, unknown>> {
  const attestation = { uid: String(index), authority_uid: instance, chain_uid: log };
  const value = hash('sha256', canonicalJson({ ...event, attestation }));
  return { ...event, attestation: { ...attestation, fingerprint: { ...FINGERPRINT, value } } };
}
