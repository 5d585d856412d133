/** The content blocks of a streamed Anthropic message: which are open, and which index comes next. */
import { isObject, type JsonObject } from '../../../base/json.ts';
import { formatSse } from '../../../base/sse.ts';
import { argumentsAsObject } from '../../../domain/chat.ts';

interface Block {
  readonly index: number;
  readonly kind: string;
  /** Of a tool's input, to know when it is complete. Texts are not kept. */
  input: string;
}

export interface Blocks {
  /** The key of an open text block. */
  openText(): string | undefined;
  start(key: string, kind: string, content: JsonObject): string;
  /** Starts it unless it is open. */
  ensure(key: string, content: JsonObject & { readonly type: string }): string;
  delta(key: string, body: JsonObject): string;
  /** Adds to a tool's input. */
  addInput(key: string, text: string): string;
  closeAll(): string;
  follow(event: JsonObject): void;
}

export function writeEvent(type: string, body: JsonObject): string {
  return formatSse(JSON.stringify({ type, ...body }), type);
}

export function createBlocks(): Blocks {
  const open = new Map<string, Block>();
  let next = 0;
  const close = (mayStay: (block: Block) => boolean): string => {
    let written = '';
    for (const [key, block] of open) {
      if (mayStay(block)) continue;
      open.delete(key);
      written += writeEvent('content_block_stop', { index: block.index });
    }
    return written;
  };
  return {
    openText: () => [...open].find(([, { kind }]) => kind === 'text')?.[0],
    start(key, kind, content) {
      // One block follows another, but a tool's input that is not complete may go on while the next is written.
      const closed = close((block) => block.kind === 'tool_use' && !isComplete(block.input));
      const block = { index: next++, kind, input: '' };
      open.set(key, block);
      return closed + writeEvent('content_block_start', { index: block.index, content_block: content });
    },
    ensure(key, content) {
      return open.has(key) ? '' : this.start(key, content.type, content);
    },
    delta: (key, body) =>
      writeEvent('content_block_delta', { index: open.get(key)?.index ?? 0, delta: body }),
    addInput(key, text) {
      const block = open.get(key);
      if (!block || text === '') return '';
      block.input += text;
      return this.delta(key, { type: 'input_json_delta', partial_json: text });
    },
    closeAll: () => close(() => false),
    follow(event) {
      const { type, index, content_block: content } = event;
      if (typeof index !== 'number') return;
      const key = String(index);
      if (type === 'content_block_start') {
        next = index + 1;
        open.set(key, {
          index,
          kind: isObject(content) && typeof content.type === 'string' ? content.type : '',
          input: '',
        });
      } else if (type === 'content_block_stop') open.delete(key);
    },
  };
}

function isComplete(input: string): boolean {
  return input !== '' && argumentsAsObject(input) !== undefined;
}
