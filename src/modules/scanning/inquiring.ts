/** Where a scanner that asks somebody else looks: the place, and the inquiry of the guardrail that asks first. */
import type { Post } from './lineup.ts';
import type { Inquirer, TextPlace } from './scanner.ts';

/** The place as it is for all other scanners. */
export function placeFor(
  { reaches, guardrails: [first] }: Post,
  place: TextPlace,
  inquirer: Inquirer | undefined,
  labels: () => ReadonlySet<string>,
): TextPlace {
  if (reaches === undefined || reaches === 'files' || inquirer === undefined || first === undefined)
    return place;
  return { ...place, inquiry: inquirer.inquiry(first.id, place.direction, labels) };
}
