/** A neutral chat as a chat completions request. */
import type { JsonObject } from '../../../base/json.ts';
import type { ChatRequest, ReasoningRequest, ResponseFormat, ToolChoice } from '../../../domain/chat.ts';
import { unsupported } from '../unsupported.ts';
import type { ChatTraits } from './chat-traits.ts';
import { encodeMessages } from './encode-messages.ts';

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
