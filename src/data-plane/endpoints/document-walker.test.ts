/** No text escapes the walk: planted anywhere in a body, it is found, and the pointer leads to it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isArray, isObject, valueAt, withValues, type Json, type JsonObject } from '../../base/json.ts';
import type { Segment } from '../../domain/document.ts';
import type { Endpoint } from '../endpoint.ts';
import { ENDPOINTS } from './all.ts';
import { SAMPLES } from './testdata/samples.ts';

/** What the path says: texts of bodies do not depend on it. */
const PATH = { model: 'm' };

const CASES = ENDPOINTS.map((endpoint) => {
  const name = `${endpoint.dialect} ${endpoint.operation} ${endpoint.paths[0]}`;
  const body = SAMPLES[endpoint.paths[0] ?? ''];
  if (!body) throw new Error(`no sample for ${name}`);
  return { name, endpoint, body };
});

/** Words, and therefore at home nowhere but in a text. */
const PLANTED = 'the planted words';
/** Looks like an identifier, and is none that a dialect made. */
const CAMOUFLAGED = 'plantedword';

function segmentsOf(endpoint: Endpoint, body: Json): readonly Segment[] {
  const { segments } = endpoint.document(body as JsonObject, PATH);
  return segments.filter(({ pointer, text }) => pointer !== '' || text !== PATH.model);
}

function finds(endpoint: Endpoint, body: Json, text: string): boolean {
  return segmentsOf(endpoint, body).some((segment) => segment.text.includes(text));
}

/** Pointers of all values of a body. */
function places(value: Json, pointer = ''): string[] {
  const below = isArray(value)
    ? value.map((item, index) => [String(index), item] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  const escape = (key: string) => key.replace(/~/g, '~0').replace(/\//g, '~1');
  return [pointer, ...below.flatMap(([key, member]) => places(member ?? null, `${pointer}/${escape(key)}`))];
}

function objects(body: Json): string[] {
  return places(body).filter((pointer) => isObject(at(body, pointer)));
}

function at(body: Json, pointer: string): Json {
  return valueAt(body, pointer) ?? null;
}

function withMember(body: Json, pointer: string, key: string, value: Json): Json {
  const object = { ...(at(body, pointer) as JsonObject), [key]: value };
  return pointer === '' ? object : withValues(body, new Map([[pointer, object]]));
}

describe.each(CASES)('$name', ({ endpoint, body }) => {
  test.each([
    PLANTED,
    CAMOUFLAGED,
    'jane@example.org',
    'AKIAIOSFODNN7EXAMPLE',
    '4111111111111111',
    '4111 1111 1111 1111s',
    'call_4111111111111111',
    'msg_AKIAIOSFODNN7EXAMPLE',
    'data:text/plain,jane%40example.org',
  ])('finds %s in place of any value', (text) => {
    for (const pointer of places(body).filter((place) => place !== '')) {
      const planted = withValues(body, new Map([[pointer, text]]));
      expect(finds(endpoint, planted, text), pointer).toBe(true);
    }
  });

  test('finds a text in place of any value, however deep', () => {
    for (const pointer of places(body).filter((place) => place !== '')) {
      const planted = withValues(body, new Map([[pointer, { id: [{ type: CAMOUFLAGED }] }]]));
      const elements = isArray(at(body, pointer)) ? '' : CAMOUFLAGED;
      expect(finds(endpoint, planted, elements), pointer).toBe(true);
    }
  });

  test.each([
    'unheard_of',
    'id',
    'type',
    'model',
    'signature',
    'data',
    '__proto__',
    'constructor',
    'toString',
  ])('finds a text in a member %s of any object', (key) => {
    for (const pointer of objects(body)) {
      expect(finds(endpoint, withMember(body, pointer, key, PLANTED), PLANTED), pointer).toBe(true);
    }
  });

  test('finds a name that no table knows, and what stands below it', () => {
    for (const pointer of objects(body)) {
      const planted = withMember(body, pointer, CAMOUFLAGED, { id: { type: 'hiddenbelow' } });
      expect(finds(endpoint, planted, CAMOUFLAGED), pointer).toBe(true);
      expect(finds(endpoint, planted, 'hiddenbelow'), pointer).toBe(true);
    }
  });

  test('points to what it found', () => {
    for (const segment of segmentsOf(endpoint, body)) {
      if (segment.editable) expect(at(body, segment.pointer), segment.pointer).toBe(segment.text);
      else expect(fixedTexts(body, segment.pointer)).toContain(segment.text);
    }
  });

  test('leaves nothing out of any JSON but what stands at a known place and looks the part', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom(...objects(body)),
        fc.string({ minLength: 1, maxLength: 8 }),
        (value, pointer, key) => {
          const planted = withMember(body, pointer, `new ${key}`, value);
          const texts = segmentsOf(endpoint, planted).map(({ text }) => text);
          for (const text of stringsIn(value)) expect(texts).toContain(text);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('never throws, whatever the body is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(body), 'other'), fc.jsonValue()), (random) => {
        const texts = segmentsOf(endpoint, random).map(({ text }) => text);
        for (const text of stringsIn(random)) if (text.includes(' ')) expect(texts).toContain(text);
      }),
      { numRuns: 200 },
    );
  });
});

/** What a segment that cannot be edited may hold: an object's names, a number, or a string and what it decodes to. */
function fixedTexts(body: Json, pointer: string): string[] {
  const value = at(body, pointer);
  if (isObject(value)) return Object.keys(value);
  if (typeof value !== 'string') return [JSON.stringify(value)];
  const content = value.replace(/^data:[^,]*,/, '');
  return [value, content, Buffer.from(content, 'base64').toString()];
}

function stringsIn(value: Json): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (isArray(value)) return value.flatMap(stringsIn);
  return isObject(value) ? Object.values(value).flatMap((member) => stringsIn(member ?? null)) : [];
}

describe('base64', () => {
  const chat = ENDPOINTS.find(({ dialect }) => dialect === 'openai.chat');
  const anthropic = ENDPOINTS.find(
    ({ dialect, operation }) => dialect === 'anthropic.messages' && operation === 'chat',
  );
  const secret = Buffer.from('my card is 4111 1111 1111 1111').toString('base64');
  const textsOf = (endpoint: Endpoint | undefined, part: JsonObject) =>
    endpoint
      ?.document({ messages: [{ role: 'user', content: [part] }] }, PATH)
      .segments.map(({ text, editable }) => [text, editable]);

  test('of a text is decoded and cannot be edited', () => {
    const file = {
      type: 'file',
      file: { filename: 'a.txt', file_data: `data:text/plain;charset=utf-8;base64,${secret}` },
    };
    expect(textsOf(chat, file)).toContainEqual(['my card is 4111 1111 1111 1111', false]);
    const named = { type: 'file', file: { filename: 'notes.MD', file_data: secret } };
    expect(textsOf(chat, named)).toContainEqual(['my card is 4111 1111 1111 1111', false]);
    const document = { type: 'document', source: { type: 'base64', media_type: 'text/csv', data: secret } };
    expect(textsOf(anthropic, document)).toContainEqual(['my card is 4111 1111 1111 1111', false]);
  });

  const CARD = 'my card is 4111 1111 1111 1111';
  const picture = Buffer.concat([
    Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 151 + (i >> 3) * 37) % 256)),
  ]).toString('base64');
  const utf16 = Buffer.from(CARD, 'utf16le');

  test.each([
    ['with a space behind it', `data:text/plain;base64,${secret} `],
    ['with a quoted parameter', `data:text/plain;charset="utf-8";base64,${secret}`],
    ['with a parameter of one word', `data:text/plain;plain;base64,${secret}`],
    ['with a long head', `data:text/plain;name=${'x'.repeat(300)};base64,${secret}`],
    ['in little-endian UTF-16', `data:text/plain;charset=utf-16le;base64,${utf16.toString('base64')}`],
    ['in big-endian UTF-16', Buffer.from(utf16).swap16().toString('base64')],
    ['behind padding', `YQ==${secret}`],
    ['of no particular type', `data:application/octet-stream;base64,${secret}`],
    ['that calls itself a picture', `data:image/png;base64,${secret}`],
    ['without a label', secret],
    ['in base64 for addresses', secret.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')],
    ['with escaped padding', `data:text/plain;base64,${secret.replace(/=*$/, '%3D')}`],
    ['wrapped as mail is', Buffer.from(CARD.repeat(9)).toString('base64').replace(/.{76}/g, '$&\r\n')],
    ['wrapped at will', secret.replace(/.{5}/g, '$&\n')],
    ['without base64', `data:text/plain,${encodeURIComponent(CARD)}`],
    ['without base64 and comma', `data:${encodeURIComponent(CARD)}`],
    ['with a name for it', `data:text/plain;name=${encodeURIComponent(CARD)};base64,AAAA`],
    ['in Latin-1', Buffer.from(`M\xfcller: ${CARD}`, 'latin1').toString('base64')],
    ['far behind its beginning', Buffer.from('é'.repeat(3000) + CARD).toString('base64')],
  ])('holds text %s', (_, value) => {
    for (const filename of ['a.txt', 'a.java', 'a.pdf', undefined]) {
      const part = { type: 'file', file: { file_data: value, ...(filename ? { filename } : {}) } };
      const texts = textsOf(chat, part)?.map(([text]) =>
        decodeURIComponent(String(text).replaceAll('%3D', '')),
      );
      expect(texts?.join('\n')).toContain(CARD);
    }
  });

  test.each([
    ['image/png', undefined],
    ['image/png', 'text/plain'],
    ['application/x-javascript', undefined],
    [' text/plain', undefined],
  ])('of a text is found in Gemini as %s and %s', (mimeType, snake) => {
    const gemini = ENDPOINTS.find(({ dialect }) => dialect === 'google.generate');
    const inlineData = { mimeType, data: secret, ...(snake ? { mime_type: snake } : {}) };
    const document = gemini?.document({ contents: [{ parts: [{ inlineData }] }] }, PATH);
    expect(document?.segments.map(({ text }) => text)).toContain(CARD);
  });

  test('of a text is found where a file is named by its address', () => {
    const gemini = ENDPOINTS.find(({ dialect }) => dialect === 'google.generate');
    const fileData = { fileUri: `data:text/plain;base64,${secret}` };
    const document = gemini?.document({ contents: [{ parts: [{ fileData }] }] }, PATH);
    expect(document?.segments.map(({ text }) => text)).toContain(CARD);
  });

  test('of a picture, of sound or of a signature is left out', () => {
    const url = { type: 'image_url', image_url: { url: `data:image/png;base64,${picture}` } };
    expect(textsOf(chat, url)).toEqual([]);
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture } };
    expect(textsOf(anthropic, image)).toEqual([]);
    expect(textsOf(anthropic, { type: 'thinking', thinking: '', signature: picture })).toEqual([]);
    const silence = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(2000)]).toString(
      'base64',
    );
    expect(textsOf(chat, { type: 'input_audio', input_audio: { data: silence, format: 'wav' } })).toEqual([]);
    const pdf = Buffer.from(`%PDF-1.7\n${'0000000016 00000 n\n'.repeat(99)}`).toString('base64');
    expect(textsOf(chat, { type: 'file', file: { filename: undefined, file_data: pdf } })).toEqual([]);
  });

  test.each([
    'mail:\njane@example.org',
    'jane@example.org',
    '4111-1111-1111-1111',
    '4111111111111111',
    'AKIAIOSFODNN7EXAMPLE',
  ])('is no place for %s', (value) => {
    const parts: JsonObject[] = [
      { type: 'redacted_thinking', data: value },
      { type: 'thinking', thinking: '', signature: value },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: value } },
    ];
    for (const part of parts)
      expect(
        textsOf(anthropic, part)
          ?.map(([text]) => text)
          .join(),
      ).toContain(value);
    const url = { type: 'image_url', image_url: { url: `data:image/png;base64,${value}` } };
    expect(
      textsOf(chat, url)
        ?.map(([text]) => text)
        .join(),
    ).toContain(value);
  });

  test('of a large picture is judged by its beginning', () => {
    const data = picture.repeat(2000);
    const start = performance.now();
    textsOf(chat, { type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } });
    // 8 MB in some 10 ms; the rest is for busy machines.
    expect(performance.now() - start).toBeLessThan(250);
  });

  test('that holds words is none', () => {
    const image = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: 'call me at home' },
    };
    expect(textsOf(anthropic, image)).toEqual([['call me at home', true]]);
    expect(textsOf(chat, { type: 'image_url', image_url: { url: 'https://example.org/?q=text' } })).toEqual([
      ['https://example.org/?q=text', true],
    ]);
  });
});

describe('JSON in texts of tools', () => {
  const chat = ENDPOINTS.find(({ dialect }) => dialect === 'openai.chat');
  const result = (content: string) =>
    chat?.document({ messages: [{ role: 'tool', tool_call_id: '', content }] }, PATH).segments;
  const escaped = String.raw`{"mail":"jane\u0040example.org"}`;

  test('is scanned unescaped and can be edited', () => {
    expect(result(escaped)).toMatchObject([{ text: escaped, encoding: 'json', editable: true }]);
  });

  test.each([
    '{"mail":"jane@example.org"}',
    String.raw`C:\temp`,
    String.raw`[info] C:\temp [done]`,
    String.raw`{"cut off \u0040`,
    `${escaped} and more`,
  ])('is plain text where it has no escapes or is none: %s', (text) => {
    expect(result(text)).toMatchObject([{ text, encoding: 'plain' }]);
  });

  test('that holds JSON is scanned unescaped twice, where it hides something', () => {
    const calls = (value: string) =>
      chat
        ?.document(
          {
            messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: value } }] }],
          },
          PATH,
        )
        .segments.filter(({ editable }) => !editable);
    expect(calls(JSON.stringify({ body: escaped }))).toMatchObject([
      { text: 'mail' },
      { text: 'jane@example.org', pointer: '/messages/0/tool_calls/0/function/arguments/body/mail' },
    ]);
    expect(calls(JSON.stringify({ body: JSON.stringify({ text: 'a\n"b" <c> é' }) }))).toEqual([]);
    expect(calls(JSON.stringify({ body: String.raw`{"html":"\u003cb\u003e \u00e9"}` }))).toEqual([]);
  });

  test('of a person or a system is what they wrote', () => {
    const content = escaped;
    expect(chat?.document({ messages: [{ role: 'user', content }] }, PATH).segments).toMatchObject([
      { text: content, encoding: 'plain' },
    ]);
  });
});

describe('identifiers and words', () => {
  const chat = ENDPOINTS.find(({ dialect }) => dialect === 'openai.chat');
  const textsOf = (id: string) =>
    chat?.document(
      { messages: [{ role: 'tool', tool_call_id: id, content: [{ type: 'text', text: '' }] }] },
      PATH,
    ).segments;

  test.each([
    'call_Ir1yXWl0TnXwsDJ9iDRFN5mQ',
    'toolu_01A09q90qw90lq917835lq9',
    'toolu_vrtx_01A09q90qw90lq917835lq9',
    'resp_67ccd2bed1ec8190b14f964abc0542670bb6a6b452d3795b',
    'rs_67ccf18ef5fc8190b16dbee19bc54e5f087bb177ab789d5c',
    'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT',
    'chatcmpl-tool-9c7f1bb6e4a84a6d8a9fb4c1a1fb9d6b',
    '0b1c9c1e-4c6d-4f57-9a3e-5a4d7b1f0c2d',
    'lc_run--0b1c9c1e-4c6d-4f57-9a3e-5a4d7b1f0c2d',
  ])('that dialects made are left out: %s', (id) => {
    expect(textsOf(id)).toEqual([]);
  });

  test.each(['call_1', 'D681PevKs', 'call_xylophone', '365174485', 'jane@example.org'])(
    'that anybody could have made are scanned, and not edited: %s',
    (id) => {
      expect(textsOf(id)).toMatchObject([{ pointer: '/messages/0/tool_call_id', text: id, editable: false }]);
    },
  );

  test('of every sample are left out where they are vocabulary', () => {
    const scanned = CASES.flatMap(({ endpoint, body }) => segmentsOf(endpoint, body))
      .filter(({ role, editable, pointer }) => role === 'unknown' && !editable && pointer !== '/metadata')
      .map(({ pointer }) => pointer.split('/').at(-1));
    expect(new Set(scanned)).toEqual(new Set(['model', 'id', 'call_id', 'tool_call_id', 'tool_use_id']));
  });
});

describe('numbers', () => {
  const parameters =
    /(?:temperature|top_?[pPkK]|penalty|Penalty|[tT]okens|candidateCount|thinkingBudget|\/n)$/;
  const CARD = 4111111111111111;

  test.each(CASES)('of many digits are found anywhere in $name', ({ endpoint, body }) => {
    for (const pointer of places(body).filter((place) => place !== '')) {
      const planted = withValues(body, new Map([[pointer, CARD]]));
      expect(finds(endpoint, planted, String(CARD)), pointer).toBe(true);
    }
    for (const pointer of objects(body)) {
      const planted = withMember(body, pointer, 'unheard_of', { a: [CARD] });
      expect(finds(endpoint, planted, String(CARD)), pointer).toBe(true);
    }
  });

  test.each(CASES)('that were computed may steer the model in $name', ({ endpoint, body }) => {
    for (const pointer of places(body).filter((place) => parameters.test(place))) {
      const planted = withValues(body, new Map([[pointer, 0.7999999999999999]]));
      expect(finds(endpoint, planted, '7999999'), pointer).toBe(false);
    }
  });

  const chat = ENDPOINTS.find(({ dialect }) => dialect === 'openai.chat');
  const numbersOf = (body: JsonObject) =>
    chat
      ?.document(body, PATH)
      .segments.filter(({ text }) => /^-?\d/.test(text))
      .map(({ text }) => text);

  test('that end every integer are no texts, and large ones are written out', () => {
    const parameters = {
      type: 'integer',
      minimum: -9007199254740991,
      maximum: 9007199254740991,
      default: 4e21,
    };
    const tools = [{ type: 'function', function: { name: 'f', parameters } }];
    expect(numbersOf({ tools })).toEqual(['4000000000000000000000']);
  });

  test('that are token ids are no texts', () => {
    const embeddings = ENDPOINTS.find(({ dialect }) => dialect === 'openai.embeddings');
    expect(embeddings?.document({ input: [[1212, 318, 199999]] }, PATH).segments).toEqual([]);
    expect(embeddings?.document({ input: [[CARD]] }, PATH).segments).toHaveLength(1);
  });
});

test('a name and the value below it are told apart', () => {
  for (const { endpoint, body } of CASES) {
    const pointers = segmentsOf(endpoint, withMember(body, '', 'note', 'jane@example.org')).filter(
      ({ pointer }) => pointer === '/note',
    );
    expect(pointers.map(({ editable }) => editable)).toEqual([true]);
  }
});

test('numbers of many digits in tool inputs are texts', () => {
  const endpoint = ENDPOINTS.find(({ dialect }) => dialect === 'anthropic.messages');
  const content = [
    {
      type: 'tool_use',
      id: 't',
      name: 'pay',
      input: { card: 4111111111111111, amount: 12, when: 0.123456789 },
    },
  ];
  const { segments } = endpoint?.document({ messages: [{ role: 'assistant', content }] }, PATH) ?? {
    segments: [],
  };
  expect(
    segments.filter(({ pointer }) => pointer.endsWith('card')).map(({ text, editable }) => [text, editable]),
  ).toEqual([['4111111111111111', false]]);
  expect(segments.filter(({ text }) => text === 'card').map(({ pointer }) => pointer)).toEqual([
    '/messages/0/content/0/input',
  ]);
  expect(segments.map(({ text }) => text)).toContain('0.123456789');
  expect(segments.map(({ text }) => text)).not.toContain('12');
});

test('the model that a path names is a text of the document', () => {
  const withPaths = ENDPOINTS.filter(({ paths }) => paths.some((path) => path.includes(':model')));
  expect(withPaths.length).toBeGreaterThan(0);
  for (const endpoint of withPaths) {
    const { segments } = endpoint.document({}, { model: 'gpt-jane@example.com' });
    expect(segments).toContainEqual(
      expect.objectContaining({ text: 'gpt-jane@example.com', editable: false }),
    );
  }
});
