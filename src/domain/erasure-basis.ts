/** The reasons for an erasure, as GDPR Art. 17(1) counts them: (a) to (f). */
export const ERASURE_BASES = [
  'art17-1-a',
  'art17-1-b',
  'art17-1-c',
  'art17-1-d',
  'art17-1-e',
  'art17-1-f',
] as const;
