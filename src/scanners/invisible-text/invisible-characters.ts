/** Which characters cannot be seen, what sort each is, and where one is as it should be. */

export const KINDS = [
  'ZERO_WIDTH',
  'BIDI_CONTROL',
  'TAG_CHARACTERS',
  'VARIATION_SELECTORS',
  'PRIVATE_USE',
  'SOFT_HYPHEN',
  'INVISIBLE_FILLER',
  'FORMAT_CONTROL',
  'CONTROL_CHARACTER',
] as const;
export type InvisibleKind = (typeof KINDS)[number];

const CLASSES: readonly (readonly [InvisibleKind, string])[] = [
  ['ZERO_WIDTH', '\\u034f\\u180e\\u200b-\\u200d\\u2060-\\u2065\\ufeff'],
  ['BIDI_CONTROL', '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069'],
  ['TAG_CHARACTERS', '\\u{e0000}-\\u{e007f}'],
  ['VARIATION_SELECTORS', '\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}'],
  ['PRIVATE_USE', '\\ue000-\\uf8ff\\u{f0000}-\\u{ffffd}\\u{100000}-\\u{10fffd}'],
  ['SOFT_HYPHEN', '\\u00ad'],
  ['INVISIBLE_FILLER', '\\u115f\\u1160\\u17b4\\u17b5\\u3164\\uffa0'],
  ['FORMAT_CONTROL', '\\u206a-\\u206f\\ufff9-\\ufffb'],
  ['CONTROL_CHARACTER', '\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f'],
];

const kindPatterns = CLASSES.map(
  ([kind, characters]) => [kind, new RegExp(`^[${characters}]`, 'u')] as const,
);

/** Any of them, anywhere. */
export const INVISIBLE = new RegExp(`[${CLASSES.map(([, characters]) => characters).join('')}]`, 'gu');

export function kindOf(character: string): InvisibleKind | null {
  return kindPatterns.find(([, pattern]) => pattern.test(character))?.[0] ?? null;
}

/** Scripts whose letters change shape with a joiner or non-joiner beside them. */
const JOINING =
  /[\p{scx=Arabic}\p{scx=Syriac}\p{scx=Mongolian}\p{scx=Nko}\p{scx=Devanagari}\p{scx=Bengali}\p{scx=Gurmukhi}\p{scx=Gujarati}\p{scx=Oriya}\p{scx=Tamil}\p{scx=Telugu}\p{scx=Kannada}\p{scx=Malayalam}\p{scx=Sinhala}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}\p{scx=Thaana}]/u;
const RIGHT_TO_LEFT = /[\p{scx=Arabic}\p{scx=Hebrew}\p{scx=Syriac}\p{scx=Thaana}\p{scx=Nko}]/u;
const BEFORE_EMOJI_JOINER = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u{1f1e6}-\u{1f1ff}]/u;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;
const EMOJI_BASE = /[\p{Emoji}\p{S}\p{Po}]/u;
const HAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const JAMO = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/;
const WORD = /[\p{L}\p{N}]/u;

/** Whether the character between these two is where it belongs; '' stands for the text's beginning and end. */
export function isLegitimate(kind: InvisibleKind, character: string, before: string, after: string): boolean {
  switch (kind) {
    case 'ZERO_WIDTH':
      return isJoinerInPlace(character, before, after) || (character === '\ufeff' && before === '');
    case 'VARIATION_SELECTORS':
      return kindOf(after) !== 'VARIATION_SELECTORS' && isVariationInPlace(character, before);
    case 'BIDI_CONTROL':
      return (
        /[\u061c\u200e\u200f]/.test(character) && (RIGHT_TO_LEFT.test(before) || RIGHT_TO_LEFT.test(after))
      );
    case 'INVISIBLE_FILLER':
      return /[\u115f\u1160]/.test(character) && (JAMO.test(before) || JAMO.test(after));
    case 'SOFT_HYPHEN':
      return WORD.test(before) && WORD.test(after);
    case 'TAG_CHARACTERS':
    case 'PRIVATE_USE':
    case 'FORMAT_CONTROL':
    case 'CONTROL_CHARACTER':
      return false;
  }
}

function isJoinerInPlace(character: string, before: string, after: string): boolean {
  if (character !== '\u200d' && character !== '\u200c') return false;
  if (kindOf(after) === 'ZERO_WIDTH') return false;
  if (JOINING.test(before) && !/\s/.test(after)) return true;
  return character === '\u200d' && BEFORE_EMOJI_JOINER.test(before) && PICTOGRAPH.test(after);
}

function isVariationInPlace(character: string, before: string): boolean {
  if (/[\ufe0e\ufe0f]/.test(character)) return EMOJI_BASE.test(before);
  if (/[\u180b-\u180d\u180f]/.test(character)) return /\p{sc=Mongolian}/u.test(before);
  if (/[\ufe00-\ufe0d]/.test(character))
    return HAN.test(before) || /[\p{Sm}\p{sc=Myanmar}\p{sc=Phags_Pa}\p{sc=Manichaean}]/u.test(before);
  return HAN.test(before);
}
