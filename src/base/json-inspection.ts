/** One pass over a JSON text that refuses what JSON.parse lets through: duplicate keys, depth, size, lone surrogates. */
import { JsonError, type JsonLimits } from './json-limits.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Checks structure only; whether the text is JSON at all is JSON.parse's word.
 * Keys are compared after unescaping, so that `"a"` and `"\u0061"` are the same key.
 */
export function inspectJson(text: string, limits: JsonLimits): void {
  // One entry per open container: a set of its keys for an object, null for an array.
  const open: (Set<string> | null)[] = [];
  let elements = 0;
  let expectKey = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE: {
        const end = endOfString(text, i);
        const keys = open.at(-1);
        if (expectKey && keys) addKey(keys, text.slice(i, end + 1));
        expectKey = false;
        i = end;
        break;
      }
      case 0x7b: // {
      case 0x5b: // [
        open.push(text[i] === '{' ? new Set() : null);
        if (open.length > limits.maxDepth)
          throw new JsonError('depth', `JSON nested deeper than ${limits.maxDepth} levels`);
        expectKey = text[i] === '{';
        elements++;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        open.pop();
        expectKey = false;
        break;
      case 0x2c: // ,
        expectKey = Boolean(open.at(-1));
        elements++;
        break;
    }
    if (elements > limits.maxElements)
      throw new JsonError('elements', `JSON with more than ${limits.maxElements} elements`);
  }
}

function addKey(keys: Set<string>, quoted: string): void {
  const key = quoted.includes('\\') ? unquote(quoted) : quoted.slice(1, -1);
  if (keys.has(key)) throw new JsonError('duplicate_key', 'JSON object with the same key twice');
  keys.add(key);
}

function unquote(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw new JsonError('syntax', 'the text is not valid JSON');
  }
}

/** Index of the closing quote; checks the string's \u escapes on the way. */
function endOfString(text: string, start: number): number {
  let highSurrogateAt = -1;
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      if (highSurrogateAt >= 0) throw loneSurrogate();
      return i;
    }
    if (code !== BACKSLASH) {
      if (highSurrogateAt >= 0) throw loneSurrogate();
      continue;
    }
    const escaped = text[++i];
    if (escaped !== 'u') {
      if (highSurrogateAt >= 0) throw loneSurrogate();
      continue;
    }
    const unit = Number.parseInt(text.slice(i + 1, i + 5), 16);
    i += 4;
    if (unit === 0) throw new JsonError('unicode', 'the character U+0000 is not accepted in text');
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (isLow !== highSurrogateAt >= 0) throw loneSurrogate();
    highSurrogateAt = unit >= 0xd800 && unit <= 0xdbff ? i : -1;
  }
  throw new JsonError('syntax', 'the text is not valid JSON');
}

function loneSurrogate(): JsonError {
  return new JsonError('unicode', 'text with a lone surrogate is not valid Unicode');
}
