/** A request and its answer, in no particular dialect: what the pipeline needs of the connection, and nothing more. */
import type { JsonObject } from '../base/json.ts';
import type { PresentedCredentials } from '../modules/identity/identity.ts';
import type { Addressed, Endpoint, PathParameters } from './endpoint.ts';

export interface ReceivedBody {
  readonly bytes: Buffer;
  readonly json: JsonObject;
}

export interface Exchange<At extends Addressed = Endpoint> {
  /** `req_…` */
  readonly id: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** `performance.now()` at arrival; timings are measured from it. */
  readonly startedMs: number;
  readonly endpoint: At;
  readonly path: PathParameters;
  readonly presented: PresentedCredentials;
  /** The client's IP address. */
  readonly address: string;
  /** W3C trace context, where the client sent one. */
  readonly traceparent: string | undefined;
  /** `x-bartizan-conversation`: narrows the pseudonymisation domain, where the client sends one. */
  readonly conversation: string | undefined;
  /** `x-bartizan-subject`: the application's own user whom it is about, where the dialect has no word for it. */
  readonly subject: string | undefined;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** Reads the body once, within its limits; nothing is read before the client is known. @throws Refusal */
  body(): Promise<ReceivedBody>;
  readonly reply: Reply;
}

export interface Reply {
  begun(): boolean;
  /** Sends a whole answer. */
  send(status: number, headers: Readonly<Record<string, string>>, body: Buffer | string): void;
  /** Begins a streamed answer with status 200. */
  begin(headers: Readonly<Record<string, string>>): void;
  /** Sends a piece; a promise where the client reads slower than the model speaks. */
  write(piece: Buffer | string): Promise<void> | undefined;
  end(): void;
}
