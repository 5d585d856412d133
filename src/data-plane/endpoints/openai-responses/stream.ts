/** A response's events: written from neutral ones, or followed while a provider's own are forwarded. */
import { newId } from '../../../base/ids.ts';
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { formatSse } from '../../../base/sse.ts';
import { argumentsAsObject, type ChatEvent, type FinishReason } from '../../../domain/chat.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { codeOf, openaiError } from '../openai-errors.ts';
import { callItem, endOf, itemId, reasoningItem, responseHead, usageOf } from './answer.ts';
import { createItems, finished, wirePiece, type Item, type ItemStatus } from './items.ts';

export interface ResponseStream {
  follow(json: Json): void;
  event(event: ChatEvent): string;
  end(): string;
  filtered(message: string): string;
  failed(refusal: Refusal, requestId: string): string;
}

type PieceType = 'output_text' | 'refusal';

export function createResponseStream(askedModel: string, body: JsonObject): ResponseStream {
  const writer = createEventWriter();
  const { emit, items } = writer;
  let head: JsonObject | undefined;
  let forwarded = false;
  let usage: JsonObject | null = null;
  let finish: FinishReason = 'stop';

  const begin = (id: string, model: string): string => {
    if (head) return '';
    head = responseHead(id, model, body);
    const response = { ...head, status: 'in_progress', output: [] };
    return emit('response.created', { response }) + emit('response.in_progress', { response });
  };
  const ensureBegun = () => begin(newId('resp'), askedModel);
  const end = (reason: FinishReason): string => {
    const { status, incomplete_details } = endOf(reason);
    const closed = ensureBegun() + writer.closeAll(status);
    const response = { ...head, status, incomplete_details, output: items.output(status), usage };
    return closed + emit(`response.${status}`, { response });
  };
  const say = (type: PieceType, text: string): string => ensureBegun() + writer.say(head?.id, type, text);

  return {
    follow(json) {
      forwarded = true;
      if (!isObject(json)) return;
      if (isObject(json.response)) head = json.response;
      items.follow(json);
    },
    event(event) {
      switch (event.kind) {
        case 'start':
          return begin(event.id, event.model);
        case 'text':
          return event.text === '' ? '' : say('output_text', event.text);
        case 'refusal':
          return event.text === '' ? '' : say('refusal', event.text);
        case 'reasoning':
          return ensureBegun() + writer.think(head?.id, event.text);
        case 'reasoning_signature':
          return ensureBegun() + writer.sign(head?.id, event.signature);
        case 'tool_call':
          return ensureBegun() + writer.call(head?.id, event.call, event.id, event.name);
        case 'tool_arguments':
          return writer.addArguments(event.call, event.text);
        case 'finish':
          finish = event.reason;
          return writer.closeAll(endOf(finish).status);
        case 'usage':
          usage = usageOf(event.usage);
          return '';
      }
    },
    // A forwarded stream brings its own end.
    end: () => (forwarded ? '' : end(finish)),
    filtered: (message) =>
      (message === '' ? '' : say('output_text', writer.hasText() ? `\n\n${message}` : message)) +
      end('content_filter'),
    failed(refusal, requestId) {
      const { message, param, bartizan } = openaiError(refusal, requestId);
      return emit('error', { code: codeOf(refusal), message, param, bartizan });
    },
  };
}

interface EventWriter {
  readonly items: ReturnType<typeof createItems>;
  emit(type: string, payload: JsonObject): string;
  hasText(): boolean;
  say(response: Json | undefined, type: PieceType, text: string): string;
  think(response: Json | undefined, text: string): string;
  sign(response: Json | undefined, signature: string): string;
  call(response: Json | undefined, call: number, callId: string, name: string): string;
  addArguments(call: number, text: string): string;
  closeAll(status: ItemStatus): string;
}

function createEventWriter(): EventWriter {
  const items = createItems();
  const calls = new Map<number, Item>();
  const emit = (type: string, payload: JsonObject): string => {
    const event = { type, sequence_number: items.nextSequence, ...payload };
    items.follow(event);
    return formatSse(JSON.stringify(event), type);
  };
  const openOf = (type: string) => items.opened().find((item) => item.type === type);
  /** One item follows another, but a call whose arguments are not complete may go on while the next is written. */
  const closeBefore = (type: string) =>
    items
      .opened()
      .filter((item) => item.type !== type || type === 'function_call')
      .filter(
        (item) => item.type !== 'function_call' || argumentsAsObject(item.arguments || '?') !== undefined,
      )
      .map((item) => closeItem(item, 'completed', emit))
      .join('');
  const add = (item: JsonObject): string =>
    emit('response.output_item.added', { output_index: items.nextIndex, item });
  const ensure = (type: string, item: () => JsonObject): string =>
    closeBefore(type) + (openOf(type) ? '' : add(item()));

  return {
    items,
    emit,
    hasText: () => (openOf('message')?.pieces.at(-1)?.text ?? '') !== '',
    say(response, type, text) {
      const id = itemId('msg', response, items.nextIndex);
      const opened = ensure('message', () => ({
        type: 'message',
        id,
        role: 'assistant',
        status: 'in_progress',
        content: [],
      }));
      const message = openOf('message');
      return message ? opened + addText(message, type, text, emit) : opened;
    },
    think(response, text) {
      const id = itemId('rs', response, items.nextIndex);
      const opened = ensure('reasoning', () => reasoningItem(id, '', undefined));
      const reasoning = openOf('reasoning');
      return reasoning ? opened + addSummary(reasoning, text, emit) : opened;
    },
    sign(response, signature) {
      const id = itemId('rs', response, items.nextIndex);
      const opened = ensure('reasoning', () => reasoningItem(id, '', undefined));
      const reasoning = openOf('reasoning');
      if (!reasoning) return opened;
      // The signature ends its item: what is thought after it has one of its own.
      reasoning.wire = { ...reasoning.wire, encrypted_content: signature };
      return opened + closeItem(reasoning, 'completed', emit);
    },
    call(response, call, callId, name) {
      const before = closeBefore('function_call');
      const added = add(callItem(itemId('fc', response, items.nextIndex), callId, name));
      const item = items.opened().at(-1);
      if (item) calls.set(call, item);
      return before + added;
    },
    addArguments(call, text) {
      const item = calls.get(call);
      if (!item?.open || text === '') return '';
      return emit('response.function_call_arguments.delta', {
        item_id: item.id,
        output_index: item.index,
        delta: text,
      });
    },
    closeAll: (status) =>
      items
        .opened()
        .map((item) => closeItem(item, status, emit))
        .join(''),
  };
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
  const opened = item.pieces.length === 0 ? emit('response.reasoning_summary_part.added', part) : '';
  return (
    opened + emit('response.reasoning_summary_text.delta', { ...at(item), summary_index: 0, delta: text })
  );
}

function at(item: Item): { item_id: string; output_index: number } {
  return { item_id: item.id, output_index: item.index };
}

function closeItem(item: Item, status: ItemStatus, emit: Emit): string {
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
    pieces +
    done +
    emit('response.output_item.done', { output_index: item.index, item: finished(item, status) })
  );
}

function closePieces(item: Item, emit: Emit): string {
  return item.pieces
    .map((piece, index) => (piece?.open ? closePiece(item, piece, index, emit) : ''))
    .join('');
}

function closePiece(item: Item, piece: Item['pieces'][number], index: number, emit: Emit): string {
  const part = wirePiece(piece);
  switch (piece.type) {
    case 'output_text': {
      const place = { ...at(item), content_index: index };
      return (
        emit('response.output_text.done', { ...place, text: piece.text, logprobs: [] }) +
        emit('response.content_part.done', { ...place, part })
      );
    }
    case 'refusal': {
      const place = { ...at(item), content_index: index };
      return (
        emit('response.refusal.done', { ...place, refusal: piece.text }) +
        emit('response.content_part.done', { ...place, part })
      );
    }
    case 'summary_text': {
      const place = { ...at(item), summary_index: index };
      return (
        emit('response.reasoning_summary_text.done', { ...place, text: piece.text }) +
        emit('response.reasoning_summary_part.done', { ...place, part })
      );
    }
  }
}
