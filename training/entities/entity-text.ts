/** A text with the entities in it: what the tagger is trained and measured on. */
import type { EntityKind } from '../../src/scanners/pii/tagger/tags.ts';

export interface LabeledEntity {
  readonly start: number;
  readonly end: number;
  readonly kind: EntityKind;
}

export interface EntityText {
  readonly text: string;
  readonly entities: readonly LabeledEntity[];
}
