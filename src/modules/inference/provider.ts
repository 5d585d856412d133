/** The contract of a provider: it turns a call into wire requests and reads wire answers. It moves no bytes itself. */
import type { z } from 'zod';
import type { Json } from '../../base/json.ts';
import type {
  ChatAnswer,
  ChatEvent,
  ChatRequest,
  EmbeddingsAnswer,
  EmbeddingsRequest,
  FinishReason,
} from '../../domain/chat.ts';
import type { Dialect, Operation } from '../../domain/dialect.ts';
import type { Channel, Role } from '../../domain/document.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Usage } from '../../domain/usage.ts';
import type { TransportAnswer } from './transport.ts';

/** What is asked of a provider: as the client said it, where the provider speaks that dialect, or in neutral form. */
export type ProviderBody =
  /** `bytes` are the body as received where nothing in it was changed; `json` is the same body parsed. */
  | { readonly kind: 'native'; readonly dialect: Dialect; readonly json: Json; readonly bytes: Buffer | null }
  | { readonly kind: 'chat'; readonly request: ChatRequest }
  | { readonly kind: 'embeddings'; readonly request: EmbeddingsRequest };

export interface ProviderCall {
  readonly operation: Operation;
  /** What the provider calls the model; replaces the name in the body, or goes into the path. */
  readonly model: string;
  readonly stream: boolean;
  readonly body: ProviderBody;
}

/** One HTTP request to the provider. Credentials are in the headers: a WireRequest MUST NOT be logged. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string | null;
}

/** One event of a streamed answer, or a whole buffered answer. */
export interface WireFrame {
  /** The SSE event's name, where there is one. */
  readonly name?: string;
  /** Parsed payload; undefined for keep-alives, comments and end marks, which hold no text. */
  readonly json: Json | undefined;
  /** As it came, to be forwarded where nothing in it was edited. */
  readonly bytes: Buffer;
}

/** A text within a frame. Texts of one window follow one another and are scanned as one. */
export interface FrameText {
  /** Names the window within the answer: `choice:0`, `choice:0/tool:1`, `block:2`. */
  readonly window: string;
  /** JSON pointer into the frame's payload. */
  readonly pointer: string;
  readonly text: string;
  readonly role: Role;
  readonly channel: Channel;
  readonly encoding: 'plain' | 'json';
  readonly editable: boolean;
}

/** What a frame says, as far as scanning and metering need to know. */
export interface FrameReading {
  readonly texts: readonly FrameText[];
  /** Windows that get no more text after this frame; 'all' at the answer's end and for every buffered answer. */
  readonly ends: 'all' | readonly string[];
  /** Usage told so far: a later reading replaces an earlier one. */
  readonly usage?: Usage;
  readonly finish?: FinishReason;
  /** What the provider says answered. */
  readonly model?: string;
  readonly responseId?: string;
  /** An error that the provider tells inside a stream. */
  readonly error?: Refusal;
}

/** Reads the frames of one answer, in the order in which they came. Keeps state between frames; made anew for each call. */
export interface AnswerReader {
  /** Every text of the frame MUST be in a window, those in fields that are not known included. */
  read(frame: WireFrame): FrameReading;
  /** The same frame (its texts perhaps edited by now) in neutral form; called in the order of release. */
  decode(frame: WireFrame): readonly ChatEvent[];
  /** Whether the answer was complete when the body ended: a stream without its end mark was cut off. */
  isComplete(): boolean;
}

export interface WireAnswer {
  readonly dialect: Dialect;
  readonly stream: boolean;
  readonly frames: AsyncIterable<WireFrame>;
  readonly reader: AnswerReader;
  /** A buffered chat answer's payload in neutral form. */
  decodeChat(json: Json): ChatAnswer;
  decodeEmbeddings(json: Json): EmbeddingsAnswer;
  /** A count-tokens answer's number. */
  decodeCount(json: Json): number;
}

export interface Provider {
  /** OpenTelemetry `gen_ai.provider.name`. */
  readonly kind: string;
  /** Dialects and operations that are passed through as they are. */
  speaks(dialect: Dialect, operation: Operation): boolean;
  /** Whether it has the operation at all; count_tokens is estimated by us where it has not. */
  supports(operation: Operation): boolean;
  /** @throws Refusal `unsupported_parameter` for what cannot be carried across */
  prepare(call: ProviderCall): WireRequest | Promise<WireRequest>;
  /** Reads an answer with a status of 2xx. */
  open(call: ProviderCall, answer: TransportAnswer): WireAnswer;
  /** An answer with any other status, as a refusal of the right class with the provider's own message for the client. */
  refusal(status: number, headers: Readonly<Record<string, string>>, body: Buffer): Refusal;
  /** Answers without a network: the simulator. Its presence replaces the transport. */
  readonly answerLocally?: (call: ProviderCall, request: WireRequest, signal: AbortSignal) => TransportAnswer;
}

export interface ProviderManifest<Config = unknown> {
  /** The `kind` that a configuration names. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly config: z.ZodType<Config>;
  /** `credential` is the decrypted credential, or null where none is configured. */
  create(config: Config, credential: string | null): Provider;
}

export function defineProvider<Config>(manifest: ProviderManifest<Config>): ProviderManifest<Config> {
  return manifest;
}
