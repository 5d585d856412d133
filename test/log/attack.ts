/** An attack on the log, as data: what is done, who finds it, and the code that names it. */
import type { Detector, Shown } from './detectors.ts';
import type { Scene } from './scene.ts';

export interface Attack {
  readonly name: string;
  /** Whose proof is asked for; `ENTRY` where absent. */
  readonly entry?: number;
  /** What is done to the stored log. */
  readonly atStore?: (scene: Scene) => unknown;
  /** What of the answer is replaced before it arrives. */
  readonly onTheWay?: (shown: Shown, scene: Scene) => Partial<Shown>;
  readonly detectors: readonly (readonly [Detector, string])[];
}

/** In the first bundle, of a person, and even, so that its sibling follows it. */
export const ENTRY = 102;

export const OLD = 'client with an older checkpoint';
export const LATEST = 'client with the latest checkpoint';
export const PROOF = 'verifier of a proof';
export const FIRST_KEY = 'client with the first key';
export const QUORUM = 'client with a quorum';
export const TILES = 'reader of tiles';
export const COUNTERS = 'reader of counters';
export const FSCK = 'fsck';
export const KIT = 'verifier of a kit';
/** Which opens who each entry was about. */
export const FULL_KIT = 'verifier of a full kit';
