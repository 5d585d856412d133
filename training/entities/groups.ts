/** Labels groups of people in corpora that have no label for them: nationalities, religions and parties that we list. */
import { COUNTRY, GROUP, PLACE, type Gazetteer } from '../../src/scanners/pii/tagger/gazetteer.ts';
import { createTokens, MARK, readTokens, SMALL } from '../../src/scanners/pii/tagger/tokens.ts';
import type { EntityText, LabeledEntity } from './entity-text.ts';

const MAX_TEXT = 300;
/** Where a language is meant. */
const BEFORE_LANGUAGE = /\b(?:in|into|speaks?|speaking|spoke|fluent|learn|learning|translate|to|from) $/i;
const AFTER_LANGUAGE =
  /^ (?:language|translation|grammar|lessons?|class|teacher|literature|essay|words?|version|subtitles|text|dictionary)/i;

/** Words that are known as a group and nothing else, and stand in no entity. */
export function withGroups({ text, entities }: EntityText, gazetteer: Gazetteer): EntityText {
  const found: LabeledEntity[] = [];
  const tokens = createTokens();
  for (let from = 0; from < text.length; from += MAX_TEXT) {
    readTokens(text, from, Math.min(text.length, from + MAX_TEXT), tokens);
    for (let i = 0; i < tokens.count; i++) {
      const form = tokens.forms[i];
      if (form === MARK || form === SMALL) continue;
      const known = gazetteer.lookUp(tokens.hashes[i] ?? 0);
      if ((known & GROUP) === 0 || (known & (PLACE | COUNTRY)) !== 0) continue;
      const start = tokens.starts[i] ?? 0;
      const end = tokens.ends[i] ?? 0;
      const isLanguage =
        BEFORE_LANGUAGE.test(text.slice(Math.max(0, start - 12), start)) ||
        AFTER_LANGUAGE.test(text.slice(end, end + 14));
      if (!isLanguage && entities.every((entity) => entity.end <= start || entity.start >= end))
        found.push({ start, end, kind: 'NRP' });
    }
  }
  return { text, entities: [...entities, ...found].sort((a, b) => a.start - b.start) };
}
