/** Gemini's streamed answers: each event is a whole response that holds the next piece. */
import { isObject } from '../../../base/json.ts';
import { formatSse } from '../../../base/sse.ts';
import type { StreamWriter } from '../writers.ts';
import { finishOf, usageOf } from './answer.ts';
import { createCandidates } from './candidates.ts';
import { googleError } from './errors.ts';

export function createCandidateStream(askedModel: string, count: number): StreamWriter {
  const candidates = createCandidates(askedModel);
  let forwarded = false;
  const forEachOpen = (close: (index: number) => string): string => {
    const indexes = Array.from({ length: Math.max(1, count) }, (_, index) => index);
    return indexes
      .filter((index) => !candidates.candidate(index).finished)
      .map(close)
      .join('');
  };
  return {
    pass({ json }) {
      forwarded = true;
      if (isObject(json)) candidates.follow(json);
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
    // A forwarded stream brings its own end.
    end: () =>
      forwarded
        ? ''
        : forEachOpen(
            (index) =>
              candidates.calls(index) +
              candidates.last(index, finishOf(candidates.candidate(index).finish), ''),
          ),
    filtered: (message) =>
      forEachOpen((index) => {
        const text = candidates.candidate(index).hasText && message !== '' ? `\n\n${message}` : message;
        return candidates.last(index, 'SAFETY', text, { finishMessage: message });
      }),
    failed: (refusal, requestId) => formatSse(JSON.stringify(googleError(refusal, requestId))),
  };
}
