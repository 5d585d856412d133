/** A connection to a server that a test can cut: a relay on this machine. */
import { createServer, connect as connectTo, type Server, type Socket } from 'node:net';

export interface Relay {
  /** `url` with the relay's address in the server's place. */
  readonly url: string;
  /** Cuts every connection, and refuses new ones. */
  cut(): Promise<void>;
  /** Takes what is sent and passes nothing on. */
  hang(): void;
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function createRelay(serverUrl: string, defaultPort: number): Promise<Relay> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let isHanging = false;
  const server: Server = createServer((near) => {
    const far = connectTo(Number(target.port || defaultPort), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => void (isHanging || to.write(chunk)));
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('error', () => to.destroy());
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    return stopped;
  };
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cut: stop,
    hang: () => {
      isHanging = true;
    },
    async restore() {
      isHanging = false;
      if (!server.listening) await listen(port);
    },
    close: async () => {
      if (server.listening) await stop();
    },
  };
}
