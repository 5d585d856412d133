/** Where texts stand in the body of an Anthropic message, and what is no text there. */
import type { Json } from '../../../base/json.ts';
import { isTextMedia } from '../attached-text.ts';
import { chosenBy, place, TEXT, UNKNOWN, type Place } from '../document-walker.ts';
import { CACHE_MARK, INSTRUCTION, numbers, SCHEMA, TOOL_NAME, TOOL_VALUE } from '../places.ts';

const MARKS = { cache_control: CACHE_MARK };

/** Cited and retrieved text: somebody else's words. */
const DOCUMENT_TEXT: Place = { channel: 'document' };
const CITATIONS = place(
  {
    type: 'word',
    cited_text: TEXT,
    title: TEXT,
    document_title: TEXT,
    source: TEXT,
    url: TEXT,
    file_id: 'identifier',
    encrypted_index: 'base64',
    ...Object.fromEntries(
      [
        'document_index',
        'search_result_index',
        'start_char_index',
        'end_char_index',
        'start_page_number',
        'end_page_number',
      ]
        .concat(['start_block_index', 'end_block_index', 'enabled'])
        .map((key) => [key, TEXT]),
    ),
  },
  DOCUMENT_TEXT,
);

const SOURCES: ReadonlyMap<string, Place> = new Map([
  ['url', place({ type: 'word', url: 'url' }, DOCUMENT_TEXT)],
  ['file', place({ type: 'word', file_id: 'identifier' }, DOCUMENT_TEXT)],
  ['text', place({ type: 'word', media_type: 'identifier', data: TEXT }, DOCUMENT_TEXT)],
  ['content', place({ type: 'word', content: { choose: ({ type }) => blockPlace(type) } }, DOCUMENT_TEXT)],
]);
const BASE64_SOURCE = place({ type: 'word', media_type: 'identifier', data: 'base64' }, DOCUMENT_TEXT);
const BASE64_TEXT_SOURCE = place(
  { type: 'word', media_type: 'identifier', data: 'base64_text' },
  DOCUMENT_TEXT,
);

const SOURCE: Place = {
  choose({ type, media_type: mediaType }) {
    if (type === 'base64') return isTextMedia(mediaType) ? BASE64_TEXT_SOURCE : BASE64_SOURCE;
    return chosenBy(type, SOURCES);
  },
};

const CALLER = place({ type: 'word', tool_id: 'identifier' }, TOOL_NAME);
const TOOL_USE = place(
  { type: 'word', id: 'identifier', name: TOOL_NAME, input: TOOL_VALUE, caller: CALLER, ...MARKS },
  TOOL_NAME,
);

/** Whatever a tool gave back, of whichever type its blocks are. */
const TOOL_RESULT: Place = place(
  {
    type: 'word',
    tool_use_id: 'identifier',
    is_error: TEXT,
    content: { choose: ({ type }) => blockPlace(type) },
    ...MARKS,
  },
  { role: 'tool', channel: 'tool' },
);

const BLOCKS: ReadonlyMap<string, Place> = new Map([
  ['text', place({ type: 'word', text: TEXT, citations: CITATIONS, ...MARKS })],
  ['image', place({ type: 'word', source: SOURCE, ...MARKS })],
  [
    'document',
    place(
      { type: 'word', source: SOURCE, title: TEXT, context: TEXT, citations: CITATIONS, ...MARKS },
      DOCUMENT_TEXT,
    ),
  ],
  [
    'search_result',
    place(
      {
        type: 'word',
        source: TEXT,
        title: TEXT,
        citations: CITATIONS,
        content: { choose: ({ type }) => blockPlace(type) },
        ...MARKS,
      },
      DOCUMENT_TEXT,
    ),
  ],
  ['thinking', place({ type: 'word', thinking: TEXT, signature: 'base64' })],
  ['redacted_thinking', place({ type: 'word', data: 'base64' })],
  ['tool_use', TOOL_USE],
  ['server_tool_use', TOOL_USE],
  ['tool_result', TOOL_RESULT],
]);

function blockPlace(type: Json | undefined): Place {
  return chosenBy(type, BLOCKS);
}

const CONTENT: Place = { choose: ({ type }) => blockPlace(type) };

const INSTRUCTIONS: Place = { ...CONTENT, isTurn: true };

const TURNS: ReadonlyMap<string, Place> = new Map([
  ['user', place({ role: 'word', content: CONTENT }, { role: 'user', channel: 'user' })],
  ['assistant', place({ role: 'word', content: CONTENT }, { role: 'assistant', channel: 'answer' })],
  ['system', place({ role: 'word', content: INSTRUCTIONS }, { role: 'system', channel: 'instruction' })],
]);

const TOOLS = place(
  { type: 'word', name: INSTRUCTION, description: INSTRUCTION, input_schema: SCHEMA, strict: TEXT, ...MARKS },
  INSTRUCTION,
);

export const MESSAGES_BODY: Place = place({
  model: 'identifier',
  messages: { choose: ({ role }) => chosenBy(role, TURNS) },
  system: { ...INSTRUCTIONS, role: 'system', channel: 'instruction' },
  tools: TOOLS,
  tool_choice: place({ type: 'word', name: INSTRUCTION, disable_parallel_tool_use: TEXT }, INSTRUCTION),
  thinking: place({ type: 'word', budget_tokens: 'number', display: 'word' }),
  output_config: place({ effort: 'word', format: place({ type: 'word', schema: SCHEMA }, INSTRUCTION) }),
  output_format: place({ type: 'word', schema: SCHEMA }, INSTRUCTION),
  metadata: place({ user_id: UNKNOWN }),
  stop_sequences: { role: 'unknown', channel: 'instruction' },
  service_tier: 'word',
  speed: 'word',
  inference_geo: 'word',
  cache_control: CACHE_MARK,
  stream: TEXT,
  ...numbers('max_tokens', 'temperature', 'top_p', 'top_k'),
});
