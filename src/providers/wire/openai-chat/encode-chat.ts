/** A neutral chat as a chat completions request. What OpenAI and its imitators differ in is told by traits. */
import type { JsonObject } from '../../../base/json.ts';
import type { ChatRequest, ReasoningRequest, ResponseFormat, ToolChoice } from '../../../domain/chat.ts';
import { unsupported } from '../unsupported.ts';
import { encodeMessages } from './encode-messages.ts';

export interface ChatTraits {
  /** The provider's name, as refusals tell it. */
  readonly name: string;
  readonly maxTokensKey: 'max_completion_tokens' | 'max_tokens';
  readonly seedKey: 'seed' | 'random_seed';
  /** Whether it knows the role `developer`; it becomes `system` otherwise. */
  readonly developerRole: boolean;
  /** Whether contents are lists of parts where there is more than one text; they are joined otherwise. */
  readonly textParts: boolean;
  readonly topK: boolean;
  /** How to ask for usage in a stream; servers without it tell usage unasked. */
  readonly streamOptions: boolean;
  readonly reasoning: 'reasoning_effort' | 'reasoning_object';
  /** Where an opaque id of the end user goes; null: the provider has no use for one, and gets none. */
  readonly endUserKey: 'user' | 'safety_identifier' | null;
}

export const OPENAI_TRAITS: ChatTraits = {
  name: 'OpenAI',
  maxTokensKey: 'max_completion_tokens',
  seedKey: 'seed',
  developerRole: true,
  textParts: true,
  topK: false,
  streamOptions: true,
  reasoning: 'reasoning_effort',
  endUserKey: 'safety_identifier',
};

/** @throws Refusal `unsupported_parameter` for what the wire cannot carry */
export function encodeChat(
  model: string,
  request: ChatRequest,
  stream: boolean,
  traits: ChatTraits,
): JsonObject {
  if (request.topK !== undefined && !traits.topK) throw unsupported(traits.name, '"topK"', '/topK');
  return {
    model,
    messages: encodeMessages(request.messages, traits),
    ...given('temperature', request.temperature),
    ...given('top_p', request.topP),
    ...given('top_k', request.topK),
    ...given(traits.maxTokensKey, request.maxOutputTokens),
    ...given('stop', request.stop === undefined || request.stop.length === 0 ? undefined : request.stop),
    ...given(traits.seedKey, request.seed),
    ...given('presence_penalty', request.presencePenalty),
    ...given('frequency_penalty', request.frequencyPenalty),
    ...given('n', request.choices === 1 ? undefined : request.choices),
    ...tools(request),
    ...responseFormat(request.responseFormat),
    ...reasoning(request.reasoning, traits),
    ...(traits.endUserKey === null ? {} : given(traits.endUserKey, request.endUserId)),
    ...(stream ? { stream: true } : {}),
    ...(stream && traits.streamOptions ? { stream_options: { include_usage: true } } : {}),
  };
}

function given(key: string, value: JsonObject[string]): JsonObject {
  return value === undefined ? {} : { [key]: value };
}

function tools(request: ChatRequest): JsonObject {
  if (request.tools.length === 0) return {};
  return {
    tools: request.tools.map(({ name, description, parameters, strict }) => ({
      type: 'function',
      function: { name, ...given('description', description), parameters, ...given('strict', strict) },
    })),
    ...(request.toolChoice === undefined ? {} : { tool_choice: toolChoice(request.toolChoice) }),
    ...given('parallel_tool_calls', request.parallelToolCalls),
  };
}

function toolChoice(choice: ToolChoice): JsonObject | string {
  return choice.kind === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.kind;
}

function responseFormat(format: ResponseFormat | undefined): JsonObject {
  if (format?.kind === 'json') return { response_format: { type: 'json_object' } };
  if (format?.kind !== 'json_schema') return {};
  const { name, description, schema, strict } = format;
  return {
    response_format: {
      type: 'json_schema',
      json_schema: { name, ...given('description', description), schema, ...given('strict', strict) },
    },
  };
}

/** Whether reasoning is shown is the server's own choice on this wire: there is nothing to ask for it with. */
function reasoning(asked: ReasoningRequest | undefined, traits: ChatTraits): JsonObject {
  if (asked === undefined) return {};
  const { effort, budgetTokens } = asked;
  if (traits.reasoning === 'reasoning_object') {
    if (effort === undefined && budgetTokens === undefined) return {};
    return { reasoning: effort === undefined ? { max_tokens: budgetTokens } : { effort } };
  }
  return given('reasoning_effort', effort ?? effortFor(budgetTokens));
}

/** The effort that comes nearest to a budget. */
function effortFor(budgetTokens: number | undefined): string | undefined {
  if (budgetTokens === undefined) return undefined;
  if (budgetTokens === 0) return 'none';
  if (budgetTokens <= 4_096) return 'low';
  return budgetTokens <= 16_384 ? 'medium' : 'high';
}
