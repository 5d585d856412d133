/** Every dialect without its client: addresses, headers and the smallest bodies, for tests of what no client would send. */
import type { JsonObject } from '../../src/base/json.ts';

export interface Dialect {
  readonly name: string;
  /** The header that its clients put their credential into. */
  readonly credential: (key: string) => Record<string, string>;
  readonly path: (model: string, stream: boolean) => string;
  readonly body: (model: string, prompt: string, stream: boolean) => JsonObject;
  /** The error's own words for what kind it is. */
  readonly errorOf: (body: JsonObject) => { readonly message: string; readonly code: string };
}

interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly bartizan?: { readonly code: string };
    readonly details?: readonly { readonly reason?: string }[];
  };
}

export const OPENAI_CHAT: Dialect = {
  name: 'openai chat',
  credential: (key) => ({ authorization: `Bearer ${key}` }),
  path: () => '/v1/chat/completions',
  body: (model, prompt, stream) => ({ model, stream, messages: [{ role: 'user', content: prompt }] }),
  errorOf: (body) => {
    const { error } = body as unknown as ErrorBody;
    return { message: error.message, code: error.bartizan?.code ?? '' };
  },
};

export const DIALECTS: readonly Dialect[] = [
  OPENAI_CHAT,
  {
    ...OPENAI_CHAT,
    name: 'openai responses',
    path: () => '/v1/responses',
    body: (model, prompt, stream) => ({ model, stream, input: prompt }),
  },
  {
    ...OPENAI_CHAT,
    name: 'anthropic',
    credential: (key) => ({ 'x-api-key': key }),
    path: () => '/v1/messages',
    body: (model, prompt, stream) => ({
      model,
      stream,
      max_tokens: 100,
      messages: [{ role: 'user', content: prompt }],
    }),
  },
  {
    name: 'google',
    credential: (key) => ({ 'x-goog-api-key': key }),
    path: (model, stream) =>
      `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: (_model, prompt) => ({ contents: [{ role: 'user', parts: [{ text: prompt }] }] }),
    errorOf: (body) => {
      const { error } = body as unknown as ErrorBody;
      return { message: error.message, code: error.details?.[0]?.reason?.toLowerCase() ?? '' };
    },
  },
];

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
  /** `x-bartizan-request-id` */
  readonly id: string;
}

export interface Post {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: JsonObject | string | Uint8Array<ArrayBuffer>;
}

export async function post({ url, headers, body }: Post): Promise<Reply> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: text.startsWith('{') ? (JSON.parse(text) as JsonObject) : {},
    id: answer.headers.get('x-bartizan-request-id') ?? '',
  };
}

/** One request in a dialect, as its client would send it. */
export function ask(
  dialect: Dialect,
  { url, key }: { readonly url: string; readonly key: string },
  options: { model: string; prompt?: string; stream?: boolean; headers?: Record<string, string> },
): Promise<Reply> {
  const { model, prompt = 'Say hello, please.', stream = false, headers = {} } = options;
  return post({
    url: url + dialect.path(model, stream),
    headers: { ...dialect.credential(key), ...headers },
    body: dialect.body(model, prompt, stream),
  });
}
