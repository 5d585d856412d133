/** Where texts stand in the body of a chat completion, and what is no text there. */
import type { JsonObject } from '../../../base/json.ts';
import { chosenBy, place, TEXT, UNKNOWN, type Place } from '../document-walker.ts';
import { CACHE_MARK, INSTRUCTION, numbers, SCHEMA, TOOL_JSON, TOOL_NAME } from '../places.ts';
import { isTextFile } from '../text-files.ts';

const MARKS = { cache_control: CACHE_MARK, prompt_cache_breakpoint: CACHE_MARK };

/** A document that a person attached reaches the model as a document, not as the person's words. */
const FILE_NAME: Place = { channel: 'document' };
const FILE = place({ file_data: 'base64', file_id: 'identifier', filename: FILE_NAME });
const TEXTUAL_FILE = place({ file_data: 'base64_text', file_id: 'identifier', filename: FILE_NAME });

const PARTS: ReadonlyMap<string, Place> = new Map([
  ['text', place({ type: 'word', text: TEXT, ...MARKS })],
  ['refusal', place({ type: 'word', refusal: TEXT, ...MARKS })],
  ['image_url', place({ type: 'word', image_url: place({ url: 'url', detail: 'word' }), ...MARKS })],
  ['input_audio', place({ type: 'word', input_audio: place({ data: 'base64', format: 'word' }), ...MARKS })],
  [
    'file',
    place({
      type: 'word',
      file: { choose: ({ filename }) => (isTextFile(filename) ? TEXTUAL_FILE : FILE) },
      ...MARKS,
    }),
  ],
]);

const CONTENT: Place = { choose: ({ type }) => chosenBy(type, PARTS) };

const CALLED = place({ name: TOOL_NAME, arguments: TOOL_JSON });
const CUSTOM_CALLED = place({ name: TOOL_NAME, input: { role: 'assistant', channel: 'tool' } });
const TOOL_CALLS = place(
  { id: 'identifier', type: 'word', index: TEXT, function: CALLED, custom: CUSTOM_CALLED },
  TOOL_NAME,
);

const SYSTEM = place(
  { role: 'word', content: { ...CONTENT, isTurn: true }, name: TEXT },
  { role: 'system', channel: 'instruction' },
);
const DEVELOPER: Place = { ...SYSTEM, role: 'developer' };
const USER = place({ role: 'word', content: CONTENT, name: TEXT }, { role: 'user', channel: 'user' });
const TOOL = place(
  { role: 'word', content: CONTENT, tool_call_id: 'identifier', name: TEXT },
  { role: 'tool', channel: 'tool' },
);
const CITED: Place = { role: 'assistant', channel: 'document' };
const ASSISTANT = place(
  {
    role: 'word',
    content: CONTENT,
    name: TEXT,
    refusal: TEXT,
    reasoning: TEXT,
    reasoning_content: TEXT,
    audio: place({ id: 'identifier' }),
    tool_calls: TOOL_CALLS,
    function_call: CALLED,
    annotations: place({
      type: 'word',
      url_citation: place({ url: CITED, title: CITED, start_index: TEXT, end_index: TEXT }),
    }),
  },
  { role: 'assistant', channel: 'answer' },
);

const TURNS: ReadonlyMap<string, Place> = new Map([
  ['system', SYSTEM],
  ['developer', DEVELOPER],
  ['user', USER],
  ['assistant', ASSISTANT],
  ['tool', TOOL],
  ['function', TOOL],
]);

const MESSAGES: Place = { choose: (message: JsonObject) => chosenBy(message.role, TURNS) };

const FUNCTION = place(
  { name: INSTRUCTION, description: INSTRUCTION, parameters: SCHEMA, strict: TEXT },
  INSTRUCTION,
);
const GRAMMAR = place({ syntax: 'word', definition: INSTRUCTION }, INSTRUCTION);
const CUSTOM_TOOL = place(
  {
    name: INSTRUCTION,
    description: INSTRUCTION,
    format: place({ type: 'word', grammar: GRAMMAR }, INSTRUCTION),
  },
  INSTRUCTION,
);
const TOOLS = place({ type: 'word', function: FUNCTION, custom: CUSTOM_TOOL }, INSTRUCTION);
const NAMED = place({ name: INSTRUCTION }, INSTRUCTION);

const TOOL_CHOICE = place({ type: 'word', mode: 'word', function: NAMED, custom: NAMED }, INSTRUCTION);
const JSON_SCHEMA = place(
  { name: INSTRUCTION, description: INSTRUCTION, schema: SCHEMA, strict: TEXT },
  INSTRUCTION,
);

export const CHAT_BODY: Place = place({
  model: 'identifier',
  messages: MESSAGES,
  tools: TOOLS,
  functions: FUNCTION,
  tool_choice: TOOL_CHOICE,
  function_call: NAMED,
  response_format: place({ type: 'word', json_schema: JSON_SCHEMA }, INSTRUCTION),
  prediction: place({ type: 'word', content: CONTENT }, { role: 'user', channel: 'document' }),
  audio: place({ format: 'word', voice: 'identifier' }),
  modalities: 'word',
  reasoning_effort: 'word',
  verbosity: 'word',
  service_tier: 'word',
  prompt_cache_retention: 'word',
  prompt_cache_options: CACHE_MARK,
  stream_options: place({ include_usage: TEXT, include_obfuscation: TEXT }),
  stop: { role: 'unknown', channel: 'instruction' },
  user: UNKNOWN,
  safety_identifier: UNKNOWN,
  prompt_cache_key: UNKNOWN,
  metadata: UNKNOWN,
  logit_bias: UNKNOWN,
  stream: TEXT,
  store: TEXT,
  logprobs: TEXT,
  parallel_tool_calls: TEXT,
  seed: TEXT,
  ...numbers('n', 'temperature', 'top_p', 'top_k', 'max_tokens', 'max_completion_tokens', 'top_logprobs'),
  ...numbers('frequency_penalty', 'presence_penalty'),
});
