/** Lines of a stream of bytes, cut at line feeds alone: a line of JSON may hold every other separator that Unicode knows. */

const LF = 0x0a;

/** Without the line feed, nor a carriage return before it. A last line needs no line feed. */
export async function* linesOf(
  bytes: AsyncIterable<Buffer | string>,
): AsyncGenerator<string, void, undefined> {
  let begun: Buffer[] = [];
  for await (const chunk of bytes) {
    const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = buffer.indexOf(LF); end >= 0; end = buffer.indexOf(LF, start)) {
      yield lineFrom([...begun, buffer.subarray(start, end)]);
      begun = [];
      start = end + 1;
    }
    if (start < buffer.length) begun.push(buffer.subarray(start));
  }
  if (begun.length > 0) yield lineFrom(begun);
}

function lineFrom(pieces: readonly Buffer[]): string {
  const [only] = pieces;
  const line = (pieces.length === 1 && only ? only : Buffer.concat(pieces)).toString('utf8');
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
