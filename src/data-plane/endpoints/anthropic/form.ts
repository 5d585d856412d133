/** The forms of Anthropic's messages: what neutral form carries of them, and what may be let go. */
import { z } from 'zod';
import { jsonObject, jsonValue, LET_GO, onlyDefault, words } from '../wire-form.ts';

const marks = {
  // Prompt caching changes what a call costs, not what it says.
  cache_control: LET_GO,
};

/** Whether the answer shall cite: no other dialect can be asked for it. */
const noCitations = z.strictObject({ enabled: onlyDefault(false) }).nullish();

const text = z.strictObject({
  type: z.literal('text'),
  text: z.string(),
  // What an earlier answer cited, sent back with its text: no model reads it.
  citations: LET_GO,
  ...marks,
});
const base64Source = z.strictObject({ type: z.literal('base64'), media_type: z.string(), data: z.string() });
const urlSource = z.strictObject({ type: z.literal('url'), url: z.string() });
const plainSource = z.strictObject({
  type: z.literal('text'),
  media_type: z.literal('text/plain'),
  data: z.string(),
});
const image = z.strictObject({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [base64Source, urlSource]),
  ...marks,
});
export const document = z.strictObject({
  type: z.literal('document'),
  source: z.discriminatedUnion('type', [base64Source, urlSource, plainSource]),
  title: z.string().nullish(),
  citations: noCitations,
  ...marks,
});
const toolUse = z.strictObject({
  type: z.literal('tool_use'),
  id: z.string(),
  name: z.string(),
  input: jsonValue,
  // Who called: anything but the model itself is a tool that Anthropic runs.
  caller: z.strictObject({ type: z.literal('direct') }).nullish(),
  ...marks,
});
const resultContent = z.union([z.string(), z.array(z.discriminatedUnion('type', [text, image, document]))]);
const toolResult = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: resultContent.nullish(),
  is_error: z.boolean().nullish(),
  ...marks,
});
const thinking = z.strictObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() });
const redactedThinking = z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() });

const system = z.union([z.string(), z.array(text)]);

const message = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.literal('user'),
    content: z.union([
      z.string(),
      z.array(z.discriminatedUnion('type', [text, image, document, toolResult])),
    ]),
  }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.union([
      z.string(),
      z.array(z.discriminatedUnion('type', [text, toolUse, thinking, redactedThinking])),
    ]),
  }),
  z.strictObject({ role: z.literal('system'), content: system }),
]);

const tool = z.strictObject({
  // Tools that Anthropic runs or trained its models on have types of their own.
  type: onlyDefault('custom'),
  name: z.string(),
  description: z.string().nullish(),
  input_schema: jsonObject,
  strict: z.boolean().nullish(),
  // How the arguments travel.
  eager_input_streaming: LET_GO,
  ...marks,
});

const parallel = { disable_parallel_tool_use: z.boolean().nullish() };
const toolChoice = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('auto'), ...parallel }),
  z.strictObject({ type: z.literal('any'), ...parallel }),
  z.strictObject({ type: z.literal('tool'), name: z.string(), ...parallel }),
  z.strictObject({ type: z.literal('none') }),
]);

const display = z.enum(['summarized', 'omitted']).nullish();
const thinkingConfig = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int().positive(), display }),
  z.strictObject({ type: z.literal('adaptive'), display }),
  z.strictObject({ type: z.literal('disabled') }),
]);

const jsonSchema = z.strictObject({ type: z.literal('json_schema'), schema: jsonObject });

const shared = {
  model: z.string(),
  messages: z.array(message).min(1),
  system: system.nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  thinking: thinkingConfig.nullish(),
  output_config: z
    .strictObject({
      effort: words('low', 'medium', 'high', 'xhigh').nullish(),
      format: jsonSchema.nullish(),
    })
    .nullish(),
  ...marks,
};

export const messagesForm = z.strictObject({
  ...shared,
  max_tokens: z.int().positive(),
  metadata: z.strictObject({ user_id: z.string().nullish() }).nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  stream: z.boolean().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.int().nullish(),
  // Until the API settled on `output_config.format`, betas had it here.
  output_format: jsonSchema.nullish(),
  service_tier: onlyDefault('auto', 'standard_only'),
  speed: onlyDefault('standard'),
  inference_geo: onlyDefault(),
  container: onlyDefault(),
  diagnostics: onlyDefault(),
});

export const countForm = z.strictObject(shared);
