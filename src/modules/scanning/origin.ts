/** What the texts of one scan have in common. */
import type { Direction } from '../../domain/document.ts';
import type { ScanCircumstances } from './scan-report.ts';
import type { TextPlace } from './scanner.ts';

export type Origin = Pick<TextPlace, 'direction' | 'instructions' | 'marker'>;

/** Where they are not known. */
const NONE: readonly string[] = [];

export function originOf(
  direction: Direction,
  { instructions = NONE, marker }: Pick<ScanCircumstances, 'instructions' | 'marker'>,
): Origin {
  return marker === undefined ? { direction, instructions } : { direction, instructions, marker };
}
