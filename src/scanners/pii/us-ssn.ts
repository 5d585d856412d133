/** United States social security numbers in three groups; areas, groups and serials that are never issued are left out. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';

/** Area 000, 666 and 9xx, group 00 and serial 0000 do not exist (SSA POMS RM 10201.035). */
const CANDIDATE =
  /(?<![\w.-])(?!000|666|9)\d{3}([- \u00a0\u2010-\u2013])(?!00)\d{2}\1(?!0000)\d{4}(?![\w\u2010-\u2013-]|\.\d)/g;

export const usSsn: Finder = {
  kind: 'US_SSN',
  decision: 14,
  find(text, from, until) {
    const found: Sighting[] = [];
    CANDIDATE.lastIndex = from;
    for (let match = CANDIDATE.exec(text); match && match.index < until; match = CANDIDATE.exec(text)) {
      const isDashed = match[1] !== ' ' && match[1] !== '\u00a0';
      found.push({
        start: match.index,
        end: CANDIDATE.lastIndex,
        kind: 'US_SSN',
        confidence: isDashed ? 0.85 : 0.5,
      });
      CANDIDATE.lastIndex = match.index + 1;
    }
    return found;
  },
};
