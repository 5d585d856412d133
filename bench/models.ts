/** The models of the mock upstream: the name that a request asks for says what kind of answer it gets. */

export interface MockModel {
  /** Characters of the answer's text. */
  readonly characters: number;
  /** How many characters one event of a stream carries. */
  readonly charactersPerEvent: number;
  /** Milliseconds between two events of a stream; 0: as fast as the reader takes them. */
  readonly paceMs: number;
}

export const ANSWER_CHARACTERS = 1_024;
const EVENTS = 50;
const charactersPerEvent = Math.ceil(ANSWER_CHARACTERS / EVENTS);

export const MODELS = {
  'bench-answer': { characters: ANSWER_CHARACTERS, charactersPerEvent, paceMs: 0 },
  /** Slow enough that what scanning holds back shows as whole events, apart from the time that it takes. */
  'bench-paced': { characters: ANSWER_CHARACTERS, charactersPerEvent, paceMs: 20 },
  'bench-100-kb': { characters: 100_000, charactersPerEvent: 100, paceMs: 0 },
  'bench-1-mb': { characters: 1_000_000, charactersPerEvent: 100, paceMs: 0 },
} as const satisfies Record<string, MockModel>;

export type ModelName = keyof typeof MODELS;
export const MODEL_NAMES = Object.keys(MODELS) as readonly ModelName[];
