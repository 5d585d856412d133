/** Server-sent events (WHATWG HTML §9.2): splitting a byte stream into events, and writing them. */

/** One event, with the bytes it came in, so that it can be forwarded untouched. */
export interface SseEvent {
  /** The `event:` field; 'message' where there is none. */
  readonly name: string;
  /** The `data:` lines joined by line feeds; null for a block of comments or of other fields alone. */
  readonly data: string | null;
  readonly bytes: Buffer;
}

export interface SseSplitter {
  /** Events that these bytes complete. Throws once an event grows past the limit. */
  push(chunk: Buffer): SseEvent[];
  /** Bytes of an event that never ended. */
  rest(): Buffer;
}

const LF = 0x0a;
const CR = 0x0d;
const EMPTY = Buffer.alloc(0);

/** Splits on Buffers, so that a cut inside a UTF-8 sequence does no harm. Accepts LF and CRLF line ends. */
export function createSseSplitter(maxEventBytes: number): SseSplitter {
  let pending: Buffer = EMPTY;
  // Where the search for a blank line goes on: each byte is looked at once, so a slow drip stays linear.
  let searched = 0;
  return {
    push(chunk) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const events: SseEvent[] = [];
      let start = 0;
      for (;;) {
        const end = endOfBlock(pending, Math.max(start, searched));
        if (end < 0) break;
        const bytes = pending.subarray(start, end);
        events.push(parseBlock(bytes));
        start = end;
        searched = end;
      }
      pending = pending.subarray(start);
      searched = Math.max(0, pending.length - 3);
      if (pending.length > maxEventBytes) throw new Error(`an event of more than ${maxEventBytes} bytes`);
      return events;
    },
    rest: () => pending,
  };
}

/** Index after the blank line that ends a block, or -1. */
function endOfBlock(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(LF, from);
  while (at >= 0) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
    at = bytes.indexOf(LF, at + 1);
  }
  return -1;
}

function parseBlock(bytes: Buffer): SseEvent {
  let name = 'message';
  let data: string | null = null;
  for (const line of bytes.toString('utf8').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const field = line.slice(0, colon);
    const value = line[colon + 1] === ' ' ? line.slice(colon + 2) : line.slice(colon + 1);
    if (field === 'event') name = value;
    else if (field === 'data') data = data === null ? value : `${data}\n${value}`;
  }
  return { name, data, bytes };
}

/** One event as text; `data` must hold no line feed (JSON.stringify makes none). */
export function formatSse(data: string, name?: string): string {
  return name === undefined ? `data: ${data}\n\n` : `event: ${name}\ndata: ${data}\n\n`;
}
