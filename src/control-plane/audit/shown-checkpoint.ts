/** A checkpoint as the API shows it: with the witnesses in force that have cosigned it. */
import type { z } from 'zod';
import type { checkpointSchema } from '../../contract/api/audit.ts';
import type { StoredCheckpoint } from '../../modules/audit/store.ts';
import { parseCheckpoint } from '../../tlog/checkpoint.ts';
import { base64 } from '../../tlog/encoding.ts';
import { TlogError } from '../../tlog/errors.ts';
import { parseVerifierKey } from '../../tlog/keys.ts';
import { parseNote, verifySignatures, type Note } from '../../tlog/note.ts';

export interface WitnessesInForce {
  readonly witnesses: readonly {
    readonly name: string;
    readonly url: string;
    readonly verifierKey: string;
  }[];
  readonly quorum: number;
}

export function shownCheckpoint(
  { size, atMs, note }: StoredCheckpoint,
  { witnesses, quorum }: WitnessesInForce,
): z.input<typeof checkpointSchema> {
  const parsed = parseNote(Buffer.from(note, 'utf8'));
  const cosigners = witnesses
    .filter(({ verifierKey }) => hasSigned(parsed, verifierKey))
    .map(({ name }) => name);
  return {
    size,
    atMs,
    root: base64(parseCheckpoint(parsed.text).root),
    note,
    cosigners,
    hasQuorum: cosigners.length >= quorum,
  };
}

/** A line that does not verify is no cosignature. */
function hasSigned(note: Note, verifierKey: string): boolean {
  try {
    return verifySignatures(note, [parseVerifierKey(verifierKey)]).length > 0;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}
