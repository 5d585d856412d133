/** Finds links that run a script instead of leading to a page. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { withinBrackets } from '../reading/web-address.ts';

/** Characters of one that are told, and what decides it. */
export const SCHEME_DECISION = 257;
/** Characters before one that tell whether a link is expected there. */
export const SCHEME_REACH = 24;

const START =
  /(?<![\w-])(?:javascript|vbscript|livescript):|(?<![\w-])data:(?:text\/html|text\/javascript|image\/svg\+xml|application\/xhtml\+xml)(?=[;,])/gi;
const BODY = /[^\s"<>`\p{Cc}\u2e80-\u{10ffff}]+/uy;
const IN_LINK = /(?:\]\(\s{0,2}<?|\b(?:href|src|action|formaction|data)\s{0,2}=\s{0,2}["']?)$/i;
const DOES_NOTHING =
  /^javascript:(?:void(?:\(0\)|%200|\s0)?|\/\/|;|#|history\.\w+\([^()]{0,3}\)|window\.print\(\)|return(?:\s|%20)?false)?;?[)'\]]{0,2}$/i;
const RUNS = /^\w+:[^()=]{0,100}[(=]/;
/** An image in SVG is shown, not run, where an image is expected. */
const SVG = /^data:image\/svg/i;

export function findDangerousSchemes(text: string, from: number, until: number): readonly Sighting[] {
  const found: Sighting[] = [];
  START.lastIndex = from;
  for (let match = START.exec(text); match && match.index < until; match = START.exec(text)) {
    const start = match.index;
    BODY.lastIndex = 0;
    const body = withinBrackets(BODY.exec(text.slice(start, start + SCHEME_DECISION - 1))?.[0] ?? '');
    const confidence = confidenceOf(body, text.slice(Math.max(0, start - SCHEME_REACH), start));
    if (confidence > 0) found.push({ start, end: start + body.length, kind: 'DANGEROUS_SCHEME', confidence });
    START.lastIndex = start + 1;
  }
  return found;
}

function confidenceOf(body: string, before: string): number {
  if (DOES_NOTHING.test(body)) return 0;
  if (SVG.test(body)) return /script|onload/i.test(decoded(body)) ? 0.85 : 0;
  if (IN_LINK.test(before)) return 0.9;
  return RUNS.test(body) || body.startsWith('data:') ? 0.6 : 0;
}

/** What base64 in the address hides, if it can be read at all. */
function decoded(body: string): string {
  const comma = body.indexOf(',');
  const data = body.slice(comma + 1);
  return /;base64$/i.test(body.slice(0, comma)) ? Buffer.from(data, 'base64').toString('latin1') : data;
}
