/** The pieces of a streamed answer of Gemini's: their head, and how far each candidate has come. */
import { newId } from '../../../base/ids.ts';
import { isArray, isObject, type JsonObject } from '../../../base/json.ts';
import type { FinishReason } from '../../../domain/chat.ts';
import { callPart, signed } from './answer.ts';
import type { Framing } from './framing.ts';

/** A call travels whole: its arguments wait for their end. */
interface WaitingCall {
  readonly id: string;
  readonly name: string;
  arguments: string;
}

interface Candidate {
  readonly calls: Map<number, WaitingCall>;
  /** Of reasoning, until it is attached to the part that follows. */
  signature: string | undefined;
  hasText: boolean;
  finish: FinishReason;
  finished: boolean;
}

export interface Candidates {
  /** As a provider's own response says it. */
  follow(json: JsonObject): void;
  name(id: string, model: string): void;
  candidate(index: number): Candidate;
  /** A call whose arguments are yet to come. */
  wait(index: number, call: number, id: string, name: string): void;
  addArguments(index: number, call: number, text: string): void;
  /** One part, after the calls that waited. */
  part(index: number, part: JsonObject): string;
  calls(index: number): string;
  last(index: number, finish: string, text: string, more?: JsonObject): string;
  usage: JsonObject | undefined;
}

export function createCandidates(askedModel: string, framing: Framing): Candidates {
  const head = { modelVersion: askedModel, responseId: '' };
  const states = new Map<number, Candidate>();
  const candidate = (index: number): Candidate => {
    const known = states.get(index) ?? newCandidate();
    states.set(index, known);
    return known;
  };
  const write = (body: JsonObject): string => {
    if (head.responseId === '') head.responseId = newId('resp');
    return framing.write(JSON.stringify({ ...body, ...head }));
  };
  const takeSignature = (index: number): string | undefined => {
    const { signature } = candidate(index);
    candidate(index).signature = undefined;
    return signature;
  };
  const one = (index: number, part: JsonObject): string => {
    const parts = [part.thought === true ? part : signed(part, takeSignature(index))];
    return write({ candidates: [{ content: { role: 'model', parts }, index }] });
  };
  return {
    usage: undefined,
    candidate,
    follow(json) {
      const { responseId = head.responseId, modelVersion = head.modelVersion } = json;
      if (typeof responseId === 'string' && typeof modelVersion === 'string')
        this.name(responseId, modelVersion);
      if (isArray(json.candidates))
        json.candidates.filter(isObject).forEach((wire) => followCandidate(wire, candidate));
    },
    name: (id, model) => void Object.assign(head, { responseId: id, modelVersion: model }),
    wait: (index, call, id, name) => void candidate(index).calls.set(call, { id, name, arguments: '' }),
    addArguments(index, call, text) {
      const waiting = candidate(index).calls.get(call);
      if (waiting) waiting.arguments += text;
    },
    calls(index) {
      const { calls } = candidate(index);
      const written = [...calls.values()].map(({ id, name, arguments: text }) =>
        one(index, callPart(id, name, text)),
      );
      calls.clear();
      return written.join('');
    },
    part(index, part) {
      return this.calls(index) + one(index, part);
    },
    last(index, finishReason, text, more = {}) {
      candidate(index).finished = true;
      const parts = [signed({ text }, takeSignature(index))];
      const usage = this.usage ? { usageMetadata: this.usage } : {};
      return write({
        candidates: [{ content: { role: 'model', parts }, finishReason, index, ...more }],
        ...usage,
      });
    },
  };
}

function newCandidate(): Candidate {
  return { calls: new Map(), signature: undefined, hasText: false, finish: 'stop', finished: false };
}

function followCandidate(
  { index, content, finishReason }: JsonObject,
  candidate: Candidates['candidate'],
): void {
  const state = candidate(typeof index === 'number' ? index : 0);
  const parts = isObject(content) && isArray(content.parts) ? content.parts : [];
  if (
    parts.some(
      (part) => isObject(part) && typeof part.text === 'string' && part.text !== '' && part.thought !== true,
    )
  )
    state.hasText = true;
  if (typeof finishReason === 'string') state.finished = true;
}
