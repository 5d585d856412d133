/** Where the texts of one of Gemini's candidates stand. */
import { isUtf8 } from 'node:buffer';
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Channel } from '../../../domain/document.ts';
import { asArray, asObject, asText } from '../answer.ts';
import { readList, readShaped } from '../expected.ts';
import { isEncoded } from '../no-text.ts';
import { addNumber, addPiece, assistantPlace, lastingPlace, type LastingPlace } from '../places.ts';
import type { OpenReading } from '../reading.ts';
import { addName, addText, shapeOf, walkMembers, walkValue, type TextPlace } from '../text-walk.ts';

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
  else if (typeof text === 'number') addNumber(text, `${pointer}/text`, said, reading);
  else walkValue(text, `${pointer}/text`, place, reading);
  readCall(part['functionCall'], `${pointer}/functionCall`, candidate, reading);
  readMedia(media, `${pointer}/inlineData`, candidate, place, reading);
  walkMembers(part, pointer, PART, { ...place, channel: 'tool' }, reading);
}

const TEXT_MEDIA = /^text\/|json|xml|csv|yaml|script/i;

/** What is text once it is decoded is scanned, whatever its media type says; rewriting it would be another encoding. */
function readMedia(
  media: Json | undefined,
  pointer: string,
  candidate: Candidate,
  place: TextPlace,
  reading: OpenReading,
): void {
  readShaped(media, pointer, MEDIA, place, reading);
  const { data, mimeType } = asObject(media);
  if (typeof data !== 'string' || data === '' || !isEncoded(data)) return;
  const bytes = Buffer.from(data, 'base64');
  const isText = isUtf8(bytes);
  if (!isText && !TEXT_MEDIA.test(asText(mimeType))) return;
  const text = bytes.toString(isText ? 'utf8' : 'latin1');
  const { window, role, channel, opened } = lastingPlace(
    `${candidate.name}/data`,
    'document',
    candidate.opened,
  );
  opened.add(window);
  addText(
    { window, pointer: `${pointer}/data`, text, role, channel, encoding: 'plain', editable: false },
    reading,
  );
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
