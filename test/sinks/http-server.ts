/** An HTTP server of a test's own that answers each request as it is told, and a poster that goes through the real transport. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HttpPost } from '../../src/adapters/sinks/http-post.ts';
import { createUndiciTransport } from '../../src/adapters/undici/transport.ts';
import { post } from '../../src/compose/post.ts';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export type Answer = (request: Received) => readonly [status: number, body: unknown];

export interface HttpServer {
  readonly url: string;
  readonly requests: readonly Received[];
  readonly post: HttpPost;
  stop(): Promise<void>;
}

export async function startHttpServer(answer: Answer): Promise<HttpServer> {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const received = { path: request.url ?? '', headers: request.headers, body };
      requests.push(received);
      const [status, content] = answer(received);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof content === 'string' ? content : JSON.stringify(content));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const transport = createUndiciTransport();
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    post: (request) => post(transport, { ...request, timeoutMs: 2_000, maxAnswerBytes: 16 * 1024 * 1024 }),
    async stop() {
      await transport.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
