import { describe, expect, test } from 'vitest';
import type { Document, Segment } from '../../domain/document.ts';
import { createPrivacy, type Marker } from './privacy.ts';

const key = Buffer.alloc(32, 1);
const privacy = createPrivacy({ key });
const PROMPT = 'You are Marvin, the night clerk. Mail joe@example.com.';

function segment(pointer: string, text: string, more: Partial<Segment> = {}): Segment {
  return {
    pointer,
    role: 'system',
    channel: 'instruction',
    text,
    encoding: 'plain',
    editable: true,
    isTurn: true,
    ...more,
  };
}

const { isTurn: _, ...said } = segment('/user', 'Hi', { role: 'user', channel: 'user' });
const documentOf = (...segments: readonly Segment[]): Document => ({ direction: 'request', segments });

function markerOf(document: Document, application = 'desk', its = privacy): Marker {
  const marker = its.marker(document, application);
  if (!marker) throw new Error('no marker');
  return marker;
}

describe('a marker', () => {
  test('is the same for the same instructions in every gateway with the same key, whatever follows them', () => {
    const { code } = markerOf(documentOf(segment('/system', PROMPT), said));
    const replica = createPrivacy({ key: Buffer.from(key) });
    expect(code).toMatch(/^[a-z2-7]{16}$/);
    expect(markerOf(documentOf(segment('/system', PROMPT)), 'desk', replica).code).toBe(code);
    expect(markerOf(documentOf(segment('/0', PROMPT), segment('/1', 'It is Monday.'))).code).toBe(code);
  });

  test('is another one for other instructions, another application and another key', () => {
    const document = documentOf(segment('/system', PROMPT));
    const codes = [
      markerOf(document),
      markerOf(documentOf(segment('/system', `${PROMPT} `))),
      markerOf(document, 'other'),
      markerOf(document, 'desk', createPrivacy({ key: Buffer.alloc(32, 2) })),
    ].map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('stands in the first turn that says something', () => {
    expect(
      markerOf(documentOf(segment('/0', ' \n'), segment('/1', 'Be kind.'), segment('/2', PROMPT))).pointer,
    ).toBe('/1');
  });

  test.each<[string, readonly Segment[]]>([
    ['nothing', []],
    ['a question alone', [said]],
    ['a turn that says nothing', [segment('/0', ' ')]],
    ['a text that cannot be rewritten', [segment('/0', PROMPT, { editable: false })]],
  ])('is not made for %s', (_, segments) => {
    expect(privacy.marker(documentOf(...segments), 'desk')).toBeNull();
  });
});

describe('a cleared prompt', () => {
  const document = documentOf(segment('/system', PROMPT), said);
  const body = { system: PROMPT, user: 'Hi' };
  const bytes = Buffer.from('raw');
  const marker = markerOf(document);

  test('holds the marker behind its instructions, and nothing else is changed', () => {
    const verdict = { action: 'allow', edits: [], guardrails: [] } as const;
    const { prompt, standIns } = privacy.clear(body, bytes, document, verdict, 'd', marker);
    expect(prompt).toEqual({ body: { system: PROMPT + marker.sentence, user: 'Hi' }, untouched: null });
    expect(marker.sentence).toContain(marker.code);
    expect(standIns.size()).toBe(0);
  });

  test('holds it beside edits of the same text, which do not change it', () => {
    const start = PROMPT.indexOf('joe');
    const edit = {
      pointer: '/system',
      start,
      end: PROMPT.length - 1,
      action: 'redact',
      kind: 'MAIL',
    } as const;
    const verdict = { action: 'redact', edits: [edit], guardrails: [] } as const;
    const { prompt } = privacy.clear(body, bytes, document, verdict, 'd', marker);
    expect(prompt.body).toEqual({
      system: `You are Marvin, the night clerk. Mail [REDACTED:MAIL].${marker.sentence}`,
      user: 'Hi',
    });
  });

  test('keeps its bytes without one', () => {
    const verdict = { action: 'allow', edits: [], guardrails: [] } as const;
    expect(privacy.clear(body, bytes, document, verdict, 'd', null).prompt.untouched).toBe(bytes);
  });
});
