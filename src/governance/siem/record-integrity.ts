/** OCSF's record-integrity profile: where an event stands in the record, and a fingerprint of the event itself. */
import { hash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { PositionedEntry } from './exported-entry.ts';

/** RFC 8785 (JCS) is number 2 of `serialization_id`, SHA-256 number 3 of `algorithm_id`. */
const FINGERPRINT = {
  algorithm_id: 3,
  algorithm: 'SHA-256',
  serialization_id: 2,
  serialization: 'JCS',
} as const;

/**
 * The event with its attestation. The fingerprint is that of the whole event without the fingerprint, so a reader of
 * the destination can tell that an event was altered there; that the event is in the record, the record proves.
 */
export function attested(
  event: Readonly<Record<string, unknown>>,
  { instance, sequence }: PositionedEntry,
): Readonly<Record<string, unknown>> {
  const attestation = { uid: `${instance}/${sequence}`, authority_uid: instance, chain_uid: instance };
  const value = hash('sha256', canonicalJson({ ...event, attestation }));
  return { ...event, attestation: { ...attestation, fingerprint: { ...FINGERPRINT, value } } };
}
