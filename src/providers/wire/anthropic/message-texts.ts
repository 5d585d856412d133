/** Where the texts of an Anthropic message stand: in its blocks, whole or as deltas. */
import type { JsonObject } from '../../../base/json.ts';
import type { Block } from '../blocks.ts';
import { assistantPlace, lastingPlace, readPiece } from '../places.ts';
import type { OpenReading } from '../reading.ts';
import { addName, shapeOf, walkMembers, walkValue, type TextPlace } from '../text-walk.ts';

const BLOCK = shapeOf({
  machine: ['type', 'id', 'tool_use_id', 'toolset_name'],
  opaque: ['signature', 'encrypted_content', 'encrypted_index'],
  text: ['name'],
  handled: ['text', 'thinking', 'input'],
});
const REDACTED_BLOCK = shapeOf({ machine: ['type'], opaque: ['data'] });
const DELTA = shapeOf({
  machine: ['type', 'stop_reason'],
  opaque: ['signature'],
  handled: ['text', 'thinking', 'partial_json'],
});
/** What the provider's own tools encrypt for the next turn. */
const ENCRYPTED = new Set(['encrypted_content', 'encrypted_index', 'encrypted_stdout']);

/** A block as it begins in a stream, or as it stands whole in a buffered answer. */
export function readBlock(json: JsonObject, pointer: string, block: Block, reading: OpenReading): void {
  if (json['type'] === 'redacted_thinking') {
    return walkMembers(json, pointer, REDACTED_BLOCK, assistantPlace(reading.frame, 'answer'), reading);
  }
  readSaid(json, pointer, block, reading);
  const window = `${reading.frame}/${block.name}`;
  const tool = assistantPlace(window, 'tool');
  addName(json['name'], `${pointer}/name`, tool, reading);
  walkValue(json['input'], `${pointer}/input`, tool, reading);
  // Citations and results of the provider's own tools: found, not said.
  const found: TextPlace = { ...assistantPlace(window, 'document'), opaqueBelow: ENCRYPTED };
  walkMembers(json, pointer, BLOCK, found, reading);
}

export function readDelta(delta: JsonObject, block: Block, reading: OpenReading): void {
  readSaid(delta, '/delta', block, reading);
  readPiece(delta['partial_json'], '/delta/partial_json', block.input, reading);
  walkMembers(delta, '/delta', DELTA, restOf(delta, block, reading), reading);
}

/** What a block and its deltas have under the same names. */
function readSaid(json: JsonObject, pointer: string, block: Block, reading: OpenReading): void {
  readPiece(json['text'], `${pointer}/text`, block.answer, reading);
  const { thinking } = json;
  if (thinking === undefined) return;
  const place = lastingPlace(`${block.name}/thinking`, 'answer', block.opened);
  readPiece(thinking, `${pointer}/thinking`, place, reading);
}

/** Where members of a delta stand that are not known. */
function restOf({ type }: JsonObject, block: Block, reading: OpenReading): TextPlace {
  if (type === 'citations_delta')
    return { ...assistantPlace(reading.frame, 'document'), opaqueBelow: ENCRYPTED };
  if (typeof type !== 'string' || type === 'signature_delta')
    return { ...assistantPlace(block.rest.window, 'answer'), opaqueBelow: ENCRYPTED };
  // What a delta of an unknown kind says goes on with the next one.
  return { ...block.rest, opaqueBelow: ENCRYPTED };
}
