/** The kinds of entities and their tags: for each kind one for its first token and one for the others, and one for none. */

/** Presidio's entity names. NRP: nationality, religious or political group. */
export const ENTITY_KINDS = ['PERSON', 'LOCATION', 'ORGANIZATION', 'NRP'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** Tags that have weights: 2k begins kind k, 2k + 1 goes on with it. */
export const WEIGHTED = ENTITY_KINDS.length * 2;
export const TAGS = WEIGHTED + 1;
/** The tag of what is no entity, the last one; its score is 0. */
export const NONE = TAGS - 1;

/** An entity goes on only where it has begun. */
export function mayFollow(before: number, tag: number): boolean {
  if ((tag & 1) === 0) return true;
  return before === tag || before === tag - 1;
}
