/** A conversation and its answer in no particular dialect: what is carried from one dialect to another. */
import type { Json, JsonObject } from '../base/json.ts';
import type { Usage } from './usage.ts';

export interface ChatRequest {
  readonly model: string;
  /** System and developer turns included, in the order in which the client gave them. */
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly responseFormat?: ResponseFormat;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  /** How many answers are asked for; 1 unless told. */
  readonly choices?: number;
  readonly reasoning?: ReasoningRequest;
  readonly stream: boolean;
  /** An opaque id of the end user, for the provider's abuse monitoring. */
  readonly endUserId?: string;
}

export interface ReasoningRequest {
  readonly effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh';
  readonly budgetTokens?: number;
  /** Whether the answer shall show (a summary of) the reasoning. */
  readonly visible?: boolean;
}

export interface Message {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  readonly parts: readonly Part[];
}

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly source: MediaSource; readonly detail?: 'auto' | 'low' | 'high' }
  | { readonly kind: 'file'; readonly source: MediaSource; readonly name?: string }
  | { readonly kind: 'audio'; readonly source: MediaSource }
  | { readonly kind: 'tool_call'; readonly id: string; readonly name: string; readonly arguments: string }
  | ToolResultPart
  | ReasoningPart
  | { readonly kind: 'refusal'; readonly text: string };

export type MediaSource =
  | { readonly kind: 'base64'; readonly mediaType: string; readonly data: string }
  | { readonly kind: 'url'; readonly url: string; readonly mediaType?: string };

export interface ToolResultPart {
  readonly kind: 'tool_result';
  readonly callId: string;
  /** The tool's name, where the dialect carries it or the call it answers is in the conversation. */
  readonly name?: string;
  readonly parts: readonly Part[];
  readonly isError?: boolean;
}

export interface ReasoningPart {
  readonly kind: 'reasoning';
  readonly text: string;
  /** The provider's opaque signature or encrypted content; only that provider can read it back. */
  readonly signature?: string;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
  readonly strict?: boolean;
}

export type ToolChoice =
  | { readonly kind: 'auto' | 'none' | 'required' }
  | { readonly kind: 'tool'; readonly name: string };

export type ResponseFormat =
  | { readonly kind: 'text' | 'json' }
  | {
      readonly kind: 'json_schema';
      readonly name: string;
      readonly description?: string;
      readonly schema: JsonObject;
      readonly strict?: boolean;
    };

/** `tool_calls`: the model waits for tools; `content_filter`: stopped by the provider or by Bartizan. */
export type FinishReason = 'stop' | 'stop_sequence' | 'length' | 'tool_calls' | 'content_filter' | 'refusal';

/** A whole answer. */
export interface ChatAnswer {
  readonly id: string;
  /** What the provider says answered: OpenTelemetry `gen_ai.response.model`. */
  readonly model: string;
  readonly choices: readonly ChatChoice[];
  readonly usage: Usage;
}

export interface ChatChoice {
  readonly index: number;
  /** Text, reasoning, refusals and tool calls, in the order given. */
  readonly parts: readonly Part[];
  readonly finish: FinishReason;
}

/**
 * A streamed answer, piece by piece. `choice` counts from 0; `call` counts the tool calls of a choice from 0.
 * Order: start, then pieces, then one finish for each choice, then usage (where the provider tells it), then nothing.
 */
export type ChatEvent =
  | { readonly kind: 'start'; readonly id: string; readonly model: string }
  | { readonly kind: 'text'; readonly choice: number; readonly text: string }
  | { readonly kind: 'refusal'; readonly choice: number; readonly text: string }
  | { readonly kind: 'reasoning'; readonly choice: number; readonly text: string }
  | { readonly kind: 'reasoning_signature'; readonly choice: number; readonly signature: string }
  | {
      readonly kind: 'tool_call';
      readonly choice: number;
      readonly call: number;
      readonly id: string;
      readonly name: string;
    }
  | { readonly kind: 'tool_arguments'; readonly choice: number; readonly call: number; readonly text: string }
  | { readonly kind: 'finish'; readonly choice: number; readonly reason: FinishReason }
  | { readonly kind: 'usage'; readonly usage: Usage };

export interface EmbeddingsRequest {
  readonly model: string;
  readonly inputs: readonly string[];
  readonly dimensions?: number;
  readonly endUserId?: string;
}

export interface EmbeddingsAnswer {
  readonly model: string;
  readonly vectors: readonly (readonly number[])[];
  readonly usage: Usage;
}

/** A tool call's arguments as an object, for dialects that carry them so; undefined where they are not one. */
export function argumentsAsObject(text: string): JsonObject | undefined {
  if (text.trim() === '') return {};
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}
