/**
 * Elasticsearch's and OpenSearch's bulk API. Each document's id is its place in the record, and it is created, never
 * replaced: what is sent again is there already.
 */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { SinkError, type ExportItem, type Rejection, type Sink } from '../../governance/siem/sink.ts';
import { answerOf, assertAccepted } from './answer.ts';
import type { HttpPost } from './http-post.ts';

export interface ElasticSinkOptions {
  readonly url: string;
  /** An index or a data stream. */
  readonly index: string;
  /** The whole value of the header `authorization`. */
  readonly authorization: string | undefined;
  readonly allowPrivateNetwork: boolean;
  readonly post: HttpPost;
}

const answerSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      create: z.looseObject({
        _id: z.string().nullish(),
        status: z.int(),
        error: z.looseObject({ type: z.string() }).optional(),
      }),
    }),
  ),
});
type Item = z.infer<typeof answerSchema>['items'][number]['create'];

export function createElasticSink({
  url,
  index,
  authorization,
  allowPrivateNetwork,
  post,
}: ElasticSinkOptions): Sink {
  const address = `${url.replace(/\/+$/, '')}/${encodeURIComponent(index)}/_bulk`;
  const headers = {
    'content-type': 'application/x-ndjson',
    ...(authorization === undefined ? {} : { authorization }),
  };
  return {
    async deliver(batch, signal) {
      const body = batch.map((item) => `${actionOf(item)}\n${documentOf(item)}\n`).join('');
      const answer = await post({ url: address, headers, body, signal, allowPrivateNetwork });
      assertAccepted(answer.status);
      const { items } = answerOf(answerSchema, answer.body);
      if (items.length !== batch.length) throw new SinkError('nonsense');
      return batch.flatMap((item, at) => rejectionOf(item, items[at]?.create));
    },
    close: () => Promise.resolve(),
  };
}

/** Names of instances may be longer than an id may be. */
function idOf({ instance, sequence }: ExportItem): string {
  return `${hash('sha256', instance).slice(0, 32)}-${sequence}`;
}

function actionOf(item: ExportItem): string {
  return JSON.stringify({ create: { _id: idOf(item) } });
}

/** Data streams and Kibana ask for `@timestamp`. */
function documentOf({ at, text }: ExportItem): string {
  return JSON.stringify({ '@timestamp': new Date(at).toISOString(), ...(JSON.parse(text) as object) });
}

/** 409: it is there already. 400: its form is not taken, now or later. The rest may succeed another time. */
function rejectionOf(item: ExportItem, result: Item | undefined): readonly Rejection[] {
  if (result === undefined || (typeof result._id === 'string' && result._id !== idOf(item)))
    throw new SinkError('nonsense');
  const { status, error } = result;
  if ((status >= 200 && status <= 299) || status === 409) return [];
  if (status === 400 || status === 413)
    return [{ position: item.position, reason: error?.type ?? `status_${status}` }];
  throw new SinkError(`item_status_${status}`);
}
