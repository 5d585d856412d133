import { expect, test } from 'vitest';
import type { FrameReading, FrameText } from '../../modules/inference/provider.ts';
import { withoutMarker } from './without-marker.ts';

const SENTENCE = '\n\n[Revision k7f2q9m4abx3tt2w, internal.]';
const json = { instructions: `Be kind.${SENTENCE}`, text: `Be kind.${SENTENCE}`, n: 1 };

const text = (pointer: string, channel: FrameText['channel'], more: Partial<FrameText> = {}): FrameText => ({
  window: pointer,
  pointer,
  text: `Be kind.${SENTENCE}`,
  role: 'system',
  channel,
  encoding: 'plain',
  editable: true,
  ...more,
});
const readingOf = (...texts: readonly FrameText[]): FrameReading => ({ texts, ends: 'all' });

test.each([
  ['an event', `event: e\ndata: ${JSON.stringify(json)}\n\n`],
  ['a whole answer', JSON.stringify(json)],
])('instructions that are told again in %s are as the client wrote them', (_, bytes) => {
  const reading = readingOf(text('/instructions', 'instruction'), text('/text', 'answer'));
  const told = withoutMarker({ sentence: SENTENCE }, { json, bytes: Buffer.from(bytes) }, reading);
  const expected = { ...json, instructions: 'Be kind.' };
  expect(told.frame.json).toEqual(expected);
  expect(told.frame.bytes.toString()).toBe(bytes.replace(JSON.stringify(json), JSON.stringify(expected)));
  expect(told.reading.texts.map((each) => each.text)).toEqual(['Be kind.', json.text]);
});

test.each<[string, FrameText]>([
  ['what the model says', text('/text', 'answer')],
  [
    'instructions in other words',
    text('/instructions', 'instruction', { text: 'Be kind. k7f2q9m4abx3tt2w' }),
  ],
  ['what cannot be rewritten', text('/instructions', 'instruction', { editable: false })],
])('%s stays as it came', (_, said) => {
  const frame = { json, bytes: Buffer.from('raw') };
  const reading = readingOf(said);
  const told = withoutMarker({ sentence: SENTENCE }, frame, reading);
  expect(told.frame).toBe(frame);
  expect(told.reading).toBe(reading);
});
