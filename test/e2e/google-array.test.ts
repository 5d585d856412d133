/** Gemini's stream as one JSON array, for clients that ask for no events: what it holds, when it comes, and how it ends. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/base/json.ts';
import { createSseSplitter } from '../../src/base/sse.ts';
import { post, type Post, type Reply } from './dialects.ts';
import { until } from './gateway.ts';
import { PROVIDERS, startWorld, type World } from './world.ts';
import { SLOW_TEXT } from './upstream.ts';

const FINE = 'All is fine so far, and then comes the ';
const BANNED = `${FINE}xylophone, and more of it.`;
const MAIL = 'ada.lovelace@example.org';

let world: World;

beforeAll(async () => {
  const banned = { scanner: 'keywords', config: { lists: { instruments: ['xylophone'] } }, action: 'block' };
  const refuses = { ...banned, directions: ['request'] };
  const answers = { ...banned, directions: ['response'], applications: ['answers'] };
  world = await startWorld(
    {
      applications: { desk: {}, private: {}, redacts: {}, blocks: {}, softly: {}, answers: {} },
      guardrails: {
        'stand-ins': {
          scanner: 'pii',
          action: 'pseudonymize',
          directions: ['request'],
          applications: ['private'],
        },
        redacts: { scanner: 'pii', action: 'redact', directions: ['response'], applications: ['redacts'] },
        blocks: { ...refuses, applications: ['blocks'], block: { message: 'No instruments.' } },
        softly: {
          ...refuses,
          applications: ['softly'],
          block: { as: 'completion', message: 'No instruments.' },
        },
        answers: { ...answers, block: { message: 'Silence, please.' } },
      },
    },
    { providers: { timeouts: { connect_ms: 2_000, first_byte_ms: 2_000, idle_ms: 500 } } },
  );
});
afterAll(() => world.stop());

interface Asking {
  readonly prompt?: string;
  readonly application?: string;
  /** The query of the address, `?` included. */
  readonly query?: string;
}

/** What to send, and where. */
async function posting(
  model: string,
  { prompt = 'Say hello, please.', application = 'desk', query = '' }: Asking = {},
): Promise<Post> {
  const { key } = await world.newKey(application);
  return {
    url: `${world.url}/v1beta/models/${model}:streamGenerateContent${query}`,
    headers: { 'x-goog-api-key': key },
    body: { contents: [{ role: 'user', parts: [{ text: prompt }] }] },
  };
}

async function ask(model: string, asking?: Asking): Promise<Reply> {
  return post(await posting(model, asking));
}

/** The same, to be read while it comes. */
async function begin(model: string, asking?: Asking): Promise<Response> {
  const { url, headers, body } = await posting(model, asking);
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

interface Element {
  readonly candidates?: readonly {
    readonly content?: {
      readonly parts: readonly { readonly text?: string; readonly functionCall?: Json }[];
    };
    readonly finishReason?: string;
  }[];
  readonly error?: { readonly code: number; readonly status: string; readonly message: string };
}

function elementsOf({ status, headers, text }: Reply): readonly Element[] {
  expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: 'application/json' });
  return JSON.parse(text) as readonly Element[];
}

function textOf(elements: readonly Element[]): string {
  const parts = elements.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
  return parts.map(({ text = '' }) => text).join('');
}

function finishOf(elements: readonly Element[]): string | undefined {
  return elements.at(-1)?.candidates?.[0]?.finishReason;
}

function eventsOf({ text }: Reply): readonly Json[] {
  const events = createSseSplitter(1_000_000).push(Buffer.from(text));
  return events.map(({ data }) => JSON.parse(data ?? 'null') as Json);
}

/** A provider that names no answer has one made up for each. */
function unnamed(elements: readonly unknown[]): unknown[] {
  return elements.map((element) => ({ ...(element as JsonObject), responseId: undefined }));
}

describe.each(PROVIDERS)('an answer of %s', (provider) => {
  test.each(['plain', 'length', 'tools', 'reasoning', 'echo'])(
    'is an array of what the events hold: %s',
    async (scenario) => {
      const model = `${provider}.${scenario}`;
      const array = elementsOf(await ask(model));
      expect(array.length).toBeGreaterThan(1);
      expect(unnamed(array)).toEqual(unnamed(eventsOf(await ask(model, { query: '?alt=sse' }))));
    },
  );

  test('is scanned and edited as events are', async () => {
    const prompt = `Write to ${MAIL} today.`;
    const redacted = elementsOf(await ask(`${provider}.echo`, { prompt, application: 'redacts' }));
    expect(textOf(redacted)).toBe('Write to [REDACTED:EMAIL_ADDRESS] today.');
    const restored = elementsOf(await ask(`${provider}.echo`, { prompt, application: 'private' }));
    expect(textOf(restored)).toBe(prompt);
    expect(world.upstream.last('echo').text).not.toContain(MAIL);
  });

  test('that is blocked ends as a filtered one does, and the array with it', async () => {
    const reply = await ask(`${provider}.echo`, { prompt: BANNED, application: 'answers' });
    const elements = elementsOf(reply);
    expect(finishOf(elements)).toBe('SAFETY');
    const released = textOf(elements).replace(/\s*Silence, please\.$/, '');
    expect(FINE.startsWith(released)).toBe(true);
    expect(released.length).toBeGreaterThan(FINE.length - 20);
    expect((await world.recorded(reply.id)).at(-1)).toMatchObject({ action: 'block' });
  });

  test.each(['cut', 'unfinished', 'half-event', 'stalls'])(
    'that fails ends with the error as its last element: %s',
    async (scenario) => {
      const reply = await ask(`${provider}.${scenario}`);
      const elements = elementsOf(reply);
      const code = scenario === 'stalls' ? 504 : 502;
      expect(elements.at(-1)).toMatchObject({ error: { code, status: expect.any(String) as string } });
      for (const element of elements.slice(0, -1)) expect(element).toHaveProperty('candidates');
      expect((await world.recorded(reply.id)).at(-1)).toMatchObject({ outcome: 'failed' });
    },
  );

  test('comes piece by piece', async () => {
    const answer = await begin(`${provider}.slow`, { application: 'redacts' });
    const pieces: string[] = [];
    for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(10);
    expect(pieces[0]).toMatch(/^\[\{/);
    expect(textOf(JSON.parse(pieces.join('')) as readonly Element[])).toBe(SLOW_TEXT);
  });
});

test('the provider is asked for events, whatever the client asked for', async () => {
  for (const query of ['', '?alt=json', '?alt=sse', '?%24alt=json%3Benum-encoding%3Dint']) {
    await ask('google.plain', { query });
    const { path } = world.upstream.last('plain');
    expect(path).toBe('/v1beta/models/google.plain:streamGenerateContent?alt=sse');
  }
});

test.each(['?alt=json', '?$alt=json', '?%24alt=json%3Benum-encoding%3Dint'])(
  '%s is an array',
  async (query) => {
    expect(textOf(elementsOf(await ask('openai.plain', { query })))).toContain('Hello from the recording.');
  },
);

test.each(['?alt=media', '?alt=proto', '?$alt=proto', '?alt=sse&alt=json', '?alt='])(
  '%s is refused, and nothing goes upstream',
  async (query) => {
    const before = world.upstream.asked.length;
    const { status, json } = await ask('google.plain', { query });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: {
        status: 'INVALID_ARGUMENT',
        message: expect.stringContaining('no other alt is known') as string,
        details: [{ reason: 'INVALID_REQUEST' }],
      },
    });
    expect(world.upstream.asked.length).toBe(before);
  },
);

describe('a request that a guardrail blocks', () => {
  test('is refused as every other is', async () => {
    const { status, json } = await ask('google.plain', { prompt: BANNED, application: 'blocks' });
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: { code: 400, message: 'No instruments.' } });
  });

  test('is an array of one filtered answer, where the guardrail says so', async () => {
    const elements = elementsOf(await ask('google.plain', { prompt: BANNED, application: 'softly' }));
    expect(elements).toHaveLength(1);
    expect({ text: textOf(elements), finish: finishOf(elements) }).toEqual({
      text: 'No instruments.',
      finish: 'SAFETY',
    });
  });
});

test('a client that leaves within the array cancels the call', async () => {
  const answer = await begin('google.slow');
  const reader = answer.body!.getReader();
  await reader.read();
  await reader.cancel();
  await until(() => (world.upstream.last('slow').cancelled ? true : undefined), 1_000);
  const entries = await world.recorded(answer.headers.get('x-bartizan-request-id') ?? '');
  expect(entries).toMatchObject([{ outcome: 'released' }, { outcome: 'client_closed' }]);
});
