/** Finds hosts that are written without a scheme, as people type them and clients turn into links. */
import type { WebAddress } from '../reading/web-address.ts';

/** Characters of the longest one, its top-level label included. */
const MAX_HOST = 120;
/** The host, and two characters behind it. */
export const BARE_HOST_DECISION = MAX_HOST + 2;
const TOP_LEVEL =
  /\.(?:com|net|org|info|biz|io|co|app|dev|xyz|top|online|site|website|shop|club|live|store|tech|icu|cc|tk|ml|ga|cf|gq|su|pw|vip|work|link|click|support|zip|mov|us|uk|de|fr|eu|in|br|ru|cn|me|ai|tv|ws)(?![\p{L}\p{N}_-])(?!\.[\p{L}\p{N}])/giu;
const HOST = /[\p{L}\p{N}.-]/u;

/** Those that start in text[from, until). One that goes on in front of its last characters is cut there. */
export function findBareHosts(text: string, from: number, until: number): readonly WebAddress[] {
  const found: WebAddress[] = [];
  TOP_LEVEL.lastIndex = from;
  for (let top = TOP_LEVEL.exec(text); top && top.index < until + MAX_HOST; top = TOP_LEVEL.exec(text)) {
    const end = top.index + top[0].length;
    const start = startOf(text, top.index, end - MAX_HOST);
    if (start < from || start >= until || start === top.index || text.charAt(start - 1) === '/') continue;
    const raw = text.slice(start, end);
    const url = URL.parse(`http://${raw}`);
    if (url) found.push({ start, end, raw, url });
  }
  return found;
}

function startOf(text: string, dot: number, stop: number): number {
  let start = dot;
  while (start > Math.max(0, stop) && isHostCharacter(text.charCodeAt(start - 1))) start--;
  while (start < dot && /[.-]/.test(text.charAt(start))) start++;
  return start;
}

/** Scripts of East Asia are left out: sentences in them have no spaces, and no letters that pass for Latin ones. */
function isHostCharacter(code: number): boolean {
  if (code < 0x80)
    return (
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x30 && code <= 0x39) ||
      (code >= 0x41 && code <= 0x5a) ||
      code === 0x2d ||
      code === 0x2e
    );
  return code < 0x2e80 && HOST.test(String.fromCharCode(code));
}
