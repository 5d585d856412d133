/** Every way in which an auditor's kit can be wrong, beside those of the log itself, each with a code of its own. */
import type { TlogErrorCode } from '../../../tlog/errors.ts';

/** What each code means. Codes are never renamed or reused: both verifiers and auditors' reports name them. */
export const KIT_ERROR_MEANINGS = {
  // The file
  archive_malformed: 'The file is no ZIP archive of the plain form that a kit has, or it was damaged.',
  file_missing: 'A file that every kit has, or that the kit says to have, is not in it.',
  file_unexpected: 'The kit holds a file that it does not list.',
  kit_malformed: 'A file of the kit is not of the form that its format gives it.',

  // Whom to believe
  policy_key_mismatch: 'The kit is signed by another log than the one to believe.',

  // The entries
  leaf_missing: 'An entry of the range is not in the kit.',
  leaf_unexpected: 'The kit holds an entry twice, out of order, or outside its range.',
  leaf_malformed: 'An entry is not of the form that entries have.',
  checkpoint_missing:
    'The first or the last checkpoint of the range is not in the kit, or is not to be believed.',
  known_out_of_range:
    'The kit cannot show how it follows from the checkpoint that was kept: it covers other sizes of the log.',

  // Completeness
  counter_missing: 'A gateway numbered an entry that is not there.',
  counter_repeated: 'A gateway gave out a number twice.',
  silence: 'A gateway fell silent without saying so: what it did meanwhile is not in the record.',
  clock_went_back: "A gateway's clock was set back.",

  // Configurations
  configuration_mismatch: 'A configuration is not the one that its name says.',
  snapshot_unknown: 'An interaction names a configuration that the kit does not hold.',
  snapshot_not_in_force: 'An interaction was served by a configuration that was not in force then.',

  // What is not there any more
  erased_without_entry: 'An entry is said to be erased, but no erasure is recorded for it.',
  erased_not_covered: 'The erasure that an entry is said to fall under does not cover it.',
  purged_without_entry: 'An entry was taken out, but no purge by retention is recorded for it.',

  // Openings
  opening_mismatch: 'Who an entry was about is not what the log is committed to.',
  opening_missing: 'Who an entry was about is neither shown nor said to be erased.',

  // The live log
  content_missing: 'What was said is not there any more, and no erasure or purge is recorded for it.',
  tile_mismatch: 'A stored tile has other hashes than those that follow from the leaves.',
  tree_mismatch: 'The stored size or root is not the one that follows from the leaves.',
  index_row_missing: 'What an entry is found by is missing.',
  index_row_mismatch: 'What an entry is found by says something else than its leaf.',
} as const;

export type KitErrorCode = keyof typeof KIT_ERROR_MEANINGS | TlogErrorCode;

/** A kit that cannot be read any further. It carries a code and no content. */
export class KitError extends Error {
  readonly code: KitErrorCode;
  constructor(code: keyof typeof KIT_ERROR_MEANINGS, where: string) {
    super(`${KIT_ERROR_MEANINGS[code]} (${where})`);
    this.name = 'KitError';
    this.code = code;
  }
}

export function demandKit(
  condition: boolean,
  code: keyof typeof KIT_ERROR_MEANINGS,
  where: string,
): asserts condition {
  if (!condition) throw new KitError(code, where);
}
