/** From the key that this browser knows to those after it, as far as the log itself hands over to them. */
import { endorsementText, handoverIn } from '@contract/handover.ts';
import { isSigned, openCheckpoint, parseBundle, readKey, type Checkpoint } from './checkpoint.ts';
import { Fault, fromBase64, need, textOf } from './encodings.ts';
import { checkInclusion, leafHash } from './merkle.ts';

/** A handover that holds. */
export interface Followed {
  /** The text of the next key. */
  readonly verifierKey: string;
  /** Under the key before: the log MUST be shown to have been this tree. */
  readonly checkpoint: Checkpoint;
}

/** @throws Fault unless the bundle proves, under the trusted key, an entry by which that key hands over to another */
export async function followHandover(bundle: string, trusted: string): Promise<Followed> {
  const { index, path, note, leaf } = parseBundle(bundle);
  const { checkpoint } = await openCheckpoint(note, [trusted]);
  await checkInclusion(index, await leafHash(leaf), checkpoint, path);
  const handover = handoverIn(textOf(leaf));
  if (handover?.before !== trusted || handover.log !== checkpoint.origin)
    throw new Fault('no_handover', 'The entry that is shown for it does not hand over from the key before.');
  const next = await readKey(handover.after);
  need(next.name === checkpoint.origin, 'wrong_origin', 'It hands over to a key of another log.');
  const text = endorsementText(handover.before, handover.after);
  need(
    await isSigned(await readKey(trusted), text, fromBase64(handover.endorsement)),
    'bad_signature',
    'The key before has not signed for the one after it.',
  );
  return { verifierKey: handover.after, checkpoint };
}
