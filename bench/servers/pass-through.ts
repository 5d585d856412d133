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

function pass(request: IncomingMessage, response: ServerResponse): void {
  const { 'content-type': contentType, 'content-length': contentLength } = request.headers;
  pool.dispatch(
    {
      method: 'POST',
      path: request.url ?? '/',
      headers: { 'content-type': contentType ?? 'application/json', 'content-length': contentLength ?? '' },
      body: request,
    },
    relay(response),
  );
}

createServer({ keepAliveTimeout: 120_000 }, pass).listen(Number(process.env['PORT']), '127.0.0.1');
