/** HTTP over a bare socket: for what no client library would send. */
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface RawAnswer {
  /** 0 where the connection was closed without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
  /** Of the whole exchange. */
  readonly durationMs: number;
}

export type Piece = string | Buffer | { readonly pauseMs: number };

/** Sends the pieces, and reads until the server closes or `patienceMs` have passed. */
export async function exchange(url: string, pieces: Iterable<Piece>, patienceMs = 5_000): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const startedMs = performance.now();
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = new Promise<void>((resolve) => {
    // A reset is an answer too: what was read by then counts.
    socket.once('error', () => resolve()).once('close', () => resolve());
  });
  const patience = delay(patienceMs, undefined, { ref: false });
  await Promise.race([send(socket, pieces, closed), closed]);
  await Promise.race([closed, patience]);
  socket.destroy();
  const text = Buffer.concat(chunks).toString('latin1');
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    head,
    body: rest.join('\r\n\r\n'),
    durationMs: performance.now() - startedMs,
  };
}

async function send(socket: Socket, pieces: Iterable<Piece>, closed: Promise<void>): Promise<void> {
  let isOpen = true;
  void closed.then(() => {
    isOpen = false;
  });
  for (const piece of pieces) {
    if (!isOpen) return;
    if (typeof piece === 'object' && 'pauseMs' in piece) await delay(piece.pauseMs);
    else if (!socket.write(piece)) {
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
    }
  }
}

/** The head of a POST with a JSON body; `length` undefined for one in chunks. */
export function head(
  path: string,
  key: string,
  length: number | undefined,
  more: readonly string[] = [],
): string {
  return [
    `POST ${path} HTTP/1.1`,
    'host: gateway',
    'connection: close',
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    length === undefined ? 'transfer-encoding: chunked' : `content-length: ${length}`,
    ...more,
    '',
    '',
  ].join('\r\n');
}

export function inChunks(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}
