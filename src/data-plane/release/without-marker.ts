/** Takes the marker out of instructions that a provider tells again beside its answer: the client did not write it. */
import { withValues } from '../../base/json.ts';
import type { FrameReading, FrameText, WireFrame } from '../../modules/inference/provider.ts';
import type { Marker } from '../../modules/privacy/privacy.ts';
import { framed } from './rewrite-frame.ts';

export interface ReadFrame {
  readonly frame: WireFrame;
  readonly reading: FrameReading;
}

/** In anything else that is said, and in any other form, it stays: that is for the scanners. */
export function withoutMarker(
  { sentence }: Pick<Marker, 'sentence'>,
  frame: WireFrame,
  reading: FrameReading,
): ReadFrame {
  const isEcho = ({ channel, editable, text }: FrameText): boolean =>
    channel === 'instruction' && editable && text.includes(sentence);
  if (frame.json === undefined || !reading.texts.some(isEcho)) return { frame, reading };
  const values = new Map<string, string>();
  const texts = reading.texts.map((each) => {
    if (!isEcho(each)) return each;
    const text = each.text.replace(sentence, '');
    values.set(each.pointer, text);
    return { ...each, text };
  });
  const json = withValues(frame.json, values);
  return { frame: { ...frame, json, bytes: framed(frame, json) }, reading: { ...reading, texts } };
}
