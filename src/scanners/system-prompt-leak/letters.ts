/** A text as its letters and digits alone, without regard to case, accents, spaces and signs. */

export interface Letters {
  readonly count: number;
  /** The folded letters. */
  readonly codes: Uint16Array;
  /** For each the offset at which it stands in the text. */
  readonly at: Uint32Array;
}

export function lettersOf(text: string, from = 0): Letters {
  const codes = new Uint16Array(text.length - from);
  const at = new Uint32Array(text.length - from);
  let count = 0;
  for (let index = from; index < text.length; index++) {
    const code = folded(text.charCodeAt(index));
    if (code === 0) continue;
    codes[count] = code;
    at[count] = index;
    count++;
  }
  return { count, codes, at };
}

const UNKNOWN = 1;
/** What is not ASCII, as far as it has been asked for. */
const known = new Uint16Array(0x10000).fill(UNKNOWN);

/** 0 for what is neither letter nor digit, and for what takes two units. */
function folded(code: number): number {
  if (code < 0x80) {
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) return code;
    return code >= 0x41 && code <= 0x5a ? code + 0x20 : 0;
  }
  let letter = known[code] ?? 0;
  if (letter === UNKNOWN) {
    letter = foldedLetter(String.fromCharCode(code));
    known[code] = letter;
  }
  return letter;
}

function foldedLetter(character: string): number {
  if (!/[\p{L}\p{N}]/u.test(character)) return 0;
  return character.normalize('NFKD').toLowerCase().charCodeAt(0);
}
