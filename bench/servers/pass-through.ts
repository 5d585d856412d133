/** The limit: a proxy that reads nothing, changes nothing and waits for nothing. Run as its own process. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Pool, type Dispatcher } from 'undici';

const CONNECTIONS = 64;
const pool = new Pool(`http://127.0.0.1:${process.env['UPSTREAM_PORT']}`, {
  connections: CONNECTIONS,
  pipelining: 1,
  allowH2: false,
});

/** Hands every byte on as it comes; the client's back-pressure reaches the upstream. */
function relay(response: ServerResponse): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller) {
      response.once('close', () => {
        if (!response.writableFinished) controller.abort(new Error('the client went away'));
      });
      response.on('drain', () => controller.resume());
    },
    onResponseStart(_controller, status, headers) {
      const { connection: _connection, 'keep-alive': _keepAlive, ...kept } = headers;
      response.writeHead(status, kept);
    },
    onResponseData(controller, chunk) {
      if (!response.write(chunk)) controller.pause();
    },
    onResponseEnd() {
      response.end();
    },
    onResponseError() {
      response.destroy();
    },
  };
}

/** The question is handed on in one piece: cheaper than as a stream, and this is to be the limit. */
function pass(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [first, ...rest] = chunks;
    const body = first !== undefined && rest.length === 0 ? first : Buffer.concat(chunks);
    const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' };
    pool.dispatch({ method: 'POST', path: request.url ?? '/', headers, body }, relay(response));
  });
}

createServer({ keepAliveTimeout: 120_000 }, pass).listen(Number(process.env['PORT']), '127.0.0.1');
