/** What the house takes out by right: it changes no leaf, and no proof. */
import { createSubjects } from '../../src/governance/subjects/subjects.ts';
import { type Attack, LATEST, OLD, PROOF, TILES } from './attack.ts';
import { endOfScene, type Scene } from './scene.ts';

/** Whom the entry is about that a proof is asked for. */
function eraseAda({ open }: Scene): Promise<unknown> {
  return open(async ({ audit, keyring, stores }) => {
    const subjects = createSubjects({
      store: stores.subjects,
      records: audit,
      keys: keyring,
      holds: async () => [],
      clock: { now: endOfScene },
    });
    const erased = await subjects.erase('person:ada', 'art17-1-b', {
      actor: 'root@host',
      reason: 'she asked',
    });
    if (!erased) throw new Error('nothing is known of her');
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
    ],
  },
];
