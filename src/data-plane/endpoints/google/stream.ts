/** Gemini's streamed answers: each of its responses is a whole one that holds the next piece. */
import { isObject } from '../../../base/json.ts';
import type { StreamWriter } from '../writers.ts';
import { finishOf, usageOf } from './answer.ts';
import { createCandidates } from './candidates.ts';
import { googleError } from './errors.ts';
import type { Framing } from './framing.ts';

export function createCandidateStream(askedModel: string, count: number, framing: Framing): StreamWriter {
  const candidates = createCandidates(askedModel, framing);
  let forwarded = false;
  const forEachOpen = (close: (index: number) => string): string => {
    const indexes = Array.from({ length: Math.max(1, count) }, (_, index) => index);
    return indexes
      .filter((index) => !candidates.candidate(index).finished)
      .map(close)
      .join('');
  };
  const finished = (index: number): string =>
    candidates.calls(index) + candidates.last(index, finishOf(candidates.candidate(index).finish), '');
  const filtered = (index: number, message: string): string => {
    const text = candidates.candidate(index).hasText && message !== '' ? `\n\n${message}` : message;
    return candidates.last(index, 'SAFETY', text, { finishMessage: message });
  };
  return {
    pass(frame) {
      forwarded = true;
      if (isObject(frame.json)) candidates.follow(frame.json);
      return framing.forward(frame);
    },
    event(event) {
      switch (event.kind) {
        case 'start':
          candidates.name(event.id, event.model);
          return '';
        case 'text':
        case 'refusal':
          if (event.text === '') return '';
          candidates.candidate(event.choice).hasText = true;
          return candidates.part(event.choice, { text: event.text });
        case 'reasoning':
          return event.text === '' ? '' : candidates.part(event.choice, { text: event.text, thought: true });
        case 'reasoning_signature':
          candidates.candidate(event.choice).signature = event.signature;
          return '';
        case 'tool_call':
          candidates.wait(event.choice, event.call, event.id, event.name);
          return '';
        case 'tool_arguments':
          candidates.addArguments(event.choice, event.call, event.text);
          return '';
        case 'finish':
          candidates.candidate(event.choice).finish = event.reason;
          return candidates.calls(event.choice);
        case 'usage':
          candidates.usage = usageOf(event.usage);
          return '';
      }
    },
    // The candidates of a forwarded stream bring their own end.
    end: () => (forwarded ? '' : forEachOpen(finished)) + framing.end(),
    filtered: (message) => forEachOpen((index) => filtered(index, message)) + framing.end(),
    failed: (refusal, requestId) =>
      framing.write(JSON.stringify(googleError(refusal, requestId))) + framing.end(),
  };
}
