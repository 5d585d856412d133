/** Reads just enough of an HTTP/1.1 response to know when it is complete, and when its first token came. */

const HEAD_END = '\r\n\r\n';
/** The last chunk of a chunked body without trailers, RFC 9112 section 7.1, with the line end before it. */
const CHUNKED_END = '\r\n0\r\n\r\n';
/** The status code in `HTTP/1.1 200 OK`. */
const STATUS_START = 9;
const FIRST_TOKEN = /"content":"[^"]/;
const MAX_HEAD_BYTES = 32_768;

/** A class, since there is one for each request: closures would cost the load generator more. */
export class ResponseReader {
  status = 0;
  bytes = 0;
  /** The first piece of the answer's text was among the bytes so far. Looked for only where it was asked for. */
  hasToken = false;
  readonly #isWatchingForToken: boolean;
  #head = '';
  #remaining = Number.NaN;
  #isChunked = false;
  #isBody = false;
  /** The last characters of a chunked body, from the head's end on. */
  #tail = HEAD_END;
  #bodyStart = '';

  constructor(isWatchingForToken: boolean) {
    this.#isWatchingForToken = isWatchingForToken;
  }

  /** @returns whether the response is complete */
  push(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    const start = this.#isBody ? 0 : this.#readHead(chunk);
    if (start === -1) return false;
    const body = start === 0 ? chunk : chunk.subarray(start);
    if (this.#isWatchingForToken && !this.hasToken) this.#watch(body);
    return this.#isChunked ? this.#isLastChunkIn(body) : (this.#remaining -= body.length) <= 0;
  }

  /** @returns where the body begins in the chunk, or -1 while the head is not complete */
  #readHead(chunk: Buffer): number {
    const before = this.#head.length;
    this.#head += chunk.toString('latin1');
    const end = this.#head.indexOf(HEAD_END);
    if (end === -1) {
      if (this.#head.length > MAX_HEAD_BYTES) throw new Error('the head of a response does not end');
      return -1;
    }
    this.status = Number(this.#head.slice(STATUS_START, STATUS_START + 3));
    const fields = this.#head.slice(0, end).toLowerCase();
    this.#isChunked = fields.includes('\r\ntransfer-encoding: chunked');
    this.#remaining = Number(/\r\ncontent-length: (\d+)/.exec(fields)?.[1]);
    if (!this.#isChunked && Number.isNaN(this.#remaining))
      throw new Error('a response without a length cannot be measured');
    this.#isBody = true;
    return end + HEAD_END.length - before;
  }

  #isLastChunkIn(body: Buffer): boolean {
    const last = body.toString('latin1', Math.max(0, body.length - CHUNKED_END.length));
    this.#tail = (this.#tail + last).slice(-CHUNKED_END.length);
    return this.#tail === CHUNKED_END;
  }

  #watch(body: Buffer): void {
    this.#bodyStart += body.toString('latin1');
    this.hasToken = FIRST_TOKEN.test(this.#bodyStart);
    if (this.hasToken) this.#bodyStart = '';
  }
}
