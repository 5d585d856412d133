/** The form of a chat completion's body: what neutral form carries of it, and what may be let go. */
import { z } from 'zod';
import { functionMembers, toolChoiceWord } from '../openai-requests.ts';
import { jsonObject, LET_GO, onlyDefault, words } from '../wire-form.ts';

const marks = {
  // Prompt caching changes what a call costs, not what it says.
  cache_control: LET_GO,
  prompt_cache_breakpoint: LET_GO,
};

const textPart = z.strictObject({ type: z.literal('text'), text: z.string(), ...marks });
const refusalPart = z.strictObject({ type: z.literal('refusal'), refusal: z.string(), ...marks });
const imagePart = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: z.string(), detail: words('auto', 'low', 'high').nullish() }),
  ...marks,
});
const audioPart = z.strictObject({
  type: z.literal('input_audio'),
  input_audio: z.strictObject({ data: z.string(), format: z.string() }),
  ...marks,
});
const filePart = z.strictObject({
  type: z.literal('file'),
  // A `file_id` names a file that only OpenAI holds: it is not listed, so it is refused.
  file: z.strictObject({ file_data: z.string(), filename: z.string().nullish() }),
  ...marks,
});

const textContent = z.union([z.string(), z.array(textPart)]);
export const userContent = z.union([
  z.string(),
  z.array(z.discriminatedUnion('type', [textPart, imagePart, audioPart, filePart])),
]);
export const assistantContent = z.union([
  z.string(),
  z.array(z.discriminatedUnion('type', [textPart, refusalPart])),
]);

const toolCall = z.strictObject({
  id: z.string(),
  type: z.literal('function').nullish(),
  // Streaming clients send back what they assembled from deltas, position included.
  index: LET_GO,
  function: z.strictObject({
    name: z.string(),
    arguments: z.string(),
    // The official client adds it to what it parsed.
    parsed_arguments: LET_GO,
  }),
});

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal(['system', 'developer']), content: textContent }),
  z.strictObject({ role: z.literal('user'), content: userContent }),
  z.strictObject({
    role: z.literal('assistant'),
    content: assistantContent.nullish(),
    refusal: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    reasoning: z.string().nullish(),
    tool_calls: z.array(toolCall).nullish(),
    // Sent back with a whole answer: citations of an earlier answer, which no model reads.
    annotations: LET_GO,
    // The official client adds it to what it streamed or parsed.
    parsed: LET_GO,
    audio: onlyDefault(),
    function_call: onlyDefault(),
  }),
  z.strictObject({ role: z.literal('tool'), content: textContent, tool_call_id: z.string() }),
]);

const tool = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('function'),
    function: z.strictObject(functionMembers),
  }),
]);

const toolChoice = z.union([
  toolChoiceWord,
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: z.string() }) }),
  ]),
]);

const responseFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    json_schema: z.strictObject({
      name: z.string(),
      description: z.string().nullish(),
      schema: jsonObject.nullish(),
      strict: z.boolean().nullish(),
    }),
  }),
]);

export const chatForm = z.strictObject({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: responseFormat.nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  seed: z.int().nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  n: z.int().positive().nullish(),
  reasoning_effort: words('none', 'minimal', 'low', 'medium', 'high', 'xhigh').nullish(),
  stream: z.boolean().nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),

  // How the answer travels; the writer honors it.
  stream_options: z
    .strictObject({ include_usage: z.boolean().nullish(), include_obfuscation: LET_GO })
    .nullish(),
  // Labels for the provider's own dashboards.
  metadata: LET_GO,
  // Speed and cost of the prompt, not its meaning.
  prompt_cache_key: LET_GO,
  prompt_cache_options: LET_GO,
  prompt_cache_retention: LET_GO,
  // A guess at the answer that makes it come faster and changes nothing in it.
  prediction: LET_GO,

  service_tier: onlyDefault('auto', 'default'),
  store: onlyDefault(false),
  verbosity: onlyDefault('medium'),
  logprobs: onlyDefault(false),
  top_logprobs: onlyDefault(0),
  logit_bias: z.strictObject({}).nullish(),
  modalities: z.array(onlyDefault('text')).nullish(),
  audio: onlyDefault(),
  functions: onlyDefault(),
  function_call: onlyDefault(),
  moderation: onlyDefault(),
  web_search_options: onlyDefault(),
});
