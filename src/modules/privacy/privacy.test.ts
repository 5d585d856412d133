import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../base/json.ts';
import type { Segment } from '../../domain/document.ts';
import type { Edit } from '../../domain/guardrail.ts';
import { createPrivacy } from './privacy.ts';

const privacy = createPrivacy({ key: Buffer.alloc(32, 1) });
const NAME = /<EMAIL_ADDRESS_[a-z2-7]{10}>/;

function clear(
  texts: Readonly<Record<string, string>>,
  edits: readonly Partial<Edit>[],
  more: Partial<Segment> = {},
  domain = 'd',
) {
  const segments = Object.entries(texts).map(
    ([key, text]): Segment => ({
      pointer: `/${key}`,
      role: 'user',
      channel: 'user',
      text,
      encoding: 'plain',
      editable: true,
      ...more,
    }),
  );
  const full = edits.map(
    (edit): Edit => ({
      pointer: '/a',
      start: 0,
      end: 0,
      action: 'pseudonymize',
      kind: 'EMAIL_ADDRESS',
      ...edit,
    }),
  );
  return privacy.clear(
    { ...texts, untouched: [1] },
    Buffer.from('raw'),
    { direction: 'request', segments },
    { action: 'redact', edits: full, guardrails: [] },
    domain,
  );
}

test('a body without edits keeps its bytes', () => {
  const { prompt, standIns } = clear({ a: 'hello' }, []);
  expect(prompt).toEqual({ body: { a: 'hello', untouched: [1] }, untouched: Buffer.from('raw') });
  expect(standIns.size()).toBe(0);
});

test.each<[Edit['action'], string, string, string]>([
  ['redact', 'EMAIL_ADDRESS', 'joe@example.com', '[REDACTED:EMAIL_ADDRESS]'],
  ['redact', 'aws_access_key_id', 'AKIA', '[REDACTED:AWS_ACCESS_KEY_ID]'],
  ['mask', 'CREDIT_CARD', '4111 1111 1111 1234', '**** **** **** 1234'],
  ['mask', 'EMAIL_ADDRESS', 'joe.bloggs@example.com', 'j**.******@example.com'],
  ['mask', 'PHONE_NUMBER', '+49 30 901820', '*** ** ****20'],
  ['mask', 'US_SSN', '123-45-6789', '***-**-6789'],
  ['mask', 'password', 'hunter2!', '********'],
  ['mask', 'CREDIT_CARD', '12', '**'],
  ['mask', 'projects', '日本 falcon 😀', '** ****** *'],
])('%s of %s: %s becomes %s', (action, kind, text, expected) => {
  expect(
    clear({ a: `x ${text} y` }, [{ start: 2, end: 2 + text.length, action, kind }]).prompt,
  ).toMatchObject({ body: { a: `x ${expected} y`, untouched: [1] }, untouched: null });
});

test('equal values have one stand-in across texts and ways of writing, others another, and another domain others again', () => {
  const texts = { a: 'joe@example.com', b: 'JOE@example.com', c: 'ann@example.com' };
  const edits = Object.keys(texts).map((key) => ({ pointer: `/${key}`, end: 15 }));
  const { prompt, standIns } = clear(texts, edits);
  const { a, b, c } = prompt.body as Record<string, string>;
  expect(a).toMatch(NAME);
  expect(b).toBe(a);
  expect(c).not.toBe(a);
  expect(standIns.size()).toBe(2);
  expect(standIns.find(`to ${a} and ${c}`, 0).map(({ original }) => original)).toEqual([
    'joe@example.com',
    'ann@example.com',
  ]);
  expect((clear(texts, edits, {}, 'other').prompt.body as Record<string, string>)['a']).not.toBe(a);
});

test('stand-ins that came with the request are not taken for invented ones', () => {
  const { standIns } = clear({ a: 'joe@example.com', b: 'earlier: <PERSON_aaaaaaaaaa>' }, [{ end: 15 }]);
  expect(standIns.find('<PERSON_aaaaaaaaaa> <PERSON_bbbbbbbbbb> <html_attribute_abcdefghij>', 0)).toEqual([
    { start: 20, end: 39, original: null },
  ]);
});

describe('JSON text', () => {
  const raw = '{"m":"to \\u006aoe@example.com","n":4111111111111111}';
  const edits = [
    { start: raw.indexOf('\\u006a'), end: raw.indexOf('","n'), action: 'mask' as const },
    { start: raw.indexOf('4111'), end: raw.length - 1, action: 'redact' as const, kind: 'CREDIT_CARD' },
  ];
  test('is edited unescaped and stays JSON, inside strings and outside of them', () => {
    const { prompt } = clear({ a: raw }, edits, { encoding: 'json' });
    expect(JSON.parse((prompt.body as Record<string, string>)['a']!)).toEqual({
      m: 'to j**@example.com',
      n: '[REDACTED:CREDIT_CARD]',
    });
  });
});

test.each<[string, Partial<Edit>[], Partial<Segment>]>([
  ['of a text that is not there', [{ pointer: '/z', end: 1 }], {}],
  ['of a text that cannot be rewritten', [{ end: 1 }], { editable: false }],
  ['beyond the text', [{ end: 99 }], {}],
  ['that overlap', [{ end: 3 }, { start: 2, end: 4 }], {}],
])('edits %s are a bug, and nothing is cleared', (_, edits, more) => {
  expect(() => clear({ a: 'hello' }, edits, more)).toThrow();
});

test('odd content is content like any other', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom<Edit['action']>('redact', 'mask', 'pseudonymize'),
      fc.string(),
      fc.constantFrom<Segment['encoding']>('plain', 'json'),
      (text, action, kind, encoding) => {
        const { prompt, standIns } = clear({ a: text }, [{ end: text.length, action, kind }], { encoding });
        const said: Json = prompt.body;
        if (action !== 'pseudonymize' || encoding === 'json') return;
        const { a } = said as Record<string, string>;
        expect(standIns.find(a!, 0)).toEqual([{ start: 0, end: a!.length, original: text }]);
        expect(standIns.settled(a!)).toBe(0);
        expect(standIns.settled(`${a} `)).toBe(a!.length + 1);
      },
    ),
  );
});

test('a key of another length is refused', () => {
  expect(() => createPrivacy({ key: Buffer.alloc(16) })).toThrow('32 bytes');
});
