/** One body for each endpoint that uses what its dialect has. */
import type { JsonObject } from '../../../base/json.ts';

const SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string', description: 'Where', enum: ['Berlin', 'Rome'] }, days: { type: 'array', items: { type: 'integer' } } },
  required: ['city'],
  additionalProperties: false,
};
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk';

const CHAT: JsonObject = {
  model: 'gpt-x',
  messages: [
    { role: 'system', content: 'You help.' },
    { role: 'developer', content: [{ type: 'text', text: 'Be brief.' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?', cache_control: { type: 'ephemeral' } },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}`, detail: 'low' } },
        { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
        { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'mp3' } },
        { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
      ],
    },
    {
      role: 'assistant',
      content: 'Let me look.',
      refusal: null,
      reasoning_content: 'Weather, then time.',
      annotations: [],
      tool_calls: [
        { id: 'call_a', type: 'function', function: { name: 'weather', arguments: '{"city":"Berlin"}' } },
        { id: 'call_b', type: 'function', function: { name: 'time', arguments: '{}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_a', content: 'Sunny' },
    { role: 'tool', tool_call_id: 'call_b', content: [{ type: 'text', text: 'Noon' }] },
    { role: 'assistant', content: [{ type: 'refusal', refusal: 'I would rather not.' }] },
    { role: 'user', content: 'Go on.' },
  ],
  tools: [
    { type: 'function', function: { name: 'weather', description: 'Tells the weather', parameters: SCHEMA, strict: true } },
    { type: 'function', function: { name: 'time' } },
  ],
  tool_choice: { type: 'function', function: { name: 'weather' } },
  parallel_tool_calls: false,
  response_format: { type: 'json_schema', json_schema: { name: 'report', description: 'A report', schema: SCHEMA, strict: true } },
  max_completion_tokens: 100,
  temperature: 0.5,
  top_p: 0.9,
  stop: ['END'],
  seed: 7,
  presence_penalty: 0.1,
  frequency_penalty: 0.2,
  n: 2,
  reasoning_effort: 'low',
  stream: true,
  stream_options: { include_usage: true },
  user: 'person-1',
  metadata: { team: 'blue' },
  store: false,
  service_tier: 'auto',
  prompt_cache_key: 'k',
};

const RESPONSES: JsonObject = {
  model: 'gpt-x',
  instructions: 'You help.',
  input: [
    {
      role: 'user',
      content: [
        { type: 'input_text', text: 'What is this?' },
        { type: 'input_image', image_url: `data:image/png;base64,${PIXEL}`, detail: 'auto' },
        { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' },
        { type: 'input_file', file_url: 'https://example.org/a.pdf' },
      ],
    },
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Weather, then time.' }], encrypted_content: 'c2lnbmVk' },
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [
        { type: 'output_text', text: 'Let me look.', annotations: [], logprobs: [] },
        { type: 'refusal', refusal: 'Not that.' },
      ],
    },
    { type: 'function_call', id: 'fc_1', call_id: 'call_a', name: 'weather', arguments: '{"city":"Berlin"}', status: 'completed' },
    { type: 'function_call', call_id: 'call_b', name: 'time', arguments: '{}' },
    { type: 'function_call_output', call_id: 'call_a', output: 'Sunny' },
    { type: 'function_call_output', call_id: 'call_b', output: [{ type: 'input_text', text: 'Noon' }] },
    { role: 'developer', content: 'Be brief.' },
    { role: 'user', content: 'Go on.' },
  ],
  tools: [{ type: 'function', name: 'weather', description: 'Tells the weather', parameters: SCHEMA, strict: true }],
  tool_choice: { type: 'function', name: 'weather' },
  parallel_tool_calls: true,
  text: { format: { type: 'json_schema', name: 'report', schema: SCHEMA, strict: true }, verbosity: 'medium' },
  reasoning: { effort: 'high', summary: 'auto' },
  include: ['reasoning.encrypted_content'],
  max_output_tokens: 100,
  temperature: 0.5,
  top_p: 0.9,
  stream: true,
  store: false,
  user: 'person-1',
  metadata: { team: 'blue' },
};

const COUNT: JsonObject = {
  model: 'claude-x',
  system: [{ type: 'text', text: 'You help.', cache_control: { type: 'ephemeral', ttl: '5m' } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PIXEL } },
        { type: 'image', source: { type: 'url', url: 'https://example.org/a.png' } },
        { type: 'document', title: 'Report', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Plain words' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Weather, then time.', signature: 'c2lnbmVk' },
        { type: 'redacted_thinking', data: 'cmVkYWN0ZWQ=' },
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', id: 'call_a', name: 'weather', input: { city: 'Berlin' } },
        { type: 'tool_use', id: 'call_b', name: 'time', input: {} },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'call_a', content: 'Sunny' },
        { type: 'tool_result', tool_use_id: 'call_b', is_error: true, content: [{ type: 'text', text: 'No clock' }] },
        { type: 'text', text: 'Go on.' },
      ],
    },
  ],
  tools: [{ name: 'weather', description: 'Tells the weather', input_schema: SCHEMA }],
  tool_choice: { type: 'any', disable_parallel_tool_use: true },
  thinking: { type: 'enabled', budget_tokens: 2000 },
};

const MESSAGES: JsonObject = {
  ...COUNT,
  max_tokens: 4000,
  output_config: { effort: 'low', format: { type: 'json_schema', schema: SCHEMA } },
  metadata: { user_id: 'person-1' },
  stop_sequences: ['END'],
  temperature: 0.5,
  top_p: 0.9,
  top_k: 40,
  stream: true,
  service_tier: 'auto',
};

const GENERATE: JsonObject = {
  systemInstruction: { parts: [{ text: 'You help.' }] },
  contents: [
    {
      role: 'user',
      parts: [
        { text: 'What is this?' },
        { inlineData: { mimeType: 'image/png', data: PIXEL } },
        { inline_data: { mime_type: 'application/pdf', data: 'JVBERi0=' } },
        { fileData: { mimeType: 'audio/mp3', fileUri: 'https://example.org/a.mp3' } },
      ],
    },
    {
      role: 'model',
      parts: [
        { text: 'Weather, then time.', thought: true },
        { text: 'Let me look.', thoughtSignature: 'c2lnbmVk' },
        { functionCall: { name: 'weather', args: { city: 'Berlin' } } },
        { functionCall: { id: 'call_b', name: 'time', args: {} } },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { name: 'weather', response: { output: 'Sunny' } } },
        { functionResponse: { id: 'call_b', name: 'time', response: { hour: 12 } } },
        { text: 'Go on.' },
      ],
    },
  ],
  tools: [
    {
      functionDeclarations: [
        {
          name: 'weather',
          description: 'Tells the weather',
          parameters: {
            type: 'OBJECT',
            properties: { city: { type: 'STRING', nullable: true }, days: { type: 'ARRAY', items: { type: 'INTEGER' }, minItems: '1' } },
            propertyOrdering: ['city'],
          },
        },
        { name: 'time', parametersJsonSchema: SCHEMA },
      ],
    },
  ],
  toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['weather'] } },
  generationConfig: {
    temperature: 0.5,
    topP: 0.9,
    topK: 40,
    candidateCount: 2,
    maxOutputTokens: 100,
    stopSequences: ['END'],
    seed: 7,
    responseMimeType: 'application/json',
    responseSchema: { type: 'OBJECT', properties: { city: { type: 'STRING' } } },
    thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 },
  },
  safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
};

const EMBED: JsonObject = { model: 'models/e', content: { parts: [{ text: 'one' }, { text: 'two' }] }, outputDimensionality: 64 };

/** By the endpoint's first path. */
export const SAMPLES: Readonly<Record<string, JsonObject>> = {
  '/v1/chat/completions': CHAT,
  '/v1/responses': RESPONSES,
  '/v1/embeddings': { model: 'e', input: ['one', 'two'], dimensions: 64, encoding_format: 'base64', user: 'person-1' },
  '/v1/messages': MESSAGES,
  '/v1/messages/count_tokens': COUNT,
  '/v1beta/models/:model(.+)::generateContent': GENERATE,
  '/v1beta/models/:model(.+)::streamGenerateContent': GENERATE,
  '/v1beta/models/:model(.+)::countTokens': { generateContentRequest: { model: 'models/g', ...GENERATE } },
  '/v1beta/models/:model(.+)::embedContent': EMBED,
  '/v1beta/models/:model(.+)::batchEmbedContents': { requests: [EMBED, EMBED] },
};
