/** The texts of what was captured of an interaction, read as they were when it was live: by its endpoint and its provider. */
import { isArray, isObject, parseTrusted, type Json } from '../base/json.ts';
import type { RecordedText } from '../control-plane/guardrails/replay.ts';
import type { Endpoint } from '../data-plane/endpoint.ts';
import { ENDPOINTS } from '../data-plane/endpoints/all.ts';
import type { InteractionEndEntry, InteractionEntry } from '../domain/record.ts';
import type { ConfiguredProvider } from '../modules/inference/inference.ts';
import type { AnswerReader } from '../modules/inference/provider.ts';

type Interaction = InteractionEntry | InteractionEndEntry;

const NO_BYTES = Buffer.alloc(0);

/** Undefined where its endpoint calls no model, or its content has another form than this release writes. */
export function recordedTexts(
  entry: Interaction,
  content: string,
  providers: ReadonlyMap<string, ConfiguredProvider>,
): readonly RecordedText[] | undefined {
  const endpoint = ENDPOINTS.find(({ dialect, operation }) => `${dialect}/${operation}` === entry.endpoint);
  const json = parseTrusted(content);
  if (endpoint === undefined || !isObject(json)) return undefined;
  const { request, answer } = json;
  if (!isObject(request)) return undefined;
  const path = { model: entry.requestedModel };
  const asked = endpoint
    .document(request, path)
    .segments.map(({ text, channel }): RecordedText => ({ text, channel, direction: 'request' }));
  const provider = providers.get(entry.provider ?? '');
  if (!isArray(answer) || provider === undefined) return asked;
  return [...asked, ...answered(readerOf(endpoint, entry, provider), answer)];
}

/** The texts of each window as one, as they were scanned. */
function answered(reader: AnswerReader, frames: readonly Json[]): readonly RecordedText[] {
  const windows = new Map<string, RecordedText>();
  for (const frame of frames) {
    for (const { window, text, channel } of reader.read({ json: frame, bytes: NO_BYTES }).texts) {
      const before = windows.get(window)?.text ?? '';
      windows.set(window, { text: before + text, channel, direction: 'response' });
    }
  }
  return [...windows.values()];
}

function readerOf(
  { dialect, operation }: Endpoint,
  { stream, providerModel = '' }: Interaction,
  { provider }: ConfiguredProvider,
): AnswerReader {
  const speaks = provider.speaks(dialect, operation);
  const call = {
    operation,
    model: providerModel,
    stream,
    body: speaks
      ? ({ kind: 'native', dialect, json: {}, bytes: null } as const)
      : ({ kind: 'chat', request: { model: providerModel, messages: [], tools: [], stream } } as const),
  };
  const headers = { 'content-type': stream ? 'text/event-stream' : 'application/json' };
  return provider.open(call, { status: 200, headers, body: nothing() }).reader;
}

async function* nothing(): AsyncGenerator<Buffer> {}
