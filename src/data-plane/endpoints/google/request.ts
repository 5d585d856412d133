/** The body of Gemini's generateContent in neutral form; what neutral form does not carry is refused. */
import type { z } from 'zod';
import { isObject, type JsonObject } from '../../../base/json.ts';
import type {
  ChatRequest,
  MediaSource,
  Message,
  Part,
  ReasoningRequest,
  ResponseFormat,
  ToolChoice,
  ToolDefinition,
} from '../../../domain/chat.ts';
import { given, malformed, parseForm, unsupported } from '../wire-form.ts';
import { withCamelCase } from './proto-names.ts';
import { jsonSchemaOf } from './schema.ts';
import { generateForm, type blob, type content, type declaration, type fileData, type part } from './form.ts';

type GenerateForm = z.output<typeof generateForm>;
type GenerationConfig = NonNullable<GenerateForm['generationConfig']>;
type WireContent = z.output<typeof content>;
type WirePart = z.output<typeof part>;

export function generateRequest(body: JsonObject, model: string, stream: boolean): ChatRequest {
  const form = parseForm(generateForm, withCamelCase(body));
  const config: Partial<GenerationConfig> = form.generationConfig ?? {};
  const turns = messagesOf(Array.isArray(form.contents) ? form.contents : [form.contents]);
  const { systemInstruction: system } = form;
  const instructions: Part[] =
    typeof system === 'string'
      ? [{ kind: 'text', text: system }]
      : system
        ? partsOf(system, '/systemInstruction', createCalls())
        : [];
  return {
    model,
    messages: instructions.length > 0 ? [{ role: 'system', parts: instructions }, ...turns] : turns,
    tools: (form.tools ?? []).flatMap(({ functionDeclarations }) => (functionDeclarations ?? []).map(toolOf)),
    stream,
    ...given({
      toolChoice: toolChoiceOf(form.toolConfig),
      responseFormat: responseFormatOf(config),
      maxOutputTokens: config.maxOutputTokens,
      temperature: config.temperature,
      topP: config.topP,
      topK: config.topK,
      stop: config.stopSequences,
      seed: config.seed,
      presencePenalty: config.presencePenalty,
      frequencyPenalty: config.frequencyPenalty,
      choices: config.candidateCount,
      reasoning: reasoningOf(config.thinkingConfig),
    }),
  };
}

/** A count is asked for contents alone, or for a whole request. */
export function countRequest(body: JsonObject, model: string): ChatRequest {
  const spelled = withCamelCase(body);
  const { generateContentRequest: whole, ...rest } = spelled;
  return generateRequest(isObject(whole) ? whole : rest, model, false);
}

/** Calls without ids are answered by name, in the order in which they were made. */
interface Calls {
  made(id: string | null | undefined, name: string): string;
  answered(id: string | null | undefined, name: string): string;
}

function createCalls(): Calls {
  const waiting = new Map<string, string[]>();
  let count = 0;
  return {
    made(id, name) {
      const callId = id || `call_${count++}_${name}`;
      waiting.set(name, [...(waiting.get(name) ?? []), callId]);
      return callId;
    },
    answered(id, name) {
      const [first, ...others] = waiting.get(name) ?? [];
      if (id) return id;
      waiting.set(name, others);
      return first ?? `call_${count++}_${name}`;
    },
  };
}

function messagesOf(contents: readonly WireContent[]): Message[] {
  const calls = createCalls();
  return contents.flatMap((turn, index): Message[] => {
    const parts = partsOf(turn, `/contents/${index}`, calls);
    if (turn.role === 'model') return [{ role: 'assistant', parts }];
    if (turn.role === 'system') return [{ role: 'system', parts }];
    const results = parts.filter(({ kind }) => kind === 'tool_result');
    const others = parts.filter(({ kind }) => kind !== 'tool_result');
    const turns: Message[] = results.length > 0 ? [{ role: 'tool', parts: results }] : [];
    return others.length > 0 ? [...turns, { role: 'user', parts: others }] : turns;
  });
}

function partsOf(turn: WireContent, pointer: string, calls: Calls): Part[] {
  const parts: Part[] = [];
  (turn.parts ?? []).forEach((wire, index) => {
    const found = partOf(wire, `${pointer}/parts/${index}`, calls);
    // A signature belongs to the reasoning before it, wherever Gemini attached it.
    if (wire.thoughtSignature && found?.kind !== 'reasoning') {
      const last = parts.at(-1);
      if (last?.kind === 'reasoning' && last.signature === undefined)
        parts[parts.length - 1] = { ...last, signature: wire.thoughtSignature };
      else parts.push({ kind: 'reasoning', text: '', signature: wire.thoughtSignature });
    }
    if (found) parts.push(found);
  });
  return parts;
}

function partOf(wire: WirePart, pointer: string, calls: Calls): Part | undefined {
  const {
    text,
    thought,
    thoughtSignature: signature,
    inlineData,
    fileData: file,
    functionCall,
    functionResponse,
  } = wire;
  const data = [text, inlineData, file, functionCall, functionResponse].filter(
    (value) => value !== undefined && value !== null,
  );
  if (data.length > 1) throw malformed(pointer, 'a part holds one thing');
  if (functionCall) {
    const { id, name, args } = functionCall;
    return { kind: 'tool_call', id: calls.made(id, name), name, arguments: JSON.stringify(args ?? {}) };
  }
  if (functionResponse) return resultOf(functionResponse, `${pointer}/functionResponse`, calls);
  if (inlineData) return inlinePart(inlineData);
  if (file) return filePart(file, `${pointer}/fileData/fileUri`);
  if (thought) return { kind: 'reasoning', text: text ?? '', ...given({ signature }) };
  if (text !== undefined && text !== null) return text === '' ? undefined : { kind: 'text', text };
  if (signature) return undefined;
  throw unsupported(pointer);
}

type WireResult = NonNullable<WirePart['functionResponse']>;

function resultOf({ id, name, response, parts }: WireResult, pointer: string, calls: Calls): Part {
  const callId = calls.answered(id, name);
  const media = (parts ?? []).flatMap(({ inlineData, fileData: file }, index) => {
    if (inlineData) return [inlinePart(inlineData)];
    return file ? [filePart(file, `${pointer}/parts/${index}/fileData/fileUri`)] : [];
  });
  return {
    kind: 'tool_result',
    callId,
    name,
    parts: [{ kind: 'text', text: resultText(response ?? {}) }, ...media],
  };
}

/** The keys that Gemini itself knows for a result that is one text; whatever else there is stays JSON. */
function resultText(response: JsonObject): string {
  const keys = Object.keys(response);
  const only =
    keys.length === 1 && (keys[0] === 'output' || keys[0] === 'result') ? response[keys[0]] : undefined;
  return typeof only === 'string' ? only : JSON.stringify(response);
}

function inlinePart({ mimeType, data, displayName }: z.output<typeof blob>): Part {
  return mediaPart({ kind: 'base64', mediaType: mimeType, data }, displayName);
}

/** What was uploaded to Google is there alone. */
const GOOGLES_OWN = /^(?!https?:)|^https?:\/\/generativelanguage\.googleapis\.com\//i;

function filePart({ fileUri: url, mimeType, displayName }: z.output<typeof fileData>, pointer: string): Part {
  if (GOOGLES_OWN.test(url)) throw unsupported(pointer);
  return mediaPart({ kind: 'url', url, ...given({ mediaType: mimeType }) }, displayName);
}

/** Only a document's name means something to a model. */
function mediaPart(source: MediaSource, name: string | null | undefined): Part {
  const mediaType = source.mediaType ?? '';
  if (mediaType.startsWith('image/')) return { kind: 'image', source };
  if (mediaType.startsWith('audio/')) return { kind: 'audio', source };
  return { kind: 'file', source, ...given({ name }) };
}

function toolOf({
  name,
  description,
  parameters,
  parametersJsonSchema,
}: z.output<typeof declaration>): ToolDefinition {
  const schema =
    parametersJsonSchema ?? (parameters ? jsonSchemaOf(parameters) : { type: 'object', properties: {} });
  return { name, parameters: schema, ...given({ description }) };
}

function toolChoiceOf(config: GenerateForm['toolConfig']): ToolChoice | undefined {
  const { mode, allowedFunctionNames: names } = config?.functionCallingConfig ?? {};
  if (names && names.length > 0) {
    if (mode === 'ANY' && names.length === 1) return { kind: 'tool', name: names[0] ?? '' };
    throw unsupported('/toolConfig/functionCallingConfig/allowedFunctionNames');
  }
  switch (mode) {
    case undefined:
    case null:
    case 'MODE_UNSPECIFIED':
      return undefined;
    case 'AUTO':
      return { kind: 'auto' };
    case 'ANY':
      return { kind: 'required' };
    case 'NONE':
      return { kind: 'none' };
    case 'VALIDATED':
      throw unsupported('/toolConfig/functionCallingConfig/mode');
  }
}

function responseFormatOf({
  responseMimeType: mime,
  responseSchema,
  responseJsonSchema,
}: Partial<GenerationConfig>): ResponseFormat | undefined {
  const schema = responseJsonSchema ?? (responseSchema ? jsonSchemaOf(responseSchema) : undefined);
  if (schema) return { kind: 'json_schema', name: 'answer', schema };
  if (mime === 'application/json') return { kind: 'json' };
  return mime ? { kind: 'text' } : undefined;
}

const LEVELS = { MINIMAL: 'minimal', LOW: 'low', MEDIUM: 'medium', HIGH: 'high' } as const;

function reasoningOf(config: GenerationConfig['thinkingConfig']): ReasoningRequest | undefined {
  if (!config) return undefined;
  const { includeThoughts: visible, thinkingBudget: budget, thinkingLevel: level } = config;
  const named = level?.toUpperCase();
  if (named && named !== 'THINKING_LEVEL_UNSPECIFIED' && !(named in LEVELS))
    throw unsupported('/generationConfig/thinkingConfig/thinkingLevel');
  // A budget of nothing turns thinking off; a negative one leaves it to the model.
  const effort =
    budget === 0 ? 'none' : named && named in LEVELS ? LEVELS[named as keyof typeof LEVELS] : undefined;
  return given({ effort, budgetTokens: budget && budget > 0 ? budget : undefined, visible });
}
