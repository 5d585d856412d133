/** Reads just enough of an HTTP/1.1 response to know when it is complete, and when its first token came. */

export interface ResponseReader {
  readonly status: number;
  readonly bytes: number;
  /** The first piece of the answer's text was among the bytes so far. Looked for only where it was asked for. */
  readonly hasToken: boolean;
  /** @returns whether the response is complete; bytes after its end are an error of the server's */
  push(chunk: Buffer): boolean;
}

const HEAD_END = '\r\n\r\n';
/** The last chunk of a chunked body without trailers, RFC 9112 section 7.1, with the line end before it. */
const CHUNKED_END = '\r\n0\r\n\r\n';
/** The status code in `HTTP/1.1 200 OK`. */
const STATUS_START = 9;
const FIRST_TOKEN = /"content":"[^"]/;
const MAX_HEAD_BYTES = 32_768;

export function createResponseReader(isWatchingForToken: boolean): ResponseReader {
  let head = '';
  let status = 0;
  let bytes = 0;
  let remaining = Number.NaN;
  let isChunked = false;
  let tail = '';
  let isBody = false;
  let bodyStart = '';
  let hasToken = false;

  /** @returns where the body begins in the chunk, or -1 while the head is not complete */
  function readHead(chunk: Buffer): number {
    const before = head.length;
    head += chunk.toString('latin1');
    const end = head.indexOf(HEAD_END);
    if (end === -1) {
      if (head.length > MAX_HEAD_BYTES) throw new Error('the head of a response does not end');
      return -1;
    }
    status = Number(head.slice(STATUS_START, STATUS_START + 3));
    const fields = head.slice(0, end).toLowerCase();
    isChunked = fields.includes('\r\ntransfer-encoding: chunked');
    remaining = Number(/\r\ncontent-length: (\d+)/.exec(fields)?.[1]);
    if (!isChunked && Number.isNaN(remaining))
      throw new Error('a response without a length cannot be measured');
    isBody = true;
    tail = HEAD_END;
    return end + HEAD_END.length - before;
  }

  function watch(body: Buffer): void {
    bodyStart += body.toString('latin1');
    hasToken = FIRST_TOKEN.test(bodyStart);
    if (hasToken) bodyStart = '';
  }

  return {
    get status() {
      return status;
    },
    get bytes() {
      return bytes;
    },
    get hasToken() {
      return hasToken;
    },
    push(chunk) {
      bytes += chunk.length;
      const start = isBody ? 0 : readHead(chunk);
      if (start === -1) return false;
      const body = start === 0 ? chunk : chunk.subarray(start);
      if (isWatchingForToken && !hasToken) watch(body);
      if (!isChunked) {
        remaining -= body.length;
        return remaining <= 0;
      }
      tail = (tail + body.toString('latin1', Math.max(0, body.length - CHUNKED_END.length))).slice(
        -CHUNKED_END.length,
      );
      return tail === CHUNKED_END;
    },
  };
}
