/** Hardware addresses of network cards (IEEE 802): six pairs, or three groups of four. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';

const CANDIDATE =
  /(?<![0-9A-Za-z:.-])(?:[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4})(?![0-9A-Za-z]|[:.-][0-9A-Za-z])/g;
/** Cheaper than the candidates. */
const HAS_GROUPS = /[:-][0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]|\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}/;
/** Nobody's, and everybody's. */
const NO_CARD = /^[0:.-]+$|^[Ff:.-]+$/;
/** Six pairs of digits are as well a time, or parts of a number. */
const HAS_LETTER = /[A-Fa-f]/;

export const macAddress: Finder = {
  decision: 20,
  find(text, from, until) {
    const found: Sighting[] = [];
    if (!HAS_GROUPS.test(from === 0 ? text : text.slice(from))) return found;
    CANDIDATE.lastIndex = from;
    for (let match = CANDIDATE.exec(text); match && match.index < until; match = CANDIDATE.exec(text)) {
      const [address] = match;
      if (NO_CARD.test(address)) continue;
      const isColons = match[1] === ':';
      const confidence = isColons ? 0.85 : HAS_LETTER.test(address) ? 0.75 : 0.4;
      found.push({ start: match.index, end: CANDIDATE.lastIndex, kind: 'MAC_ADDRESS', confidence });
    }
    return found;
  },
};
