/** A detector on this machine, as good or bad as a test wants it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

export interface Detector {
  readonly url: string;
  readonly requests: {
    readonly authorization: string | undefined;
    readonly contentType: string | undefined;
    readonly body: unknown;
  }[];
  /** Null: never answers. */
  answer: (body: { readonly text: string }) => { readonly status: number; readonly body: string } | null;
  hangsUp: boolean;
  reset(): void;
  close(): Promise<void>;
}

export async function openDetector(): Promise<Detector> {
  const silent = (): null => null;
  const server = createServer((request, response) => {
    void textOf(request).then((raw) => {
      const { authorization, 'content-type': contentType } = request.headers;
      const body = JSON.parse(raw) as { readonly text: string };
      detector.requests.push({ authorization, contentType, body });
      if (detector.hangsUp) return void response.destroy();
      const answer = detector.answer(body);
      if (answer) response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const detector: Detector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scan`,
    requests: [],
    answer: silent,
    hangsUp: false,
    reset() {
      detector.requests.length = 0;
      detector.answer = silent;
      detector.hangsUp = false;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return detector;
}
