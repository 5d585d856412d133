/** The bulk API's documented answers. */
import { afterEach, expect, test } from 'vitest';
import { createElasticSink } from '../../src/adapters/sinks/elastic-sink.ts';
import { startHttpServer, type Answer, type HttpServer } from './http-server.ts';
import { deliver, items } from './items.ts';

let server: HttpServer;
afterEach(() => server.stop());

async function sinkTo(answer: Answer) {
  server = await startHttpServer(answer);
  return createElasticSink({
    url: `${server.url}/`,
    index: 'logs-ai.audit',
    authorization: 'ApiKey secret',
    allowPrivateNetwork: true,
    post: server.post,
  });
}

interface Action {
  readonly create: { readonly _id: string };
}

/** Keeps documents as the bulk API does: what is created twice conflicts. */
function index(statusOf: (place: number) => readonly [number, string?] = () => [201]) {
  const documents = new Map<string, unknown>();
  const answer: Answer = ({ body }) => {
    const lines = body.split('\n').slice(0, -1);
    const results = [];
    for (let at = 0; at < lines.length; at += 2) {
      const { _id } = (JSON.parse(lines[at]!) as Action).create;
      const [wanted, type] = statusOf(at / 2);
      const status = wanted === 201 && documents.has(_id) ? 409 : wanted;
      if (status === 201) documents.set(_id, JSON.parse(lines[at + 1]!));
      const error =
        status < 300 ? {} : { error: { type: type ?? 'version_conflict_engine_exception', reason: '…' } };
      results.push({ create: { _index: '.ds-1', _id, status, ...error } });
    }
    return [200, { took: 3, errors: results.some(({ create }) => create.status > 299), items: results }];
  };
  return { documents, answer };
}

test('documents are created under ids that are the same every time, so none is there twice', async () => {
  const { documents, answer } = index();
  const sink = await sinkTo(answer);
  expect(await deliver(sink, items(5))).toEqual([]);
  expect(await deliver(sink, items(5, 3))).toEqual([]);
  expect(documents.size).toBe(7);
  expect([...documents.values()][0]).toEqual({
    '@timestamp': '2026-11-18T11:06:40.001Z',
    entry: 1,
    more: 'ü ]" |=',
  });
  expect(server.requests[0]).toMatchObject({
    path: '/logs-ai.audit/_bulk',
    headers: { 'content-type': 'application/x-ndjson', authorization: 'ApiKey secret' },
  });
});

test('a document whose form is not taken is rejected for good; the others are there', async () => {
  const { documents, answer } = index((at) => (at === 1 ? [400, 'mapper_parsing_exception'] : [201]));
  const sink = await sinkTo(answer);
  expect(await deliver(sink, items(3))).toEqual([{ position: 2, reason: 'mapper_parsing_exception' }]);
  expect(documents.size).toBe(2);
});

test.each([
  [429, 'es_rejected_execution_exception'],
  [503, 'unavailable_shards_exception'],
  [404, 'index_not_found_exception'],
  [403, 'security_exception'],
])('a document that is answered with %d is sent again', async (status, type) => {
  const { answer } = index((at) => (at === 1 ? [status, type] : [201]));
  const sink = await sinkTo(answer);
  await expect(deliver(sink, items(3))).rejects.toMatchObject({ reason: `item_status_${status}` });
});

test.each([
  [429, '', { name: 'SinkError', reason: 'status_429' }],
  [503, '', { name: 'SinkError', reason: 'status_503' }],
  [401, '', { name: 'SinkError', reason: 'status_401' }],
  [413, '', { name: 'Unacceptable', reason: 'status_413' }],
  [200, 'no JSON', { name: 'SinkError', reason: 'nonsense' }],
  [200, { errors: false, items: [] }, { name: 'SinkError', reason: 'nonsense' }],
  [
    200,
    { errors: false, items: [{ index: { status: 200 } }, {}] },
    { name: 'SinkError', reason: 'nonsense' },
  ],
  [
    200,
    {
      errors: false,
      items: [{ create: { _id: 'other', status: 201 } }, { create: { _id: 'x', status: 201 } }],
    },
    { name: 'SinkError', reason: 'nonsense' },
  ],
])('the answer %d %j acknowledges nothing', async (status, body, error) => {
  const sink = await sinkTo(() => [status, body]);
  await expect(deliver(sink, items(2))).rejects.toMatchObject(error);
});
