/** A moderation endpoint on this machine, as good or bad as a test wants it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

export interface Endpoint {
  readonly url: string;
  readonly requests: {
    readonly authorization: string | undefined;
    readonly contentType: string | undefined;
    readonly body: unknown;
  }[];
  /** Null: never answers. */
  answer: (body: { readonly input: string; readonly model: string }) => { readonly status: number; readonly body: string } | null;
  hangsUp: boolean;
  reset(): void;
  close(): Promise<void>;
}

export async function openEndpoint(): Promise<Endpoint> {
  const silent = (): null => null;
  const server = createServer((request, response) => {
    void textOf(request).then((raw) => {
      const { authorization, 'content-type': contentType } = request.headers;
      const body = JSON.parse(raw) as { readonly input: string; readonly model: string };
      endpoint.requests.push({ authorization, contentType, body });
      if (endpoint.hangsUp) return void response.destroy();
      const answer = endpoint.answer(body);
      if (answer) response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint: Endpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/moderations`,
    requests: [],
    answer: silent,
    hangsUp: false,
    reset() {
      endpoint.requests.length = 0;
      endpoint.answer = silent;
      endpoint.hangsUp = false;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return endpoint;
}
