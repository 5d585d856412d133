/** Calls the gateway's own address as any client does, and tells what comes as it comes. */
import type { Refused } from './conversation.ts';
import { forgetVoucher, voucher } from './voucher.ts';

export interface ModelCall {
  readonly model: string;
  readonly messages: readonly unknown[];
  /** The same stand-in for the same value throughout it. */
  readonly conversation: string;
  readonly signal: AbortSignal;
}

export type AnswerEvent =
  | { readonly kind: 'begun'; readonly requestId?: string; readonly record?: string }
  | { readonly kind: 'text'; readonly text: string }
  /** A guardrail ended it. */
  | { readonly kind: 'filtered' }
  | {
      readonly kind: 'refused';
      readonly refused: Refused;
      readonly requestId?: string;
      readonly record?: string;
    };

export async function* callModel(call: ModelCall): AsyncGenerator<AnswerEvent> {
  const response = await send(call);
  const known = factsIn(response.headers);
  if (!response.ok || response.body === null) {
    yield { kind: 'refused', refused: await refusalIn(response), ...known };
    return;
  }
  yield { kind: 'begun', ...known };
  for await (const data of eventsIn(response.body)) {
    if (data === '[DONE]') return;
    yield* eventsOf(JSON.parse(data));
  }
}

async function send(call: ModelCall, isAgain = false): Promise<Response> {
  const { model, messages, conversation, signal } = call;
  const token = await voucher();
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-bartizan-conversation': conversation,
    },
    credentials: 'omit',
    body: JSON.stringify({ model, messages, stream: true }),
    signal,
  });
  if (response.status !== 401 || isAgain) return response;
  // The key that signs them may have changed, or the session that it came from has ended.
  forgetVoucher();
  return send(call, true);
}

function factsIn(headers: Headers): { requestId?: string; record?: string } {
  const requestId = headers.get('x-bartizan-request-id');
  const record = headers.get('x-bartizan-record');
  return { ...(requestId === null ? {} : { requestId }), ...(record === null ? {} : { record }) };
}

async function refusalIn(response: Response): Promise<Refused> {
  const body: unknown = await response.json().catch(() => undefined);
  const refused = refusedBy(member(body, 'error'), `HTTP ${response.status}`);
  const retryAfter = response.headers.get('retry-after');
  return retryAfter === null ? refused : { ...refused, retryAfter };
}

function refusedBy(error: unknown, otherwise: string): Refused {
  const facts = member(error, 'bartizan');
  const told = (name: 'guardrail' | 'gate' | 'limit') => {
    const value = text(facts, name);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    code: text(facts, 'code') ?? text(error, 'code') ?? 'unknown',
    message: text(error, 'message') ?? otherwise,
    ...told('guardrail'),
    ...told('gate'),
    ...told('limit'),
  };
}

function* eventsOf(chunk: unknown): Generator<AnswerEvent> {
  const error = member(chunk, 'error');
  if (error !== undefined) {
    yield { kind: 'refused', refused: refusedBy(error, 'The answer broke off') };
    return;
  }
  const choices = member(chunk, 'choices');
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const said = text(member(choice, 'delta'), 'content') ?? text(member(choice, 'delta'), 'refusal');
  if (said !== undefined && said !== '') yield { kind: 'text', text: said };
  if (text(choice, 'finish_reason') === 'content_filter') yield { kind: 'filtered' };
}

/** The `data` of each event. */
async function* eventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as never)
    .getReader() as ReadableStreamDefaultReader<string>;
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += value;
      const blocks = rest.split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const lines = block.split(/\r?\n/).filter((line) => line.startsWith('data:'));
        if (lines.length > 0) yield lines.map((line) => line.slice(5).trimStart()).join('\n');
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}
