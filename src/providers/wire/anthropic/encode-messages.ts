/** A neutral chat as a request for Anthropic's messages. */
import type { JsonObject } from '../../../base/json.ts';
import { unreachable } from '../../../base/exhaustive.ts';
import { argumentsAsObject, type ChatRequest, type MediaSource } from '../../../domain/chat.ts';
import { asConversation, asMessages, type PlacedPart } from '../conversation.ts';
import { decodedText } from '../media.ts';
import { refuseGiven, unsupported } from '../unsupported.ts';

const NAME = 'Anthropic';
/** The least that the provider takes for thinking. */
const MIN_BUDGET = 1_024;

/** @throws Refusal `unsupported_parameter` for what the wire cannot carry */
export function encodeMessagesRequest(
  model: string,
  request: ChatRequest,
  stream: boolean,
  defaultMaxTokens: number,
): JsonObject {
  refuseGiven(NAME, {
    seed: request.seed,
    presencePenalty: request.presencePenalty === 0 ? undefined : request.presencePenalty,
    frequencyPenalty: request.frequencyPenalty === 0 ? undefined : request.frequencyPenalty,
    choices: request.choices === 1 ? undefined : request.choices,
  });
  const budget = request.reasoning?.budgetTokens ?? 0;
  return {
    ...encodePrompt(model, request),
    max_tokens: request.maxOutputTokens ?? defaultMaxTokens + budget,
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    ...(request.topP === undefined ? {} : { top_p: request.topP }),
    ...(request.topK === undefined ? {} : { top_k: request.topK }),
    ...(request.stop === undefined || request.stop.length === 0 ? {} : { stop_sequences: request.stop }),
    ...(request.endUserId === undefined ? {} : { metadata: { user_id: request.endUserId } }),
    ...(stream ? { stream: true } : {}),
  };
}

/** What counts as input: the same for an answer and for a count of its tokens. */
export function encodePrompt(model: string, request: ChatRequest): JsonObject {
  const { instructions, turns } = asConversation(request.messages, NAME);
  return {
    model,
    ...(instructions.length === 0 ? {} : { system: instructions.map((text) => ({ type: 'text', text })) }),
    messages: asMessages(turns, encodePart),
    ...encodeTools(request),
    ...encodeThinking(request),
    ...encodeOutput(request),
  };
}

function encodePart({ part, pointer }: PlacedPart): JsonObject[] {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      // The API refuses empty texts.
      return part.text === '' ? [] : [{ type: 'text', text: part.text }];
    case 'image':
      return [{ type: 'image', source: mediaSource(part.source) }];
    case 'file':
      return [encodeFile(part.source, part.name)];
    case 'tool_call': {
      const input = argumentsAsObject(part.arguments);
      if (input === undefined) throw unsupported(NAME, 'tool arguments that are not a JSON object', pointer);
      return [{ type: 'tool_use', id: part.id, name: part.name, input }];
    }
    case 'tool_result': {
      const content = part.parts.flatMap((inner) => encodePart({ part: inner, pointer }));
      const failed = part.isError === true ? { is_error: true } : {};
      return [{ type: 'tool_result', tool_use_id: part.callId, content, ...failed }];
    }
    case 'reasoning':
      // Thinking without its signature is refused by the API, which does not need it to go on.
      if (part.signature === undefined) return [];
      return [{ type: 'thinking', thinking: part.text, signature: part.signature }];
    case 'audio':
      throw unsupported(NAME, 'audio', pointer);
    default:
      return unreachable(part);
  }
}

function mediaSource(source: MediaSource): JsonObject {
  if (source.kind === 'url') return { type: 'url', url: source.url };
  return { type: 'base64', media_type: source.mediaType, data: source.data };
}

function encodeFile(source: MediaSource, name: string | undefined): JsonObject {
  const title = name === undefined ? {} : { title: name };
  const isText = source.kind === 'base64' && source.mediaType.startsWith('text/');
  const encoded = isText
    ? { type: 'text', media_type: 'text/plain', data: decodedText(source.data) }
    : mediaSource(source);
  return { type: 'document', source: encoded, ...title };
}

function encodeTools(request: ChatRequest): JsonObject {
  const { tools, toolChoice, parallelToolCalls } = request;
  if (tools.length === 0) return {};
  const single = parallelToolCalls === false ? { disable_parallel_tool_use: true } : {};
  const choice =
    toolChoice === undefined && parallelToolCalls !== false
      ? undefined
      : encodeToolChoice(toolChoice, single);
  return {
    tools: tools.map(({ name, description, parameters, strict }) => ({
      name,
      ...(description === undefined ? {} : { description }),
      input_schema: { type: 'object', ...parameters },
      ...(strict === true ? { strict } : {}),
    })),
    ...(choice === undefined ? {} : { tool_choice: choice }),
  };
}

function encodeToolChoice(choice: ChatRequest['toolChoice'], single: JsonObject): JsonObject {
  switch (choice?.kind) {
    case 'none':
      return { type: 'none' };
    case 'required':
      return { type: 'any', ...single };
    case 'tool':
      return { type: 'tool', name: choice.name, ...single };
    case 'auto':
    case undefined:
      return { type: 'auto', ...single };
    default:
      return unreachable(choice);
  }
}

function encodeThinking({ reasoning, maxOutputTokens }: ChatRequest): JsonObject {
  if (reasoning === undefined) return {};
  const { effort, budgetTokens, visible } = reasoning;
  const display = visible === undefined ? {} : { display: visible ? 'summarized' : 'omitted' };
  if (effort === 'none' || budgetTokens === 0) return { thinking: { type: 'disabled' } };
  if (budgetTokens !== undefined) {
    if (budgetTokens < MIN_BUDGET || (maxOutputTokens !== undefined && budgetTokens >= maxOutputTokens)) {
      throw unsupported(
        NAME,
        `a reasoning budget below ${MIN_BUDGET} tokens or not below the limit of the answer`,
        '/reasoning/budgetTokens',
      );
    }
    return { thinking: { type: 'enabled', budget_tokens: budgetTokens, ...display } };
  }
  return visible === undefined ? {} : { thinking: { type: 'adaptive', ...display } };
}

function encodeOutput({ reasoning, responseFormat }: ChatRequest): JsonObject {
  const effort = reasoning?.effort;
  const asked = effort === undefined || effort === 'none' ? undefined : effort === 'minimal' ? 'low' : effort;
  if (responseFormat?.kind === 'json') {
    throw unsupported(NAME, 'a JSON answer without a schema', '/responseFormat');
  }
  const schema = responseFormat?.kind === 'json_schema' ? described(responseFormat) : undefined;
  if (asked === undefined && schema === undefined) return {};
  return {
    output_config: {
      ...(asked === undefined ? {} : { effort: asked }),
      ...(schema === undefined ? {} : { format: { type: 'json_schema', schema } }),
    },
  };
}

/** The wire has a schema and nothing beside it: what describes it goes into it. */
function described(format: { readonly description?: string; readonly schema: JsonObject }): JsonObject {
  const { description, schema } = format;
  return description === undefined || 'description' in schema ? schema : { ...schema, description };
}
