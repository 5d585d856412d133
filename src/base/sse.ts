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

const EMPTY = Buffer.alloc(0);
const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Splits on Buffers, so that a cut inside a UTF-8 sequence does no harm. A line ends with CRLF, LF or CR alone; a CR
 * at the end of a chunk ends its line at once, and a line feed that comes with the next chunk is left out.
 */
export function createSseSplitter(maxEventBytes: number): SseSplitter {
  const block = createGrowingBytes(maxEventBytes);
  const lines = createLineFollower();
  let isFirst = true;
  return {
    push(chunk) {
      const events: SseEvent[] = [];
      let start = lines.begin(chunk);
      for (let end = lines.endOfBlock(); end >= 0; end = lines.endOfBlock()) {
        const bytes = block.take(chunk.subarray(start, end));
        events.push(parseBlock(bytes, isFirst));
        isFirst = false;
        start = end;
      }
      block.add(chunk.subarray(start));
      return events;
    },
    rest: block.held,
  };
}

interface LineFollower {
  /** The next chunk, and the index at which it goes on. */
  begin(chunk: Buffer): number;
  /** Index after the next blank line that ends a block, or -1 where the chunk has no more of them. */
  endOfBlock(): number;
}

/** Looks at each byte once, whatever the chunks: what it needs to know of the ones before are three flags. */
function createLineFollower(): LineFollower {
  let bytes: Buffer = EMPTY;
  let at = 0;
  let nextCr = -1;
  let isInLine = false;
  let hasLine = false;
  let endedWithCr = false;

  /** Index of the line's end, and -1 where it is in a later chunk. */
  function lineEnd(): number {
    if (at >= bytes.length || bytes[at] === LF) return at < bytes.length ? at : -1;
    if (nextCr >= 0 && nextCr < at) nextCr = bytes.indexOf(CR, at);
    const lf = bytes.indexOf(LF, at);
    return nextCr >= 0 && (lf < 0 || nextCr < lf) ? nextCr : lf;
  }

  return {
    begin(chunk) {
      bytes = chunk;
      at = endedWithCr && chunk[0] === LF ? 1 : 0;
      nextCr = chunk.indexOf(CR, at);
      if (chunk.length > 0) endedWithCr = false;
      return at;
    },
    endOfBlock() {
      for (let end = lineEnd(); end >= 0; end = lineEnd()) {
        const isBlank = !isInLine && end === at;
        isInLine = false;
        endedWithCr = bytes[end] === CR && end + 1 === bytes.length;
        at = bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
        if (isBlank && hasLine) {
          hasLine = false;
          return at;
        }
        if (!isBlank) hasLine = true;
      }
      if (at < bytes.length) isInLine = true;
      at = bytes.length;
      return -1;
    },
  };
}

interface GrowingBytes {
  add(piece: Buffer): void;
  /** What was added, with this piece at its end; afterwards there is nothing. */
  take(last: Buffer): Buffer;
  held(): Buffer;
}

/** Doubles its room where it is too small, so that however small the pieces are each byte is copied a few times at most. */
function createGrowingBytes(maxBytes: number): GrowingBytes {
  let room: Buffer = EMPTY;
  let length = 0;

  function add(piece: Buffer): void {
    const total = length + piece.length;
    if (total > maxBytes) throw new Error(`an event of more than ${maxBytes} bytes`);
    if (piece.length === 0) return;
    if (length === 0) room = piece;
    else {
      if (total > room.length) {
        const larger = Buffer.allocUnsafe(Math.max(total, 2 * room.length));
        room.copy(larger, 0, 0, length);
        room = larger;
      }
      piece.copy(room, length);
    }
    length = total;
  }

  return {
    add,
    take(last) {
      add(last);
      const bytes = room.subarray(0, length);
      room = EMPTY;
      length = 0;
      return bytes;
    },
    held: () => room.subarray(0, length),
  };
}

const LINE_END = /\r\n|\r|\n/;

function parseBlock(bytes: Buffer, isFirst: boolean): SseEvent {
  let name = '';
  let data: string | null = null;
  let text = bytes.toString('utf8');
  if (isFirst && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
  for (const line of text.split(text.includes('\r') ? LINE_END : '\n')) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') name = value;
    else if (field === 'data') data = data === null ? value : `${data}\n${value}`;
  }
  return { name: name === '' ? 'message' : name, data, bytes };
}

/** The data of one whole event; null where it has none. */
export function dataOf(bytes: Buffer): string | null {
  return parseBlock(bytes, true).data;
}

/** One event as text; `data` must hold no line feed (JSON.stringify makes none). */
export function formatSse(data: string, name?: string): string {
  return name === undefined ? `data: ${data}\n\n` : `event: ${name}\ndata: ${data}\n\n`;
}
