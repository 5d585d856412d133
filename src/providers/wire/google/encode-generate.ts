/** A neutral chat as a request for Gemini. */
import { unreachable } from '../../../base/exhaustive.ts';
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import {
  argumentsAsObject,
  type ChatRequest,
  type MediaSource,
  type Part,
  type ReasoningRequest,
  type ToolResultPart,
} from '../../../domain/chat.ts';
import { asConversation, namesOfCalls, type PlacedPart } from '../conversation.ts';
import { unsupported } from '../unsupported.ts';

const NAME = 'Gemini';
/** What Google documents for calls whose signature is not known, such as those that another model made. */
const NO_SIGNATURE = 'skip_thought_signature_validator';
/** From the third generation on, thinking has levels, and calls are refused without their signature. */
const HAS_LEVELS = /^(?:models\/)?gemini-(?:[3-9]|\d\d)/;

/** @throws Refusal `unsupported_parameter` for what the wire cannot carry */
export function encodeGenerate(model: string, request: ChatRequest): JsonObject {
  const { instructions, turns } = asConversation(request.messages, NAME);
  const names = namesOfCalls(request.messages);
  const signs = HAS_LEVELS.test(model);
  const contents = turns
    .map(({ role, parts }) => ({
      role: role === 'assistant' ? 'model' : 'user',
      parts: encodeParts(parts, names, signs),
    }))
    .filter(({ parts }) => parts.length > 0);
  const generationConfig = encodeConfig(model, request);
  return {
    ...(instructions.length === 0
      ? {}
      : { systemInstruction: { parts: instructions.map((text) => ({ text })) } }),
    contents,
    ...encodeTools(request),
    ...(Object.keys(generationConfig).length === 0 ? {} : { generationConfig }),
  };
}

/** A signature belongs to the part that follows it; of several calls without one, the first says so. */
function encodeParts(
  placed: readonly PlacedPart[],
  names: ReadonlyMap<string, string>,
  signs: boolean,
): JsonObject[] {
  const parts: JsonObject[] = [];
  let signature: string | undefined;
  let unsigned = signs ? NO_SIGNATURE : undefined;
  for (const { part, pointer } of placed) {
    if (part.kind === 'reasoning') {
      signature = part.signature;
      continue;
    }
    const isCall = part.kind === 'tool_call';
    const thoughtSignature = signature ?? (isCall ? unsigned : undefined);
    if (isCall) unsigned = undefined;
    parts.push(...encodePart(part, pointer, names, thoughtSignature));
    signature = undefined;
  }
  return parts;
}

function encodePart(
  part: Exclude<Part, { kind: 'reasoning' }>,
  pointer: string,
  names: ReadonlyMap<string, string>,
  thoughtSignature: string | undefined,
): JsonObject[] {
  switch (part.kind) {
    case 'tool_call': {
      const args = argumentsAsObject(part.arguments);
      if (args === undefined) throw unsupported(NAME, 'tool arguments that are not a JSON object', pointer);
      return [{ functionCall: { id: part.id, name: part.name, args }, ...given({ thoughtSignature }) }];
    }
    case 'tool_result':
      return [encodeResult(part, names, pointer)];
    case 'text':
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text, ...given({ thoughtSignature }) }];
    case 'image':
    case 'audio':
    case 'file':
      return [encodeMedia(part.source)];
    default:
      return unreachable(part);
  }
}

/** Leaves out what is not there. */
function given(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function encodeMedia(source: MediaSource): JsonObject {
  if (source.kind === 'base64') return { inlineData: { mimeType: source.mediaType, data: source.data } };
  return { fileData: { ...given({ mimeType: source.mediaType }), fileUri: source.url } };
}

/** A result is an object on this wire: what a tool gave as one is taken as it is, a text is put into one. */
function encodeResult(
  result: ToolResultPart,
  names: ReadonlyMap<string, string>,
  pointer: string,
): JsonObject {
  const name = result.name ?? names.get(result.callId);
  if (name === undefined)
    throw unsupported(NAME, 'the result of a tool call that is not in the conversation', pointer);
  for (const part of result.parts) {
    if (part.kind !== 'text') throw unsupported(NAME, `${part.kind} in a tool's result`, pointer);
  }
  const text = result.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
  const response =
    result.isError === true
      ? { error: text }
      : ((text.trim() === '' ? undefined : argumentsAsObject(text)) ?? { output: text });
  return { functionResponse: { id: result.callId, name, response } };
}

function encodeTools(request: ChatRequest): JsonObject {
  const { tools, toolChoice, parallelToolCalls } = request;
  if (tools.length === 0) return {};
  if (parallelToolCalls === false)
    throw unsupported(NAME, '"parallelToolCalls": false', '/parallelToolCalls');
  const isStrict = tools.some(({ strict }) => strict === true);
  const config = toolConfig(toolChoice, isStrict);
  return {
    tools: [
      {
        functionDeclarations: tools.map(({ name, description, parameters }) => ({
          name,
          ...given({ description }),
          ...(Object.keys(parameters).length === 0 ? {} : { parametersJsonSchema: parameters }),
        })),
      },
    ],
    ...(config === undefined ? {} : { toolConfig: { functionCallingConfig: config } }),
  };
}

/** Calls that must fit their schema are asked for by mode, for all tools at once. */
function toolConfig(choice: ChatRequest['toolChoice'], isStrict: boolean): JsonObject | undefined {
  switch (choice?.kind) {
    case 'none':
      return { mode: 'NONE' };
    case 'required':
      return { mode: 'ANY' };
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] };
    case 'auto':
      return { mode: isStrict ? 'VALIDATED' : 'AUTO' };
    case undefined:
      return isStrict ? { mode: 'VALIDATED' } : undefined;
    default:
      return unreachable(choice);
  }
}

function encodeConfig(model: string, request: ChatRequest): JsonObject {
  const { responseFormat: format, stop } = request;
  const isJson = format?.kind === 'json' || format?.kind === 'json_schema';
  return given({
    temperature: request.temperature,
    topP: request.topP,
    topK: request.topK,
    maxOutputTokens: request.maxOutputTokens,
    stopSequences: stop === undefined || stop.length === 0 ? undefined : stop,
    seed: request.seed,
    presencePenalty: request.presencePenalty,
    frequencyPenalty: request.frequencyPenalty,
    candidateCount: request.choices === 1 ? undefined : request.choices,
    responseMimeType: isJson ? 'application/json' : undefined,
    responseJsonSchema: format?.kind === 'json_schema' ? format.schema : undefined,
    thinkingConfig: request.reasoning === undefined ? undefined : thinkingConfig(model, request.reasoning),
  });
}

const BUDGETS = { none: 0, minimal: 512, low: 1_024, medium: 8_192, high: 24_576, xhigh: 24_576 } as const;
const LEVELS = {
  none: 'minimal',
  minimal: 'minimal',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
} as const;

function thinkingConfig(model: string, reasoning: ReasoningRequest): JsonObject | undefined {
  const { effort, budgetTokens, visible } = reasoning;
  const hasLevels = HAS_LEVELS.test(model) && budgetTokens === undefined;
  const config = given({
    includeThoughts: visible,
    thinkingLevel: hasLevels && effort !== undefined ? LEVELS[effort] : undefined,
    thinkingBudget: hasLevels
      ? undefined
      : (budgetTokens ?? (effort === undefined ? undefined : BUDGETS[effort])),
  });
  return Object.keys(config).length === 0 ? undefined : config;
}

/** Names the model wherever a native body repeats it; Gemini's own place for it is the path. */
export function withModelNamed(json: JsonObject, model: string): JsonObject {
  const name = model.includes('/') ? model : `models/${model}`;
  const named: Record<string, Json | undefined> = { ...json };
  if (typeof json['model'] === 'string') named['model'] = name;
  const inner = json['generateContentRequest'];
  if (isObject(inner)) named['generateContentRequest'] = { ...inner, model: name };
  const batch = json['requests'];
  if (Array.isArray(batch)) {
    named['requests'] = batch.map((item: Json) => (isObject(item) ? { ...item, model: name } : item));
  }
  return named;
}
