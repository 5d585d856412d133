/** The form of a response's request: what neutral form carries of it, and what may be let go. */
import { z } from 'zod';
import { functionMembers, responseFormat, toolChoiceWord } from '../openai-requests.ts';
import { LET_GO, onlyDefault, words } from '../wire-form.ts';

const marks = {
  // Prompt caching changes what a call costs, not what it says.
  prompt_cache_breakpoint: LET_GO,
};

/** Names and states that an earlier answer gave its items, sent back with them. */
const itemMarks = { id: LET_GO, status: LET_GO };

const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string(), ...marks });
const outputText = z.strictObject({
  type: z.literal('output_text'),
  text: z.string(),
  // Citations and probabilities of an earlier answer, which no model reads.
  annotations: LET_GO,
  logprobs: LET_GO,
  // The official client adds it to what it streamed or parsed.
  parsed: LET_GO,
  ...marks,
});
const refusal = z.strictObject({ type: z.literal('refusal'), refusal: z.string() });
const inputImage = z.strictObject({
  type: z.literal('input_image'),
  image_url: z.string(),
  detail: words('auto', 'low', 'high').nullish(),
  // Names what only OpenAI holds.
  file_id: onlyDefault(),
  ...marks,
});
export const inputFile = z.strictObject({
  type: z.literal('input_file'),
  file_data: z.string().nullish(),
  file_url: z.string().nullish(),
  filename: z.string().nullish(),
  file_id: onlyDefault(),
  detail: onlyDefault('auto'),
  ...marks,
});
const inputAudio = z.strictObject({
  type: z.literal('input_audio'),
  input_audio: z.strictObject({ data: z.string(), format: z.string() }),
});

export const part = z.discriminatedUnion('type', [
  inputText,
  outputText,
  refusal,
  inputImage,
  inputFile,
  inputAudio,
]);

const message = z.strictObject({
  type: z.literal('message'),
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), z.array(part)]),
  phase: LET_GO,
  ...itemMarks,
});
const direct = z.strictObject({ type: z.literal('direct') }).nullish();
const functionCall = z.strictObject({
  type: z.literal('function_call'),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
  caller: direct,
  namespace: onlyDefault(),
  async: onlyDefault(false),
  // The official client adds it to what it parsed.
  parsed_arguments: LET_GO,
  ...itemMarks,
});
const functionCallOutput = z.strictObject({
  type: z.literal('function_call_output'),
  call_id: z.string(),
  output: z.union([z.string(), z.array(z.discriminatedUnion('type', [inputText, inputImage, inputFile]))]),
  caller: direct,
  name: LET_GO,
  namespace: onlyDefault(),
  ...itemMarks,
});
const reasoningText = z.strictObject({ type: z.enum(['summary_text', 'reasoning_text']), text: z.string() });
const reasoningItem = z.strictObject({
  type: z.literal('reasoning'),
  summary: z.array(reasoningText),
  content: z.array(reasoningText).nullish(),
  encrypted_content: z.string().nullish(),
  ...itemMarks,
});

export const item = z.discriminatedUnion('type', [message, functionCall, functionCallOutput, reasoningItem]);

const functionTool = z.strictObject({ type: z.literal('function'), ...functionMembers });

const toolChoice = z.union([
  toolChoiceWord,
  z.discriminatedUnion('type', [z.strictObject({ type: z.literal('function'), name: z.string() })]),
]);

export const responsesForm = z.strictObject({
  model: z.string(),
  input: z.union([z.string(), z.array(item)]),
  instructions: z.string().nullish(),
  tools: z.array(z.discriminatedUnion('type', [functionTool])).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z.strictObject({ format: responseFormat.nullish(), verbosity: onlyDefault('medium') }).nullish(),
  reasoning: z
    .strictObject({
      effort: words('none', 'minimal', 'low', 'medium', 'high', 'xhigh').nullish(),
      summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
      generate_summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
      context: onlyDefault('auto'),
      mode: onlyDefault('standard'),
    })
    .nullish(),
  max_output_tokens: z.int().positive().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  stream: z.boolean().nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  // What is signed is always given back, so that it can be sent again.
  include: z.array(onlyDefault('reasoning.encrypted_content')).nullish(),

  // How the answer travels.
  stream_options: z.strictObject({ include_obfuscation: LET_GO }).nullish(),
  // Labels for the provider's own dashboards.
  metadata: LET_GO,
  // Speed and cost of the prompt, not its meaning.
  prompt_cache_key: LET_GO,
  prompt_cache_options: LET_GO,
  prompt_cache_retention: LET_GO,

  service_tier: onlyDefault('auto', 'default'),
  store: onlyDefault(false),
  background: onlyDefault(false),
  truncation: onlyDefault('disabled'),
  top_logprobs: onlyDefault(0),
  previous_response_id: onlyDefault(),
  conversation: onlyDefault(),
  prompt: onlyDefault(),
  max_tool_calls: onlyDefault(),
  moderation: onlyDefault(),
  context_management: onlyDefault(),
});
