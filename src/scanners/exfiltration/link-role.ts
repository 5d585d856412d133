/** What an address in a text does: an image loads by itself, a link waits for a person. Told by what stands before it. */

/** `image`: whatever a client fetches without being asked, frames, scripts and style sheets included. */
export type LinkRole = 'image' | 'link' | 'definition' | 'bare';

/** Characters before an address that decide its role. */
export const ROLE_REACH = 400;

const MARKDOWN = /\]\(\s{0,4}<?$/;
const DEFINITION = /(?:^|\n)[ >]{0,8}\[[^\]\n]{1,120}\]:\s{0,4}<?$/;
const STYLE = /(?:url\(|@import)\s{0,4}["']?$/i;
const REFRESH = /\burl\s{0,4}=\s{0,4}["']?$/i;
const ATTRIBUTE = /(?:^|[\s"'/])([a-z:-]{2,16})\s{0,4}=\s{0,4}["']?\s{0,4}$/i;
const SOURCE_SET = /\b(?:image)?srcset\s{0,4}=\s{0,4}["'][^"'<>]*$/i;
const LOADS: ReadonlySet<string> = new Set([
  'src',
  'srcset',
  'imagesrcset',
  'background',
  'poster',
  'data',
  'lowsrc',
  'dynsrc',
  'srcdoc',
]);
const LEADS: ReadonlySet<string> = new Set(['href', 'xlink:href', 'action', 'formaction', 'cite', 'ping']);
/** Elements whose `href` is fetched at once. */
const LOADS_ITS_HREF = /^<(?:link|image|use|base|feimage)\b/i;

export function roleOf(text: string, start: number): LinkRole {
  const before = text.slice(Math.max(0, start - ROLE_REACH), start);
  if (MARKDOWN.test(before.slice(-8))) return markdownRole(before);
  if (DEFINITION.test(before.slice(-140))) return 'definition';
  if (STYLE.test(before.slice(-20))) return 'image';
  return attributeRole(before) ?? 'bare';
}

/** Behind the bracket that opens the link's text; an opening bracket that is too far away is taken for an image's. */
function markdownRole(before: string): LinkRole {
  let depth = 0;
  for (let at = before.lastIndexOf(']('); at >= 0; at--) {
    const code = before.charCodeAt(at);
    if (code === 0x5d) depth++;
    else if (code === 0x5b && --depth === 0) return before.charAt(at - 1) === '!' ? 'image' : 'link';
  }
  return before.length < ROLE_REACH ? 'link' : 'image';
}

/** Inside a tag; a tag that began too far away counts, so that it cannot be padded. */
function attributeRole(before: string): LinkRole | null {
  const open = before.lastIndexOf('<');
  if (open < 0 && before.length < ROLE_REACH) return null;
  const tag = before.slice(Math.max(0, open));
  if (open < 0 ? before.includes('>') : !/^<[a-z]/i.test(tag)) return null;
  const name = ATTRIBUTE.exec(tag.slice(-40))?.[1]?.toLowerCase();
  if (name !== undefined && LOADS.has(name)) return 'image';
  if (name !== undefined && LEADS.has(name)) return LOADS_ITS_HREF.test(tag) ? 'image' : 'link';
  if (SOURCE_SET.test(tag)) return 'image';
  return /^<meta\b/i.test(tag) && REFRESH.test(tag) ? 'image' : null;
}
