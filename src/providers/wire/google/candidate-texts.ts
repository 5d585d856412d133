/** Where the texts of one of Gemini's candidates stand. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Channel } from '../../../domain/document.ts';
import { asArray, asObject, asText } from '../answer.ts';
import { readList, readShaped } from '../expected.ts';
import { addPiece, assistantPlace, lastingPlace, type LastingPlace } from '../places.ts';
import type { OpenReading } from '../reading.ts';
import { addName, shapeOf, walkMembers, walkValue, type TextPlace } from '../text-walk.ts';

const CONTENT = shapeOf({ machine: ['role'], handled: ['parts'] });
const PART = shapeOf({
  machine: ['thought'],
  opaque: ['thoughtSignature'],
  handled: ['text', 'functionCall', 'inlineData'],
});
const CALL = shapeOf({
  machine: ['id', 'willContinue'],
  text: ['name'],
  list: ['partialArgs'],
  handled: ['args'],
});
const MEDIA = shapeOf({ machine: ['mimeType'], opaque: ['data'] });
/** Text in base64 is walked as it stands: better a false alarm than a way around the scanners. */
const TEXT_MEDIA = shapeOf({ machine: ['mimeType'] });

/** One candidate, from its first chunk to its last. */
export interface Candidate {
  /** `choice:0` */
  readonly name: string;
  readonly opened: Set<string>;
  readonly answer: LastingPlace;
  readonly thought: LastingPlace;
  finished: boolean;
  called: boolean;
}

export function newCandidate(index: number): Candidate {
  const name = `choice:${index}`;
  const opened = new Set<string>();
  return {
    name,
    opened,
    answer: lastingPlace(name, 'answer', opened),
    thought: lastingPlace(`${name}/thought`, 'answer', opened),
    finished: false,
    called: false,
  };
}

/** A place of a candidate whose windows end with the frame. */
export function placeOf(candidate: Candidate, channel: Channel, reading: OpenReading): TextPlace {
  return assistantPlace(`${reading.frame}/${candidate.name}`, channel);
}

export function readContent(
  content: Json | undefined,
  pointer: string,
  candidate: Candidate,
  reading: OpenReading,
): void {
  const place = placeOf(candidate, 'answer', reading);
  if (isObject(content)) {
    readList(content['parts'], `${pointer}/parts`, place, reading, (part, at) =>
      readPart(part, at, candidate, reading),
    );
  }
  readShaped(content, pointer, CONTENT, place, reading);
}

function readPart(part: JsonObject, pointer: string, candidate: Candidate, reading: OpenReading): void {
  const place = placeOf(candidate, 'answer', reading);
  const { text, inlineData: media } = part;
  const said = part['thought'] === true ? candidate.thought : candidate.answer;
  if (typeof text === 'string') addPiece(text, `${pointer}/text`, said, reading);
  else walkValue(text, `${pointer}/text`, place, reading);
  readCall(part['functionCall'], `${pointer}/functionCall`, candidate, reading);
  const isText = isObject(media) && /^text\/|json|xml/i.test(asText(media['mimeType']));
  readShaped(media, `${pointer}/inlineData`, isText ? TEXT_MEDIA : MEDIA, place, reading);
  walkMembers(part, pointer, PART, { ...place, channel: 'tool' }, reading);
}

function readCall(call: Json | undefined, pointer: string, candidate: Candidate, reading: OpenReading): void {
  if (call === undefined) return;
  const place = placeOf(candidate, 'tool', reading);
  if (isObject(call)) {
    candidate.called = true;
    addName(call['name'], `${pointer}/name`, place, reading);
    walkValue(call['args'], `${pointer}/args`, place, reading);
    asArray(call['partialArgs']).forEach((item, i) => {
      // Pieces of one argument follow one another under its path.
      const window = `${candidate.name}/partial:${asText(asObject(item)['jsonPath'])}`;
      walkValue(item, `${pointer}/partialArgs/${i}`, lastingPlace(window, 'tool', candidate.opened), reading);
    });
  }
  readShaped(call, pointer, CALL, place, reading);
}
