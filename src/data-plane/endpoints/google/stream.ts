/** Gemini's streamed answers: each event is a whole response that holds the next piece. */
import { newId } from '../../../base/ids.ts';
import { isArray, isObject, type JsonObject } from '../../../base/json.ts';
import { formatSse } from '../../../base/sse.ts';
import type { FinishReason } from '../../../domain/chat.ts';
import type { StreamWriter } from '../writers.ts';
import { callPart, finishOf, signed, usageOf } from './answer.ts';
import { googleError } from './errors.ts';

/** A call travels whole: its arguments wait for their end. */
interface WaitingCall {
  readonly id: string;
  readonly name: string;
  arguments: string;
}

interface CandidateState {
  readonly calls: Map<number, WaitingCall>;
  signature: string | undefined;
  hasText: boolean;
  finish: FinishReason | undefined;
  finished: boolean;
}

export function createCandidateStream(askedModel: string, candidates: number): StreamWriter {
  const head = { modelVersion: askedModel, responseId: '' };
  const states = new Map<number, CandidateState>();
  let usage: JsonObject | undefined;
  let forwarded = false;

  const stateOf = (index: number): CandidateState => {
    const state = states.get(index) ?? {
      calls: new Map(),
      signature: undefined,
      hasText: false,
      finish: undefined,
      finished: false,
    };
    states.set(index, state);
    return state;
  };
  const write = (body: JsonObject): string => {
    if (head.responseId === '') head.responseId = newId('resp');
    return formatSse(JSON.stringify({ ...body, ...head }));
  };
  const piece = (index: number, part: JsonObject): string => {
    const state = stateOf(index);
    const signature = part.thought === true ? undefined : state.signature;
    if (signature !== undefined) state.signature = undefined;
    return write({ candidates: [{ content: { role: 'model', parts: [signed(part, signature)] }, index }] });
  };
  const releaseCalls = (index: number): string => {
    const { calls } = stateOf(index);
    const written = [...calls.values()]
      .map(({ id, name, arguments: text }) => piece(index, callPart(id, name, text)))
      .join('');
    calls.clear();
    return written;
  };
  const last = (index: number, finish: string, parts: JsonObject[], more: JsonObject = {}): string => {
    stateOf(index).finished = true;
    const candidate = { content: { role: 'model', parts }, finishReason: finish, index, ...more };
    return write({ candidates: [candidate], ...(usage ? { usageMetadata: usage } : {}) });
  };
  const open = (): number[] =>
    Array.from({ length: Math.max(1, candidates) }, (_, i) => i).filter((i) => !stateOf(i).finished);

  return {
    pass({ json }) {
      forwarded = true;
      if (isObject(json)) followResponse(json, head, stateOf);
    },
    event(event) {
      switch (event.kind) {
        case 'start':
          head.responseId = event.id;
          head.modelVersion = event.model;
          return '';
        case 'text':
        case 'refusal':
          stateOf(event.choice).hasText = true;
          return event.text === ''
            ? ''
            : releaseCalls(event.choice) + piece(event.choice, { text: event.text });
        case 'reasoning':
          return event.text === ''
            ? ''
            : releaseCalls(event.choice) + piece(event.choice, { text: event.text, thought: true });
        case 'reasoning_signature':
          stateOf(event.choice).signature = event.signature;
          return '';
        case 'tool_call':
          stateOf(event.choice).calls.set(event.call, { id: event.id, name: event.name, arguments: '' });
          return '';
        case 'tool_arguments': {
          const call = stateOf(event.choice).calls.get(event.call);
          if (call) call.arguments += event.text;
          return '';
        }
        case 'finish':
          stateOf(event.choice).finish = event.reason;
          return releaseCalls(event.choice);
        case 'usage':
          usage = usageOf(event.usage);
          return '';
      }
    },
    // A forwarded stream brings its own end.
    end: () =>
      forwarded
        ? ''
        : open()
            .map((index) => ending(index))
            .join(''),
    filtered(message) {
      const closing = open().map((index) => {
        const text = stateOf(index).hasText ? `\n\n${message}` : message;
        return last(index, 'SAFETY', message === '' ? [] : [{ text }], { finishMessage: message });
      });
      return closing.join('');
    },
    failed: (refusal, requestId) => formatSse(JSON.stringify(googleError(refusal, requestId))),
  };

  function ending(index: number): string {
    const { finish, signature } = stateOf(index);
    const parts = signature === undefined ? [{ text: '' }] : [signed({ text: '' }, signature)];
    return releaseCalls(index) + last(index, finishOf(finish ?? 'stop'), parts);
  }
}

function followResponse(
  json: JsonObject,
  head: { modelVersion: string; responseId: string },
  stateOf: (index: number) => CandidateState,
): void {
  if (typeof json.responseId === 'string') head.responseId = json.responseId;
  if (typeof json.modelVersion === 'string') head.modelVersion = json.modelVersion;
  if (!isArray(json.candidates)) return;
  for (const candidate of json.candidates) {
    if (!isObject(candidate)) continue;
    const state = stateOf(typeof candidate.index === 'number' ? candidate.index : 0);
    state.hasText = true;
    if (typeof candidate.finishReason === 'string') state.finished = true;
  }
}
