/** Where the texts of a Converse answer stand: in its blocks, whole or as deltas. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Block } from '../blocks.ts';
import { readShaped } from '../expected.ts';
import { assistantPlace, readPiece } from '../places.ts';
import type { OpenReading } from '../reading.ts';
import { addName, shapeOf, walkMembers, walkValue, type TextPlace } from '../text-walk.ts';

const DELTA = shapeOf({ handled: ['text', 'toolUse', 'reasoningContent'] });
const START = shapeOf({ handled: ['toolUse'] });
const BLOCK = shapeOf({ handled: ['toolUse', 'reasoningContent'] });
const TOOL = shapeOf({ machine: ['toolUseId', 'type'], text: ['name'], handled: ['input'] });
const REASONING = shapeOf({ opaque: ['signature', 'redactedContent'] });
const REASONING_BLOCK = shapeOf({ opaque: ['redactedContent'], handled: ['reasoningText'] });

/** How a block of a stream begins. */
export function readStart(start: JsonObject, reading: OpenReading): void {
  readTool(start['toolUse'], '/start/toolUse', reading);
  walkMembers(start, '/start', START, assistantPlace(reading.frame, 'answer'), reading);
}

export function readDelta(delta: JsonObject, block: Block, reading: OpenReading): void {
  readPiece(delta['text'], '/delta/text', block.answer, reading);
  const tool = delta['toolUse'];
  if (isObject(tool)) readPiece(tool['input'], '/delta/toolUse/input', block.input, reading);
  readShaped(tool, '/delta/toolUse', TOOL, block.rest, reading);
  readShaped(delta['reasoningContent'], '/delta/reasoningContent', REASONING, block.rest, reading);
  walkMembers(delta, '/delta', DELTA, block.rest, reading);
}

/** A block of a buffered answer. */
export function readBlock(block: Json, pointer: string, index: number, reading: OpenReading): void {
  const place = assistantPlace(`block:${index}`, 'answer');
  if (!isObject(block)) return walkValue(block, pointer, place, reading);
  readTool(block['toolUse'], `${pointer}/toolUse`, reading);
  readReasoning(block['reasoningContent'], `${pointer}/reasoningContent`, place, reading);
  walkMembers(block, pointer, BLOCK, place, reading);
}

function readTool(tool: Json | undefined, pointer: string, reading: OpenReading): void {
  const place = assistantPlace(reading.frame, 'tool');
  if (isObject(tool)) {
    addName(tool['name'], `${pointer}/name`, place, reading);
    walkValue(tool['input'], `${pointer}/input`, place, reading);
  }
  readShaped(tool, pointer, TOOL, place, reading);
}

function readReasoning(
  reasoning: Json | undefined,
  pointer: string,
  place: TextPlace,
  reading: OpenReading,
): void {
  if (isObject(reasoning))
    readShaped(reasoning['reasoningText'], `${pointer}/reasoningText`, REASONING, place, reading);
  readShaped(reasoning, pointer, REASONING_BLOCK, place, reading);
}
