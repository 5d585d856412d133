/** How bytes travel to a provider. The adapter enforces which addresses may be called, and every deadline. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string | null;
  readonly signal: AbortSignal;
  readonly timeouts: Timeouts;
  /** Address ranges of private networks (RFC 1918, loopback, link-local, …) are refused at connect time unless true. */
  readonly allowPrivateNetwork: boolean;
  /** Bytes of an answer after which it is given up. */
  readonly maxAnswerBytes: number;
}

export interface Timeouts {
  readonly connectMs: number;
  /** From the request's last byte to the answer's headers. */
  readonly firstByteMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
}

export interface TransportAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Buffer>;
}

/** Redirects are answers like any other: a transport MUST NOT follow them. */
export interface Transport {
  /** @throws TransportError; an abort of the signal rejects with the signal's reason */
  send(request: TransportRequest): Promise<TransportAnswer>;
  close(): Promise<void>;
}

export type TransportFault =
  | 'address_forbidden'
  | 'connect_timeout'
  | 'connect_failed'
  | 'first_byte_timeout'
  | 'idle_timeout'
  | 'closed_early'
  | 'too_large';

/** `body` iteration throws it as well. The message names no content and no credential. */
export class TransportError extends Error {
  readonly fault: TransportFault;
  constructor(fault: TransportFault, options?: ErrorOptions) {
    super(`the provider's connection failed: ${fault}`, options);
    this.name = 'TransportError';
    this.fault = fault;
  }
}
