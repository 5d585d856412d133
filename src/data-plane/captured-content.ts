/** What an interaction said, for applications whose content is captured: kept until its entry is written, then sealed. */
import type { Json } from '../base/json.ts';
import type { Application } from '../domain/application.ts';

/** Characters of an answer, as JSON, beyond which the rest is left out. */
const MAX_ANSWER_CHARACTERS = 4 * 1024 * 1024;

export interface CapturedContent {
  request(received: Json, cleared: Json): void;
  /** `unrestored`: the same without what stood for stand-ins, which only full content shows. */
  answer(released: Json, unrestored: Json): void;
  /** As one JSON text; undefined where nothing was said yet. */
  text(): string | undefined;
}

/** Undefined for applications whose content is not captured. */
export function createCapturedContent({ capture }: Application): CapturedContent | undefined {
  if (capture === 'none') return undefined;
  const isFull = capture === 'full';
  let request: string | undefined;
  const frames: string[] = [];
  let characters = 0;
  return {
    request(received, cleared) {
      request = JSON.stringify(isFull ? received : cleared);
    },
    answer(released, unrestored) {
      if (characters > MAX_ANSWER_CHARACTERS) return;
      const frame = JSON.stringify(isFull ? released : unrestored);
      characters += frame.length;
      if (characters <= MAX_ANSWER_CHARACTERS) frames.push(frame);
    },
    text() {
      if (request === undefined) return undefined;
      const isTruncated = characters > MAX_ANSWER_CHARACTERS;
      return `{"request":${request},"answer":[${frames.join(',')}],"truncated":${isTruncated}}`;
    },
  };
}
