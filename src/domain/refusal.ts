/** The one catalogue of refusals. A code is stable: clients and runbooks rely on it, so none is renamed or reused. */

interface CatalogueEntry {
  readonly status: number;
  /** What it means, for a person who has never heard of Bartizan. */
  readonly title: string;
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean;
}

export const REFUSALS = {
  invalid_json: { status: 400, title: 'The body is not acceptable JSON', retryable: false },
  invalid_request: {
    status: 400,
    title: 'The request does not have the form this endpoint takes',
    retryable: false,
  },
  unsupported_parameter: {
    status: 400,
    title: 'The model that answers cannot take this parameter',
    retryable: false,
  },
  body_too_large: { status: 413, title: 'The body is larger than the limit', retryable: false },
  unsupported_media_type: { status: 415, title: 'The body must be application/json', retryable: false },
  request_timeout: { status: 408, title: 'The request did not arrive in time', retryable: true },
  not_found: { status: 404, title: 'There is nothing at this address', retryable: false },
  method_not_allowed: { status: 405, title: 'This address does not take this method', retryable: false },
  missing_credential: { status: 401, title: 'No credential was presented', retryable: false },
  invalid_credential: { status: 401, title: 'The credential is not valid', retryable: false },
  expired_credential: { status: 401, title: 'The credential has expired or was revoked', retryable: false },
  ambiguous_credential: { status: 400, title: 'More than one credential was presented', retryable: false },
  insufficient_scope: {
    status: 403,
    title: 'The credential does not carry the scope this needs',
    retryable: false,
  },
  unknown_model: { status: 404, title: 'There is no such model for this application', retryable: false },
  model_stopped: { status: 503, title: 'An administrator has stopped this model', retryable: true },
  policy_denied: { status: 403, title: 'Policy does not permit this', retryable: false },
  gate_closed: { status: 403, title: 'A precondition on the person is not met', retryable: false },
  limit_exceeded: { status: 429, title: 'A limit is used up', retryable: true },
  content_policy_violation: {
    status: 400,
    title: 'A guardrail does not let this content pass',
    retryable: false,
  },
  scanner_failed: { status: 503, title: 'A guardrail could not look at the content', retryable: true },
  too_many_findings: {
    status: 413,
    title: 'A guardrail found more in the content than can be judged at once',
    retryable: false,
  },
  stream_window_exceeded: {
    status: 502,
    title: 'The answer could not be scanned within its window',
    retryable: false,
  },
  provider_rejected: { status: 400, title: 'The provider rejected the request', retryable: false },
  provider_rate_limited: { status: 429, title: 'The provider limits requests at present', retryable: true },
  provider_unavailable: { status: 502, title: 'No provider could answer', retryable: true },
  provider_timeout: { status: 504, title: 'The provider did not answer in time', retryable: true },
  provider_bad_answer: { status: 502, title: "The provider's answer was not usable", retryable: true },
  provider_misconfigured: {
    status: 502,
    title: 'The provider is not set up for this call',
    retryable: false,
  },
  provider_address_forbidden: {
    status: 502,
    title: "The provider's address is not one that may be called",
    retryable: false,
  },
  record_unavailable: {
    status: 503,
    title: 'The audit record cannot be written, so nothing is served',
    retryable: true,
  },
  overloaded: { status: 503, title: 'Too many requests are being served at present', retryable: true },
  index_unavailable: {
    status: 503,
    title: 'The index of the record cannot be read at present',
    retryable: true,
  },
  permission_denied: { status: 403, title: 'Your roles do not allow this', retryable: false },
  reason_missing: { status: 403, title: 'This may be read for a stated reason alone', retryable: false },
  approval_needed: { status: 403, title: 'A second person has to approve this first', retryable: false },
  csrf_missing: {
    status: 403,
    title: 'The request does not show that a page of this console sent it',
    retryable: false,
  },
  etag_missing: {
    status: 428,
    title: 'A change must say which version it changes: send if-match',
    retryable: false,
  },
  etag_stale: { status: 412, title: 'Somebody has changed this meanwhile: read it again', retryable: false },
  conflict: { status: 409, title: 'This cannot stand beside what is there', retryable: false },
  idempotency_conflict: {
    status: 422,
    title: 'The idempotency key was used for another request',
    retryable: false,
  },
  unacceptable: {
    status: 422,
    title: 'What was sent has the right form, but cannot be used',
    retryable: false,
  },
  sign_in_failed: { status: 401, title: 'The sign-in was not accepted', retryable: false },
  sign_in_delayed: { status: 429, title: 'Too many failed sign-ins: wait before the next', retryable: true },
  fresh_sign_in_needed: {
    status: 403,
    title: 'This needs a sign-in of the last few minutes: confirm that it is you',
    retryable: false,
  },
  draining: { status: 503, title: 'This instance is shutting down', retryable: true },
  client_closed: { status: 499, title: 'The client closed the connection', retryable: true },
  internal: { status: 500, title: 'Something went wrong in Bartizan', retryable: true },
} as const satisfies Record<string, CatalogueEntry>;

export type RefusalCode = keyof typeof REFUSALS;

/** What is wrong with one part of what was sent. */
export interface PartProblem {
  readonly in: 'body' | 'query' | 'path' | 'header';
  /** JSON pointer within that. */
  readonly pointer: string;
  readonly message: string;
  /** Within a text that stands there, from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** Facts about a refusal that may be shown and recorded. None holds content. */
export interface RefusalDetails {
  /** Names of the policies that decided. */
  readonly policies?: readonly string[];
  readonly guardrail?: string;
  readonly gate?: string;
  readonly limit?: string;
  readonly retryAfterMs?: number;
  /** JSON pointer, or the name of a header, that the refusal is about. */
  readonly pointer?: string;
  /** The HTTP status that a provider answered with. */
  readonly providerStatus?: number;
  /** All that is wrong with it, for the one who sent it: never recorded. */
  readonly problems?: readonly PartProblem[];
  /** Headers that the answer carries beside the usual ones, such as `ratelimit`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An expected no. Everything else that is thrown is a bug, and becomes `internal`. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly details: RefusalDetails;
  /**
   * For the client alone, never recorded: it may quote what the client sent (a provider's own error message).
   */
  readonly clientMessage: string | undefined;

  /** `message` is shown to the client and recorded: it MUST NOT hold content. */
  constructor(
    code: RefusalCode,
    message: string = REFUSALS[code].title,
    options: RefusalDetails & { status?: number; clientMessage?: string; cause?: unknown } = {},
  ) {
    const { status, clientMessage, cause, ...details } = options;
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.code = code;
    this.status = status ?? REFUSALS[code].status;
    this.details = details;
    this.clientMessage = clientMessage;
  }
}

/** Whether something broke, as opposed to somebody being told no. */
export function isFailure(code: RefusalCode): boolean {
  return REFUSALS[code].status >= 500;
}

export function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal
    ? error
    : new Refusal('internal', REFUSALS.internal.title, { cause: error });
}
