/** Text that is itself the inside of JSON: read unescaped while it grows, with the way back to where it stands. */

export interface JsonText {
  /** The unescaped text that these characters complete; an escape that is not complete yet is kept for the next call. */
  push(raw: string): string;
  /** Ends the text: what is left of an escape that never ended stands for itself. */
  finish(): string;
  /** The offset in the raw text at which the character at an unescaped offset begins; at the end, where the next would. */
  rawOffset(unescaped: number): number;
  /** Lets go of what is only needed for offsets before this one. */
  forget(before: number): void;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
/** An escape (RFC 8259 §7) that ends within the text, at `lastIndex`. */
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|(["\\/bfnrt]))/y;
const UNFINISHED = /\\(?:u[0-9A-Fa-f]{0,3})?$/y;

/** A backslash that begins no escape stands for itself: such a text is not JSON, and is scanned all the same. */
export function createJsonText(): JsonText {
  let rest = '';
  let length = 0;
  // For each escape: the unescaped offset behind it, and how much longer the raw text is up to there.
  let behind: number[] = [];
  let longer: number[] = [];
  let longerBefore = 0;

  function unescape(raw: string, isEnd: boolean): string {
    let out = '';
    let at = 0;
    for (;;) {
      const slash = raw.indexOf('\\', at);
      if (slash < 0) break;
      out += raw.slice(at, slash);
      ESCAPE.lastIndex = slash;
      const match = ESCAPE.exec(raw);
      if (match) {
        out +=
          match[1] === undefined
            ? (SHORT[match[2] ?? ''] ?? '')
            : String.fromCharCode(Number.parseInt(match[1], 16));
        longer.push((longer.at(-1) ?? longerBefore) + match[0].length - 1);
        behind.push(length + out.length);
        at = slash + match[0].length;
        continue;
      }
      UNFINISHED.lastIndex = slash;
      if (!isEnd && UNFINISHED.test(raw)) {
        rest = raw.slice(slash);
        return out;
      }
      out += '\\';
      at = slash + 1;
    }
    return at === 0 ? raw : out + raw.slice(at);
  }

  function add(raw: string, isEnd: boolean): string {
    const all = rest === '' ? raw : rest + raw;
    rest = '';
    const text = unescape(all, isEnd);
    length += text.length;
    return text;
  }

  return {
    push: (raw) => add(raw, false),
    finish: () => add('', true),
    rawOffset(unescaped) {
      const index = countUpTo(behind, unescaped);
      return unescaped + (index === 0 ? longerBefore : (longer[index - 1] ?? 0));
    },
    forget(before) {
      const index = countUpTo(behind, before);
      if (index === 0) return;
      longerBefore = longer[index - 1] ?? longerBefore;
      behind = behind.slice(index);
      longer = longer.slice(index);
    },
  };
}

/** How many of the sorted numbers are at most `limit`. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A text as it stands inside a JSON string. */
export function escapeJsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
