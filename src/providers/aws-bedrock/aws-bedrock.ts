/** Amazon Bedrock: Converse and ConverseStream, signed or with a bearer API key. */
import { z } from 'zod';
import {
  defineProvider,
  type Provider,
  type ProviderCall,
  type WireRequest,
} from '../../modules/inference/provider.ts';
import { encodeConverse } from '../wire/bedrock/encode-converse.ts';
import { openConverse } from '../wire/bedrock/open-converse.ts';
import { parseAwsCredential, signed, type AwsCredential } from '../wire/bedrock/signing.ts';
import { baseUrlSchema, requireCredential } from '../wire/http.ts';
import { jsonBody } from '../wire/native-body.ts';
import { providerRefusal } from '../wire/provider-refusal.ts';
import { unsupported } from '../wire/unsupported.ts';

const config = z.strictObject({
  /** `region` alone says where data goes, for policies; this is the region whose endpoint is called and signed for. */
  aws_region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  base_url: baseUrlSchema.optional(),
});

type Settings = z.infer<typeof config>;

export const awsBedrock = defineProvider({
  id: 'aws.bedrock',
  title: 'Amazon Bedrock',
  description: 'Every chat model in Amazon Bedrock, through Converse and ConverseStream.',
  config,
  create: (settings, credential) => createAwsBedrock(settings, credential),
});

export function createAwsBedrock(
  settings: Settings,
  credential: string | null,
  now: () => number = Date.now,
): Provider {
  const parsed = credential === null ? null : parseAwsCredential(credential);
  const baseUrl = settings.base_url ?? `https://bedrock-runtime.${settings.aws_region}.amazonaws.com`;
  return {
    kind: 'aws.bedrock',
    speaks: () => false,
    supports: (operation) => operation === 'chat',
    prepare(call) {
      const url = `${baseUrl}/model/${encodeURIComponent(call.model)}/${call.stream ? 'converse-stream' : 'converse'}`;
      return withCredential(url, bodyOf(call), call.stream, parsed, settings.aws_region, now());
    },
    open: openConverse,
    refusal: providerRefusal,
  };
}

function bodyOf({ body, model }: ProviderCall): string {
  if (body.kind === 'chat') return jsonBody(encodeConverse(model, body.request));
  throw unsupported('Amazon Bedrock', 'a body in another form than a neutral chat', '');
}

function withCredential(
  url: string,
  body: string,
  stream: boolean,
  credential: AwsCredential | null,
  region: string,
  nowMs: number,
): WireRequest {
  const headers = {
    'content-type': 'application/json',
    accept: stream ? 'application/vnd.amazon.eventstream' : 'application/json',
    'accept-encoding': 'identity',
  };
  if (credential === null) requireCredential(null);
  if (credential?.kind !== 'keys') {
    const authorization = `Bearer ${requireCredential(credential?.token ?? null)}`;
    return { method: 'POST', url, headers: { ...headers, authorization }, body };
  }
  return {
    method: 'POST',
    url,
    headers: signed({ url, headers, body }, credential, region, 'bedrock', nowMs),
    body,
  };
}
