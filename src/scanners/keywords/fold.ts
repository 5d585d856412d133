/** Text without regard to case, unit by unit: every offset stays where it was. */

/** Equal for texts that differ in case or in the sort of white space alone. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  const folded = lower.length === text.length ? lower : unitByUnit(text);
  // Lower case of a capital sigma depends on what follows it, and what follows may not have come yet.
  return unspaced(folded.includes('ς') ? folded.replaceAll('ς', 'σ') : folded);
}

/** Any white space as a plain space. */
export function unspaced(text: string): string {
  return OTHER_SPACE.test(text) ? text.replace(/\s/g, ' ') : text;
}

const OTHER_SPACE = /[^\S ]/;

function unitByUnit(text: string): string {
  let folded = '';
  for (const character of text) {
    const lower = character.toLowerCase();
    folded += lower.length === character.length ? lower : character;
  }
  return folded;
}
