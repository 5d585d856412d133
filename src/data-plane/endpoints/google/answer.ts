/** Whole answers of Gemini's generateContent, written from neutral form. */
import type { JsonObject } from '../../../base/json.ts';
import {
  argumentsAsObject,
  type ChatAnswer,
  type ChatChoice,
  type FinishReason,
  type Part,
} from '../../../domain/chat.ts';
import type { Usage } from '../../../domain/usage.ts';

export function generatedContent(answer: ChatAnswer): JsonObject {
  return {
    candidates: answer.choices.map(candidateOf),
    usageMetadata: usageOf(answer.usage),
    modelVersion: answer.model,
    responseId: answer.id,
  };
}

function candidateOf({ index, parts, finish }: ChatChoice): JsonObject {
  return { content: { role: 'model', parts: partsOf(parts) }, finishReason: finishOf(finish), index };
}

/** A signature goes with the part that follows its reasoning, as Gemini itself attaches it. */
function partsOf(parts: readonly Part[]): JsonObject[] {
  const written: JsonObject[] = [];
  let signature: string | undefined;
  for (const part of parts) {
    if (part.kind === 'reasoning') {
      if (part.text !== '') written.push({ text: part.text, thought: true });
      signature = part.signature ?? signature;
      continue;
    }
    written.push(signed(partOf(part), signature));
    signature = undefined;
  }
  if (signature !== undefined) written.push(signed({ text: '' }, signature));
  return written;
}

export function signed(part: JsonObject, signature: string | undefined): JsonObject {
  return signature === undefined ? part : { ...part, thoughtSignature: signature };
}

function partOf(part: Exclude<Part, { kind: 'reasoning' }>): JsonObject {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return { text: part.text };
    case 'tool_call':
      return callPart(part.id, part.name, part.arguments);
    case 'image':
    case 'file':
    case 'audio':
      if (part.source.kind === 'url') throw new Error('an answer holds media that no candidate can hold');
      return { inlineData: { mimeType: part.source.mediaType, data: part.source.data } };
    case 'tool_result':
      throw new Error('an answer holds what a tool gave back');
  }
}

/** What a model wrote that is no object stays visible as it is, where the client's own checks find it. */
export function callPart(id: string, name: string, text: string): JsonObject {
  return { functionCall: { id, name, args: argumentsAsObject(text) ?? { _malformed_arguments: text } } };
}

export function finishOf(finish: FinishReason): string {
  switch (finish) {
    case 'stop':
    case 'stop_sequence':
    case 'tool_calls':
      return 'STOP';
    case 'length':
      return 'MAX_TOKENS';
    case 'content_filter':
    case 'refusal':
      return 'SAFETY';
  }
}

/** Gemini counts thoughts apart from the candidates. */
export function usageOf(usage: Usage): JsonObject {
  const { inputTokens, outputTokens, reasoningTokens, cachedInputTokens } = usage;
  return {
    promptTokenCount: inputTokens,
    candidatesTokenCount: Math.max(0, outputTokens - reasoningTokens),
    totalTokenCount: inputTokens + outputTokens,
    ...(reasoningTokens > 0 ? { thoughtsTokenCount: reasoningTokens } : {}),
    ...(cachedInputTokens > 0 ? { cachedContentTokenCount: cachedInputTokens } : {}),
  };
}
