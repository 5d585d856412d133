/** A neutral chat as a request for Bedrock's Converse. */
import { unreachable } from '../../../base/exhaustive.ts';
import type { JsonObject } from '../../../base/json.ts';
import { argumentsAsObject, type ChatRequest, type MediaSource } from '../../../domain/chat.ts';
import { asConversation, asMessages, type PlacedPart } from '../conversation.ts';
import { subtypeOf } from '../media.ts';
import { refuseGiven, unsupported } from '../unsupported.ts';

const NAME = 'Amazon Bedrock';
const IS_ANTHROPIC = /(^|[./])anthropic\./;

/** @throws Refusal `unsupported_parameter` for what the wire cannot carry */
export function encodeConverse(model: string, request: ChatRequest): JsonObject {
  refuseGiven(NAME, {
    seed: request.seed,
    presencePenalty: request.presencePenalty === 0 ? undefined : request.presencePenalty,
    frequencyPenalty: request.frequencyPenalty === 0 ? undefined : request.frequencyPenalty,
    choices: request.choices === 1 ? undefined : request.choices,
  });
  const { instructions, turns } = asConversation(request.messages, NAME);
  return {
    messages: asMessages(turns, encodePart),
    ...(instructions.length === 0 ? {} : { system: instructions.map((text) => ({ text })) }),
    ...inferenceConfig(request),
    ...encodeTools(request),
    ...outputConfig(request),
    ...modelFields(model, request),
  };
}

function encodePart({ part, pointer }: PlacedPart): JsonObject[] {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text }];
    case 'image':
      return [{ image: media(part.source, pointer, 'an image') }];
    case 'file':
      return [{ document: { ...media(part.source, pointer, 'a file'), name: documentName(part.name) } }];
    case 'tool_call': {
      const input = argumentsAsObject(part.arguments);
      if (input === undefined) throw unsupported(NAME, 'tool arguments that are not a JSON object', pointer);
      return [{ toolUse: { toolUseId: part.id, name: part.name, input } }];
    }
    case 'tool_result': {
      const content = part.parts.flatMap((inner) => encodePart({ part: inner, pointer }));
      const failed = part.isError === true ? { status: 'error' } : {};
      return [{ toolResult: { toolUseId: part.callId, content, ...failed } }];
    }
    case 'reasoning':
      // The API refuses reasoning without the signature that its model gave it.
      if (part.signature === undefined) return [];
      return [{ reasoningContent: { reasoningText: { text: part.text, signature: part.signature } } }];
    case 'audio':
      throw unsupported(NAME, 'audio', pointer);
    default:
      return unreachable(part);
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  jpg: 'jpeg',
  plain: 'txt',
  markdown: 'md',
  msword: 'doc',
  'vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'vnd.ms-excel': 'xls',
  'vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

function media(source: MediaSource, pointer: string, what: string): JsonObject {
  if (source.kind === 'url') throw unsupported(NAME, `${what} by address`, pointer);
  const subtype = subtypeOf(source.mediaType);
  return { format: FORMATS[subtype] ?? subtype, source: { bytes: source.data } };
}

/** The API takes letters, digits, single spaces, hyphens, parentheses and brackets. */
function documentName(name: string | undefined): string {
  const cleaned = (name ?? 'document').replace(/[^A-Za-z0-9\s()[\]-]/g, '-').replace(/\s+/g, ' ');
  return cleaned.slice(0, 200);
}

function inferenceConfig({ maxOutputTokens, temperature, topP, stop }: ChatRequest): JsonObject {
  const config = {
    ...(maxOutputTokens === undefined ? {} : { maxTokens: maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(stop === undefined || stop.length === 0 ? {} : { stopSequences: stop }),
  };
  return Object.keys(config).length === 0 ? {} : { inferenceConfig: config };
}

function encodeTools(request: ChatRequest): JsonObject {
  const { tools, toolChoice, parallelToolCalls, messages } = request;
  if (tools.length === 0) return {};
  if (parallelToolCalls === false)
    throw unsupported(NAME, '"parallelToolCalls": false', '/parallelToolCalls');
  if (toolChoice?.kind === 'none') {
    // There is no such choice: tools are left out, which the API does not allow once one was used.
    const used = messages.some(({ parts }) =>
      parts.some(({ kind }) => kind === 'tool_call' || kind === 'tool_result'),
    );
    if (used) throw unsupported(NAME, 'the tool choice "none" after a tool was used', '/toolChoice');
    return {};
  }
  return {
    toolConfig: {
      tools: tools.map(({ name, description, parameters, strict }) => ({
        toolSpec: {
          name,
          ...(description === undefined ? {} : { description }),
          inputSchema: { json: { type: 'object', ...parameters } },
          ...(strict === true ? { strict } : {}),
        },
      })),
      ...(toolChoice === undefined ? {} : { toolChoice: encodeChoice(toolChoice) }),
    },
  };
}

function encodeChoice(choice: NonNullable<ChatRequest['toolChoice']>): JsonObject {
  if (choice.kind === 'tool') return { tool: { name: choice.name } };
  return choice.kind === 'required' ? { any: {} } : { auto: {} };
}

function outputConfig({ responseFormat: format }: ChatRequest): JsonObject {
  if (format?.kind === 'json') throw unsupported(NAME, 'a JSON answer without a schema', '/responseFormat');
  if (format?.kind !== 'json_schema') return {};
  const { name, description, schema } = format;
  const jsonSchema = {
    schema: JSON.stringify(schema),
    name,
    ...(description === undefined ? {} : { description }),
  };
  return { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema } } } };
}

/** What Converse has no member for, but the model's own wire has. */
function modelFields(model: string, { topK, reasoning }: ChatRequest): JsonObject {
  const asked = reasoning !== undefined && (reasoning.effort ?? reasoning.budgetTokens) !== undefined;
  if (topK === undefined && !asked) return {};
  if (!IS_ANTHROPIC.test(model)) {
    throw unsupported(
      NAME,
      topK === undefined ? 'reasoning for this model' : '"topK" for this model',
      topK === undefined ? '/reasoning' : '/topK',
    );
  }
  return {
    additionalModelRequestFields: {
      ...(topK === undefined ? {} : { top_k: topK }),
      ...(asked ? thinking(reasoning.effort, reasoning.budgetTokens) : {}),
    },
  };
}

function thinking(effort: string | undefined, budgetTokens: number | undefined): JsonObject {
  if (effort === 'none' || budgetTokens === 0) return { thinking: { type: 'disabled' } };
  if (budgetTokens !== undefined) return { thinking: { type: 'enabled', budget_tokens: budgetTokens } };
  return {
    thinking: { type: 'adaptive' },
    output_config: { effort: effort === 'minimal' ? 'low' : (effort ?? 'high') },
  };
}
