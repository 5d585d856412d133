/** What an address carries beside the way to a page: the confidence that it takes data of a conversation along. */
import type { WebAddress } from '../reading/web-address.ts';
import { isEncodedText } from './encoded-text.ts';

/** One thing speaks louder in an image, which loads by itself and has no need of it, than in a link. */
interface Weight {
  readonly link: number;
  readonly image: number;
}

const NOTHING: Weight = { link: 0, image: 0 };
const CONVERSATION_PLACEHOLDER: Weight = { link: 0.8, image: 0.95 };
const PLACEHOLDER: Weight = { link: 0, image: 0.75 };
const ENCODED_TEXT: Weight = { link: 0.7, image: 0.9 };
const ESCAPED_LETTERS: Weight = { link: 0.7, image: 0.85 };
const MAIL_ADDRESS: Weight = { link: 0.6, image: 0.85 };
const LONG_TEXT: Weight = { link: 0.6, image: 0.85 };
const SHORT_TEXT: Weight = { link: 0, image: 0.7 };
const OPAQUE: Weight = { link: 0, image: 0.5 };
const LONG_LABEL: Weight = { link: 0.55, image: 0.65 };
const MANY: Weight = { link: 0, image: 0.55 };

const MAX_PARAMETERS = 12;
const OPAQUE_LENGTH = 48;
const MAX_LABEL = 40;
const WORDS_IN_LINK = 16;
const WORDS_IN_IMAGE = 4;

const HELD = /(?:\{\{?|\[|<|\$\{|\$\(|%7b|%5b|%3c)/i.source;
/** What an instruction asks a model to fill in; brackets may be cut off at the first space. */
const CONVERSATION = new RegExp(
  `${HELD}\\W{0,2}(?:\\w{1,20}[_-])?(?:conversation|chat[_-]?(?:history|log)|history|system[_-]?prompt|previous|summary|everything|secrets?|passwords?|credentials?|user[_-]?(?:data|info|input|message|secret|query|details)|messages?[_-]|stolen|leak(?:ed)?|exfil\\w*|sensitive|private[_-]|confidential)`,
  'i',
);
const ANY_PLACEHOLDER = new RegExp(`[=/?#.](?:${HELD})\\W{0,2}[a-z_][a-z0-9_.-]{1,40}`, 'i');
const ESCAPED = /(?:%[46][0-9a-f]|%[57][0-9a]|%20){8}/i;
const MAIL = /(?<![@\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}(?![\w-])/i;
const OPAQUE_VALUE = /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[\w+/=.~-]+$/;

/** For a link and for an image: the strongest sign that the address shows. */
export function carriedData({ raw, url }: WebAddress): Weight {
  if (CONVERSATION.test(raw)) return CONVERSATION_PLACEHOLDER;
  let most = ANY_PLACEHOLDER.test(raw) ? PLACEHOLDER : NOTHING;
  if (ESCAPED.test(raw)) most = stronger(most, ESCAPED_LETTERS);
  let parameters = 0;
  for (const value of url.searchParams.values()) {
    most = stronger(most, weightOfValue(value));
    parameters++;
  }
  for (const segment of url.pathname.split('/')) most = stronger(most, weightOfValue(decoded(segment)));
  for (const value of url.hash.split(/[#&=]/)) most = stronger(most, weightOfValue(decoded(value)));
  for (const label of url.hostname.split('.')) most = stronger(most, weightOfLabel(label));
  return parameters > MAX_PARAMETERS ? stronger(most, MANY) : most;
}

/** Whether the address asks a model to put what was said into it. */
export function asksForConversation({ raw }: WebAddress): boolean {
  return CONVERSATION.test(raw);
}

function weightOfValue(value: string): Weight {
  if (value.length < 6) return NOTHING;
  if (MAIL.test(value)) return MAIL_ADDRESS;
  if (isEncodedText(value)) return ENCODED_TEXT;
  const words = value.split(/\s+/).length;
  if (words >= WORDS_IN_LINK) return LONG_TEXT;
  if (words >= WORDS_IN_IMAGE) return SHORT_TEXT;
  return value.length >= OPAQUE_LENGTH && OPAQUE_VALUE.test(value) ? OPAQUE : NOTHING;
}

/** A name can be asked for without a page being loaded at all. */
function weightOfLabel(label: string): Weight {
  if (label.startsWith('xn--')) return NOTHING;
  if (isEncodedText(label)) return ENCODED_TEXT;
  return label.length >= MAX_LABEL ? LONG_LABEL : NOTHING;
}

function stronger(a: Weight, b: Weight): Weight {
  return { link: Math.max(a.link, b.link), image: Math.max(a.image, b.image) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not UTF-8: what it is made of is judged as it is written.
    return part;
  }
}
