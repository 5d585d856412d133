/** What the texts of one scan have in common. */
import type { Direction } from '../../domain/document.ts';
import type { TextPlace } from './scanner.ts';

export type Origin = Pick<TextPlace, 'direction' | 'instructions' | 'marker' | 'conversation'>;

/** Where they are not known. */
const NONE: readonly string[] = [];

export function originOf(
  direction: Direction,
  { instructions = NONE, marker, conversation }: Omit<Origin, 'direction'>,
): Origin {
  return {
    direction,
    instructions,
    ...(marker === undefined ? {} : { marker }),
    ...(conversation ? { conversation } : {}),
  };
}
