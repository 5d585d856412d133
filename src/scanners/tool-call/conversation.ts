/** What the model read before it called a tool, by whose words they are. */
import { createJsonText } from '../../base/json-text.ts';
import type { Segment } from '../../domain/document.ts';

export interface Conversation {
  /** Results of tools and documents: what strangers may have written. */
  readonly strangers: readonly string[];
  /** What the person who asks said last. */
  readonly wish: string;
  /** All that persons said. */
  readonly said: string;
  /** The same and what developers said, in small letters. */
  readonly own: string;
  /** What tools were called with before. */
  readonly called: string;
  /** System and developer turns, descriptions of tools. */
  readonly instructions: readonly string[];
}

/** Made once for each request, and gone with it. */
const known = new WeakMap<() => readonly Segment[], Conversation>();

export function conversationOf(segments: () => readonly Segment[]): Conversation {
  let conversation = known.get(segments);
  if (!conversation) {
    conversation = read(segments());
    known.set(segments, conversation);
  }
  return conversation;
}

/** Characters of each that are looked at, the newest first. */
const MAX_STRANGERS = 131_072;
const MAX_OWN = 262_144;
/** Characters of what was said last: "yes, do it" speaks of what was said before. */
const MAX_WISH = 4_000;

function read(segments: readonly Segment[]): Conversation {
  const said = newest(segments, MAX_OWN, ({ channel }) => channel === 'user');
  const instructions = newest(segments, MAX_OWN, ({ channel }) => channel === 'instruction');
  // Where nobody asks, the instructions are the task.
  const wish = (said.length > 0 ? said : instructions).join('\n').slice(-MAX_WISH);
  return {
    strangers: newest(
      segments,
      MAX_STRANGERS,
      ({ channel, role }) => channel === 'document' || (channel === 'tool' && role === 'tool'),
    ),
    wish,
    said: said.join('\n'),
    own: [...instructions, ...said].join('\n').toLowerCase(),
    called: newest(segments, MAX_OWN, ({ channel, role }) => channel === 'tool' && role !== 'tool')
      .join('\n')
      .toLowerCase(),
    instructions,
  };
}

/** In the order in which they stand. */
function newest(
  segments: readonly Segment[],
  max: number,
  isWanted: (segment: Segment) => boolean,
): readonly string[] {
  let room = max;
  const texts: string[] = [];
  for (let index = segments.length - 1; index >= 0 && room > 0; index--) {
    const segment = segments[index];
    if (!segment || segment.text === '' || !isWanted(segment)) continue;
    const text = unescaped(segment).slice(0, room);
    room -= text.length;
    texts.push(text);
  }
  return texts.reverse();
}

function unescaped({ text, encoding }: Segment): string {
  if (encoding === 'plain') return text;
  const json = createJsonText();
  return json.push(text) + json.finish();
}
