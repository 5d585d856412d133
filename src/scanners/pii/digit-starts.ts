/** The first digit of each run: what holds a number is looked for from its digits, of which prose has few. */

const DIGITS = /\d+/g;

/** Calls `visit` for every run that a phrase which starts in `from` to `until` may have within `length` characters. */
export function eachDigitRun(
  text: string,
  from: number,
  until: number,
  length: number,
  visit: (start: number) => void,
): void {
  DIGITS.lastIndex = from;
  for (let match = DIGITS.exec(text); match && match.index < until + length; match = DIGITS.exec(text)) {
    const next = DIGITS.lastIndex;
    visit(match.index);
    DIGITS.lastIndex = next;
  }
}
