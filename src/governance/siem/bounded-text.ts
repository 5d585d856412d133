/** Strings that clients, providers and administrators chose, made fit to leave: short, well-formed, without control characters. */

const MAX_CHARACTERS = 1_024;
const MAX_MEMBERS = 1_000;
const MAX_DEPTH = 12;
/** C0, DEL, C1, the two separators that some readers take for line breaks, and what turns the direction of writing. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

export function boundedText(text: string): string {
  const cut = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS - 1)}…` : text;
  return cut.toWellFormed().replace(UNSAFE, ' ');
}

/** A copy of plain data in which every string is bounded, keys too, and so is every list. */
export function boundedData(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return boundedText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value))
    return value.slice(0, MAX_MEMBERS).map((member) => boundedData(member, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_MEMBERS)
      .map(([key, member]) => [boundedText(key), boundedData(member, depth + 1)]),
  );
}
