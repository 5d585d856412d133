/** Every way in which a log, a proof, a note or a policy can be wrong, each with a code of its own. */

/** What each code means. Codes are never renamed or reused: attack tables and auditors' reports name them. */
export const TLOG_ERROR_MEANINGS = {
  // Encodings
  malformed_base64: 'A base64 text is not in its one canonical, padded form.',
  malformed_number: 'A decimal number is not in its one form: digits only, no sign, no leading zero.',
  number_too_large: 'A number is above 2^53-1.',
  hash_wrong_length: 'A hash is not of exactly 32 bytes.',

  // Keys
  malformed_key: 'A verifier or signer key is not of the form that signed-note gives it.',
  bad_key_name: 'A key name is empty, or holds a space, a plus sign, a control character or broken Unicode.',
  key_id_mismatch: "A key's id is not the one that follows from its name, type and public key.",
  unsupported_key_type: 'A key has a signature type that is unknown here, or that does not fit its role.',
  ambiguous_key: 'Two different known keys have the same name and id.',

  // Signed notes
  note_too_large: 'A note has more bytes than the limit.',
  note_not_utf8: 'A note is not valid UTF-8.',
  note_control_character: 'A note holds a control character other than newline.',
  note_malformed: 'A note lacks the final newline, the blank line or the signatures below it.',
  malformed_signature_line: 'A signature line is not of the form that signed-note gives it.',
  too_many_signatures: 'A note has more signature lines than the limit.',
  unknown_key: 'No signature is by a known key.',
  malformed_signature: 'A signature by a known key has not the length of its type.',
  bad_signature: 'A signature by a known key does not verify.',

  // Cosignatures
  zero_timestamp: 'A cosignature of a checkpoint has no time.',
  timestamp_out_of_range: 'A time is negative, no whole second, or above 2^53-1.',

  // Checkpoints
  malformed_checkpoint: 'A checkpoint has not an origin, a size, a root and non-empty extension lines.',
  wrong_origin: 'A checkpoint is of another log than the expected one.',
  unsigned_by_log: "A checkpoint carries no signature by a key of its log, though others' may be there.",
  empty_root_mismatch: 'A checkpoint of size 0 has another root than that of the empty tree.',

  // Trees and proofs
  size_out_of_range:
    'A tree size is negative, no integer, above 2^53-1, or the old one is above the new one.',
  index_out_of_range: 'A leaf index is negative, no integer, or not below the size of the tree.',
  proof_too_short: 'A proof has fewer hashes than index and size call for.',
  proof_too_long: 'A proof has more hashes than index and size call for.',
  root_mismatch:
    'An inclusion proof does not lead from the leaf to the root: not this leaf, here, in this tree.',
  inconsistent: 'A consistency proof does not show the new tree to be the old one, appended to.',
  split_view: 'Two trees of the same size have different roots.',

  // Tiles and entry bundles
  malformed_tile_path: 'A path is not that of a tile or an entry bundle.',
  tile_wrong_length: 'A tile has not 32 bytes for each hash of its width.',
  tile_missing: 'A tile that is needed was not given.',
  edge_mismatch: "The right edge's tiles do not fit the tree's size or one another.",
  malformed_bundle: 'An entry bundle ends within an entry, or holds more or fewer entries than its width.',
  entry_too_large: 'An entry has more than 65,535 bytes.',

  // Witnesses
  malformed_request:
    'An add-checkpoint request has not an old size, proof lines, a blank line and a checkpoint.',
  malformed_response: "A witness's answer is not of the form that tlog-witness gives it.",
  old_size_too_large: 'An add-checkpoint request has an old size above the size of its checkpoint.',
  old_size_conflict: 'An add-checkpoint request does not start from the latest size that the witness knows.',

  // Policies
  policy_too_large: 'A policy has more bytes, logs, witnesses or groups than the limit.',
  policy_malformed: 'A policy has a line of unknown form, or a byte that is not allowed.',
  policy_duplicate_key: 'A policy lists the same public key twice in the same role.',
  policy_duplicate_name: 'A policy defines a name twice, or defines "none".',
  policy_undefined_name: 'A policy refers to a name that no line above defines.',
  policy_member_reused: 'A policy has a name in more than one place of its groups.',
  policy_bad_threshold: "A policy's group asks for less than one or for more than all of its members.",
  policy_quorum_count: 'A policy has not exactly one quorum line.',
  unknown_log: "A checkpoint's origin is that of no known log.",
  quorum_not_met: 'Too few witnesses have cosigned a checkpoint for the policy.',

  // Proof bundles
  malformed_proof: 'A proof bundle has not the header, an index, proof lines, a blank line and a checkpoint.',
} as const;

export type TlogErrorCode = keyof typeof TLOG_ERROR_MEANINGS;

/** A proof, note, tile, key or policy that is wrong. It carries a code and no content. */
export class TlogError extends Error {
  readonly code: TlogErrorCode;
  constructor(code: TlogErrorCode) {
    super(`${code}: ${TLOG_ERROR_MEANINGS[code]}`);
    this.name = 'TlogError';
    this.code = code;
  }
}

/** Throws `code` unless the condition holds. */
export function demand(condition: boolean, code: TlogErrorCode): asserts condition {
  if (!condition) throw new TlogError(code);
}
