/** What the house takes out by right changes no leaf and no proof; what is taken out without a word is found. */
import { type Attack, FSCK, FULL_KIT, KIT, LATEST, OLD, PROOF, TILES } from './attack.ts';
import type { Scene } from './scene.ts';

/** Whom the entry is about that a proof is asked for. */
function eraseAda({ open }: Scene): Promise<unknown> {
  return open(async ({ subjects }) => {
    const act = { actor: 'root@host', reason: 'she asked' };
    if (!(await subjects.erase('person:ada', 'art17-1-b', act))) throw new Error('nothing is known of her');
  });
}

export const ERASURES: readonly Attack[] = [
  {
    name: 'no attack: a person erased by the house',
    atStore: eraseAda,
    detectors: [
      [PROOF, 'accepted'],
      [OLD, 'accepted'],
      [LATEST, 'accepted'],
      [TILES, 'accepted'],
      [FSCK, 'accepted'],
      [KIT, 'accepted'],
    ],
  },
  {
    name: 'entries said to be erased by an entry that erases nobody',
    atStore: ({ sql }) =>
      sql((database) => database.exec('update audit set erased_by = 599 where leaf_index < 100')),
    detectors: [
      [FSCK, 'erased_without_entry'],
      [KIT, 'erased_without_entry'],
    ],
  },
  {
    name: 'who entries were about deleted, and no erasure recorded',
    atStore: ({ sql }) => sql((database) => database.exec('delete from audit_identities')),
    detectors: [
      [FSCK, 'opening_missing'],
      [FULL_KIT, 'opening_missing'],
    ],
  },
];
