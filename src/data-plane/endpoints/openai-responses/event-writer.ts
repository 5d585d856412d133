/** Writes events of the Responses API about growing items, each event followed by the same eyes as a forwarded one. */
import type { JsonObject } from '../../../base/json.ts';
import { formatSse } from '../../../base/sse.ts';
import { argumentsAsObject } from '../../../domain/chat.ts';
import { callItem, itemId } from './answer.ts';
import {
  createItems,
  finished,
  wirePiece,
  type Item,
  type Items,
  type ItemStatus,
  type Piece,
} from './items.ts';

type PieceType = 'output_text' | 'refusal';

export interface EventWriter {
  readonly items: Items;
  emit(type: string, payload: JsonObject): string;
  hasText(): boolean;
  say(type: PieceType, text: string): string;
  think(text: string): string;
  sign(signature: string): string;
  call(call: number, callId: string, name: string): string;
  addArguments(call: number, text: string): string;
  closeAll(status: ItemStatus): string;
}

export function createEventWriter(): EventWriter {
  const items = createItems();
  const calls = new Map<number, Item>();
  const emit = (type: string, payload: JsonObject): string => {
    const event = { type, sequence_number: items.nextSequence(), ...payload };
    items.follow(event);
    return formatSse(JSON.stringify(event), type);
  };
  const newItemId = (prefix: string) => {
    const id = items.response()?.id;
    return itemId(prefix, typeof id === 'string' ? id : '', items.nextIndex());
  };
  const openOf = (type: string) => items.opened().find((item) => item.type === type);
  const closeBefore = (type: string) =>
    items
      .opened()
      .filter((item) => isOver(item, type))
      .map((item) => closeItem(item, 'completed', emit))
      .join('');
  const add = (item: JsonObject) =>
    emit('response.output_item.added', { output_index: items.nextIndex(), item });
  /** Opens an item of this type where none is open, and does something to it. */
  const within = (type: keyof typeof OPENED, work: (item: Item) => string): string => {
    const { prefix, wire } = OPENED[type];
    const opened = closeBefore(type) + (openOf(type) ? '' : add({ type, id: newItemId(prefix), ...wire }));
    const item = openOf(type);
    return item ? opened + work(item) : opened;
  };

  return {
    items,
    emit,
    hasText: () => (openOf('message')?.pieces.at(-1)?.text ?? '') !== '',
    say: (type, text) => within('message', (message) => addText(message, type, text, emit)),
    think: (text) => within('reasoning', (reasoning) => addSummary(reasoning, text, emit)),
    sign: (signature) =>
      within('reasoning', (reasoning) => {
        // The signature ends its item: what is thought after it has one of its own.
        reasoning.wire = { ...reasoning.wire, encrypted_content: signature };
        return closeItem(reasoning, 'completed', emit);
      }),
    call(call, callId, name) {
      const before = closeBefore('function_call');
      const added = add(callItem(newItemId('fc'), callId, name));
      const item = items.opened().at(-1);
      if (item) calls.set(call, item);
      return before + added;
    },
    addArguments(call, text) {
      const item = calls.get(call);
      if (!item?.open || text === '') return '';
      return addArguments(item, text, emit);
    },
    closeAll: (status) =>
      items
        .opened()
        .map((item) => closeItem(item, status, emit))
        .join(''),
  };
}

const OPENED = {
  message: { prefix: 'msg', wire: { role: 'assistant', status: 'in_progress', content: [] } },
  reasoning: { prefix: 'rs', wire: { summary: [] } },
} as const;

/** One item follows another, but a call whose arguments are not complete may go on while the next is written. */
function isOver(item: Item, next: string): boolean {
  if (item.type === 'function_call') return argumentsAsObject(item.arguments || '?') !== undefined;
  return item.type !== next;
}

type Emit = EventWriter['emit'];

function addText(item: Item, type: PieceType, text: string, emit: Emit): string {
  let written = '';
  const last = item.pieces.at(-1);
  if (last?.open && last.type !== type) written += closePieces(item, emit);
  if (!last?.open || last.type !== type) {
    written += emit('response.content_part.added', {
      ...at(item),
      content_index: item.pieces.length,
      part: wirePiece({ type, text: '' }),
    });
  }
  const kind = type === 'refusal' ? 'refusal' : 'output_text';
  const logprobs = type === 'refusal' ? {} : { logprobs: [] };
  return (
    written +
    emit(`response.${kind}.delta`, {
      ...at(item),
      content_index: item.pieces.length - 1,
      delta: text,
      ...logprobs,
    })
  );
}

function addSummary(item: Item, text: string, emit: Emit): string {
  const part = { ...at(item), summary_index: 0, part: wirePiece({ type: 'summary_text', text: '' }) };
  const opened = item.summaries.length === 0 ? emit('response.reasoning_summary_part.added', part) : '';
  return (
    opened + emit('response.reasoning_summary_text.delta', { ...at(item), summary_index: 0, delta: text })
  );
}

function addArguments(item: Item, text: string, emit: Emit): string {
  return emit('response.function_call_arguments.delta', { ...at(item), delta: text });
}

function at(item: Item): { item_id: string; output_index: number } {
  return { item_id: item.id, output_index: item.index };
}

function closeItem(item: Item, status: ItemStatus, emit: Emit): string {
  // Clients parse arguments as JSON, which nothing at all is not.
  const bare = item.type === 'function_call' && item.arguments === '' ? addArguments(item, '{}', emit) : '';
  const pieces = closePieces(item, emit);
  const done =
    item.type === 'function_call'
      ? emit('response.function_call_arguments.done', {
          ...at(item),
          name: item.wire.name ?? '',
          arguments: item.arguments,
        })
      : '';
  return (
    bare +
    pieces +
    done +
    emit('response.output_item.done', { output_index: item.index, item: finished(item, status) })
  );
}

function closePieces(item: Item, emit: Emit): string {
  const summaries = item.summaries.map((piece, index) =>
    closePiece(piece, { ...at(item), summary_index: index }, emit),
  );
  const pieces = item.pieces.map((piece, index) =>
    closePiece(piece, { ...at(item), content_index: index }, emit),
  );
  return summaries.join('') + pieces.join('');
}

/** How the end of each kind of piece is told: its own event, the member that holds it, and the event of its part. */
const ENDS = {
  output_text: { own: 'response.output_text.done', member: 'text', part: 'response.content_part.done' },
  refusal: { own: 'response.refusal.done', member: 'refusal', part: 'response.content_part.done' },
  reasoning_text: { own: 'response.reasoning_text.done', member: 'text', part: 'response.content_part.done' },
  summary_text: {
    own: 'response.reasoning_summary_text.done',
    member: 'text',
    part: 'response.reasoning_summary_part.done',
  },
} as const;

function closePiece(piece: Piece, where: JsonObject, emit: Emit): string {
  if (!piece.open) return '';
  const { own, member, part } = ENDS[piece.type];
  const logprobs = piece.type === 'output_text' ? { logprobs: [] } : {};
  return (
    emit(own, { ...where, [member]: piece.text, ...logprobs }) +
    emit(part, { ...where, part: wirePiece(piece) })
  );
}
