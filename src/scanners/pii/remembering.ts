/** Remembers, of one growing text, what was seen while it was asked how far it is settled. */
import { afterSightings, type Sighting } from '../../modules/scanning/scanner.ts';

/** Looks for what starts in text[from, until). */
export type Chained = (text: string, from: number, until: number) => readonly Sighting[];

/** What decides how far a text is settled has seen what a scan up to there tells: it is not looked for again. */
export function remembering(chained: Chained): { readonly look: Chained; readonly lookAgain: Chained } {
  let last: { text: string; from: number; seenTo: number; found: readonly Sighting[] } | null = null;
  return {
    look(text, from, until) {
      const found = chained(text, from, until);
      last = { text, from, seenTo: afterSightings(until, found), found };
      return found;
    },
    lookAgain(text, from, until) {
      const isSeen = last !== null && until <= last.seenTo && from === last.from && text === last.text;
      const found = isSeen && last ? last.found : chained(text, from, until);
      last = null;
      return found;
    },
  };
}
