/** Bad input, from clients and from providers: a clear error of the right class, within its limit; the record says what happened. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InteractionEntry } from '../../src/domain/record.ts';
import { makeHome, type ChildGateway, type Home } from './child.ts';
import { ask, DIALECTS, OPENAI_CHAT, post, type Reply } from './dialects.ts';
import { until } from './gateway.ts';
import { exchange, head, inChunks, type Piece } from './raw-http.ts';
import { startUpstream, type Upstream } from './upstream.ts';
import { configuration, CREDENTIALS, PROVIDERS, startWorld, type World } from './world.ts';

const TIMEOUT_MS = 1_000;
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const LIMITS = {
  BARTIZAN_HEADERS_TIMEOUT_MS: String(TIMEOUT_MS),
  BARTIZAN_BODY_TIMEOUT_MS: String(TIMEOUT_MS),
  BARTIZAN_MAX_BODY_BYTES: String(MAX_BODY_BYTES),
};
const PROVIDER_LIMITS = {
  max_answer_bytes: 8 * 1024 * 1024,
  timeouts: { connect_ms: 1_000, first_byte_ms: TIMEOUT_MS, idle_ms: TIMEOUT_MS },
};

let world: World;

beforeAll(async () => {
  world = await startWorld({}, { environment: LIMITS, providers: PROVIDER_LIMITS });
});
afterAll(() => world.stop());

async function lives(): Promise<void> {
  expect(await ask(OPENAI_CHAT, world, { model: 'simulator' })).toMatchObject({ status: 200 });
}

const CHAT = '/v1/chat/completions';
const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Reply> =>
  post({ url: world.url + CHAT, headers: { authorization: `Bearer ${world.key}`, ...headers }, body });

const content = (text: string) => `{"model":"simulator","messages":[{"role":"user","content":${text}}]}`;

describe('a body', () => {
  const BODIES: readonly (readonly [
    what: string,
    body: string | Uint8Array<ArrayBuffer>,
    status: number,
    code: string,
  ])[] = [
    ['that is empty', '', 400, 'invalid_json'],
    ['cut in the middle', '{"model":"simulator","messages":[{"role":"us', 400, 'invalid_json'],
    ['with a trailing comma', '{"model":"simulator",}', 400, 'invalid_json'],
    ['that is no JSON', 'model=simulator', 400, 'invalid_json'],
    ['with something after its end', `${content('"hi"')}{}`, 400, 'invalid_json'],
    ['with a raw NUL', content('"a\0b"'), 400, 'invalid_json'],
    ['with an escaped NUL', content(String.raw`"a\u0000b"`), 400, 'invalid_json'],
    ['with a lone high surrogate', content(String.raw`"\ud83e"`), 400, 'invalid_json'],
    ['with a lone low surrogate', content(String.raw`"\udd8a"`), 400, 'invalid_json'],
    ['in invalid UTF-8', Uint8Array.from(Buffer.from(content('"\u00ff"'), 'latin1')), 400, 'invalid_json'],
    [
      'with an overlong sequence',
      Uint8Array.from(Buffer.from(content('"\u00c0\u00af"'), 'latin1')),
      400,
      'invalid_json',
    ],
    ['with a key twice', '{"model":"simulator","model":"openai.plain","messages":[]}', 400, 'invalid_json'],
    [
      'with a key twice, once in disguise',
      String.raw`{"model":"simulator","\u006dodel":"openai.plain","messages":[]}`,
      400,
      'invalid_json',
    ],
    [
      'nested 10,000 deep',
      `{"model":"simulator","messages":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      400,
      'invalid_json',
    ],
    ['nested 10,000 deep and never closed', `{"a":`.repeat(10_000), 400, 'invalid_json'],
    [
      'with an array of a million',
      `{"model":"simulator","messages":[${'0,'.repeat(1_000_000)}0]}`,
      400,
      'invalid_json',
    ],
    [
      'with a million members',
      `{${Array.from({ length: 200_000 }, (_, i) => `"k${i}":0`).join(',')}}`,
      400,
      'invalid_json',
    ],
    ['larger than the limit', content(`"${'a'.repeat(MAX_BODY_BYTES)}"`), 413, 'body_too_large'],
    ['that is an array', '[]', 400, 'invalid_request'],
    ['that is a string', '"hello"', 400, 'invalid_request'],
    ['that is null', 'null', 400, 'invalid_request'],
    ['without a model', '{"messages":[]}', 400, 'invalid_request'],
    ['whose model is a number', '{"model":7,"messages":[]}', 400, 'invalid_request'],
    [
      'whose model is not there',
      '{"model":"gpt-\u{1f98a}","messages":[{"role":"user","content":"hi"}]}',
      404,
      'unknown_model',
    ],
    [
      'whose model is a header',
      String.raw`{"model":"x\r\nset-cookie: a=b","messages":[{"role":"user","content":"hi"}]}`,
      404,
      'unknown_model',
    ],
    [
      'whose model is a property of all objects',
      '{"model":"__proto__","messages":[{"role":"user","content":"hi"}]}',
      404,
      'unknown_model',
    ],
    [
      'whose model is another one',
      '{"model":"constructor","messages":[{"role":"user","content":"hi"}]}',
      404,
      'unknown_model',
    ],
    ['whose messages are text', '{"model":"simulator","messages":"hello"}', 400, 'invalid_request'],
    ['whose messages are numbers', '{"model":"anthropic.plain","messages":[1,2]}', 400, 'invalid_request'],
    [
      'whose content is an object',
      content('{"text":7}').replace('simulator', 'anthropic.plain'),
      400,
      'invalid_request',
    ],
    ['whose stream is a word', '{"model":"simulator","messages":[],"stream":"yes"}', 400, 'invalid_request'],
  ];

  test.each(BODIES)('%s is refused, and recorded so', async (_what, body, status, code) => {
    const startedMs = performance.now();
    const reply = await send(body);
    expect(reply.status).toBe(status);
    expect(OPENAI_CHAT.errorOf(reply.json).code).toBe(code);
    expect(reply.headers.get('set-cookie')).toBeNull();
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    const [entry] = await world.recorded(reply.id);
    expect(entry).toMatchObject({ outcome: 'refused', refusal: code, status });
    await lives();
  });

  test.each(DIALECTS)('that is malformed is refused in the words of $name', async (dialect) => {
    const { status, json } = await post({
      url: world.url + dialect.path('simulator', false),
      headers: dialect.credential(world.key),
      body: '{"a":',
    });
    expect(status).toBe(400);
    expect(dialect.errorOf(json).code).toBe('invalid_json');
  });

  test.each([
    ['text/plain', {}],
    ['application/x-www-form-urlencoded', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('as %s %o is refused', async (type, headers: Record<string, string>) => {
    const reply = await send(content('"hi"'), { 'content-type': type, ...headers });
    expect(reply.status).toBe(415);
    expect(await world.recorded(reply.id)).toMatchObject([{ refusal: 'unsupported_media_type' }]);
  });

  test('with a prototype in it changes no prototype', async () => {
    const reply = await send(
      `{"model":"simulator","__proto__":{"polluted":true},"messages":[{"role":"user","content":"hi","__proto__":{"polluted":1}}]}`,
    );
    expect([200, 400]).toContain(reply.status);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('that is legal but odd is answered', async () => {
    for (const text of [
      '""',
      '"\u{10ffff}"',
      String.raw`"\ud83e\udd8a"`,
      `"${'\u0301'.repeat(5_000)}"`,
      '"\u202e\u2066"',
      `"${'a'.repeat(1_000_000)}"`,
    ])
      expect((await send(content(text))).status).toBe(200);
  });
});

describe('a connection', () => {
  const body = Buffer.from(content('"hi"'));

  test('whose head comes drop by drop is closed at the deadline', async () => {
    const drops = head(CHAT, world.key, body.length)
      .split('')
      .flatMap((letter): Piece[] => [letter, { pauseMs: 40 }]);
    const { status, durationMs } = await exchange(world.url, drops);
    expect([0, 408]).toContain(status);
    expect(durationMs).toBeLessThan(3_000);
    await lives();
  });

  test.each([
    ['of a known length', (bytes: Buffer) => bytes, () => body.length],
    ['in chunks', inChunks, () => undefined],
  ])(
    'whose body %s comes drop by drop is refused at the deadline, and recorded so',
    async (_what, framed, length) => {
      const drops = [...body].flatMap((byte): Piece[] => [framed(Buffer.from([byte])), { pauseMs: 40 }]);
      const answer = await exchange(world.url, [head(CHAT, world.key, length()), ...drops]);
      expect(answer.status).toBe(408);
      expect(answer.body).toContain('request_timeout');
      expect(answer.durationMs).toBeLessThan(TIMEOUT_MS + 3_500);
      const id = /x-bartizan-request-id: (\S+)/.exec(answer.head)?.[1] ?? '';
      expect(await world.recorded(id)).toMatchObject([{ refusal: 'request_timeout', status: 408 }]);
    },
  );

  test('that is closed within the body is recorded as the client’s doing', async () => {
    const before = (await world.record()).length;
    await exchange(
      world.url,
      [head(CHAT, world.key, body.length), body.subarray(0, 20), { pauseMs: 50 }],
      50,
    );
    const last = await until(async () => (await world.record())[before]?.entry);
    expect(last).toMatchObject({ outcome: 'client_closed', refusal: 'client_closed' });
  });

  test('that never says anything is closed', async () => {
    const { status, durationMs } = await exchange(world.url, []);
    expect([0, 408]).toContain(status);
    expect(durationMs).toBeLessThan(3_000);
  });

  const SMUGGLED: readonly (readonly [string, readonly string[]])[] = [
    ['two lengths', [`content-length: ${body.length + 1}`]],
    ['a length and chunks', ['transfer-encoding: chunked']],
    ['chunks in disguise', ['transfer-encoding: xchunked']],
    ['a header with a NUL', ['x-bad: a\0b']],
    ['a header with a bare line feed', ['x-bad: a\nx-evil: b\rc']],
    ['a header without a name', [': value']],
    ['a space before the colon', ['x-bad : a']],
    ['a head that is too large', [`x-large: ${'a'.repeat(20_000)}`]],
    ['too many headers', Array.from({ length: 5_000 }, (_, i) => `x-${i}: a`)],
  ];
  test.each(SMUGGLED)('with %s is refused before anything looks at it', async (_what, headers) => {
    const { status } = await exchange(world.url, [head(CHAT, world.key, body.length, headers), body]);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    await lives();
  });

  test('injects no header by what is echoed in one', async () => {
    for (const value of ['%0d%0aset-cookie:%20a=b', 'a%00b', '../../etc', '%ff', '%']) {
      const answer = await exchange(world.url, [
        head(`/v1beta/models/${value}:generateContent`, world.key, 2),
        '{}',
      ]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.head.toLowerCase()).not.toContain('set-cookie');
    }
    const odd = await send(content('"hi"'), {
      traceparent: 'nonsense',
      'x-bartizan-conversation': '\u00ff'.repeat(300),
    });
    expect(odd.status).toBe(200);
  });

  test('for an address or a method that is not there is told so', async () => {
    const at = (path: string, method: string) =>
      fetch(world.url + path, { method }).then(({ status }) => status);
    expect(await at('/v1/nothing', 'GET')).toBe(404);
    expect(await at(`/${'a'.repeat(5_000)}`, 'GET')).toBe(404);
    for (const method of ['GET', 'PUT', 'DELETE']) expect(await at(CHAT, method)).toBe(405);
    expect(await at('/v1/models', 'POST')).toBe(405);
  });
});

/** What a provider does, what the client is told before and within a stream, and what the record says. */
const PROVIDER_FAULTS = [
  ['html', 502, 'provider_bad_answer'],
  ['html-error', 502, 'provider_unavailable'],
  ['not-json', 502, 'provider_bad_answer'],
  ['other-json', 502, 'provider_bad_answer'],
  ['silent', 504, 'provider_timeout'],
  ['redirect', 502, 'provider_bad_answer'],
  ['endless-body', 502, 'provider_bad_answer'],
] as const;

/** Concurrent: most of them wait. */
describe('a provider', () => {
  const FAULTS = PROVIDERS.flatMap((provider) =>
    PROVIDER_FAULTS.map((fault) => [provider, ...fault] as const),
  );
  test.concurrent.each(FAULTS)(
    'like %s that answers with %s is %i %s',
    async (provider, scenario, status, code) => {
      const startedMs = performance.now();
      const model = `${provider}.${scenario}`;
      const replies = await Promise.all(
        [false, true].map((stream) => ask(OPENAI_CHAT, world, { model, stream })),
      );
      expect(performance.now() - startedMs).toBeLessThan(8_000);
      for (const reply of replies) {
        expect({ status: reply.status, code: OPENAI_CHAT.errorOf(reply.json).code }).toEqual({
          status,
          code,
        });
        expect(await world.recorded(reply.id)).toMatchObject([{ outcome: 'failed', refusal: code }]);
      }
      await lives();
    },
  );

  const STREAMS = PROVIDERS.flatMap((provider) =>
    ['cut', 'unfinished', 'half-event', 'stalls', 'endless'].map((scenario) => [provider, scenario] as const),
  );
  test.concurrent.each(STREAMS)(
    'like %s whose stream is %s ends in an error that the client sees',
    async (provider, scenario) => {
      const model = `${provider}.${scenario}`;
      const { status, text, id } = await ask(OPENAI_CHAT, world, { model, stream: true });
      expect(status).toBe(200);
      expect(text).toContain('"error"');
      expect(text).not.toContain('[DONE]');
      const code = scenario === 'stalls' ? 'provider_timeout' : 'provider_bad_answer';
      expect(text).toContain(code);
      const entries = await world.recorded(id);
      expect(entries).toMatchObject([{ outcome: 'released' }, { outcome: 'failed', refusal: code }]);
      await lives();
    },
  );
});

test.each([
  ['openai chat', 'openai'],
  ['openai responses', 'openai'],
  ['anthropic', 'anthropic'],
  ['google', 'google'],
])('what is no answer of %s is not passed on as one', async (name, provider) => {
  const dialect = DIALECTS.find((known) => known.name === name)!;
  const { status, json } = await ask(dialect, world, { model: `${provider}.other-json` });
  expect(status).toBe(502);
  expect(dialect.errorOf(json).code).toBe('provider_bad_answer');
});

describe('a stream that breaks', () => {
  test.each(DIALECTS)(
    'is told in the words of $name, also where the provider speaks another dialect',
    async (dialect) => {
      for (const provider of PROVIDERS) {
        const { text, id } = await ask(dialect, world, { model: `${provider}.cut`, stream: true });
        expect(text).toMatch(/"error"|response\.failed/);
        expect((await world.recorded(id)).at(-1)).toMatchObject({
          outcome: 'failed',
          refusal: 'provider_bad_answer',
        });
      }
    },
  );

  test('has a limit for one event', async () => {
    const { text, status } = await ask(OPENAI_CHAT, world, { model: 'openai.endless-event', stream: true });
    expect(status === 200 ? text : String(status)).toMatch(/provider_bad_answer|502/);
    await lives();
  });

  test('or headers without end are a bad answer', async () => {
    const { status } = await ask(OPENAI_CHAT, world, { model: 'openai.endless-headers' });
    expect(status).toBe(502);
    await lives();
  });
});

describe('an address that may not be called', () => {
  const ADDRESSES = [
    'http://127.0.0.1:9',
    'http://169.254.169.254',
    'http://[::1]:9',
    'http://localhost:9',
    'http://0.0.0.0:9',
    'http://10.0.0.1',
    'http://[::ffff:127.0.0.1]:9',
    'http://2130706433:9',
  ];
  test.each(ADDRESSES)('%s is refused unless the configuration allows private networks', async (address) => {
    const { office } = world.gateway;
    const { configuration: current } = (await office.configurations.current())!;
    await office.configurations.apply(
      {
        ...current,
        providers: {
          ...current.providers,
          inside: {
            ...current.providers['ollama']!,
            allow_private_network: false,
            base_url: `${address}/v1`,
          },
        },
        models: {
          ...current.models,
          inside: {
            ...current.models['simulator']!,
            candidates: [{ provider: 'inside', priority: 0, weight: 1 }],
          },
        },
      },
      { actor: 'test' },
    );
    const reply = await until(async () => {
      const { status, json, id } = await ask(OPENAI_CHAT, world, { model: 'inside' });
      return status === 404 ? undefined : { status, json, id };
    });
    expect(reply.status).toBe(502);
    expect(OPENAI_CHAT.errorOf(reply.json).code).toBe('provider_address_forbidden');
    const [entry] = (await world.recorded(reply.id)) as InteractionEntry[];
    expect(entry?.attempts).toMatchObject([{ provider: 'inside', result: 'address_forbidden' }]);
  });
});

describe('memory', () => {
  const MAX_GROWTH_KIB = 160 * 1024;
  let upstream: Upstream;
  let home: Home;
  let child: ChildGateway;
  let key: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    // V8 lets its young generation grow with the machine's memory, up to more than is allowed here: what is measured
    // shall be what the gateway holds.
    home = await makeHome({ ...CREDENTIALS, NODE_OPTIONS: '--max-semi-space-size=4' });
    child = await home.start();
    key = child.key ?? '';
    const file = join(home.directory, 'bartizan.yaml');
    await writeFile(
      file,
      configuration(upstream.url, { applications: { demo: {} } }, { max_answer_bytes: 16 * 1024 * 1024 }),
    );
    await home.run(['apply', '-f', file]);
    const access = { url: child.url, key };
    await until(async () =>
      (await ask(OPENAI_CHAT, access, { model: 'openai.plain' })).status === 200 ? true : undefined,
    );
    for (let i = 0; i < 200; i++) await ask(OPENAI_CHAT, access, { model: 'simulator' });
  });
  afterAll(async () => {
    await home.remove();
    await upstream.stop();
  });

  /** From what is resident before: what V8 has taken for the one before it need not give back. */
  async function bounded(work: () => Promise<void>): Promise<void> {
    const before = await child.residentKib();
    let peak = 0;
    const look = async () => {
      peak = Math.max(peak, await child.residentKib());
    };
    const timer = setInterval(() => void look(), 50);
    try {
      await work();
      await look();
    } finally {
      clearInterval(timer);
    }
    expect(peak - before).toBeLessThan(MAX_GROWTH_KIB);
    expect(await ask(OPENAI_CHAT, { url: child.url, key }, { model: 'simulator' })).toMatchObject({
      status: 200,
    });
  }

  const MIB = Buffer.alloc(1024 * 1024, 0x61);

  test('is not spent on a body of 200 MB that says so', async () => {
    await bounded(async () => {
      const pieces = [head(CHAT, key, 200 * MIB.length), ...Array.from({ length: 200 }, () => MIB)];
      const { status, body } = await exchange(child.url, pieces, 8_000);
      expect(status).toBe(413);
      expect(body).toContain('body_too_large');
    });
  });

  test('is not spent on bodies of 200 MB in chunks, four at once', async () => {
    await bounded(async () => {
      const pieces = [head(CHAT, key, undefined), ...Array.from({ length: 200 }, () => inChunks(MIB))];
      const answers = await Promise.all(Array.from({ length: 4 }, () => exchange(child.url, pieces, 8_000)));
      for (const { status } of answers) expect(status).toBe(413);
    });
  });

  test('is not spent on bodies of strangers', async () => {
    await bounded(async () => {
      const pieces = [head(CHAT, 'bz_wrong', 200 * MIB.length), ...Array.from({ length: 200 }, () => MIB)];
      expect((await exchange(child.url, pieces, 8_000)).status).toBe(401);
    });
  });

  test('is not spent on answers without end', async () => {
    await bounded(async () => {
      const access = { url: child.url, key };
      for (const model of ['openai.endless-body', 'anthropic.endless-body', 'openai.endless-event'])
        expect((await ask(OPENAI_CHAT, access, { model, stream: model.endsWith('event') })).text).toContain(
          'provider_bad_answer',
        );
      const { text } = await ask(OPENAI_CHAT, access, { model: 'anthropic.endless', stream: true });
      expect(text).toContain('provider_bad_answer');
    });
  });

  test('is not spent on a client that does not read', async () => {
    await bounded(async () => {
      const body = JSON.stringify(OPENAI_CHAT.body('openai.endless', 'hi', true));
      const idle = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const answer = await fetch(child.url + CHAT, {
            method: 'POST',
            headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
            body,
          });
          return answer.body;
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      for (const stream of idle) await stream?.cancel();
    });
  });

  test('nor time on JSON that is as wide and as deep as allowed', async () => {
    const startedMs = performance.now();
    const wide = content(
      `[${Array.from({ length: 20_000 }, () => '{"type":"text","text":"a@b.co"}').join(',')}]`,
    );
    await bounded(async () => {
      const reply = await post({
        url: child.url + CHAT,
        headers: { authorization: `Bearer ${key}` },
        body: wide,
      });
      expect(reply.status).toBe(200);
    });
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});
