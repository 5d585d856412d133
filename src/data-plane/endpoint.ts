/** The contract of an endpoint: one wire dialect's way in, and its way of answering. */
import type { Json, JsonObject } from '../base/json.ts';
import type {
  ChatAnswer,
  ChatEvent,
  ChatRequest,
  EmbeddingsAnswer,
  EmbeddingsRequest,
} from '../domain/chat.ts';
import type { Dialect, Operation } from '../domain/dialect.ts';
import type { Document } from '../domain/document.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Route } from '../domain/route.ts';
import type { WireFrame } from '../modules/inference/provider.ts';

export type NeutralRequest =
  | { readonly kind: 'chat'; readonly request: ChatRequest }
  | { readonly kind: 'embeddings'; readonly request: EmbeddingsRequest };

/** What the endpoint reads out of a body before anything else is known. */
export interface Ask {
  readonly model: string;
  readonly stream: boolean;
  /** What the client allows the answer to have, where it says so. */
  readonly maxOutputTokens: number | undefined;
  /** How many answers it asks for. */
  readonly choices: number;
  /** The application's own users that it asks for, as it names them. */
  readonly endUsers?: readonly string[];
}

/** Parameters of the path, the model in Gemini's, and of the query. */
export type PathParameters = Readonly<Record<string, string | undefined>>;

/** What every address has, whether or not a model is called for it. */
export interface Addressed {
  readonly dialect: string;
  readonly operation: string;
  refusal(refusal: Refusal, requestId: string): RefusalBody;
}

export interface Endpoint extends Addressed {
  readonly dialect: Dialect;
  readonly operation: Operation;
  readonly method: 'POST';
  /** In Fastify's form. One endpoint may answer at several. */
  readonly paths: readonly string[];
  /** @throws Refusal `invalid_request`, with the pointer of what is wrong */
  read(body: JsonObject, path: PathParameters): Ask;
  /** Every text in the body, those in fields that are not known included, and what the path names. */
  document(body: JsonObject, path: PathParameters): Document;
  /** @throws Refusal `unsupported_parameter` for what neutral form does not carry, `invalid_request` for what is malformed */
  toNeutral(body: JsonObject, path: PathParameters): NeutralRequest;
  /** Answers of this dialect, for one request. */
  createWriter(ask: Ask, body: JsonObject, path: PathParameters): AnswerWriter;
}

export interface RefusalBody {
  readonly status: number;
  /** A text is sent as it is, with the content type that `headers` name. */
  readonly body: JsonObject | string;
  /** Beside `content-type: application/json`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Writes one answer. For a stream, either `pass` (the provider's own frames, when it speaks this dialect) or `event`
 * (neutral) is called, never both; then exactly one of `end`, `filtered`, `failed`. Each gives the bytes to send.
 */
export interface AnswerWriter {
  readonly streamContentType: string;
  chat(answer: ChatAnswer): JsonObject;
  embeddings(answer: EmbeddingsAnswer): JsonObject;
  count(tokens: number): JsonObject;
  /**
   * Follows a forwarded frame, so that `filtered` and `failed` can close what is open. What is sent is the frame's own
   * bytes, unless the client asked for another framing than the provider's.
   */
  pass(frame: WireFrame): Buffer | string;
  event(event: ChatEvent): string;
  end(): string;
  /** Closes the stream as the dialect closes a filtered one. */
  filtered(message: string): string;
  /** A whole answer that says it was filtered, for guardrails that block by a completion. */
  filteredAnswer(message: string, id: string): JsonObject;
  /** Closes the stream with the dialect's error. */
  failed(refusal: Refusal, requestId: string): string;
}

/** How a dialect lists models: `GET /v1/models` and its kin. */
export interface ModelListing {
  readonly paths: readonly string[];
  list(routes: readonly Route[]): Json;
  /** One of them, or undefined where the dialect has no such address. */
  one(route: Route): Json;
}
