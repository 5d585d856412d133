/** The output items of one response as they grow: of a stream that is written here, or of one that is forwarded. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';

/** A piece of an item: a text or refusal of a message, a summary of reasoning or the reasoning itself. */
export interface Piece {
  readonly type: 'output_text' | 'refusal' | 'reasoning_text' | 'summary_text';
  text: string;
  open: boolean;
}

export interface Item {
  readonly index: number;
  readonly id: string;
  readonly type: string;
  /** As it began; as it ended, once it has. */
  wire: JsonObject;
  readonly pieces: Piece[];
  /** They are counted apart from the pieces. */
  readonly summaries: Piece[];
  arguments: string;
  open: boolean;
}

/** Follows events of the Responses API; MUST see every event that the client sees. */
export interface Items {
  follow(event: JsonObject): void;
  /** The response as it was told last. */
  response(): JsonObject | undefined;
  nextIndex(): number;
  nextSequence(): number;
  opened(): readonly Item[];
  /** Every item, as the whole response holds them. */
  output(status: ItemStatus): JsonObject[];
}

export type ItemStatus = 'completed' | 'incomplete';

export function createItems(): Items {
  const items = new Map<number, Item>();
  let nextSequence = 0;
  let response: JsonObject | undefined;
  return {
    follow(event) {
      if (typeof event.sequence_number === 'number') nextSequence = event.sequence_number + 1;
      if (isObject(event.response)) response = event.response;
      const { output_index: index } = event;
      if (typeof index !== 'number') return;
      if (event.type === 'response.output_item.added' && isObject(event.item))
        items.set(index, begun(index, event.item));
      const item = items.get(index);
      if (item) grow(item, event);
    },
    response: () => response,
    nextIndex: () => Math.max(-1, ...items.keys()) + 1,
    nextSequence: () => nextSequence,
    opened: () => [...items.values()].filter(({ open }) => open),
    output: (status) =>
      [...items.values()]
        .toSorted((a, b) => a.index - b.index)
        .map((item) => (item.open ? finished(item, status) : item.wire)),
  };
}

function begun(index: number, wire: JsonObject): Item {
  const item: Item = {
    index,
    id: word(wire.id),
    type: word(wire.type),
    wire,
    pieces: [],
    summaries: [],
    arguments: word(wire.arguments),
    open: true,
  };
  return item;
}

function grow(item: Item, event: JsonObject): void {
  switch (event.type) {
    case 'response.content_part.added':
      item.pieces[place(event.content_index)] = pieceOf(event.part);
      return;
    case 'response.reasoning_summary_part.added':
      item.summaries[place(event.summary_index)] = { type: 'summary_text', text: '', open: true };
      return;
    case 'response.output_text.delta':
    case 'response.refusal.delta':
    case 'response.reasoning_text.delta':
      return append(item.pieces[place(event.content_index)], event.delta);
    case 'response.reasoning_summary_text.delta':
      return append(item.summaries[place(event.summary_index)], event.delta);
    case 'response.function_call_arguments.delta':
      item.arguments += word(event.delta);
      return;
    case 'response.content_part.done':
      return close(item.pieces[place(event.content_index)]);
    case 'response.reasoning_summary_part.done':
      return close(item.summaries[place(event.summary_index)]);
    case 'response.output_item.done':
      item.open = false;
      if (isObject(event.item)) item.wire = event.item;
      return;
    default:
      return;
  }
}

function pieceOf(part: Json | undefined): Piece {
  const type = isObject(part) ? part.type : undefined;
  return {
    type: type === 'refusal' || type === 'reasoning_text' ? type : 'output_text',
    text: '',
    open: true,
  };
}

function append(piece: Piece | undefined, delta: Json | undefined): void {
  if (piece) piece.text += word(delta);
}

function close(piece: Piece | undefined): void {
  if (piece) piece.open = false;
}

function place(index: Json | undefined): number {
  return typeof index === 'number' ? index : 0;
}

function word(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** An item as it stands, closed. */
export function finished(item: Item, status: ItemStatus): JsonObject {
  const pieces = item.pieces.map(wirePiece);
  switch (item.type) {
    case 'message':
      return { ...item.wire, status, content: pieces };
    case 'reasoning':
      return {
        ...item.wire,
        summary: item.summaries.map(wirePiece),
        ...(pieces.length > 0 ? { content: pieces } : {}),
      };
    case 'function_call':
      return { ...item.wire, status, arguments: item.arguments };
    default:
      return item.wire.status === undefined ? item.wire : { ...item.wire, status };
  }
}

export function wirePiece({ type, text }: Pick<Piece, 'type' | 'text'>): JsonObject {
  switch (type) {
    case 'output_text':
      return { type, text, annotations: [], logprobs: [] };
    case 'refusal':
      return { type, refusal: text };
    case 'reasoning_text':
    case 'summary_text':
      return { type, text };
  }
}
