/** The API as functions: what console and command line call. Its types are those of the operations themselves. */
import type { AnswerOf, BodyOf, EventOf, Operation, PathOf, QueryOf } from './operation.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { isProblem } from './is-problem.ts';
import type { Problem } from './problem.ts';

export const API_BASE = '/api/v1';

/** What the API answered no with. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

type Given<Key extends string, Value> = [Value] extends [undefined]
  ? { readonly [K in Key]?: undefined }
  : Record<string, never> extends Value
    ? { readonly [K in Key]?: Value }
    : { readonly [K in Key]: Value };

/** What one call is given. */
export type Ask<O extends Operation> = Given<'path', PathOf<O>> &
  Given<'query', QueryOf<O>> &
  Given<'body', BodyOf<O>> & {
    /** The `etag` of what is to be changed, as it was read. */
    readonly ifMatch?: string;
    /** The same key twice is one change. */
    readonly idempotencyKey?: string;
    /** Why, where something is read that needs a reason. */
    readonly reason?: string;
    readonly signal?: AbortSignal;
  };

export type OperationOf<Name extends OperationName> = (typeof OPERATIONS)[Name];

type Arguments<O extends Operation> = Record<string, never> extends Ask<O> ? [ask?: Ask<O>] : [ask: Ask<O>];

export interface Client {
  /** @throws ApiProblem where the API says no; TypeError where it cannot be reached */
  call<Name extends OperationName>(
    name: Name,
    ...ask: Arguments<OperationOf<Name>>
  ): Promise<AnswerOf<OperationOf<Name>>>;
  /** An answer that is not JSON, whole. */
  download<Name extends OperationName>(name: Name, ...ask: Arguments<OperationOf<Name>>): Promise<Response>;
  /** Server-sent events until the signal ends them. A lost connection ends the iteration: begin again. */
  events<Name extends OperationName>(
    name: Name,
    ...ask: Arguments<OperationOf<Name>>
  ): AsyncGenerator<EventOf<OperationOf<Name>>>;
  /** Where an operation with these parameters is: for links. */
  url<Name extends OperationName>(name: Name, ...ask: Arguments<OperationOf<Name>>): string;
}

export interface ClientOptions {
  /** Scheme, host and port; empty for the page's own. */
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  /** Sent with every request: `authorization`, or the token that shows a page of ours asks. */
  readonly headers: () => Readonly<Record<string, string>>;
}

interface LooseAsk {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
  readonly reason?: string;
  readonly signal?: AbortSignal;
}

export function createClient(options: ClientOptions): Client {
  const { baseUrl } = options;
  const send = async (name: OperationName, ask: LooseAsk = {}): Promise<Response> => {
    const { method } = OPERATIONS[name];
    const response = await options.fetch(addressOf(baseUrl, name, ask), {
      method,
      headers: headersOf(options, ask),
      credentials: 'same-origin',
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      ...(ask.signal === undefined ? {} : { signal: ask.signal }),
    });
    if (!response.ok) throw await problemIn(response);
    return response;
  };
  return {
    async call(name, ...[ask]) {
      const response = await send(name, ask as LooseAsk | undefined);
      // The server has checked its answer against the schema that this type is made of.
      return (response.status === 204 ? undefined : await response.json()) as never;
    },
    download: (name, ...[ask]) => send(name, ask as LooseAsk | undefined),
    async *events(name, ...[ask]) {
      const response = await send(name, ask as LooseAsk | undefined);
      if (response.body === null) return;
      for await (const data of eventsIn(response.body)) yield JSON.parse(data) as never;
    },
    url: (name, ...[ask]) => addressOf(baseUrl, name, (ask ?? {}) as LooseAsk),
  };
}

function headersOf({ headers }: ClientOptions, ask: LooseAsk): Record<string, string> {
  return {
    ...headers(),
    ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(ask.ifMatch === undefined ? {} : { 'if-match': `"${ask.ifMatch}"` }),
    ...(ask.idempotencyKey === undefined ? {} : { 'idempotency-key': ask.idempotencyKey }),
    ...(ask.reason === undefined ? {} : { 'x-bartizan-reason': encodeURIComponent(ask.reason) }),
  };
}

function addressOf(baseUrl: string, name: OperationName, { path, query }: LooseAsk): string {
  const filled = OPERATIONS[name].path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(textOf(path?.[key])),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {}))
    if (value !== undefined) search.set(key, textOf(value));
  return `${baseUrl}${API_BASE}${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
}

/** Of a parameter: a text, a number, a flag. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function problemIn(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  return new ApiProblem(
    isProblem(body)
      ? body
      : {
          type: 'about:blank',
          title: 'An answer that is not the API’s',
          status: response.status,
          detail: `HTTP ${response.status}`,
          code: 'unknown',
        },
  );
}

/** The `data` of each event. */
async function* eventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = block
          .split('\n')
          .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trimStart()] : []))
          .join('\n');
        if (data !== '') yield data;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
