/** The body of a chat completions call: as the client wrote it, or from neutral form. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ProviderCall } from '../../../modules/inference/provider.ts';
import { asObject } from '../answer.ts';
import { jsonBody, spliceModel, withModel } from '../native-body.ts';
import type { ChatTraits } from './chat-traits.ts';
import { encodeChat } from './encode-chat.ts';
import { encodeEmbeddings } from './embeddings.ts';

/** @throws Refusal `unsupported_parameter` */
export function chatBody(call: ProviderCall, traits: ChatTraits): Buffer | string {
  const { body, model, stream } = call;
  switch (body.kind) {
    case 'chat':
      return jsonBody(encodeChat(model, body.request, stream, traits));
    case 'embeddings':
      return jsonBody(encodeEmbeddings(model, body.request));
    case 'native': {
      const json = asObject(body.json);
      const isStreamedChat = body.dialect === 'openai.chat' && stream;
      if (!isStreamedChat || !traits.streamOptions || asksForUsage(json))
        return withModel(json, body.bytes, model);
      return withUsage(json, body.bytes, model);
    }
  }
}

function asksForUsage(json: JsonObject): boolean {
  return asObject(json['stream_options'])['include_usage'] === true;
}

/** Asks for the usage of a stream, which is metered; the chunk that tells it is not shown to a client that did not ask. */
function withUsage(json: JsonObject, bytes: Buffer | null, model: string): Buffer | string {
  const options: Json | undefined = json['stream_options'];
  const spliced =
    bytes === null || options !== undefined
      ? undefined
      : spliceModel(bytes, model, '"stream_options":{"include_usage":true},');
  if (spliced !== undefined) return spliced;
  const kept = isObject(options) ? options : {};
  return jsonBody({ ...json, model, stream_options: { ...kept, include_usage: true } });
}
