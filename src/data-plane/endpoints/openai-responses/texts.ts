/** Where texts stand in the body of a response's request, and what is no text there. */
import type { JsonObject } from '../../../base/json.ts';
import { chosenBy, place, TEXT, UNKNOWN, type Place } from '../document-walker.ts';
import { CACHE_MARK, INSTRUCTION, LOGPROBS, numbers, SCHEMA, TOOL_JSON, TOOL_NAME } from '../places.ts';
import { isTextFile } from '../text-files.ts';

const MARKS = { prompt_cache_breakpoint: CACHE_MARK };
const CITED: Place = { channel: 'document' };

const ANNOTATIONS = place(
  {
    type: 'word',
    url: TEXT,
    title: TEXT,
    filename: TEXT,
    file_id: 'identifier',
    container_id: 'identifier',
    index: TEXT,
    start_index: TEXT,
    end_index: TEXT,
  },
  CITED,
);
const OUTPUT_TEXT = place({
  type: 'word',
  text: TEXT,
  annotations: ANNOTATIONS,
  logprobs: LOGPROBS,
  ...MARKS,
});
const FILE_MEMBERS = {
  type: 'word',
  file_id: 'identifier',
  file_url: 'url',
  filename: CITED,
  detail: 'word',
  ...MARKS,
} as const;
const FILE = place({ ...FILE_MEMBERS, file_data: 'base64' });
const TEXTUAL_FILE = place({ ...FILE_MEMBERS, file_data: 'base64_text' });
const PLAIN_TEXT = place({ type: 'word', text: TEXT, ...MARKS });

const PARTS: ReadonlyMap<string, Place> = new Map([
  ['input_text', PLAIN_TEXT],
  ['text', PLAIN_TEXT],
  ['reasoning_text', PLAIN_TEXT],
  ['summary_text', PLAIN_TEXT],
  ['output_text', OUTPUT_TEXT],
  ['refusal', place({ type: 'word', refusal: TEXT })],
  ['input_image', place({ type: 'word', image_url: 'url', file_id: 'identifier', detail: 'word', ...MARKS })],
  ['input_audio', place({ type: 'word', input_audio: place({ data: 'base64', format: 'word' }) })],
]);

const CONTENT: Place = { choose: contentPlace };

function contentPlace({ type, filename }: JsonObject): Place {
  if (type === 'input_file') return isTextFile(filename) ? TEXTUAL_FILE : FILE;
  return chosenBy(type, PARTS);
}

const MESSAGE = {
  type: 'word',
  role: 'word',
  id: 'identifier',
  status: 'word',
  phase: 'word',
  content: CONTENT,
} as const;
const INSTRUCTIONS = { ...MESSAGE, content: { ...CONTENT, isTurn: true } } as const;
const TURNS: ReadonlyMap<string, Place> = new Map([
  ['user', place(MESSAGE, { role: 'user', channel: 'user' })],
  ['assistant', place(MESSAGE, { role: 'assistant', channel: 'answer' })],
  ['system', place(INSTRUCTIONS, { role: 'system', channel: 'instruction' })],
  ['developer', place(INSTRUCTIONS, INSTRUCTION)],
]);

const CALLER = place({ type: 'word', caller_id: 'identifier' }, TOOL_NAME);
const CALL = {
  type: 'word',
  id: 'identifier',
  call_id: 'identifier',
  status: 'word',
  name: TOOL_NAME,
  namespace: TOOL_NAME,
  caller: CALLER,
} as const;
const OUTPUT: Place = { role: 'tool', channel: 'tool' };
const CALL_OUTPUT = place({ ...CALL, output: CONTENT, name: TEXT, namespace: TEXT }, OUTPUT);
const SCREEN = place({ type: 'word', image_url: 'url', file_id: 'identifier', detail: 'word' }, OUTPUT);

const ITEMS: ReadonlyMap<string, Place> = new Map([
  ['function_call', place({ ...CALL, arguments: TOOL_JSON, async: TEXT })],
  ['function_call_output', CALL_OUTPUT],
  ['custom_tool_call', place({ ...CALL, input: TOOL_NAME })],
  ['custom_tool_call_output', CALL_OUTPUT],
  ['computer_call_output', place({ ...CALL, output: SCREEN, acknowledged_safety_checks: UNKNOWN }, OUTPUT)],
  ['image_generation_call', place({ type: 'word', id: 'identifier', status: 'word', result: 'base64' })],
  ['item_reference', place({ type: 'word', id: 'identifier' })],
  [
    'reasoning',
    place(
      {
        type: 'word',
        id: 'identifier',
        status: 'word',
        summary: CONTENT,
        content: CONTENT,
        encrypted_content: 'base64',
      },
      { role: 'assistant', channel: 'answer' },
    ),
  ],
]);

function itemPlace({ type, role }: JsonObject): Place {
  if (type === undefined || type === 'message') return chosenBy(role, TURNS);
  return chosenBy(type, ITEMS);
}

const GRAMMAR = place({ type: 'word', syntax: 'word', definition: INSTRUCTION }, INSTRUCTION);
const TOOLS: ReadonlyMap<string, Place> = new Map([
  [
    'function',
    place(
      {
        type: 'word',
        name: INSTRUCTION,
        description: INSTRUCTION,
        parameters: SCHEMA,
        output_schema: SCHEMA,
        strict: TEXT,
        allowed_callers: 'word',
      },
      INSTRUCTION,
    ),
  ],
  [
    'custom',
    place({ type: 'word', name: INSTRUCTION, description: INSTRUCTION, format: GRAMMAR }, INSTRUCTION),
  ],
]);

const FORMAT = place(
  { type: 'word', name: INSTRUCTION, description: INSTRUCTION, schema: SCHEMA, strict: TEXT },
  INSTRUCTION,
);

export const RESPONSES_BODY: Place = place({
  model: 'identifier',
  input: { role: 'user', channel: 'user', choose: itemPlace },
  instructions: { role: 'system', channel: 'instruction', isTurn: true },
  tools: { ...INSTRUCTION, choose: ({ type }) => chosenBy(type, TOOLS) },
  tool_choice: place({ type: 'word', name: INSTRUCTION, mode: 'word' }, INSTRUCTION),
  text: place({ format: FORMAT, verbosity: 'word' }, INSTRUCTION),
  reasoning: place({
    effort: 'word',
    summary: 'word',
    generate_summary: 'word',
    context: 'word',
    mode: 'word',
  }),
  include: 'word',
  truncation: 'word',
  service_tier: 'word',
  previous_response_id: 'identifier',
  conversation: place({ id: 'identifier' }),
  prompt: place({ id: 'identifier', version: 'identifier', variables: UNKNOWN }),
  prompt_cache_retention: 'word',
  prompt_cache_options: CACHE_MARK,
  stream_options: place({ include_obfuscation: TEXT }),
  user: UNKNOWN,
  safety_identifier: UNKNOWN,
  prompt_cache_key: UNKNOWN,
  metadata: UNKNOWN,
  stream: TEXT,
  store: TEXT,
  background: TEXT,
  parallel_tool_calls: TEXT,
  ...numbers('temperature', 'top_p', 'max_output_tokens', 'max_tool_calls', 'top_logprobs'),
});
