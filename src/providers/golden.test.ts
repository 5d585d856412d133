/** Golden files of every provider: wire answers to neutral form and windows, neutral requests to wire requests, errors. */
import { readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Json, type JsonObject } from '../base/json.ts';
import { Refusal } from '../domain/refusal.ts';
import type { ChatRequest, EmbeddingsRequest } from '../domain/chat.ts';
import type { ProviderBody, ProviderCall, WireAnswer } from '../modules/inference/provider.ts';
import {
  answerBytes,
  callFor,
  CHAT_BODY,
  goldenCases,
  kindOf,
  nativeBody,
  providerOf,
  readAll,
  RULE_LINE,
  transportAnswer,
  windowsOf,
  type GoldenCase,
} from './wire/testdata/harness.ts';

const UPDATES = process.env['UPDATE_GOLDEN'] === '1';
const FOLDERS = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'wire' && entry.name !== 'simulator')
  .map(({ name }) => new URL(`${name}/testdata/`, import.meta.url));

function compare(golden: GoldenCase, actual: string): void {
  if (UPDATES) {
    const head = `${JSON.stringify(golden.header)}\n${golden.input}`;
    writeFileSync(golden.path, `${head}${RULE_LINE}${actual}\n`);
  }
  expect(actual).toBe(UPDATES ? actual : golden.expected.trimEnd());
}

function cases(kind: string): GoldenCase[] {
  return FOLDERS.flatMap((folder) => goldenCases(folder, kind));
}

function bodyFor(header: JsonObject): ProviderBody {
  const native = header['native'];
  return typeof native === 'string' ? nativeBody(native as 'openai.chat', { model: 'm' }) : CHAT_BODY;
}

/** Ids that were made up on the way are not the same twice. */
function stable(text: string): string {
  return text.replace(/call_[0-9a-f]{32}/g, 'call_generated');
}

function decodedWhole(answer: WireAnswer, call: ProviderCall, json: Json): unknown {
  if (call.operation === 'embeddings') return answer.decodeEmbeddings(json);
  return call.operation === 'count_tokens' ? answer.decodeCount(json) : answer.decodeChat(json);
}

describe('an answer, in neutral form and in windows', () => {
  it.each(cases('answer').map((golden) => [golden.name, golden] as const))('%s', async (_, golden) => {
    const { header, input } = golden;
    const provider = providerOf(kindOf(header), header['config'] as JsonObject | undefined);
    const call = callFor(header, bodyFor(header));
    const { bytes, contentType } = answerBytes(header, input);
    const answer = provider.open(call, transportAnswer(bytes, contentType));
    const { frames, readings, events, complete } = await readAll(answer);
    const lines = [
      ...events.map((event) => JSON.stringify(event)),
      ...(answer.stream
        ? []
        : [JSON.stringify(decodedWhole(answer, call, frames[0]?.json ?? null), null, 1)]),
      ...Object.entries(windowsOf(readings)).map(([window, text]) => `${window} ${JSON.stringify(text)}`),
      `usage ${JSON.stringify(readings.findLast(({ usage }) => usage !== undefined)?.usage ?? null)}`,
      `finish ${readings.findLast(({ finish }) => finish !== undefined)?.finish ?? 'none'}`,
      `error ${readings.find(({ error }) => error !== undefined)?.error?.code ?? 'none'}`,
      `complete ${complete}`,
    ];
    compare(golden, stable(lines.join('\n')));
    if (complete) expectWindowsEnded(readings);
  });
});

/** Whatever window has text ends, if only at the end of the answer. */
function expectWindowsEnded(
  readings: readonly { texts: readonly { window: string }[]; ends: 'all' | readonly string[] }[],
): void {
  const open = new Set<string>();
  for (const { texts, ends } of readings) {
    for (const { window } of texts) open.add(window);
    if (ends === 'all') open.clear();
    else for (const window of ends) open.delete(window);
  }
  expect([...open]).toEqual([]);
}

describe('a neutral request on the wire', () => {
  it.each(cases('request').map((golden) => [golden.name, golden] as const))('%s', async (_, golden) => {
    const { header } = golden;
    const request = JSON.parse(golden.input) as ChatRequest & EmbeddingsRequest;
    const body: ProviderBody =
      header['operation'] === 'embeddings' ? { kind: 'embeddings', request } : { kind: 'chat', request };
    const provider = providerOf(kindOf(header), header['config'] as JsonObject | undefined);
    compare(golden, await prepared(() => provider.prepare(callFor(header, body))));
  });
});

async function prepared(
  prepare: () => ReturnType<ReturnType<typeof providerOf>['prepare']>,
): Promise<string> {
  try {
    const { method, url, headers, body } = await prepare();
    const { 'content-type': _type, accept: _accept, 'accept-encoding': _encoding, ...own } = headers;
    const json: unknown = JSON.parse(String(body));
    return `${method} ${url}\n${JSON.stringify(own)}\n${JSON.stringify(json, null, 1)}`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.code} ${error.details.pointer ?? ''} ${error.message}`;
  }
}

describe('an error of a provider', () => {
  it.each(cases('error').map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const { header, input } = golden;
    const provider = providerOf(kindOf(header), header['config'] as JsonObject | undefined);
    const headers = (header['headers'] ?? {}) as Record<string, string>;
    const { code, status, message, clientMessage, details } = provider.refusal(
      Number(header['status']),
      headers,
      Buffer.from(input),
    );
    compare(golden, JSON.stringify({ code, status, message, clientMessage, details }, null, 1));
  });
});
