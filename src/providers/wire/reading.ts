/** What one frame tells while it is being read, and the readers that count the frames. */
import type { Json, JsonObject } from '../../base/json.ts';
import type { ChatEvent, FinishReason } from '../../domain/chat.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Usage } from '../../domain/usage.ts';
import type { AnswerReader, FrameReading, FrameText, WireFrame } from '../../modules/inference/provider.ts';
import { asObject } from './answer.ts';
import { isIdentifier, type IdentifierPlace } from './no-text.ts';
import { metadataPlace } from './places.ts';
import { walkMembers, type FrameTexts, type Shape, type TextPlace } from './text-walk.ts';

/** A reading that is being put together. */
export interface OpenReading extends FrameTexts {
  /** Begins the names of the windows that end with this frame: `frame:3`. */
  readonly frame: string;
  /** Where what the provider says about the answer stands. */
  readonly metadata: TextPlace;
  readonly texts: FrameText[];
  ends: string[];
  isEnd: boolean;
  usage: Usage | undefined;
  finish: FinishReason | undefined;
  model: string | undefined;
  responseId: string | undefined;
  error: Refusal | undefined;
}

/** What a dialect's reader does; it finds its texts and facts with `read`, and leaves them in the reading. */
export interface ReaderParts {
  read(frame: WireFrame, reading: OpenReading): void;
  readonly decode: AnswerReader['decode'];
  readonly isComplete: AnswerReader['isComplete'];
}

export function createReader(parts: ReaderParts): AnswerReader {
  let count = 0;
  return {
    read(frame) {
      count++;
      const reading = openReading(`frame:${count}`);
      parts.read(frame, reading);
      return closeReading(reading);
    },
    decode: parts.decode,
    isComplete: parts.isComplete,
  };
}

/** What a dialect's reader does whose frames all are JSON, but for keep-alives. */
export interface JsonReaderParts {
  readJson(json: JsonObject, reading: OpenReading): void;
  decodeJson(json: JsonObject): readonly ChatEvent[];
  readonly isComplete: AnswerReader['isComplete'];
}

export function createJsonReader(parts: JsonReaderParts): AnswerReader {
  return createReader({
    read({ json }, reading) {
      if (json !== undefined) parts.readJson(asObject(json), reading);
    },
    decode: ({ json }) => (json === undefined ? [] : parts.decodeJson(asObject(json))),
    isComplete: parts.isComplete,
  });
}

/** Reads a buffered answer that holds no conversation, such as embeddings or a count. */
export function createPlainReader(
  shape: Shape,
  facts: (json: JsonObject, reading: OpenReading) => void,
): AnswerReader {
  let seen = false;
  return {
    read(frame) {
      const reading = openReading('answer');
      reading.isEnd = true;
      seen = true;
      const json = asObject(frame.json);
      walkMembers(json, '', shape, reading.metadata, reading);
      facts(json, reading);
      return closeReading(reading);
    },
    decode: () => [],
    isComplete: () => seen,
  };
}

/** Notes which model answered and what the answer is called, where the frame tells it. */
export function noteOrigin(reading: OpenReading, model: Json | undefined, id: Json | undefined): void {
  reading.model = identifierIn(model, MODEL) ?? reading.model;
  reading.responseId = identifierIn(id, ID) ?? reading.responseId;
}

const MODEL: IdentifierPlace = { last: '' };
const ID: IdentifierPlace = { last: '' };

/** Records tell it, so that it MUST be no text. */
function identifierIn(value: Json | undefined, place: IdentifierPlace): string | undefined {
  return typeof value === 'string' && value !== '' && isIdentifier(value, place) ? value : undefined;
}

function openReading(frame: string): OpenReading {
  return {
    frame,
    metadata: metadataPlace(frame),
    texts: [],
    ends: [],
    isEnd: false,
    usage: undefined,
    finish: undefined,
    model: undefined,
    responseId: undefined,
    error: undefined,
  };
}

function closeReading(reading: OpenReading): FrameReading {
  const { texts, ends, isEnd, usage, finish, model, responseId, error } = reading;
  return {
    texts,
    ends: isEnd ? 'all' : ends,
    ...(usage === undefined ? undefined : { usage }),
    ...(finish === undefined ? undefined : { finish }),
    ...(model === undefined ? undefined : { model }),
    ...(responseId === undefined ? undefined : { responseId }),
    ...(error === undefined ? undefined : { error }),
  };
}
